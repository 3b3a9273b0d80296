"""Calls looked at many at once: what they are about, what overtook them, their day."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from storage.models.base import Base
from storage.models.channels import ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.reaching import PhoneTask
from storage.models.vacancies import Vacancy
from storage.models.work import Application, Case, CheckIn
from storage.repositories.base import Repository
from storage.repositories.check_ins import UNSETTLED
from storage.repositories.deliveries import WAITING
from storage.states import CallOutcome, CallStatus, DeliveryKind

CASE = "case"
CHECK_IN = DeliveryKind.CHECK_IN.value
VACANCY = DeliveryKind.VACANCY.value


@dataclass(frozen=True, slots=True)
class Subjects:
    """What several calls are about.

    Attributes:
        rows: Everything that was read. While this is held, `get` of a repository finds each
            row without another statement.
        applied: Worker and vacancy of every application these workers made to these vacancies.
        asked_at: Check-in and address of every message by which these check-ins were asked.
    """

    rows: tuple[Base, ...]
    applied: frozenset[tuple[uuid.UUID, uuid.UUID]]
    asked_at: frozenset[tuple[uuid.UUID, uuid.UUID]]


class CallRounds(Repository[PhoneTask]):
    """Calls looked at many at once."""

    kind = PhoneTask

    def subjects_of(self, tasks: Sequence[PhoneTask]) -> Subjects:
        """Return what `tasks` are about, in one statement for each kind of row."""
        about: dict[str, set[uuid.UUID]] = {CASE: set(), CHECK_IN: set(), VACANCY: set()}
        for task in tasks:
            if task.subject_id is not None and task.kind in about:
                about[task.kind].add(task.subject_id)
        workers = {task.worker_id for task in tasks}
        rows = [
            *self._rows(Worker, workers),
            *self._rows(ContactAddress, {task.address_id for task in tasks}),
            *self._rows(Delivery, {task.delivery_id for task in tasks}),
            *self._rows(Case, about[CASE]),
            *self._rows(CheckIn, about[CHECK_IN]),
            *self._rows(Vacancy, about[VACANCY]),
        ]
        return Subjects(
            tuple(rows), self._applied(workers, about[VACANCY]), self._asked(about[CHECK_IN])
        )

    def overtaken(
        self, officer_id: uuid.UUID, *, before: datetime, offers_before: datetime, limit: int
    ) -> list[PhoneTask]:
        """Return open calls, of whatever day, that are probably pointless by now, oldest first.

        Args:
            officer_id: Whose list.
            before: Calls that were listed earlier are too old, cases apart.
            offers_before: The same for vacancies.
            limit: Most rows.
        """
        is_offer = PhoneTask.kind == VACANCY
        is_old = or_(
            and_(PhoneTask.kind != CASE, PhoneTask.created_at < before),
            and_(is_offer, PhoneTask.created_at < offers_before),
        )
        return list(
            self.session.scalars(
                select(PhoneTask)
                .where(
                    PhoneTask.officer_id == officer_id,
                    PhoneTask.status == CallStatus.OPEN,
                    or_(is_old, _message_is_settled(), _question_went_on()),
                )
                .order_by(PhoneTask.created_at, PhoneTask.id)
                .limit(limit)
            )
        )

    def plan(
        self, officer_id: uuid.UUID, *, today: date, later: date, chosen: Collection[uuid.UUID]
    ) -> None:
        """Let the chosen calls stand on today's list, and what else is due on a later day's."""
        due = (
            PhoneTask.officer_id == officer_id,
            PhoneTask.status == CallStatus.OPEN,
            PhoneTask.planned_on <= today,
        )
        rest, kept = PhoneTask.id.not_in(chosen), PhoneTask.id.in_(chosen)
        self.session.execute(update(PhoneTask).where(*due, rest).values(planned_on=later))
        self.session.execute(
            update(PhoneTask)
            .where(*due, kept, PhoneTask.planned_on != today)
            .values(planned_on=today)
        )

    def close_open(self, task: PhoneTask, *, reason: str, at: datetime) -> bool:
        """Let a call go unless somebody dealt with it meanwhile; return whether it was open."""
        rows = self.session.execute(
            update(PhoneTask)
            .where(PhoneTask.id == task.id, PhoneTask.status == CallStatus.OPEN)
            .values(status=CallStatus.LET_GO, reason=reason, closed_at=at)
            .returning(PhoneTask.id)
            .execution_options(synchronize_session=False)
        )
        is_closed = bool(rows.all())
        self.session.refresh(task)
        return is_closed

    def lost_with_number(self, worker_id: uuid.UUID, *, reason: str) -> list[PhoneTask]:
        """Return a worker's calls that ended at a wrong number, or were let go because of it."""
        return list(
            self.session.scalars(
                select(PhoneTask)
                .where(
                    PhoneTask.worker_id == worker_id,
                    or_(
                        PhoneTask.outcome == CallOutcome.WRONG_NUMBER,
                        and_(PhoneTask.status == CallStatus.LET_GO, PhoneTask.reason == reason),
                    ),
                )
                .order_by(PhoneTask.created_at, PhoneTask.id)
            )
        )

    def let_go_at(self, address_id: uuid.UUID, *, reason: str, since: datetime) -> list[PhoneTask]:
        """Return the calls to one number that were let go for a reason since an instant."""
        return list(
            self.session.scalars(
                select(PhoneTask)
                .where(
                    PhoneTask.address_id == address_id,
                    PhoneTask.status == CallStatus.LET_GO,
                    PhoneTask.reason == reason,
                    PhoneTask.closed_at >= since,
                )
                .order_by(PhoneTask.created_at, PhoneTask.id)
            )
        )

    def is_queued(self, dedupe_key: str) -> bool:
        """Tell whether a message with this key was ever queued."""
        found = self.session.scalar(
            select(Delivery.id).where(Delivery.dedupe_key == dedupe_key).limit(1)
        )
        return found is not None

    def _rows(self, kind: type[Base], keys: Collection[uuid.UUID | None]) -> list[Base]:
        wanted = [key for key in keys if key is not None]
        if not wanted:
            return []
        column: ColumnElement[uuid.UUID] = kind.__table__.c.id
        return list(self.session.scalars(select(kind).where(column.in_(wanted))))

    def _applied(
        self, workers: Collection[uuid.UUID], vacancies: Collection[uuid.UUID]
    ) -> frozenset[tuple[uuid.UUID, uuid.UUID]]:
        if not vacancies:
            return frozenset()
        rows = self.session.execute(
            select(Application.worker_id, Application.vacancy_id).where(
                Application.worker_id.in_(workers), Application.vacancy_id.in_(vacancies)
            )
        )
        return frozenset((worker, vacancy) for worker, vacancy in rows)

    def _asked(self, check_ins: Collection[uuid.UUID]) -> frozenset[tuple[uuid.UUID, uuid.UUID]]:
        if not check_ins:
            return frozenset()
        rows = self.session.execute(
            select(Delivery.subject_id, Delivery.address_id).where(
                Delivery.subject_id.in_(check_ins), Delivery.kind == DeliveryKind.CHECK_IN
            )
        )
        return frozenset((subject, address) for subject, address in rows if subject is not None)


def _message_is_settled() -> ColumnElement[bool]:
    return exists().where(
        Delivery.id == PhoneTask.delivery_id, Delivery.status.not_in(tuple(WAITING))
    )


def _question_went_on() -> ColumnElement[bool]:
    """Tell whether a check-in was settled, or its answer is awaited elsewhere."""
    is_other = or_(CheckIn.status.not_in(UNSETTLED), CheckIn.address_id != PhoneTask.address_id)
    return and_(
        PhoneTask.kind == CHECK_IN, exists().where(CheckIn.id == PhoneTask.subject_id, is_other)
    )
