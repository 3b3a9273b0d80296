"""Links and codes that opened something once and open nothing any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models.reaching import DocumentLink, JoinCode, ReturnLink

KINDS = (ReturnLink, JoinCode, DocumentLink)


class OldLinks:
    """Return links, paper cards, joining codes, and addresses of sheets."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def forget_before(self, instant: datetime, *, limit: int) -> int:
        """Delete at most `limit` of each that expired before an instant; return how many."""
        return sum(self._forget(kind, instant, limit=limit) for kind in KINDS)

    def _forget(
        self,
        kind: type[ReturnLink] | type[JoinCode] | type[DocumentLink],
        instant: datetime,
        *,
        limit: int,
    ) -> int:
        old = select(kind.id).where(kind.expires_at < instant).limit(limit)
        gone = delete(kind).where(kind.id.in_(old.scalar_subquery())).returning(kind.id)
        return len(self.session.execute(gone).all())
