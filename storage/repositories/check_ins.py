"""Check-ins that are due or open."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from storage.models.outbox import Delivery
from storage.models.reaching import PhoneTask
from storage.models.work import CheckIn
from storage.repositories.base import Repository
from storage.states import CallStatus, CheckInKind, CheckInStatus, DeliveryStatus

OPEN = (CheckInStatus.SENT, CheckInStatus.UNCLEAR)
UNSETTLED = (CheckInStatus.SCHEDULED, *OPEN)


class CheckIns(Repository[CheckIn]):
    """Check-ins that are due or open."""

    kind = CheckIn

    def due(self, now: datetime, *, limit: int) -> list[CheckIn]:
        """Return what may be asked now, held until the transaction ends, longest due first."""
        return list(
            self.session.scalars(
                select(CheckIn)
                .where(CheckIn.status == CheckInStatus.SCHEDULED, CheckIn.not_before <= now)
                .order_by(CheckIn.not_before, CheckIn.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )

    def silent_since(
        self, before: datetime, *, limit: int, besides: Collection[uuid.UUID] = ()
    ) -> list[CheckIn]:
        """Return questions sent by `before` and not answered, held, longest silent first.

        Who is only to be phoned about it, and has not been, is not silent.
        """
        to_be_phoned = select(PhoneTask.id).where(
            PhoneTask.subject_id == CheckIn.id,
            PhoneTask.address_id == CheckIn.address_id,
            PhoneTask.status == CallStatus.OPEN,
        )
        return list(
            self.session.scalars(
                select(CheckIn)
                .where(
                    CheckIn.status.in_(OPEN),
                    CheckIn.sent_at <= before,
                    CheckIn.id.not_in(besides),
                    ~to_be_phoned.exists(),
                )
                .order_by(CheckIn.sent_at, CheckIn.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )

    def of_employment(self, employment_id: uuid.UUID) -> list[CheckIn]:
        """Return every check-in of a spell, earliest day first."""
        return list(
            self.session.scalars(
                select(CheckIn).where(CheckIn.employment_id == employment_id).order_by(CheckIn.day)
            )
        )

    def of_application(self, application_id: uuid.UUID) -> list[CheckIn]:
        """Return every check-in of an application, earliest day first."""
        return list(
            self.session.scalars(
                select(CheckIn)
                .where(CheckIn.application_id == application_id)
                .order_by(CheckIn.day, CheckIn.kind)
            )
        )

    def newest_open(
        self, worker_ids: Collection[uuid.UUID], kinds: Collection[CheckInKind]
    ) -> CheckIn | None:
        """Return the question of these kinds asked last about these people and still open."""
        return self.session.scalars(
            select(CheckIn)
            .where(
                CheckIn.worker_id.in_(worker_ids),
                CheckIn.kind.in_(kinds),
                CheckIn.status.in_(OPEN),
            )
            .order_by(CheckIn.sent_at.desc(), CheckIn.id)
            .limit(1)
        ).one_or_none()

    def unanswered(
        self, worker_ids: Collection[uuid.UUID], kinds: Collection[CheckInKind]
    ) -> list[CheckIn]:
        """Return what these people were asked and have not answered, the newest first.

        What counts as silence by now, or is to be asked once more, is still unanswered.
        """
        return list(
            self.session.scalars(
                select(CheckIn)
                .where(
                    CheckIn.worker_id.in_(worker_ids),
                    CheckIn.kind.in_(kinds),
                    CheckIn.status.in_((*OPEN, CheckInStatus.NO_REPLY, CheckInStatus.SCHEDULED)),
                    CheckIn.sent_at.is_not(None),
                )
                .order_by(CheckIn.sent_at.desc(), CheckIn.id)
            )
        )

    def open_at(
        self, address_id: uuid.UUID, kinds: Collection[CheckInKind], *, sent_after: datetime
    ) -> CheckIn | None:
        """Return the newest open question at an address that was sent after an instant."""
        return self.session.scalars(
            select(CheckIn)
            .where(
                CheckIn.address_id == address_id,
                CheckIn.kind.in_(kinds),
                CheckIn.status.in_(OPEN),
                CheckIn.sent_at > sent_after,
            )
            .order_by(CheckIn.sent_at.desc(), CheckIn.id)
            .limit(1)
        ).one_or_none()

    def asked_with(self, check_in_id: uuid.UUID, address_id: uuid.UUID) -> list[Delivery]:
        """Return what waits at an address about a check-in, the question itself last."""
        return list(
            self.session.scalars(
                select(Delivery)
                .where(
                    Delivery.subject_id == check_in_id,
                    Delivery.address_id == address_id,
                    Delivery.status == DeliveryStatus.QUEUED,
                )
                .order_by(Delivery.seq)
            )
        )

    def unsettled_of(self, worker_id: uuid.UUID) -> list[CheckIn]:
        """Return what is planned for a worker or waits for an answer."""
        return list(
            self.session.scalars(
                select(CheckIn).where(CheckIn.worker_id == worker_id, CheckIn.status.in_(UNSETTLED))
            )
        )
