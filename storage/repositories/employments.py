"""Spells of work, and what was known about them when."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from storage.models.people import Worker
from storage.models.work import Employment, EmploymentVersion
from storage.repositories.base import Repository
from storage.states import EndReason


class Employments(Repository[Employment]):
    """Spells of work, and what was known about them when."""

    kind = Employment

    def of_worker(self, worker_id: uuid.UUID) -> list[Employment]:
        """Return a worker's spells, oldest start first, without those that were corrected away."""
        return list(
            self.session.scalars(
                select(Employment)
                .where(Employment.worker_id == worker_id, _counts())
                .order_by(Employment.started_on, Employment.recorded_at, Employment.id)
            )
        )

    def open_of(self, worker_id: uuid.UUID) -> Employment | None:
        """Return the spell that has not ended, or None; there is at most one."""
        return self.session.scalars(
            select(Employment).where(
                Employment.worker_id == worker_id, Employment.ended_on.is_(None)
            )
        ).one_or_none()

    def open_of_workers(self, worker_ids: Sequence[uuid.UUID]) -> list[Employment]:
        """Return the spells of these people that have not ended."""
        return list(
            self.session.scalars(
                select(Employment)
                .where(Employment.worker_id.in_(worker_ids), Employment.ended_on.is_(None))
                .order_by(Employment.started_on.desc(), Employment.id)
            )
        )

    def of_application(self, application_id: uuid.UUID) -> Employment | None:
        """Return the spell that an application led to, or None."""
        return self.session.scalars(
            select(Employment)
            .where(Employment.application_id == application_id, _counts())
            .order_by(Employment.recorded_at.desc(), Employment.id)
            .limit(1)
        ).one_or_none()

    def record(self, spell: Employment, *, at: datetime) -> None:
        """Keep what is believed about `spell` from `at` on, and until when the former was."""
        self.session.flush()
        self.session.execute(
            update(EmploymentVersion)
            .where(
                EmploymentVersion.employment_id == spell.id,
                EmploymentVersion.known_until.is_(None),
            )
            .values(known_until=at)
        )
        self.session.add(EmploymentVersion.of(spell, known_from=at))
        self.session.flush()

    def ledger(
        self, day: date, *, scope: str, known_at: datetime
    ) -> list[tuple[Worker, EmploymentVersion]]:
        """Return who worked where on `day`, as it was believed at `known_at`.

        Args:
            day: The day looked at.
            scope: Code prefix of the workers' homes.
            known_at: Later corrections are left out, so an old ledger can be made anew.

        Returns:
            One line a worker, ascending by the worker's id.
        """
        rows = self.session.execute(
            select(Worker, EmploymentVersion)
            .join(Employment, Employment.id == EmploymentVersion.employment_id)
            .join(Worker, Worker.id == Employment.worker_id)
            .where(
                _in_scope(scope),
                EmploymentVersion.started_on <= day,
                or_(EmploymentVersion.ended_on.is_(None), EmploymentVersion.ended_on >= day),
                EmploymentVersion.end_reason.is_distinct_from(EndReason.CORRECTED),
                EmploymentVersion.known_from <= known_at,
                or_(
                    EmploymentVersion.known_until.is_(None),
                    EmploymentVersion.known_until > known_at,
                ),
            )
            .order_by(Worker.id)
        )
        return [(worker, version) for worker, version in rows]


def _counts() -> ColumnElement[bool]:
    return Employment.end_reason.is_distinct_from(EndReason.CORRECTED)


def _in_scope(scope: str) -> ColumnElement[bool]:
    return or_(
        Worker.home.startswith(scope, autoescape=True),
        and_(Worker.home.is_(None), Worker.bureau_adcode.startswith(scope, autoescape=True)),
    )
