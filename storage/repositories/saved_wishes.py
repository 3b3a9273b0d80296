"""What people without a suitable vacancy wait for."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from storage.inserts import insert_once
from storage.models.matching import SavedWish
from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.vacancies import Recommendation, VacancyChange
from storage.repositories.base import Repository
from storage.repositories.registers import Profile
from storage.states import DeliveryKind, DeliveryStatus, WorkerStatus

NEVER_WENT = (DeliveryStatus.SKIPPED, DeliveryStatus.FAILED)
# On its way, or put off; whether it arrives is not known yet.
UNDERWAY = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.RETRY)
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class WaitingWish:
    """An open wish as it is looked at outside any transaction.

    Attributes:
        id: The wish.
        wish: What it lets go.
        saved_at: Since when it waits.
        worker_id: Who waits.
        worker_version: Another one is another profile.
        worker_changed_at: When the profile changed last.
    """

    id: uuid.UUID
    wish: dict[str, object]
    saved_at: datetime
    worker_id: uuid.UUID
    worker_version: int
    worker_changed_at: datetime


class Told(NamedTuple):
    """Pushes of one worker: the vacancy of the first that went out, and if one is on its way."""

    vacancy_id: uuid.UUID | None
    is_underway: bool


class SavedWishes(Repository[SavedWish]):
    """What people without a suitable vacancy wait for; a worker has one open wish at most."""

    kind = SavedWish

    def open_of(self, worker_id: uuid.UUID) -> SavedWish | None:
        """Return what this worker waits for, or None."""
        return self.session.scalars(
            select(SavedWish).where(SavedWish.worker_id == worker_id, SavedWish.closed_at.is_(None))
        ).one_or_none()

    def save_once(
        self,
        worker_id: uuid.UUID,
        address_id: uuid.UUID,
        *,
        wish: dict[str, object],
        now: datetime,
        until: date,
    ) -> bool:
        """Save a wish; False where one of this worker's is open, from wherever it was saved."""
        self.session.flush()
        values = {
            "id": uuid.uuid4(),
            "worker_id": worker_id,
            "address_id": address_id,
            "wish": wish,
            "saved_at": now,
            "until": until,
        }
        return insert_once(self.session, SavedWish, values)

    def waiting(self, bureau_adcode: str, *, today: date) -> list[WaitingWish]:
        """Return a bureau's open wishes that still hold, the oldest first."""
        rows = self.session.execute(
            select(
                SavedWish.id,
                SavedWish.wish,
                SavedWish.saved_at,
                SavedWish.worker_id,
                Worker.version,
                Worker.changed_at,
            )
            .join(Worker, Worker.id == SavedWish.worker_id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                SavedWish.closed_at.is_(None),
                SavedWish.until >= today,
            )
            .order_by(SavedWish.saved_at, SavedWish.id)
        )
        return [WaitingWish(row[0], dict(row[1]), *row[2:]) for row in rows]

    def profiles_of(self, worker_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Profile]:
        """Return what the ranking may know of these workers; those who have left are missing."""
        columns = [getattr(Worker, name) for name in Profile._fields]
        found: dict[uuid.UUID, Profile] = {}
        for part in _parts(worker_ids):
            rows = self.session.execute(
                select(*columns).where(Worker.id.in_(part), Worker.status != WorkerStatus.LEFT)
            )
            found.update((row[0], Profile._make(row)) for row in rows)
        return found

    def expired(self, bureau_adcode: str, *, today: date, limit: int) -> list[SavedWish]:
        """Return a bureau's open wishes that hold no more, held."""
        return list(
            self.session.scalars(
                select(SavedWish)
                .join(Worker, Worker.id == SavedWish.worker_id)
                .where(
                    Worker.bureau_adcode == bureau_adcode,
                    SavedWish.closed_at.is_(None),
                    SavedWish.until < today,
                )
                .order_by(SavedWish.until, SavedWish.id)
                .limit(limit)
                .with_for_update(of=SavedWish, skip_locked=True)
            )
        )

    def changed_since(self, since: datetime) -> dict[uuid.UUID, datetime]:
        """Return which vacancies were published or changed after an instant, and when last."""
        rows = self.session.execute(
            select(VacancyChange.vacancy_id, func.max(VacancyChange.at))
            .where(VacancyChange.at > since)
            .group_by(VacancyChange.vacancy_id)
        )
        return {row[0]: row[1] for row in rows}

    def known_to(self, worker_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
        """Return which vacancies each of these workers was shown, told of or answered to."""
        known: dict[uuid.UUID, set[uuid.UUID]] = {}
        for part in _parts(worker_ids):
            rows = self.session.execute(
                select(Recommendation.worker_id, Recommendation.vacancy_id).where(
                    Recommendation.worker_id.in_(part)
                )
            )
            for worker_id, vacancy_id in rows:
                known.setdefault(worker_id, set()).add(vacancy_id)
        return known

    def told_since(self, worker_id: uuid.UUID, since: datetime) -> Told:
        """Return how the pushes of a worker since an instant stand.

        What did not go out after all does not count.
        """
        rows = self.session.execute(
            select(Delivery.subject_id, Delivery.status)
            .where(
                Delivery.worker_id == worker_id,
                Delivery.kind == DeliveryKind.VACANCY,
                Delivery.subject_id.is_not(None),
                Delivery.broadcast_id.is_(None),
                Delivery.created_at > since,
                Delivery.status.not_in(NEVER_WENT),
            )
            .order_by(Delivery.created_at, Delivery.id)
        ).all()
        went = [subject for subject, status in rows if status not in UNDERWAY]
        return Told(went[0] if went else None, is_underway=len(rows) > len(went))

    def told_lately(
        self, vacancy_ids: Collection[uuid.UUID], *, since: datetime
    ) -> dict[uuid.UUID, int]:
        """Return how many were told of each vacancy since an instant, by push or for a wish."""
        rows = self.session.execute(
            select(Delivery.subject_id, func.count(Delivery.worker_id.distinct()))
            .where(
                Delivery.subject_id.in_(vacancy_ids),
                Delivery.kind == DeliveryKind.VACANCY,
                Delivery.created_at > since,
                Delivery.status.not_in(NEVER_WENT),
            )
            .group_by(Delivery.subject_id)
        )
        return {key: count for key, count in rows if key is not None}


def _parts(keys: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
