"""How many calls officers have time for: what a broadcast may put on their phone lists."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from bot.services.deployment import Deployment
from storage.models import Officer
from storage.unit_of_work import UnitOfWork

# A message that reaches nobody within three days is no news any more.
DAYS_AHEAD = 3


class PhoneRoom:
    """The calls that each officer can still make within the next three days."""

    def __init__(self, uow: UnitOfWork, deployment: Deployment) -> None:
        self._uow = uow
        self._deployment = deployment
        self._covering: dict[str, list[Officer]] = {}
        self._room: dict[UUID, int] = {}

    def take(self, worker_id: UUID, *, home: str | None) -> bool:
        """Take one call of the officer who looks after a worker; False where there is none left."""
        officer = self._officer_of(worker_id, home)
        if officer is None:
            return False
        if officer.id not in self._room:
            self._room[officer.id] = self._room_of(officer.id)
        if self._room[officer.id] <= 0:
            return False
        self._room[officer.id] -= 1
        return True

    def _officer_of(self, worker_id: UUID, home: str | None) -> Officer | None:
        bureau = self._deployment.bureau_adcode
        covering = self._covering_of(home or bureau) or self._covering_of(bureau)
        if not covering:
            return None
        nearest = [one for one in covering if one.scope == covering[0].scope]
        # As `officers.owner_for` chooses among several: always the same one for a person.
        return nearest[worker_id.int % len(nearest)]

    def _covering_of(self, code: str) -> list[Officer]:
        if code not in self._covering:
            self._covering[code] = self._uow.officers.covering(
                code, bureau=self._deployment.bureau_adcode
            )
        return self._covering[code]

    def _room_of(self, officer_id: UUID) -> int:
        until = self._deployment.today + timedelta(days=DAYS_AHEAD)
        most = DAYS_AHEAD * self._deployment.limits.phone_tasks_a_day
        return most - self._uow.broadcasts.open_calls(officer_id, until=until)
