"""What a recruitment post offers, and what a line corrects in it."""
