"""What would make more of the pairs possible, or better."""
