"""Broadcasts, their audience and what became of each message."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from storage.models.channels import ChannelAccount
from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.reaching import Broadcast, BroadcastLeftOut, PhoneTask
from storage.models.vacancies import Enterprise, Vacancy
from storage.repositories.base import Repository
from storage.repositories.broadcast_rows import BroadcastRows
from storage.repositories.broadcast_stops import BroadcastStops
from storage.states import BroadcastStatus, CallStatus, DeliveryStatus, VacancyStatus

UNDER_WAY = (BroadcastStatus.APPROVED, BroadcastStatus.QUEUED)


class StateCount(NamedTuple):
    """How many messages of a broadcast stand in a state on a channel."""

    channel: str
    status: DeliveryStatus
    number: int


class Outcome(NamedTuple):
    """What became of one worker: of the message, or why there was none."""

    worker_id: uuid.UUID
    home: str | None
    name: str | None
    phone: str | None
    channel: str | None
    status: DeliveryStatus | None
    reason: str | None
    at: datetime | None
    delivery_id: uuid.UUID | None


class Broadcasts(BroadcastRows, BroadcastStops, Repository[Broadcast]):
    """Broadcasts, their audience and what became of each message."""

    kind = Broadcast

    def of_number(self, bureau_adcode: str, number: int) -> Broadcast | None:
        """Return the broadcast shown as B-`number` in this bureau, or None."""
        return self.session.scalars(
            select(Broadcast).where(
                Broadcast.bureau_adcode == bureau_adcode, Broadcast.number == number
            )
        ).one_or_none()

    def of_officer(self, officer_id: uuid.UUID, *, limit: int) -> list[Broadcast]:
        """Return an officer's broadcasts, the newest first; drafts that were dropped are not."""
        return list(
            self.session.scalars(
                select(Broadcast)
                .where(
                    Broadcast.officer_id == officer_id,
                    (Broadcast.status != BroadcastStatus.CANCELLED)
                    | Broadcast.approved_at.is_not(None),
                )
                .order_by(Broadcast.number.desc())
                .limit(limit)
            )
        )

    def open_vacancies(
        self, bureau_adcode: str, *, scope: str, today: date, limit: int
    ) -> list[Vacancy]:
        """Return the open vacancies of firms that lie in `scope`, the newest first.

        A firm from elsewhere belongs to the bureau that accepted it.
        """
        return list(
            self.session.scalars(
                select(Vacancy)
                .join(Enterprise, Enterprise.id == Vacancy.enterprise_id)
                .where(
                    Vacancy.bureau_adcode == bureau_adcode,
                    Vacancy.status == VacancyStatus.PUBLISHED,
                    Vacancy.valid_until.is_(None) | (Vacancy.valid_until >= today),
                    Enterprise.adcode.startswith(scope, autoescape=True)
                    | Enterprise.bureau_adcode.startswith(scope, autoescape=True),
                )
                .order_by(Vacancy.number.desc())
                .limit(limit)
            )
        )

    def under_way(self, *statuses: BroadcastStatus) -> list[tuple[uuid.UUID, str]]:
        """Return the broadcasts in these states as (key, bureau), first approved first."""
        rows = self.session.execute(
            select(Broadcast.id, Broadcast.bureau_adcode)
            .where(Broadcast.status.in_(statuses or UNDER_WAY))
            .order_by(Broadcast.approved_at, Broadcast.id)
        )
        return [(row[0], row[1]) for row in rows]

    def to_be_shown(self) -> list[tuple[uuid.UUID, str]]:
        """Return the drafts whose officers wait to see what sending would do, as `under_way`."""
        rows = self.session.execute(
            select(Broadcast.id, Broadcast.bureau_adcode)
            .where(Broadcast.status == BroadcastStatus.DRAFT, Broadcast.progress_at.is_not(None))
            .order_by(Broadcast.progress_at, Broadcast.id)
        )
        return [(row[0], row[1]) for row in rows]

    def state_counts(self, broadcast_id: uuid.UUID) -> list[StateCount]:
        """Return how many of its messages stand in each state on each channel."""
        rows = self.session.execute(
            select(ChannelAccount.channel, Delivery.status, func.count())
            .join(ChannelAccount, ChannelAccount.id == Delivery.account_id)
            .where(Delivery.broadcast_id == broadcast_id)
            .group_by(ChannelAccount.channel, Delivery.status)
        )
        return [StateCount(*row) for row in rows]

    def left_out_counts_of(self, broadcast_id: uuid.UUID) -> dict[str, int]:
        """Return how many workers were left out for each reason, most first."""
        count = func.count()
        rows = self.session.execute(
            select(BroadcastLeftOut.reason, count)
            .where(BroadcastLeftOut.broadcast_id == broadcast_id)
            .group_by(BroadcastLeftOut.reason)
            .order_by(count.desc(), BroadcastLeftOut.reason)
        )
        return {row[0]: row[1] for row in rows}

    def outcomes(self, broadcast_id: uuid.UUID, *, scope: str) -> list[Outcome]:
        """Return what became of every worker of the audience whose home lies in `scope`.

        Those who were written to come first, then those left out; both by home.
        """
        inside = func.coalesce(Worker.home, Worker.bureau_adcode).startswith(scope, autoescape=True)
        who = (Worker.id, Worker.home, Worker.name, Worker.phone)
        sent = self.session.execute(
            select(
                *who,
                ChannelAccount.channel,
                Delivery.status,
                Delivery.reason,
                func.coalesce(Delivery.confirmed_at, Delivery.accepted_at),
                Delivery.id,
            )
            .join(Worker, Worker.id == Delivery.worker_id)
            .join(ChannelAccount, ChannelAccount.id == Delivery.account_id)
            .where(Delivery.broadcast_id == broadcast_id, inside)
            .order_by(Worker.home, Worker.id)
        )
        rows = [Outcome(*row) for row in sent]
        left_out = self.session.execute(
            select(*who, BroadcastLeftOut.reason, BroadcastLeftOut.at)
            .join(Worker, Worker.id == BroadcastLeftOut.worker_id)
            .where(BroadcastLeftOut.broadcast_id == broadcast_id, inside)
            .order_by(Worker.home, Worker.id)
        )
        rows += [
            Outcome(row[0], row[1], row[2], row[3], None, None, row[4], row[5], None)
            for row in left_out
        ]
        return rows

    def undelivered(
        self, broadcast_id: uuid.UUID, *, scope: str, reasons: Sequence[str], limit: int
    ) -> list[Worker]:
        """Return workers whose message failed, or was not made for one of these reasons.

        Only those of `scope` with a phone and without a call for this broadcast, by id.
        """
        failed = select(Delivery.worker_id).where(
            Delivery.broadcast_id == broadcast_id,
            Delivery.status.in_((DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN)),
        )
        missed = select(BroadcastLeftOut.worker_id).where(
            BroadcastLeftOut.broadcast_id == broadcast_id, BroadcastLeftOut.reason.in_(reasons)
        )
        called = select(PhoneTask.worker_id).where(
            PhoneTask.dedupe_key.startswith(call_key(broadcast_id, None))
        )
        home = func.coalesce(Worker.home, Worker.bureau_adcode)
        return list(
            self.session.scalars(
                select(Worker)
                .where(
                    Worker.id.in_(failed) | Worker.id.in_(missed),
                    Worker.id.not_in(called),
                    Worker.phone.is_not(None),
                    home.startswith(scope, autoescape=True),
                )
                .order_by(Worker.id)
                .limit(limit)
            )
        )

    def open_calls(self, officer_id: uuid.UUID, *, until: date) -> int:
        """Return how many people an officer has to phone up to a day."""
        question = select(func.count(PhoneTask.worker_id.distinct())).where(
            PhoneTask.officer_id == officer_id,
            PhoneTask.status == CallStatus.OPEN,
            PhoneTask.planned_on <= until,
        )
        return self.session.scalar(question) or 0

    def newest_edit(self, target: Delivery) -> Delivery | None:
        """Return the newest change made to a message, or None; by its address, whose rows are few.

        A broadcast's own message is changed every few seconds.
        """
        return self.session.scalars(
            select(Delivery)
            .where(
                Delivery.address_id == target.address_id,
                Delivery.stream == target.stream,
                Delivery.target_id == target.id,
            )
            .order_by(Delivery.seq.desc())
            .limit(1)
        ).one_or_none()


def call_key(broadcast_id: uuid.UUID, worker_id: uuid.UUID | None) -> str:
    """Return the key under which a broadcast puts a worker on a phone list, or how all begin."""
    return f"broadcast:{broadcast_id.hex}:{worker_id.hex if worker_id else ''}"
