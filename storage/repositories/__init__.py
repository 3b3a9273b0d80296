"""Queries, named for their questions."""
