"""How signs, numbers, names and telephones are written."""
