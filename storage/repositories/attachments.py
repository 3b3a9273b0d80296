"""What people sent besides words."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from storage.models.reaching import Attachment
from storage.repositories.base import Repository


class Attachments(Repository[Attachment]):
    """What people sent besides words."""

    kind = Attachment

    def last_at(self, address_id: uuid.UUID, *, after: datetime) -> Attachment | None:
        """Return what was sent last at an address since `after`, or None."""
        return self.session.scalars(
            select(Attachment)
            .where(Attachment.address_id == address_id, Attachment.received_at > after)
            .order_by(Attachment.received_at.desc(), Attachment.id)
            .limit(1)
        ).one_or_none()

    def from_address(
        self, address_id: uuid.UUID, *, since: datetime, limit: int
    ) -> list[Attachment]:
        """Return what was sent at an address from `since` on, oldest first."""
        return list(
            self.session.scalars(
                select(Attachment)
                .where(Attachment.address_id == address_id, Attachment.received_at >= since)
                .order_by(Attachment.received_at, Attachment.id)
                .limit(limit)
            )
        )
