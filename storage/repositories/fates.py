"""Settling in bulk: what became of rows that were claimed, or that may not go."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Update,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from storage.repositories.claims import WAITING
from storage.repositories.statements import ADDRESSES, ROWS, count_of
from storage.states import DeliveryStatus

# A message that was accepted is accepted, whatever somebody wrote of it meanwhile.
NOT_KNOWN_TO_BE_SENT = (DeliveryStatus.SENDING, DeliveryStatus.RETRY, DeliveryStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Sent:
    """A row that was accepted: the platform's id of it and, on a page, its position there."""

    id: uuid.UUID
    external_id: str
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A row that was not accepted, and what becomes of it; `refunded` attempts do not count."""

    id: uuid.UUID
    attempt: int
    status: DeliveryStatus
    reason: str
    not_before: datetime
    refunded: int = 0


def _accepting(*, still: Collection[DeliveryStatus]) -> Update:
    # Reported as arrived before the gateway's own answer, which brings its id.
    is_confirmed = and_(
        ROWS.c.status == DeliveryStatus.ACCEPTED,
        ROWS.c.confirmed_at.is_not(None),
        ROWS.c.external_id.is_(None),
    )
    is_still = (ROWS.c.status == status for status in still)  # an IN cannot run for many rows
    return (
        update(ROWS)
        .where(ROWS.c.id == bindparam("row_id"), or_(*is_still, is_confirmed))
        .values(
            status=DeliveryStatus.ACCEPTED,
            external_id=bindparam("external"),
            accepted_at=func.coalesce(
                ROWS.c.accepted_at, bindparam("at", type_=ROWS.c.accepted_at.type)
            ),
            lease_until=None,
            reason=None,
        )
    )


# Built once: asked after every few messages.
_ACCEPT = _accepting(still=NOT_KNOWN_TO_BE_SENT)
_SHOW = _accepting(still=WAITING).values(
    cursor=bindparam("cursor_at"), attempts=ROWS.c.attempts + 1
)
_FAIL = (
    update(ROWS)
    .where(
        ROWS.c.id == bindparam("row_id"),
        ROWS.c.status == DeliveryStatus.SENDING,
        ROWS.c.attempts == bindparam("attempt"),
    )
    .values(
        status=bindparam("becomes"),
        reason=bindparam("why"),
        not_before=bindparam("after"),
        attempts=ROWS.c.attempts - bindparam("refunded"),
        lease_until=None,
    )
)
# Spelled as the partial index is, or it is not used.
_UNDER_WAY: ColumnElement[bool] = literal_column(
    "delivery.status IN ('queued', 'retry', 'sending')"
)
_MOVE_PAGE = (
    update(ADDRESSES)
    .where(ADDRESSES.c.id == bindparam("row_id"))
    .values(last_cursor=bindparam("cursor_at"))
)


class Settling:
    """Statements about many rows at once; each is guarded by the state it starts from."""

    session: Session

    def end_waiting(
        self, ids: Collection[uuid.UUID], status: DeliveryStatus, *, reason: str
    ) -> int:
        """Skip or supersede rows that still wait; return how many."""
        return count_of(
            self.session,
            update(ROWS)
            .where(ROWS.c.id.in_(ids), ROWS.c.status.in_(WAITING))
            .values(status=status, reason=reason),
        )

    def postpone(self, ids: Collection[uuid.UUID], *, to: datetime) -> int:
        """Let rows that still wait go at `to` first; they hold nothing back until then."""
        return count_of(
            self.session,
            update(ROWS)
            .where(ROWS.c.id.in_(ids), ROWS.c.status.in_(WAITING))
            .values(status=DeliveryStatus.QUEUED, not_before=to),
        )

    def accept(self, sent: Sequence[Sent], *, now: datetime) -> None:
        """Note which rows the platform took."""
        rows = [{"row_id": it.id, "external": it.external_id, "at": now} for it in sent]
        self._each(_ACCEPT, rows)

    def show(self, sent: Sequence[Sent], *, now: datetime) -> None:
        """Accept rows that a page reads itself, each at its position there."""
        self._each(
            _SHOW,
            [
                {
                    "row_id": it.id,
                    "external": it.external_id,
                    "at": now,
                    "cursor_at": it.cursor,
                }
                for it in sent
            ],
        )

    def fail(self, failed: Sequence[Failed]) -> None:
        """Note what becomes of rows that the platform did not take."""
        self._each(
            _FAIL,
            [
                {
                    "row_id": it.id,
                    "attempt": it.attempt,
                    "becomes": it.status,
                    "why": it.reason,
                    "after": it.not_before,
                    "refunded": it.refunded,
                }
                for it in failed
            ],
        )

    def hold_pages(self, address_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
        """Return the last position of each page that nobody is answering on, held."""
        found = self.session.connection().execute(
            select(ADDRESSES.c.id, ADDRESSES.c.last_cursor)
            .where(ADDRESSES.c.id.in_(address_ids))
            .with_for_update(key_share=True, skip_locked=True)
        )
        return {row.id: row.last_cursor for row in found}

    def move_pages(self, cursors: Mapping[uuid.UUID, int]) -> None:
        """Note the last position of pages that are held."""
        rows = [{"row_id": key, "cursor_at": cursor} for key, cursor in cursors.items()]
        self._each(_MOVE_PAGE, rows)

    def waits_at(self, address_ids: Collection[uuid.UUID], *, now: datetime) -> bool:
        """Return whether a message to one of these addresses waits and may go by its time."""
        if not address_ids:
            return False
        found = self.session.connection().execute(
            select(ROWS.c.id)
            .where(
                ROWS.c.address_id.in_(address_ids),
                _UNDER_WAY,
                ROWS.c.status != DeliveryStatus.SENDING,
                ROWS.c.not_before <= now,
            )
            .limit(1)
        )
        return found.first() is not None

    def note_pushed(self, address_ids: Collection[uuid.UUID], *, now: datetime) -> None:
        """Note that something nobody had asked for came in at these addresses."""
        if address_ids:
            count_of(
                self.session,
                update(ADDRESSES).where(ADDRESSES.c.id.in_(address_ids)).values(last_push_at=now),
            )

    def note_unreachable(self, address_ids: Collection[uuid.UUID], *, now: datetime) -> None:
        """Note that these addresses refuse our messages, since now or before."""
        if address_ids:
            count_of(
                self.session,
                update(ADDRESSES)
                .where(ADDRESSES.c.id.in_(address_ids), ADDRESSES.c.unreachable_since.is_(None))
                .values(unreachable_since=now),
            )

    def _each(self, statement: Update, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self.session.connection().execute(statement, list(rows))
