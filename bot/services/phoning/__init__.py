"""Who has to be phoned today, and what came of the calls."""
