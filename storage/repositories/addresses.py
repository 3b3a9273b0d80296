"""Contact addresses and their conversations."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from storage.models.channels import ContactAddress
from storage.models.people import AddressLink, Worker
from storage.repositories.base import Repository
from storage.states import Role, WorkerStatus

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

        Two first messages at once meet on the unique key and share one row.
        """
        found = self.find(account_id, address)
        if found is not None:
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

    def _index(self, address: str) -> bytes:
        return self.secrets.blind_index(address, kind="address")
