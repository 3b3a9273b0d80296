"""Six digits that join a second channel."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.models.reaching import JoinCode
from storage.models.records import Counter
from storage.repositories.base import Repository

INDEX = "join_code"


class JoinCodes(Repository[JoinCode]):
    """Six digits that join a second channel; only their keyed hash is kept."""

    kind = JoinCode

    def live(self, code: str, *, bureau_adcode: str, now: datetime) -> JoinCode | None:
        """Return the unused code of this bureau that has not expired, held, or None."""
        return self.session.scalars(
            select(JoinCode)
            .where(
                JoinCode.code_index == self._index(code, bureau_adcode),
                JoinCode.used_at.is_(None),
                JoinCode.expires_at > now,
            )
            .order_by(JoinCode.created_at.desc())
            .limit(1)
            .with_for_update(key_share=True)
        ).one_or_none()

    def keep(
        self,
        code: str,
        *,
        bureau_adcode: str,
        worker_id: uuid.UUID,
        address_id: uuid.UUID,
        now: datetime,
        expires_at: datetime,
    ) -> JoinCode:
        """Keep a new code in place of those that the worker was shown before."""
        self.session.execute(
            update(JoinCode)
            .where(
                JoinCode.worker_id == worker_id,
                JoinCode.used_at.is_(None),
                JoinCode.expires_at > now,
            )
            .values(expires_at=now)
        )
        return self.add(
            JoinCode(
                code_index=self._index(code, bureau_adcode),
                bureau_adcode=bureau_adcode,
                worker_id=worker_id,
                address_id=address_id,
                created_at=now,
                expires_at=expires_at,
            )
        )

    def joined(self, *, from_address: uuid.UUID, to_address: uuid.UUID) -> list[JoinCode]:
        """Return the codes shown at one address and used at another, the newest first."""
        return list(
            self.session.scalars(
                select(JoinCode)
                .where(JoinCode.address_id == from_address, JoinCode.used_by == to_address)
                .order_by(JoinCode.used_at.desc())
            )
        )

    def counted(self, series: str) -> int:
        """Return how far a series was counted; 0 where it was not begun."""
        query = select(Counter.value).where(Counter.series == series)
        return self.session.scalar(query) or 0

    def forget_series(self, prefix: str, *, besides: str) -> None:
        """Delete the series whose names begin with `prefix`, but one."""
        self.session.execute(
            delete(Counter).where(
                Counter.series.startswith(prefix, autoescape=True), Counter.series != besides
            )
        )

    def _index(self, code: str, bureau_adcode: str) -> bytes:
        return self.secrets.blind_index(f"{bureau_adcode}:{code}", kind=INDEX)
