"""Rows, queries, migrations and secrets; the only room that knows SQL."""
