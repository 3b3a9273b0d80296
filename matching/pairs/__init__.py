"""What is known of a worker and a vacancy together, and how that is judged."""
