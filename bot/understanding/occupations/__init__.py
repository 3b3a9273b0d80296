"""Trades named in a text, and titles linked to the official classification."""
