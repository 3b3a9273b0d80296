"""Calls that officers have to make, and those they made."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import AddressLink, Worker
from storage.models.reaching import PhoneCall, PhoneTask
from storage.repositories.call_rounds import CallRounds
from storage.states import CallOutcome, CallStatus, DeliveryStatus, WorkerStatus

TRIED = (DeliveryStatus.ACCEPTED, DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN)


class PhoneTasks(CallRounds):
    """Calls that officers have to make, and those they made. A call taken back never counts."""

    kind = PhoneTask

    def add_once(self, task: PhoneTask) -> bool:
        """Add `task`; False when its dedupe key was used before."""
        try:
            with self.session.begin_nested():
                self.session.add(task)
        except IntegrityError:
            return False
        return True

    def open_for(
        self, officer_id: uuid.UUID, *, until: date, besides: Collection[uuid.UUID], limit: int
    ) -> list[PhoneTask]:
        """Return an officer's open calls planned up to a day, the gravest first, then the oldest.

        Args:
            officer_id: Whose list.
            until: The last day that is looked at.
            besides: Workers who are left out.
            limit: Most rows.
        """
        return list(
            self.session.scalars(
                select(PhoneTask)
                .where(
                    PhoneTask.officer_id == officer_id,
                    PhoneTask.status == CallStatus.OPEN,
                    PhoneTask.planned_on <= until,
                    PhoneTask.worker_id.not_in(besides),
                )
                .order_by(PhoneTask.risk.desc(), PhoneTask.created_at, PhoneTask.id)
                .limit(limit)
            )
        )

    def officers_with_open(self, until: date) -> list[uuid.UUID]:
        """Return who has open calls planned up to a day, by id."""
        return list(
            self.session.scalars(
                select(PhoneTask.officer_id)
                .where(PhoneTask.status == CallStatus.OPEN, PhoneTask.planned_on <= until)
                .distinct()
                .order_by(PhoneTask.officer_id)
            )
        )

    def open_of_worker(self, worker_id: uuid.UUID) -> list[PhoneTask]:
        """Return a worker's open calls, whoever makes them."""
        return list(
            self.session.scalars(
                select(PhoneTask)
                .where(PhoneTask.worker_id == worker_id, PhoneTask.status == CallStatus.OPEN)
                .order_by(PhoneTask.created_at, PhoneTask.id)
            )
        )

    def was_called_since(self, worker_id: uuid.UUID, since: datetime) -> bool:
        """Tell whether somebody phoned this worker since an instant."""
        found = self.session.scalar(
            select(PhoneCall.id)
            .where(
                PhoneCall.worker_id == worker_id,
                PhoneCall.at >= since,
                PhoneCall.undone_at.is_(None),
            )
            .limit(1)
        )
        return found is not None

    def called_by(
        self, officer_id: uuid.UUID, *, since: datetime, besides: Collection[CallOutcome] = ()
    ) -> set[uuid.UUID]:
        """Return the workers whom an officer phoned since an instant, some outcomes apart."""
        return set(
            self.session.scalars(
                select(PhoneCall.worker_id).where(
                    PhoneCall.officer_id == officer_id,
                    PhoneCall.at >= since,
                    PhoneCall.outcome.not_in(besides),
                    PhoneCall.undone_at.is_(None),
                )
            )
        )

    def calls_of(self, worker_id: uuid.UUID) -> list[PhoneCall]:
        """Return the calls made to a worker, oldest first."""
        return list(
            self.session.scalars(
                select(PhoneCall)
                .where(PhoneCall.worker_id == worker_id, PhoneCall.undone_at.is_(None))
                .order_by(PhoneCall.at, PhoneCall.id)
            )
        )

    def call(self, key: uuid.UUID) -> PhoneCall | None:
        """Return one call, held until the transaction ends, or None."""
        return self.session.get(PhoneCall, key, with_for_update={"key_share": True})

    def last_call(self, officer_id: uuid.UUID) -> PhoneCall | None:
        """Return the call that an officer made last and did not take back, or None."""
        return self.session.scalars(
            select(PhoneCall)
            .where(PhoneCall.officer_id == officer_id, PhoneCall.undone_at.is_(None))
            .order_by(PhoneCall.at.desc(), PhoneCall.id)
            .limit(1)
        ).one_or_none()

    def add_call(self, call: PhoneCall) -> PhoneCall:
        """Write a call down."""
        self.session.add(call)
        self.session.flush()
        return call

    def count_open(self, officer_id: uuid.UUID, *, until: date) -> int:
        """Return how many people an officer has yet to phone, planned up to a day."""
        people = select(func.count(PhoneTask.worker_id.distinct())).where(
            PhoneTask.officer_id == officer_id,
            PhoneTask.status == CallStatus.OPEN,
            PhoneTask.planned_on <= until,
        )
        return self.session.scalar(people) or 0

    def open_at(self, address_id: uuid.UUID) -> list[PhoneTask]:
        """Return the open calls to one number, whoever is asked for."""
        return list(
            self.session.scalars(
                select(PhoneTask)
                .where(PhoneTask.address_id == address_id, PhoneTask.status == CallStatus.OPEN)
                .order_by(PhoneTask.created_at, PhoneTask.id)
            )
        )

    def other_addresses(self, worker_id: uuid.UUID, *, channel: str) -> list[ContactAddress]:
        """Return where a worker is reached on every channel but one, by id."""
        return list(
            self.session.scalars(
                select(ContactAddress)
                .join(AddressLink, AddressLink.address_id == ContactAddress.id)
                .join(ChannelAccount, ChannelAccount.id == ContactAddress.account_id)
                .where(AddressLink.worker_id == worker_id, ChannelAccount.channel != channel)
                .order_by(ContactAddress.id)
            )
        )

    def was_written_to(self, address_ids: Collection[uuid.UUID], *, since: datetime) -> bool:
        """Tell whether somebody was written to unasked at one of these addresses."""
        found = self.session.scalar(
            select(Delivery.id)
            .where(
                Delivery.address_id.in_(address_ids),
                Delivery.created_at >= since,
                Delivery.status.in_(TRIED),
            )
            .limit(1)
        )
        return found is not None

    def broadcast_to(self, worker_id: uuid.UUID, *, broadcast_id: uuid.UUID) -> Delivery | None:
        """Return what a broadcast sent, or tried to send, to one worker, or None."""
        return self.session.scalars(
            select(Delivery)
            .where(Delivery.broadcast_id == broadcast_id, Delivery.worker_id == worker_id)
            .order_by(Delivery.created_at.desc(), Delivery.id)
            .limit(1)
        ).one_or_none()

    def people_of_number(self, phone: str, *, bureau_adcode: str) -> list[Worker]:
        """Return the people of a bureau who gave this number, who came first standing first."""
        return list(
            self.session.scalars(
                select(Worker)
                .where(
                    Worker.phone_index == self.secrets.blind_index(phone, kind="phone"),
                    Worker.bureau_adcode == bureau_adcode,
                    Worker.status != WorkerStatus.LEFT,
                )
                .order_by(Worker.created_at, Worker.id)
            )
        )
