"""The best vacancies of one worker, and of all workers at once."""
