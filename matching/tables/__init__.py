"""Vacancies, workers, trades and places as numbers in columns."""
