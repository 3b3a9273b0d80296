"""Broadcasts, their audience and what became of each message."""

from __future__ import annotations

from storage.models.reaching import Broadcast
from storage.repositories.base import Repository


class Broadcasts(Repository[Broadcast]):
    """Broadcasts, their audience and what became of each message."""

    kind = Broadcast
