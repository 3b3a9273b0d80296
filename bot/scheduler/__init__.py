"""Ticks: what is due is found in the rows, never in a scheduler's memory."""
