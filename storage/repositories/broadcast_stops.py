"""Holding a broadcast's messages and calls back, and letting them go again."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, select, update
from sqlalchemy.orm import Session

from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.reaching import PhoneTask
from storage.models.vacancies import Recommendation
from storage.repositories.claims import WAITING
from storage.repositories.statements import ROWS, count_of
from storage.states import CallStatus, DeliveryKind, DeliveryStatus

STOPPED, ALREADY_SENT = "stopped", "already_sent"


class BroadcastStops:
    """Holding a broadcast's messages and calls back, and letting them go again."""

    session: Session

    def stop(self, broadcast_id: uuid.UUID) -> int:
        """Skip what waits to be sent and let its calls go; return how many messages."""
        count = count_of(
            self.session,
            update(ROWS)
            .where(ROWS.c.broadcast_id == broadcast_id, ROWS.c.status.in_(WAITING))
            .values(status=DeliveryStatus.SKIPPED, reason=STOPPED),
        )
        self._move_calls(broadcast_id, let_go=True)
        return count

    def go_on(
        self,
        broadcast_id: uuid.UUID,
        *,
        vacancy_id: uuid.UUID | None,
        not_before: datetime,
        after_sleep: datetime,
    ) -> int:
        """Let what `stop` held back wait again; return how many messages.

        Whoever was told of the vacancy in another way meanwhile, or has answered to it, is not
        told again.

        Args:
            broadcast_id: The broadcast.
            vacancy_id: What it sends; None for words.
            not_before: When messages may go at the earliest.
            after_sleep: The same for workers on night shifts.
        """
        if vacancy_id is not None:
            self._leave_told(broadcast_id, vacancy_id)
        # The calls first: which ones a stop let go is told by their messages.
        self._move_calls(broadcast_id, let_go=False)
        nights = select(Worker.id).where(Worker.night_shift_worker.is_(True))
        at = case((ROWS.c.worker_id.in_(nights), after_sleep), else_=not_before)
        return count_of(
            self.session,
            update(ROWS)
            .where(*_stopped(broadcast_id))
            .values(
                status=DeliveryStatus.QUEUED,
                reason=None,
                not_before=case((ROWS.c.not_before > at, ROWS.c.not_before), else_=at),
            ),
        )

    def _leave_told(self, broadcast_id: uuid.UUID, vacancy_id: uuid.UUID) -> None:
        answered = select(Recommendation.worker_id).where(
            Recommendation.vacancy_id == vacancy_id, Recommendation.response.is_not(None)
        )
        told = ROWS.c.worker_id.in_(_told_otherwise(broadcast_id, vacancy_id))
        count_of(
            self.session,
            update(ROWS)
            .where(*_stopped(broadcast_id), told | ROWS.c.worker_id.in_(answered))
            .values(reason=ALREADY_SENT),
        )

    def _move_calls(self, broadcast_id: uuid.UUID, *, let_go: bool) -> None:
        which = (
            [ROWS.c.broadcast_id == broadcast_id, ROWS.c.status == DeliveryStatus.SKIPPED]
            if let_go
            else list(_stopped(broadcast_id))
        )
        before, after = CallStatus.OPEN, CallStatus.LET_GO
        if not let_go:
            before, after = after, before
        self.session.execute(
            update(PhoneTask)
            .where(
                PhoneTask.status == before,
                PhoneTask.delivery_id.in_(select(ROWS.c.id).where(*which)),
            )
            .values(status=after, reason=STOPPED if let_go else None)
            .execution_options(synchronize_session=False)
        )


def _stopped(broadcast_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        ROWS.c.broadcast_id == broadcast_id,
        ROWS.c.status == DeliveryStatus.SKIPPED,
        ROWS.c.reason == STOPPED,
    )


def _told_otherwise(broadcast_id: uuid.UUID, vacancy_id: uuid.UUID) -> Select[uuid.UUID | None]:
    """Return whom another message tells of the vacancy; one that was skipped told nobody."""
    return select(Delivery.worker_id).where(
        Delivery.subject_id == vacancy_id,
        Delivery.kind == DeliveryKind.VACANCY,
        Delivery.worker_id.is_not(None),
        Delivery.broadcast_id.is_distinct_from(broadcast_id),
        Delivery.status.not_in((DeliveryStatus.SKIPPED, DeliveryStatus.SUPERSEDED)),
    )
