"""What answers teach: weights of the terms, and chances of success."""
