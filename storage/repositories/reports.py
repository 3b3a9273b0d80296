"""Reports of a gateway on many messages at once, without loading what these say."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, update
from sqlalchemy.orm import Session

from storage.repositories.statements import ROWS, count_of
from storage.states import DeliveryStatus


@dataclass(frozen=True, slots=True)
class Reported:
    """A message that a report is about, held until the transaction ends."""

    id: uuid.UUID
    address_id: uuid.UUID
    external_id: str | None
    status: DeliveryStatus
    is_confirmed: bool


class Reports:
    """What a gateway's account was told to send, and what became of it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def of_keys(self, account_id: uuid.UUID, keys: Collection[uuid.UUID]) -> list[Reported]:
        """Return an account's messages with these ids of ours, held."""
        return self._held(account_id, ROWS.c.id.in_(keys)) if keys else []

    def of_names(self, account_id: uuid.UUID, names: Collection[str]) -> list[Reported]:
        """Return an account's messages with these ids of the gateway's, held."""
        return self._held(account_id, ROWS.c.external_id.in_(names)) if names else []

    def arrived(self, ids: Collection[uuid.UUID], *, now: datetime) -> None:
        """Note that messages are on their phones: none of them goes again."""
        self._settle(
            ids,
            status=DeliveryStatus.ACCEPTED,
            reason=None,
            confirmed_at=now,
            accepted_at=func.coalesce(ROWS.c.accepted_at, literal(now, ROWS.c.accepted_at.type)),
        )

    def lost(self, ids: Collection[uuid.UUID], *, reason: str) -> None:
        """Note that messages will never arrive: none of them goes again."""
        self._settle(ids, status=DeliveryStatus.FAILED, reason=reason)

    def _held(self, account_id: uuid.UUID, which: ColumnElement[bool]) -> list[Reported]:
        # In one order, or two calls about the same messages would wait for each other.
        found = self.session.connection().execute(
            select(
                ROWS.c.id,
                ROWS.c.address_id,
                ROWS.c.external_id,
                ROWS.c.status,
                ROWS.c.confirmed_at.is_not(None),
            )
            .where(ROWS.c.account_id == account_id, which)
            .order_by(ROWS.c.id)
            .with_for_update(key_share=True)
        )
        return [Reported(*tuple(row)) for row in found]

    def _settle(self, ids: Collection[uuid.UUID], **values: object) -> None:
        if ids:
            count_of(
                self.session,
                update(ROWS).where(ROWS.c.id.in_(ids)).values(lease_until=None, **values),
            )
