"""Visits and calls of officers, and the categories they confirmed."""

from __future__ import annotations

from storage.models.register import HomeVisit
from storage.repositories.base import Repository


class HomeVisits(Repository[HomeVisit]):
    """Visits and calls of officers, and the categories they confirmed."""

    kind = HomeVisit
