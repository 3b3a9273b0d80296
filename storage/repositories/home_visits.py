"""Visits and calls of officers, and the categories they confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from storage.models.people import Worker
from storage.models.register import HomeVisit
from storage.repositories.base import Repository
from storage.states import WorkerStatus


class HomeVisits(Repository[HomeVisit]):
    """Visits and calls of officers, and the categories they confirmed."""

    kind = HomeVisit

    def of_worker(self, worker_id: uuid.UUID) -> Sequence[HomeVisit]:
        """Return the visits to a worker that were not taken back, the newest first."""
        return list(
            self.session.scalars(
                select(HomeVisit)
                .where(HomeVisit.worker_id == worker_id, HomeVisit.undone_at.is_(None))
                .order_by(HomeVisit.visited_on.desc(), HomeVisit.recorded_at.desc())
            )
        )

    def people_called(self, name: str, bureau: str, *, scope: str, limit: int) -> Sequence[Worker]:
        """Return the workers of an area who have just this name, who came first first.

        Names are sealed, so each name of the area is opened: a second for sixty thousand.
        """
        rows = self.session.execute(
            select(Worker.id, Worker.name)
            .where(
                Worker.bureau_adcode == bureau,
                Worker.status != WorkerStatus.LEFT,
                Worker.name.is_not(None),
                func.coalesce(Worker.home, bureau).startswith(scope, autoescape=True),
            )
            .order_by(Worker.created_at, Worker.id)
        )
        keys = [key for key, known in rows if known == name][:limit]
        return [worker for key in keys if (worker := self.session.get(Worker, key)) is not None]
