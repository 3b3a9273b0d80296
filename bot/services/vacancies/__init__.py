"""Vacancies from the draft to the end."""
