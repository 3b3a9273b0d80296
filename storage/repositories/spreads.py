"""Questions that publishing asks: whom there is to tell, how, and who was left out."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, func, insert, select
from sqlalchemy.orm import Session

from storage.inserts import upsert
from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import AddressLink, Consent, Worker
from storage.models.vacancies import LeftOutWorker, Recommendation
from storage.models.work import Application
from storage.repositories.never_asked import never_asked
from storage.repositories.statements import IS_COPY
from storage.states import (
    PUSH_KINDS,
    ApplicationStatus,
    Decision,
    DeliveryKind,
    DeliveryStatus,
    Purpose,
    WorkerStatus,
)

# An application in one of these no longer takes up a place or an opening.
GONE = (
    ApplicationStatus.INTERESTED,
    ApplicationStatus.CONSENTED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.REJECTED,
    ApplicationStatus.NO_SHOW,
)


# What takes of a worker's attention, whoever sends it; in an order, for the statement's sake.
PUSHED = tuple(sorted(PUSH_KINDS))


@dataclass(frozen=True, slots=True)
class Reach:
    """One address of a worker, on one channel.

    Attributes:
        address_id: The address.
        account_id: The channel account it belongs to.
        channel: `telegram`, `web`, `sms`, `phone`.
        language: `zh` or `en`.
        last_inbound_at: When somebody last wrote from there.
        page_seen_at: When its page last asked for messages, to about ten minutes.
        is_unsubscribed: No pushes are wanted there.
        is_unreachable: It refused our messages.
    """

    address_id: uuid.UUID
    account_id: uuid.UUID
    channel: str
    language: str
    last_inbound_at: datetime | None
    page_seen_at: datetime | None
    is_unsubscribed: bool
    is_unreachable: bool


@dataclass(frozen=True, slots=True)
class Attention:
    """How many pushes a worker was given today and within the week."""

    today: int
    week: int


class Spreads:
    """Queries over all workers of a bureau at once; none of them runs once a worker."""

    session: Session

    def registered_workers(self, bureau_adcode: str) -> list[Worker]:
        """Return everybody registered with this bureau who has not left, ascending by id."""
        return list(
            self.session.scalars(
                select(Worker)
                .where(Worker.bureau_adcode == bureau_adcode, Worker.status != WorkerStatus.LEFT)
                .order_by(Worker.id)
            )
        )

    def reaches(
        self, bureau_adcode: str, *, among: Collection[uuid.UUID] | None = None
    ) -> dict[uuid.UUID, list[Reach]]:
        """Return where the workers of this bureau are written to, the newest contact first.

        Args:
            bureau_adcode: The bureau.
            among: Only these workers; at most as many as one statement takes.
        """
        # Plain columns, without the mapper's detour: this is asked for thousands at a time.
        self.session.flush()
        rows = self.session.connection().execute(
            select(
                AddressLink.worker_id,
                ContactAddress.id,
                ContactAddress.account_id,
                ChannelAccount.channel,
                ContactAddress.language,
                ContactAddress.last_inbound_at,
                ContactAddress.page_seen_at,
                ContactAddress.unsubscribed_at.is_not(None),
                ContactAddress.unreachable_since.is_not(None),
            )
            .join(ContactAddress, ContactAddress.id == AddressLink.address_id)
            .join(ChannelAccount, ChannelAccount.id == ContactAddress.account_id)
            .join(Worker, Worker.id == AddressLink.worker_id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                *(() if among is None else (Worker.id.in_(among),)),
            )
            .order_by(ContactAddress.last_inbound_at.desc().nulls_last(), ContactAddress.id)
        )
        found: dict[uuid.UUID, list[Reach]] = {}
        for row in rows:
            reach = Reach(row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8])
            found.setdefault(row[0], []).append(reach)
        return found

    def addresses(self, address_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ContactAddress]:
        """Return these addresses by key."""
        rows = self.session.scalars(
            select(ContactAddress).where(ContactAddress.id.in_(address_ids))
        )
        return {row.id: row for row in rows}

    def without_consent(self, *, among: uuid.UUID | None = None) -> set[uuid.UUID]:
        """Return workers whose newest word on being matched was a withdrawal, or who said none.

        Who only came with a sheet of the register has agreed to nothing yet.

        Args:
            among: Look at this one worker only.
        """
        return self._withdrew(None if among is None else [among])

    def withdrawn_among(self, workers: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Return which of these workers withdrew; at most as many as one statement takes."""
        return self._withdrew(workers) if workers else set()

    def _withdrew(self, among: Collection[uuid.UUID] | None) -> set[uuid.UUID]:
        withdrew = select(Consent.worker_id).where(Consent.decision == Decision.WITHDRAWN)
        if among is not None:
            withdrew = withdrew.where(Consent.worker_id.in_(among))
        rows = self.session.execute(
            select(Consent.worker_id, Consent.decision)
            .where(
                Consent.purpose == Purpose.REGISTER_AND_MATCH,
                Consent.worker_id.in_(withdrew),
            )
            .order_by(Consent.decided_at, Consent.id)
        )
        newest = {worker_id: decision for worker_id, decision in rows if worker_id is not None}
        said_no = {key for key, decision in newest.items() if decision is Decision.WITHDRAWN}
        return said_no | never_asked(self.session, among)

    def attention(
        self,
        *,
        today_from: datetime,
        today_until: datetime,
        week_from: datetime,
        statuses: Collection[DeliveryStatus],
        among: Collection[uuid.UUID] | None = None,
    ) -> dict[uuid.UUID, Attention]:
        """Return how often each worker was pushed, or will be; none → no entry.

        A push counts when it was accepted, else when it may go first; vacancies and broadcasts
        count alike, on whatever channel.

        Args:
            today_from: When the day begins.
            today_until: When it ends.
            week_from: What came before costs nothing any more.
            statuses: The states in which a push counts.
            among: Only these workers, at most as many as one statement takes.
        """
        at = func.coalesce(Delivery.accepted_at, Delivery.not_before)
        is_today = case(((at >= today_from) & (at < today_until), 1), else_=0)
        question = (
            select(Delivery.worker_id, func.sum(is_today), func.count())
            .where(
                Delivery.worker_id.is_not(None),
                Delivery.kind.in_(PUSHED),
                ~IS_COPY,
                Delivery.status.in_(statuses),
                at >= week_from,
            )
            .group_by(Delivery.worker_id)
        )
        if among is not None:
            question = question.where(Delivery.worker_id.in_(among))
        rows = self.session.execute(question)
        return {key: Attention(int(today), week) for key, today, week in rows if key is not None}

    def told(self, vacancy_id: uuid.UUID) -> dict[uuid.UUID, datetime | None]:
        """Return who was told of this vacancy, or answered to it, with when it was pushed."""
        rows = self.session.execute(
            select(Recommendation.worker_id, Recommendation.pushed_at).where(
                Recommendation.vacancy_id == vacancy_id,
                Recommendation.pushed.is_(True) | Recommendation.response.is_not(None),
            )
        )
        unsent = self._skipped(Delivery.subject_id == vacancy_id)
        went_out = self._went_out(vacancy_id)
        return {
            worker_id: at
            for worker_id, at in rows
            if worker_id in went_out or (vacancy_id, worker_id) not in unsent
        }

    def _skipped(self, which: ColumnElement[bool]) -> set[tuple[uuid.UUID, uuid.UUID]]:
        rows = self.session.execute(
            select(Delivery.subject_id, Delivery.worker_id).where(
                Delivery.status == DeliveryStatus.SKIPPED,
                Delivery.kind == DeliveryKind.VACANCY,
                which,
            )
        )
        return {(vacancy, worker) for vacancy, worker in rows if vacancy and worker}

    def _went_out(self, vacancy_id: uuid.UUID) -> set[uuid.UUID]:
        # A copy on a page counts too: whoever reads there was told.
        rows = self.session.scalars(
            select(Delivery.worker_id).where(
                Delivery.subject_id == vacancy_id,
                Delivery.kind == DeliveryKind.VACANCY,
                Delivery.status != DeliveryStatus.SKIPPED,
            )
        )
        return {worker for worker in rows if worker is not None}

    def note_first_told(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Note of workers to whom a vacancy was never shown that they are told of it.

        Whoever is shown it at this very moment, in another transaction, is told all the same.
        """
        upsert(
            self.session,
            Recommendation,
            [{"id": uuid.uuid4(), **row} for row in rows],
            key=["worker_id", "vacancy_id"],
            replaced=["score", "reasons", "pushed", "pushed_at", "last_shown_at"],
        )

    def active_applications(self, vacancy_id: uuid.UUID) -> int:
        """Return how many applications still stand for a place of this vacancy."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Application)
                .where(Application.vacancy_id == vacancy_id, Application.status.not_in(GONE))
            )
            or 0
        )

    def replace_left_out(self, vacancy_id: uuid.UUID, rows: Sequence[Mapping[str, object]]) -> None:
        """Store who is left out now, in place of what stood there, in one statement."""
        self.session.execute(delete(LeftOutWorker).where(LeftOutWorker.vacancy_id == vacancy_id))
        if rows:
            self.session.execute(insert(LeftOutWorker), list(rows))

    def left_out_counts(self, vacancy_id: uuid.UUID) -> dict[str, int]:
        """Return how many workers were left out for each reason."""
        rows = self.session.execute(
            select(LeftOutWorker.reason, func.count())
            .where(LeftOutWorker.vacancy_id == vacancy_id)
            .group_by(LeftOutWorker.reason)
        )
        return {row[0]: row[1] for row in rows}

    def left_out(self, vacancy_id: uuid.UUID, *, scope: str, limit: int) -> list[LeftOutWorker]:
        """Return who was left out, with the reason; only workers whose home lies in `scope`."""
        return list(
            self.session.scalars(
                select(LeftOutWorker)
                .join(Worker, Worker.id == LeftOutWorker.worker_id)
                .where(
                    LeftOutWorker.vacancy_id == vacancy_id,
                    func.coalesce(Worker.home, Worker.bureau_adcode).startswith(
                        scope, autoescape=True
                    ),
                )
                .order_by(LeftOutWorker.reason, LeftOutWorker.worker_id)
                .limit(limit)
            )
        )
