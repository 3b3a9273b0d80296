"""Platforms, and the one way in and the one way out that they share."""
