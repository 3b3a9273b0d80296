"""What the law forbids in a post."""
