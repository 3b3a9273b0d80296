"""Who has a seat, who came, and who would rather not."""

from __future__ import annotations

from storage.models.training import Enrolment
from storage.repositories.base import Repository


class Enrolments(Repository[Enrolment]):
    """Who has a seat, who came, and who would rather not."""

    kind = Enrolment
