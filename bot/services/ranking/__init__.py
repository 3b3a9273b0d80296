"""Stored things as the ranking sees them, and what it is told back."""
