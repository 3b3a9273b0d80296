"""Ranking sets in the samples' schema, read into values: workers, vacancies, grades."""
