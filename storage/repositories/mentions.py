"""Where a person is named at other people's addresses: in messages and in open questions."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import AuditEntry, ContactAddress, Delivery
from storage.states import DeliveryStatus

REASON = "erased"
WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)


class Mentions:
    """What others were shown of one person; bodies are encrypted, so each is read."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def actors(self, subjects: Collection[uuid.UUID]) -> set[str]:
        """Return who looked at any of `subjects`, as they stand in the audit."""
        asked = select(AuditEntry.actor).where(AuditEntry.subject_id.in_(subjects)).distinct()
        return set(self.session.scalars(asked))

    def erase_messages(
        self, address_ids: Collection[uuid.UUID], words: Sequence[str], *, since: datetime
    ) -> int:
        """Empty every message at these addresses in which one of `words` stands.

        Args:
            address_ids: Where it is looked.
            words: Names, numbers, and keys in hex, which stand in buttons.
            since: Messages made before this instant cannot name the person.

        Returns:
            How many were emptied.
        """
        rows = self.session.execute(
            select(Delivery.id, Delivery.body).where(
                Delivery.address_id.in_(address_ids),
                Delivery.created_at >= since,
                Delivery.body.is_not(None),
            )
        )
        wanted = _pattern(words)
        found = [row.id for row in rows if wanted.search(str(row.body))]
        gone = {"body": None, "cursor": None, "worker_id": None}
        self.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(found), Delivery.status.in_(WAITING))
            .values(status=DeliveryStatus.SKIPPED, reason=REASON)
        )
        self.session.execute(update(Delivery).where(Delivery.id.in_(found)).values(**gone))
        return len(found)

    def asked_about(
        self, address_ids: Collection[uuid.UUID], words: Sequence[str]
    ) -> list[uuid.UUID]:
        """Return those of the addresses whose open question names one of `words`."""
        rows = self.session.execute(
            select(ContactAddress.id, ContactAddress.answers).where(
                ContactAddress.id.in_(address_ids), ContactAddress.answers.is_not(None)
            )
        )
        wanted = _pattern(words)
        return [row.id for row in rows if wanted.search(str(row.answers))]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    # C-1000 does not stand in C-10001.
    return re.compile(f"(?:{'|'.join(re.escape(word) for word in words)})(?!\\d)")
