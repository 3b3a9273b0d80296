"""Places named in a text."""
