"""Courses and the vacancies they lead to."""

from __future__ import annotations

from storage.models.training import Course
from storage.repositories.base import Repository


class Courses(Repository[Course]):
    """Courses and the vacancies they lead to."""

    kind = Course
