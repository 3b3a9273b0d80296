"""Signed links that open another channel as one worker."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, or_, select, update

from storage.models.outbox import Delivery
from storage.models.reaching import ReturnLink
from storage.models.work import CheckIn
from storage.repositories.base import Repository
from storage.repositories.check_ins import OPEN
from storage.states import PUSH_KINDS, CheckInStatus, DeliveryStatus

TOKEN_INDEX = "return_link"  # noqa: S105 - what the keyed hash is for
WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)
# A message is stored in the transaction that made its link; many of them may take a while.
WRITTEN_WITHIN = timedelta(minutes=2)
MOST_MESSAGES = 20

_INSERT = insert(ReturnLink.__table__)  # type: ignore[arg-type]  # a mapped class's table is one


class ReturnLinks(Repository[ReturnLink]):
    """Signed links that open another channel as one worker."""

    kind = ReturnLink

    def add_all(self, tokens: Sequence[str], rows: Sequence[dict[str, object]]) -> None:
        """Keep links, one for each token; of a token only a keyed hash is kept."""
        if rows:
            values = [
                {"id": uuid.uuid4(), "token_hash": self._hash(token), **row}
                for token, row in zip(tokens, rows, strict=True)
            ]
            self.session.connection().execute(_INSERT, values)

    def of_token(self, token: str) -> ReturnLink | None:
        """Return the link of this token, held until the transaction ends, or None."""
        return self.session.scalars(
            select(ReturnLink)
            .where(ReturnLink.token_hash == self._hash(token))
            .with_for_update(key_share=True)
        ).one_or_none()

    def revoke_of(self, worker_id: uuid.UUID, *, at: datetime) -> int:
        """Let no link of this worker open anything any more; return how many there were."""
        rows = self.session.execute(
            update(ReturnLink)
            .where(ReturnLink.worker_id == worker_id, ReturnLink.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(ReturnLink.id)
        )
        return len(rows.all())

    def messages_since(self, address_id: uuid.UUID, since: datetime) -> list[Delivery]:
        """Return what was written to an address around an instant, the oldest first."""
        return list(
            self.session.scalars(
                select(Delivery)
                .where(
                    Delivery.address_id == address_id,
                    Delivery.created_at >= since - WRITTEN_WITHIN,
                    Delivery.created_at <= since + WRITTEN_WITHIN,
                )
                .order_by(Delivery.created_at, Delivery.seq)
                .limit(MOST_MESSAGES)
            )
        )

    def move_questions(
        self, worker_id: uuid.UUID, *, from_address: uuid.UUID, to_address: uuid.UUID
    ) -> None:
        """Let what a worker was asked at one address be waited for at another."""
        self.session.execute(
            update(CheckIn)
            .where(
                CheckIn.worker_id == worker_id,
                CheckIn.address_id == from_address,
                CheckIn.status.in_((*OPEN, CheckInStatus.SCHEDULED)),
            )
            .values(address_id=to_address)
        )

    def forget_shown(
        self, worker_id: uuid.UUID, address_id: uuid.UUID, *, since: datetime, alone: bool
    ) -> None:
        """Empty what an address was shown of a worker, and send nothing more of it.

        Args:
            worker_id: Who is not reached there after all.
            address_id: The address.
            since: When the link was opened there.
            alone: Nobody else is reached there, so that all since then was about this worker.
        """
        about = Delivery.worker_id == worker_id
        whose = or_(about, Delivery.created_at >= since) if alone else about
        here = (Delivery.address_id == address_id, whose)
        self.session.execute(
            update(Delivery)
            .where(*here, Delivery.status.in_(WAITING))
            .values(status=DeliveryStatus.SKIPPED, reason="not_me")
        )
        self.session.execute(update(Delivery).where(*here).values(body=None, cursor=None))

    def skip_at(self, worker_id: uuid.UUID, address_id: uuid.UUID, *, reason: str) -> None:
        """Skip what waits at one address for a worker: pushes, and questions about work."""
        asked = select(CheckIn.id).where(CheckIn.worker_id == worker_id)
        self.session.execute(
            update(Delivery)
            .where(
                Delivery.address_id == address_id,
                Delivery.status.in_(WAITING),
                or_(Delivery.worker_id == worker_id, Delivery.subject_id.in_(asked)),
            )
            .values(status=DeliveryStatus.SKIPPED, reason=reason)
        )

    def skip_pushes(self, worker_id: uuid.UUID, *, reason: str) -> None:
        """Skip every push that waits for a worker, at whatever address."""
        self.session.execute(
            update(Delivery)
            .where(
                Delivery.worker_id == worker_id,
                Delivery.kind.in_(PUSH_KINDS),
                Delivery.status.in_(WAITING),
            )
            .values(status=DeliveryStatus.SKIPPED, reason=reason)
        )

    def _hash(self, token: str) -> bytes:
        return self.secrets.blind_index(token, kind=TOKEN_INDEX)
