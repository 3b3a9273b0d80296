"""Contact addresses and their conversations."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import AddressLink, Worker
from storage.repositories.base import Repository
from storage.states import DeliveryStatus, Role, Way, WorkerStatus

# Channels on which an address is a person's own number.
NUMBERED = (Way.SMS.value, Way.PHONE.value)
# What stands where a number stood.
FORGOTTEN = "forgotten"
UNDER_WAY = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.SENDING)

# Built once: this question is asked with every message.
_BY_INDEX = select(ContactAddress).where(
    ContactAddress.account_id == bindparam("account_id"),
    ContactAddress.address_index == bindparam("address_index"),
)
_WORKERS_AT = (
    select(Worker)
    .join(AddressLink, AddressLink.worker_id == Worker.id)
    .where(AddressLink.address_id == bindparam("address_id"), Worker.status != WorkerStatus.LEFT)
    .order_by(AddressLink.since, Worker.id)
)


class Addresses(Repository[ContactAddress]):
    """Contact addresses and their conversations."""

    kind = ContactAddress

    def find(self, account_id: uuid.UUID, address: str) -> ContactAddress | None:
        """Return the row of this platform address on this account, or None."""
        values = {"account_id": account_id, "address_index": self._index(address)}
        return self.session.scalars(_BY_INDEX, values).one_or_none()

    def find_or_add(
        self, account_id: uuid.UUID, address: str, *, language: str, now: datetime
    ) -> ContactAddress:
        """Return the row of this platform address, made when it is the first message.

        A number that was forgotten, of which only the keyed hash was kept, is known again. Two
        first messages at once meet on the unique key and share one row.
        """
        found = self.find(account_id, address)
        if found is not None:
            if found.address == FORGOTTEN:
                found.address = address
            return found
        row = ContactAddress(
            account_id=account_id,
            address=address,
            address_index=self._index(address),
            language=language,
            created_at=now,
        )
        try:
            with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError:
            again = self.find(account_id, address)
            if again is None:
                raise
            return again
        return row

    def any_readable(self) -> bool:
        """Return whether there is an address at all, after decrypting one.

        Raises:
            SecretsError: It was written with other keys.
        """
        return self.session.scalars(select(ContactAddress.address).limit(1)).first() is not None

    def workers_at(self, address_id: uuid.UUID) -> list[Worker]:
        """Return the people reached at this address, who joined first standing first."""
        return list(self.session.scalars(_WORKERS_AT, {"address_id": address_id}))

    def addresses_of(self, worker_id: uuid.UUID) -> list[ContactAddress]:
        """Return where this worker is reached, the newest contact first."""
        return list(
            self.session.scalars(
                select(ContactAddress)
                .join(AddressLink, AddressLink.address_id == ContactAddress.id)
                .where(AddressLink.worker_id == worker_id)
                .order_by(ContactAddress.last_inbound_at.desc().nulls_last(), ContactAddress.id)
            )
        )

    def note_page_seen(
        self, address_id: uuid.UUID, now: datetime, *, unless_since: datetime
    ) -> None:
        """Note that the page of an address is open now, unless that was noted since an instant."""
        self.session.execute(
            update(ContactAddress)
            .where(
                ContactAddress.id == address_id,
                ContactAddress.page_seen_at.is_(None)
                | (ContactAddress.page_seen_at <= unless_since),
            )
            .values(page_seen_at=now)
            .execution_options(synchronize_session=False)
        )

    def with_idle_drafts(self, before: datetime, *, limit: int) -> list[ContactAddress]:
        """Return addresses without a worker, silent since `before`, that still keep something."""
        linked = select(AddressLink.address_id).where(AddressLink.address_id == ContactAddress.id)
        return list(
            self.session.scalars(
                select(ContactAddress)
                .where(
                    ContactAddress.role == Role.WORKER,
                    ContactAddress.memory.is_not(None),
                    ContactAddress.last_inbound_at < before,
                    ~linked.exists(),
                )
                .order_by(ContactAddress.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )

    def forgotten_soon(self, before: datetime, *, limit: int) -> list[ContactAddress]:
        """Return numbers of nobody, silent since `before`, at which nothing is open or waits.

        Only those where somebody talked: the others have nothing but the number of a person who
        is still kept. Held until the transaction ends.
        """
        linked = select(AddressLink.address_id).where(AddressLink.address_id == ContactAddress.id)
        waiting = select(Delivery.id).where(
            Delivery.address_id == ContactAddress.id, Delivery.status.in_(UNDER_WAY)
        )
        return list(
            self.session.scalars(
                select(ContactAddress)
                .join(ChannelAccount, ChannelAccount.id == ContactAddress.account_id)
                .where(
                    ChannelAccount.channel.in_(NUMBERED),
                    ContactAddress.role == Role.WORKER,
                    ContactAddress.answers.is_not(None),
                    ContactAddress.memory.is_(None),
                    ContactAddress.step.is_(None),
                    ContactAddress.handed_over_to.is_(None),
                    func.coalesce(ContactAddress.last_inbound_at, ContactAddress.created_at)
                    < before,
                    ~linked.exists(),
                    ~waiting.exists(),
                )
                .order_by(ContactAddress.id)
                .limit(limit)
                .with_for_update(of=ContactAddress, skip_locked=True)
            )
        )

    def forget(self, address: ContactAddress) -> None:
        """Keep of an address nothing but the row that other rows hang on.

        Where messages or calls were stopped, or got nowhere, its keyed hash stays, so that this
        holds should the number come back; `find_or_add` makes it readable then.
        """
        if address.unsubscribed_at is None and address.unreachable_since is None:
            address.address_index = self._index(f"{FORGOTTEN}:{address.id.hex}")
        address.address = FORGOTTEN
        address.memory, address.acting_for = None, None
        address.step, address.answers, address.asked_at = None, None, None

    def _index(self, address: str) -> bytes:
        return self.secrets.blind_index(address, kind="address")
