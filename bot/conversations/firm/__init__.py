"""What firms do in the chat."""
