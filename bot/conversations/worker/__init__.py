"""What workers talk about."""
