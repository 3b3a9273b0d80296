"""The tour: the whole loop, played for real in a database of its own, line by line."""
