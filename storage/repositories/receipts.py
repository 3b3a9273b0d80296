"""Inbound messages, from durable to done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.inserts import insert_once
from storage.models.channels import InboundReceipt
from storage.repositories.base import Repository
from storage.states import ReceiptStatus


@dataclass(frozen=True, slots=True)
class WaitingReceipt:
    """A receipt that is to be run next, with its decrypted payload."""

    id: uuid.UUID
    payload: dict[str, object]


# Built once: this room is entered with every message, and building costs more than asking.
_OLDEST_WAITING = (
    select(InboundReceipt.id, InboundReceipt.payload)
    .where(
        InboundReceipt.address_id == bindparam("address_id"),
        InboundReceipt.status == ReceiptStatus.RECEIVED,
    )
    .order_by(InboundReceipt.sequence, InboundReceipt.received_at, InboundReceipt.external_id)
    .limit(1)
)
_BY_EXTERNAL_ID = select(InboundReceipt).where(
    InboundReceipt.account_id == bindparam("account_id"),
    InboundReceipt.external_id == bindparam("external_id"),
)
_TABLE = InboundReceipt.__table__
_MARK_DONE = (
    update(_TABLE)  # type: ignore[arg-type]  # a mapped class's table is a Table
    .where(_TABLE.c.id == bindparam("receipt_id"))
    .values(status=ReceiptStatus.DONE, payload=None, done_at=bindparam("now"))
)


class Receipts(Repository[InboundReceipt]):
    """Inbound messages, from durable to done."""

    kind = InboundReceipt

    def find(self, account_id: uuid.UUID, external_id: str) -> InboundReceipt | None:
        """Return the receipt of this platform message, or None."""
        values = {"account_id": account_id, "external_id": external_id}
        return self.session.scalars(_BY_EXTERNAL_ID, values).one_or_none()

    def add_once(
        self,
        *,
        receipt_id: uuid.UUID,
        account_id: uuid.UUID,
        address_id: uuid.UUID,
        external_id: str,
        sequence: int,
        payload: dict[str, object],
        received_at: datetime,
    ) -> bool:
        """Store an inbound message; False when the platform sent the same one before."""
        return insert_once(
            self.session,
            InboundReceipt,
            {
                "id": receipt_id,
                "account_id": account_id,
                "address_id": address_id,
                "external_id": external_id,
                "sequence": sequence,
                "payload": payload,
                "status": ReceiptStatus.RECEIVED,
                "attempts": 0,
                "received_at": received_at,
            },
        )

    def oldest_waiting(self, address_id: uuid.UUID) -> WaitingReceipt | None:
        """Return the receipt of this address that is to be run next, by platform order."""
        row = self.session.execute(_OLDEST_WAITING, {"address_id": address_id}).one_or_none()
        if row is None or row.payload is None:
            return None
        return WaitingReceipt(row.id, row.payload)

    def mark_done(self, receipt_id: uuid.UUID, *, now: datetime) -> None:
        """Note that a message is answered, and erase what it said."""
        self.session.connection().execute(_MARK_DONE, {"receipt_id": receipt_id, "now": now})

    def addresses_waiting_since(
        self, account_id: uuid.UUID, before: datetime, *, limit: int
    ) -> list[uuid.UUID]:
        """Return an account's addresses with a receipt that waits since `before`, oldest first."""
        rows = self.session.execute(
            select(InboundReceipt.address_id)
            .where(
                InboundReceipt.account_id == account_id,
                InboundReceipt.status == ReceiptStatus.RECEIVED,
                InboundReceipt.received_at < before,
            )
            .order_by(InboundReceipt.received_at)
            .limit(limit)
        )
        return list(dict.fromkeys(row[0] for row in rows))
