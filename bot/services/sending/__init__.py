"""The way out: what is sent, by which way, when, and what became of it."""
