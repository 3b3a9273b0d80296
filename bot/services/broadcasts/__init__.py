"""One vacancy or text to many people."""
