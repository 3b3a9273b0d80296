"""People who need a person, and promises with a deadline."""
