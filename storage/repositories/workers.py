"""Workers and who is reached where."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select

from storage.models.benefits import BenefitApplication
from storage.models.channels import ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import AddressLink, Consent, Worker, WorkerStatusChange
from storage.models.training import Course, Enrolment
from storage.models.work import Case, Employment
from storage.repositories.base import Repository
from storage.repositories.benefit_applications import OPEN
from storage.repositories.enrolments import GOES_ON, HOLDS
from storage.states import Purpose, WorkerStatus


@dataclass(frozen=True, slots=True)
class Rest:
    """When a worker wants no pushes: until a day, that day included, and while asleep."""

    paused_until: date | None
    works_nights: bool


class Workers(Repository[Worker]):
    """Workers and who is reached where."""

    kind = Worker

    def beginning_with(self, signs: str, *, limit: int) -> list[Worker]:
        """Return workers whose key begins with these hexadecimal signs, ascending."""
        first, last = (uuid.UUID(signs.ljust(32, filler)[:32]) for filler in "0f")
        return list(
            self.session.scalars(
                select(Worker)
                .where(Worker.id >= first, Worker.id <= last)
                .order_by(Worker.id)
                .limit(limit)
            )
        )

    def rests(self, worker_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Rest]:
        """Return when these workers want rest, where that is not the nights alone."""
        if not worker_ids:
            return {}
        rows = self.session.execute(
            select(Worker.id, Worker.paused_until, Worker.night_shift_worker).where(
                Worker.id.in_(worker_ids),
                Worker.paused_until.is_not(None) | Worker.night_shift_worker,
            )
        )
        return {row[0]: Rest(row[1], works_nights=row[2]) for row in rows}

    def link(
        self, worker_id: uuid.UUID, address_id: uuid.UUID, *, relation: str, since: datetime
    ) -> AddressLink:
        """Note that this worker is reached at this address; once, however often it is said."""
        found = self.session.get(AddressLink, (address_id, worker_id))
        if found is not None:
            return found
        row = AddressLink(
            address_id=address_id, worker_id=worker_id, relation=relation, since=since
        )
        self.session.add(row)
        self.session.flush()
        return row

    def unlink(self, worker_id: uuid.UUID, address_id: uuid.UUID) -> None:
        """Note that this worker is no longer reached at this address."""
        self.session.execute(
            delete(AddressLink).where(
                AddressLink.address_id == address_id, AddressLink.worker_id == worker_id
            )
        )

    def relation(self, worker_id: uuid.UUID, address_id: uuid.UUID) -> str | None:
        """Return `self` or `family`, or None where the worker is not reached there."""
        found = self.session.get(AddressLink, (address_id, worker_id))
        return None if found is None else found.relation

    def note_status(self, worker_id: uuid.UUID, status: WorkerStatus, *, at: datetime) -> None:
        """Add one step to a worker's history of statuses."""
        self.session.add(WorkerStatusChange(worker_id=worker_id, status=status, at=at))

    def history(self, worker_id: uuid.UUID) -> list[WorkerStatusChange]:
        """Return a worker's statuses, oldest first."""
        return list(
            self.session.scalars(
                select(WorkerStatusChange)
                .where(WorkerStatusChange.worker_id == worker_id)
                .order_by(WorkerStatusChange.at, WorkerStatusChange.id)
            )
        )

    def registered(self, bureau_adcode: str) -> Sequence[Worker]:
        """Return everybody of a bureau who has not left, by id."""
        return list(
            self.session.scalars(
                select(Worker)
                .where(Worker.bureau_adcode == bureau_adcode, Worker.status != WorkerStatus.LEFT)
                .order_by(Worker.id)
            )
        )

    def in_scope(self, bureau_adcode: str, *, scope: str) -> Sequence[Worker]:
        """Return who has not left and whose home lies in `scope`; no home counts as the bureau's.

        Args:
            bureau_adcode: The bureau whose people are looked at.
            scope: A code prefix without trailing zeros.
        """
        return [
            worker
            for worker in self.registered(bureau_adcode)
            if (worker.home or bureau_adcode).startswith(scope)
        ]

    def unused_since(
        self, bureau_adcode: str, before: datetime, *, question: str, limit: int
    ) -> Sequence[Worker]:
        """Return who registered in a chat and whose data nobody used since `before`.

        A message either way uses it, and so does an open spell of work, an open case or an
        application for a benefit that waits. The
        text `question`, which asks whether it may be deleted, does not.
        """
        return list(
            self.session.scalars(
                select(Worker)
                .where(*_unused(bureau_adcode, before, question))
                .order_by(Worker.id)
                .limit(limit)
            )
        )

    def unused_and_unasked(
        self, bureau_adcode: str, before: datetime, *, question: str, limit: int
    ) -> Sequence[Worker]:
        """Return whom of `unused_since` nobody asked in this silence, and who can be asked."""
        asked = (
            select(AddressLink.worker_id)
            .join(Delivery, Delivery.address_id == AddressLink.address_id)
            .where(Delivery.created_at >= before, Delivery.text_key == question)
        )
        reached = (
            select(AddressLink.worker_id)
            .join(ContactAddress, ContactAddress.id == AddressLink.address_id)
            .where(
                ContactAddress.unsubscribed_at.is_(None),
                ContactAddress.unreachable_since.is_(None),
                ContactAddress.handed_over_to.is_(None),
            )
        )
        return list(
            self.session.scalars(
                select(Worker)
                .where(
                    *_unused(bureau_adcode, before, question),
                    Worker.id.not_in(asked),
                    Worker.id.in_(reached),
                )
                .order_by(Worker.id)
                .limit(limit)
            )
        )


def _unused(bureau_adcode: str, before: datetime, question: str) -> list[ColumnElement[bool]]:
    talked = (
        select(AddressLink.worker_id)
        .join(ContactAddress, ContactAddress.id == AddressLink.address_id)
        .where(ContactAddress.last_inbound_at >= before)
    )
    written_to = (
        select(AddressLink.worker_id)
        .join(Delivery, Delivery.address_id == AddressLink.address_id)
        .where(Delivery.created_at >= before, Delivery.text_key != question)
    )
    agreed = (
        select(AddressLink.worker_id)
        .join(Consent, Consent.address_id == AddressLink.address_id)
        .where(Consent.purpose == Purpose.REGISTER_AND_MATCH)
    )
    working = select(Employment.worker_id).where(Employment.ended_on.is_(None))
    learning = (
        select(Enrolment.worker_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.status.in_(HOLDS), Course.status.in_(GOES_ON))
    )
    in_case = select(Case.worker_id).where(Case.closed_at.is_(None), Case.worker_id.is_not(None))
    applying = select(BenefitApplication.worker_id).where(
        BenefitApplication.status.in_(OPEN), BenefitApplication.worker_id.is_not(None)
    )
    uses = (talked, written_to, working, learning, in_case, applying)
    return [
        Worker.bureau_adcode == bureau_adcode,
        Worker.status != WorkerStatus.LEFT,
        Worker.changed_at < before,
        Worker.id.in_(agreed),
        *(Worker.id.not_in(used) for used in uses),
    ]
