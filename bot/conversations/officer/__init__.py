"""What officers do in the chat."""
