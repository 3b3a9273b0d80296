"""Households in which nobody works, and what officers were told of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from storage.models.households import HouseholdAlert
from storage.models.people import Worker
from storage.models.register import Household, RegisterEntry
from storage.models.work import Employment
from storage.repositories.base import Repository
from storage.states import EndReason, WorkerStatus

KEYS_AT_ONCE = 500


class Households(Repository[HouseholdAlert]):
    """Households in which nobody works, and what officers were told of them."""

    kind = HouseholdAlert

    def relocated_without_work(
        self, bureau_adcode: str, *, scope: str, after: date
    ) -> list[Household]:
        """Return relocated households of `scope` of which nobody works beyond a day.

        Work that ends on that very day is over. By home, then by key.

        Args:
            bureau_adcode: Whose households.
            scope: Code prefix of their homes; no home counts as the bureau's.
            after: The day.
        """
        somebody_works = exists(
            select(Employment.id)
            .join(RegisterEntry, RegisterEntry.worker_id == Employment.worker_id)
            .where(RegisterEntry.household_id == Household.id, *_goes_on(after))
        )
        rows = self.session.scalars(
            select(Household)
            .where(Household.bureau_adcode == bureau_adcode, Household.relocated, ~somebody_works)
            .order_by(Household.home, Household.id)
        )
        return [row for row in rows if (row.home or bureau_adcode).startswith(scope)]

    def members(self, households: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Worker]]:
        """Return who belongs to these households and has not left, in the order registered."""
        found: dict[uuid.UUID, list[Worker]] = {key: [] for key in households}
        for start in range(0, len(households), KEYS_AT_ONCE):
            part = households[start : start + KEYS_AT_ONCE]
            rows = self.session.execute(
                select(RegisterEntry.household_id, Worker)
                .join(Worker, Worker.id == RegisterEntry.worker_id)
                .where(RegisterEntry.household_id.in_(part), Worker.status != WorkerStatus.LEFT)
                .order_by(Worker.created_at, Worker.id)
            )
            for household_id, worker in rows:
                if household_id is not None:
                    found[household_id].append(worker)
        return found

    def counted(self, bureau_adcode: str, *, scope: str) -> int:
        """Return how many relocated households a scope has."""
        homes = self.session.scalars(
            select(Household.home).where(
                Household.bureau_adcode == bureau_adcode, Household.relocated
            )
        )
        return len([home for home in homes if (home or bureau_adcode).startswith(scope)])

    def household(self, key: uuid.UUID) -> Household | None:
        """Return a household, or None."""
        return self.session.get(Household, key)

    def alerts(self, bureau_adcode: str) -> dict[uuid.UUID, HouseholdAlert]:
        """Return every alert of a bureau, open or closed, by its household."""
        rows = self.session.scalars(
            select(HouseholdAlert)
            .join(Household, Household.id == HouseholdAlert.household_id)
            .where(Household.bureau_adcode == bureau_adcode)
        )
        return {row.household_id: row for row in rows}

    def possible_graduates(
        self, bureau_adcode: str, *, scope: str, born_from: int, born_to: int
    ) -> list[tuple[Worker, RegisterEntry]]:
        """Return who of a bureau's register may have left a school lately, by the year of birth.

        Who said `NOT_LOOKING` is among them: whether somebody is willing is not judged here.
        """
        rows = self.session.execute(
            select(Worker, RegisterEntry)
            .join(RegisterEntry, RegisterEntry.worker_id == Worker.id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                Worker.status != WorkerStatus.LEFT,
                or_(Worker.birth_year.is_(None), Worker.birth_year.between(born_from, born_to)),
            )
            .order_by(Worker.home, Worker.id)
        )
        return [
            (worker, entry)
            for worker, entry in rows
            if (worker.home or bureau_adcode).startswith(scope)
        ]


def _goes_on(after: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Employment.started_on <= after,
        or_(Employment.ended_on.is_(None), Employment.ended_on > after),
        Employment.end_reason.is_distinct_from(EndReason.CORRECTED),
    )
