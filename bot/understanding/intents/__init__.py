"""What a message wants: clear words first, and a small learnt model where they are not enough."""
