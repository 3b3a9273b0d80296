"""Ranking of vacancies for workers and of workers for vacancies: pure, without data of its own."""
