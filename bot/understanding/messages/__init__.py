"""What one message of a worker says."""
