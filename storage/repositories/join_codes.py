"""Six digits that join a second channel."""

from __future__ import annotations

from storage.models.reaching import JoinCode
from storage.repositories.base import Repository


class JoinCodes(Repository[JoinCode]):
    """Six digits that join a second channel."""

    kind = JoinCode
