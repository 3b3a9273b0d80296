"""Applications for benefits, officers' decisions about them, and what others paid."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, extract, func, or_, select

from storage.benefit_states import BenefitStatus
from storage.models.benefits import BenefitApplication, BenefitDecision, OutsidePayment
from storage.models.people import Worker
from storage.models.register import RegisterEntry
from storage.models.training import Course, Enrolment, TrainingWish
from storage.models.work import Promise
from storage.repositories.base import Repository
from storage.training_states import EnrolmentStatus

BENEFIT_PROMISE = "benefit"
# Somebody of the bureau, or the worker, still has to do something.
OPEN = (
    BenefitStatus.SUBMITTED,
    BenefitStatus.RETURNED,
    BenefitStatus.PROPOSED,
    BenefitStatus.APPROVED,
)
WITH_OFFICERS = (BenefitStatus.SUBMITTED, BenefitStatus.PROPOSED, BenefitStatus.APPROVED)
COUNTED = (*OPEN, BenefitStatus.PAID)
# Of one statement; databases bound the number of its parameters.
IN_ONE_QUERY = 900
_Sign = tuple[bytes, str, str, date]
TOOK_PART = (EnrolmentStatus.ATTENDED, EnrolmentStatus.COMPLETED)


@dataclass(frozen=True, slots=True)
class CoursesKnown:
    """What our own courses tell of one worker.

    Attributes:
        taken: Free courses of its year in which they took part.
        attends_subsidised: They attend a subsidised one on the day.
        wishes: They said that they want to learn.
    """

    taken: int
    attends_subsidised: bool
    wishes: bool


@dataclass(frozen=True, slots=True)
class WaitingBenefit:
    """An application that officers have to deal with, and by when the worker was promised."""

    application: BenefitApplication
    worker: Worker
    due_at: datetime | None


class BenefitApplications(Repository[BenefitApplication]):
    """Applications for benefits, officers' decisions about them, and what others paid.

    Queries by scope return whose home may lie there; the rule that chooses lies with the
    services.
    """

    kind = BenefitApplication

    def of_worker(self, worker_id: uuid.UUID) -> list[BenefitApplication]:
        """Return a worker's applications, drafts too, the newest first."""
        return list(
            self.session.scalars(
                select(BenefitApplication)
                .where(BenefitApplication.worker_id == worker_id)
                .order_by(BenefitApplication.created_at.desc(), BenefitApplication.number.desc())
            )
        )

    def of_number(self, bureau_adcode: str, number: int) -> BenefitApplication | None:
        """Return the application that officers call by this number, or None; never a draft."""
        return self.session.scalars(
            select(BenefitApplication).where(
                BenefitApplication.bureau_adcode == bureau_adcode,
                BenefitApplication.number == number,
                BenefitApplication.status != BenefitStatus.DRAFT,
            )
        ).one_or_none()

    def paid_of(self, worker_id: uuid.UUID, code: str) -> list[BenefitApplication]:
        """Return what was paid to a worker under one code, oldest first."""
        return list(
            self.session.scalars(
                select(BenefitApplication)
                .where(
                    BenefitApplication.worker_id == worker_id,
                    BenefitApplication.code == code,
                    BenefitApplication.status == BenefitStatus.PAID,
                )
                .order_by(BenefitApplication.paid_on, BenefitApplication.number)
            )
        )

    def waiting(self, *, scope: str) -> list[WaitingBenefit]:
        """Return what officers have to deal with, the oldest promise first."""
        due = (
            select(Promise.subject_id, func.min(Promise.due_at).label("due_at"))
            .where(Promise.what == BENEFIT_PROMISE, Promise.kept_at.is_(None))
            .group_by(Promise.subject_id)
            .subquery()
        )
        rows = self.session.execute(
            select(BenefitApplication, Worker, due.c.due_at)
            .join(Worker, Worker.id == BenefitApplication.worker_id)
            .outerjoin(due, due.c.subject_id == BenefitApplication.id)
            .where(BenefitApplication.status.in_(WITH_OFFICERS), _may_lie_in(scope))
            .order_by(due.c.due_at.is_(None), due.c.due_at, BenefitApplication.number)
        )
        return [WaitingBenefit(*row) for row in rows]

    def alike(self, application: BenefitApplication) -> list[BenefitApplication]:
        """Return the person's other live applications for the same benefit and period."""
        if application.worker_id is None:
            return []
        return list(
            self.session.scalars(
                select(BenefitApplication)
                .where(
                    BenefitApplication.worker_id == application.worker_id,
                    BenefitApplication.code == application.code,
                    BenefitApplication.period == application.period,
                    BenefitApplication.id != application.id,
                    BenefitApplication.status.in_(COUNTED),
                )
                .order_by(BenefitApplication.number)
            )
        )

    def with_ticket(self, application: BenefitApplication) -> list[BenefitApplication]:
        """Return other live applications of the bureau that name the same ticket."""
        if application.ticket_index is None:
            return []
        return list(
            self.session.scalars(
                select(BenefitApplication)
                .where(
                    BenefitApplication.bureau_adcode == application.bureau_adcode,
                    BenefitApplication.ticket_index == application.ticket_index,
                    BenefitApplication.id != application.id,
                    BenefitApplication.status.in_(COUNTED),
                )
                .order_by(BenefitApplication.number)
            )
        )

    def add_decision(self, decision: BenefitDecision) -> BenefitDecision:
        """Add an officer's step."""
        self.session.add(decision)
        self.session.flush()
        return decision

    def decisions_of(self, application_id: uuid.UUID) -> list[BenefitDecision]:
        """Return officers' steps on an application, oldest first."""
        return list(
            self.session.scalars(
                select(BenefitDecision)
                .where(BenefitDecision.application_id == application_id)
                .order_by(BenefitDecision.at, BenefitDecision.id)
            )
        )

    def courses_of(self, worker_id: uuid.UUID, *, on: date) -> CoursesKnown:
        """Return what our own courses tell of a worker on a day and in its calendar year."""
        taken = self.session.scalar(
            select(func.count())
            .select_from(Enrolment)
            .join(Course, Course.id == Enrolment.course_id)
            .where(
                Enrolment.worker_id == worker_id,
                Enrolment.status.in_(TOOK_PART),
                or_(Course.is_free.is_(True), Course.is_free.is_(None)),
                extract("year", Course.starts_on) == on.year,
            )
        )
        attends = self.session.scalar(
            select(Enrolment.id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(
                Enrolment.worker_id == worker_id,
                Enrolment.status.in_(TOOK_PART),
                Course.subsidised.is_(True),
                Course.starts_on <= on,
                Course.ends_on >= on,
            )
            .limit(1)
        )
        wish = self.session.scalar(
            select(TrainingWish.id)
            .where(TrainingWish.worker_id == worker_id, TrainingWish.closed_at.is_(None))
            .limit(1)
        )
        return CoursesKnown(taken or 0, attends is not None, wish is not None)

    def erase_worker(self, worker_id: uuid.UUID) -> None:
        """Take a person out: paid rows keep number, code, amount and dates, the others go.

        Officers' reasons, which may speak of the person, go with them.
        """
        rows = self.of_worker(worker_id)
        gone = [row.id for row in rows if row.status is not BenefitStatus.PAID]
        self.session.execute(
            delete(BenefitDecision).where(BenefitDecision.application_id.in_(gone))
        )
        self.session.execute(delete(BenefitApplication).where(BenefitApplication.id.in_(gone)))
        for row in rows:
            if row.status is not BenefitStatus.PAID:
                continue
            row.worker_id, row.address_id, row.ticket_index, row.facts = None, None, None, {}
            for decision in self.decisions_of(row.id):
                decision.note = None
        self.session.flush()

    def add_payments(self, bureau_adcode: str, payments: Sequence[OutsidePayment]) -> int:
        """Add what other departments paid; return how many were not reported before.

        A payment without a sum is the same as one with any: a corrected sum is a payment more.
        """
        known = self._reported(bureau_adcode, sorted({one.id_index for one in payments}))
        added = 0
        for payment in payments:
            sums = known[_sign(payment)]
            if sums and (
                payment.amount_fen is None or not sums.isdisjoint({None, payment.amount_fen})
            ):
                continue
            sums.add(payment.amount_fen)
            self.session.add(payment)
            added += 1
        self.session.flush()
        return added

    def _reported(
        self, bureau_adcode: str, indexes: Sequence[bytes]
    ) -> defaultdict[_Sign, set[int | None]]:
        found: defaultdict[_Sign, set[int | None]] = defaultdict(set)
        for first in range(0, len(indexes), IN_ONE_QUERY):
            rows = self.session.scalars(
                select(OutsidePayment).where(
                    OutsidePayment.bureau_adcode == bureau_adcode,
                    OutsidePayment.id_index.in_(indexes[first : first + IN_ONE_QUERY]),
                )
            )
            for row in rows:
                found[_sign(row)].add(row.amount_fen)
        return found

    def outside_payments_of(self, worker_id: uuid.UUID, code: str) -> list[OutsidePayment]:
        """Return what others paid to a worker under one code, oldest first."""
        return list(
            self.session.scalars(
                select(OutsidePayment)
                .join(
                    RegisterEntry,
                    (RegisterEntry.id_index == OutsidePayment.id_index)
                    & (RegisterEntry.bureau_adcode == OutsidePayment.bureau_adcode),
                )
                .where(RegisterEntry.worker_id == worker_id, OutsidePayment.code == code)
                .order_by(OutsidePayment.paid_on, OutsidePayment.id)
            )
        )


def _sign(payment: OutsidePayment) -> _Sign:
    return payment.id_index, payment.code, payment.department, payment.paid_on


def _may_lie_in(scope: str) -> ColumnElement[bool]:
    return or_(
        Worker.home.startswith(scope, autoescape=True),
        Worker.bureau_adcode.startswith(scope, autoescape=True),
    )
