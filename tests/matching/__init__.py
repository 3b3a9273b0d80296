"""Tests of the ranking, in a small invented world (see world)."""
