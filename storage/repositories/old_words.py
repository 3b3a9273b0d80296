"""Words that were kept long enough."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from storage.models import CheckIn, ContactAddress, Delivery, InboundReceipt
from storage.repositories.check_ins import OPEN
from storage.states import DeliveryStatus, ReceiptStatus, Stream

ON_THE_WAY = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.SENDING)


class OldWords:
    """Messages whose words are not needed any more; their rows stay as bare facts."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def failed_receipts(self, before: datetime, *, limit: int) -> list[uuid.UUID]:
        """Return messages received before an instant that could not be answered."""
        return list(
            self.session.scalars(
                select(InboundReceipt.id)
                .where(
                    InboundReceipt.status == ReceiptStatus.FAILED,
                    InboundReceipt.received_at < before,
                    InboundReceipt.payload.is_not(None),
                )
                .limit(limit)
            )
        )

    def old_deliveries(self, before: datetime, *, limit: int) -> list[uuid.UUID]:
        """Return messages made before an instant that are neither on the way nor still open."""
        return list(
            self.session.scalars(
                select(Delivery.id)
                .where(
                    Delivery.created_at < before,
                    Delivery.body.is_not(None),
                    Delivery.status.not_in(ON_THE_WAY),
                    ~_asks_after_somebody(),
                    ~_is_open_question(),
                )
                .limit(limit)
            )
        )

    def empty_receipts(self, keys: Sequence[uuid.UUID]) -> None:
        """Take the words out of these messages received."""
        self.session.execute(
            update(InboundReceipt).where(InboundReceipt.id.in_(keys)).values(payload=None)
        )

    def empty_deliveries(self, keys: Sequence[uuid.UUID]) -> None:
        """Take the words out of these messages sent; pages do not show them any more."""
        self.session.execute(
            update(Delivery).where(Delivery.id.in_(keys)).values(body=None, cursor=None)
        )


def _asks_after_somebody() -> ColumnElement[bool]:
    return exists().where(CheckIn.id == Delivery.subject_id, CheckIn.status.in_(OPEN))


def _is_open_question() -> ColumnElement[bool]:
    """Tell whether a message belongs to the question that is open at its address."""
    return (Delivery.stream == Stream.DIALOGUE) & exists().where(
        ContactAddress.id == Delivery.address_id,
        ContactAddress.step.is_not(None),
        ContactAddress.asked_at <= Delivery.created_at,
    )
