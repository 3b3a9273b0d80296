"""What the demo counts: messages that wait for an answer, outcomes, and its check of itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.models.channels import ChannelAccount, ContactAddress, InboundReceipt
from storage.models.outbox import Delivery
from storage.models.people import AddressLink, Worker
from storage.models.vacancies import LeftOutWorker, Recommendation, Vacancy
from storage.models.work import Application, Case, CheckIn, Employment
from storage.repositories.deliveries import WAITING
from storage.states import CaseStatus, DeliveryKind, DeliveryStatus, ReceiptStatus, Way

ON_THE_WAY = (*WAITING, DeliveryStatus.SENDING)
NOT_SENT = (DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN, DeliveryStatus.SUPERSEDED)
UNCALLED = (CaseStatus.OPEN, CaseStatus.OFFERED)
UNASKED = (DeliveryKind.VACANCY, DeliveryKind.CHECK_IN)
# A question in a dialogue names no worker; in the demo nobody shares a page.
TOLD = func.coalesce(
    Delivery.worker_id,
    select(AddressLink.worker_id)
    .where(AddressLink.address_id == Delivery.address_id)
    .limit(1)
    .correlate(Delivery)
    .scalar_subquery(),
)
BY_PHONE = select(ChannelAccount.id).where(ChannelAccount.channel == Way.PHONE.value)


@dataclass(frozen=True, slots=True)
class SpellOutcome:
    """A spell that an application of the period led to.

    Attributes:
        is_silent: The last question that was asked about it was not answered.
    """

    home: str | None
    workplace: str | None
    has_ended: bool
    is_silent: bool


class DemoFigures:
    """Questions of the demo over the whole database; nothing is changed."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def size(self) -> tuple[int, int]:
        """Return how many people and how many vacancies the database holds."""
        return self._count(Worker.id), self._count(Vacancy.id)

    def heard_since(
        self, account_id: uuid.UUID, since: datetime
    ) -> Sequence[tuple[Delivery, ContactAddress]]:
        """Return what nobody had asked for and was accepted since an instant, oldest first."""
        rows = self.session.execute(
            select(Delivery, ContactAddress)
            .join(ContactAddress, ContactAddress.id == Delivery.address_id)
            .where(
                Delivery.account_id == account_id,
                Delivery.status == DeliveryStatus.ACCEPTED,
                Delivery.accepted_at >= since,
                Delivery.kind.in_(UNASKED),
            )
            .order_by(Delivery.accepted_at, Delivery.seq)
        )
        return [(delivery, address) for delivery, address in rows]

    def newest_vacancy(self) -> Vacancy:
        """Return the vacancy with the highest number."""
        return self.session.scalars(select(Vacancy).order_by(Vacancy.number.desc()).limit(1)).one()

    def chosen(self, vacancy_id: uuid.UUID) -> int:
        """Return how many workers a vacancy was pushed to, or is to be phoned about."""
        return self._count(
            Recommendation.id,
            Recommendation.vacancy_id == vacancy_id,
            Recommendation.pushed.is_(True),
        )

    def left_out(self, vacancy_id: uuid.UUID) -> int:
        """Return how many workers have a reason why this vacancy did not go to them."""
        return self._count(LeftOutWorker.worker_id, LeftOutWorker.vacancy_id == vacancy_id)

    def cases_to_call(self) -> list[uuid.UUID]:
        """Return the cases whose person the officer has not spoken with yet, oldest first."""
        return list(
            self.session.scalars(
                select(Case.id)
                .where(Case.closed_at.is_(None), Case.status.in_(UNCALLED))
                .order_by(Case.opened_at, Case.number)
            )
        )

    def waiting(self, now: datetime) -> list[uuid.UUID]:
        """Return the deliveries that are due and were not sent yet; calls are an officer's."""
        return list(
            self.session.scalars(
                select(Delivery.id).where(
                    Delivery.status.in_(ON_THE_WAY),
                    Delivery.not_before <= now,
                    Delivery.account_id.not_in(BY_PHONE),
                )
            )
        )

    def sent_among(self, keys: Sequence[uuid.UUID]) -> int:
        """Return how many of these deliveries were accepted."""
        return self._count(
            Delivery.id, Delivery.id.in_(keys), Delivery.status == DeliveryStatus.ACCEPTED
        )

    def pushes(self, since: datetime) -> int:
        """Return how many vacancies were pushed to workers since an instant."""
        return self._count(
            Delivery.id,
            Delivery.kind == DeliveryKind.VACANCY,
            Delivery.status == DeliveryStatus.ACCEPTED,
            Delivery.accepted_at >= since,
        )

    def answered_pushes(self, since: datetime) -> int:
        """Return how many of these pushes were answered: with an application or a reason."""
        applied = select(Application.id).where(
            Application.worker_id == TOLD,
            Application.vacancy_id == Delivery.subject_id,
        )
        answered = select(Recommendation.id).where(
            Recommendation.worker_id == TOLD,
            Recommendation.vacancy_id == Delivery.subject_id,
            Recommendation.response.is_not(None),
        )
        return self._count(
            Delivery.id,
            Delivery.kind == DeliveryKind.VACANCY,
            Delivery.status == DeliveryStatus.ACCEPTED,
            Delivery.accepted_at >= since,
            or_(applied.exists(), answered.exists()),
        )

    def applications(self, since: datetime) -> int:
        """Return how many applications reached a firm since an instant."""
        return self._count(Application.id, Application.sent_at >= since)

    def spells(self, since: datetime) -> list[SpellOutcome]:
        """Return the spells that applications sent since an instant led to."""
        silent = _last_question_was_silent()
        rows = self.session.execute(
            select(Worker.home, Employment.workplace, Employment.ended_on, silent)
            .join(Worker, Worker.id == Employment.worker_id)
            .join(Application, Application.id == Employment.application_id)
            .where(Application.sent_at >= since)
        )
        return [
            SpellOutcome(home, workplace, ended_on is not None, bool(is_silent))
            for home, workplace, ended_on, is_silent in rows
        ]

    def case_matters(self, since: datetime) -> list[list[str]]:
        """Return what each case that was opened since an instant is about."""
        return list(self.session.scalars(select(Case.matters).where(Case.opened_at >= since)))

    def wrong_pushes(self, since: datetime) -> int:
        """Return pushes that went to somebody who unsubscribed, is too old, or came too late."""
        return self._count(
            Delivery.id,
            Delivery.kind == DeliveryKind.VACANCY,
            Delivery.accepted_at >= since,
            Delivery.address_id == ContactAddress.id,
            Delivery.subject_id == Vacancy.id,
            Worker.id == TOLD,
            or_(
                ContactAddress.unsubscribed_at < Delivery.accepted_at,
                ContactAddress.unreachable_since < Delivery.accepted_at,
                Vacancy.closed_at < Delivery.accepted_at,
                func.extract("year", Delivery.accepted_at) - Worker.birth_year > Vacancy.age_max,
            ),
        )

    def lost(self, now: datetime) -> int:
        """Return messages without an answer, and deliveries that never went out."""
        unanswered = self._count(InboundReceipt.id, InboundReceipt.status != ReceiptStatus.DONE)
        failed = self._count(Delivery.id, Delivery.status.in_(NOT_SENT))
        return unanswered + failed + len(self.waiting(now))

    def doubled(self) -> int:
        """Return how often a person was told of a vacancy or asked a question twice."""
        groups = (
            select(func.count().label("times"))
            .select_from(Delivery)
            .where(
                Delivery.status == DeliveryStatus.ACCEPTED,
                Delivery.kind == DeliveryKind.VACANCY,
            )
            .group_by(TOLD, Delivery.subject_id)
            .subquery()
        )
        twice = self.session.scalar(select(func.sum(groups.c.times - 1)))
        places = (
            select(func.count().label("times"))
            .select_from(Delivery)
            .where(Delivery.cursor.is_not(None))
            .group_by(Delivery.address_id, Delivery.cursor)
            .subquery()
        )
        same_place = self.session.scalar(select(func.sum(places.c.times - 1)))
        return int(twice or 0) + int(same_place or 0)

    def times_of_unasked(self, since: datetime) -> list[datetime]:
        """Return when vacancies and questions went out since an instant."""
        found = self.session.scalars(
            select(Delivery.accepted_at).where(
                Delivery.kind.in_(UNASKED), Delivery.accepted_at >= since
            )
        )
        return [at for at in found if at is not None]

    def _count(
        self, column: InstrumentedAttribute[uuid.UUID], *conditions: ColumnElement[bool]
    ) -> int:
        return self.session.scalar(select(func.count(column)).where(*conditions)) or 0


def _last_question_was_silent() -> ColumnElement[bool]:
    newest = (
        select(CheckIn.status)
        .where(CheckIn.employment_id == Employment.id, CheckIn.sent_at.is_not(None))
        .order_by(CheckIn.sent_at.desc())
        .limit(1)
        .correlate(Employment)
        .scalar_subquery()
    )
    return newest == "no_reply"
