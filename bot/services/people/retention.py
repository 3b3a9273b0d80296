"""How long the words of a chat are kept (domain B8): thirty days."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from bot.services.deployment import Deployment
from storage.repositories.old_words import OldWords
from storage.unit_of_work import UnitOfWork

WORDS_KEPT_FOR = timedelta(days=30)


def old_receipts(uow: UnitOfWork, deployment: Deployment, *, limit: int) -> list[uuid.UUID]:
    """Return messages that failed and whose words were kept long enough."""
    before = deployment.now - WORDS_KEPT_FOR
    return OldWords(uow.session).failed_receipts(before, limit=limit)


def old_deliveries(uow: UnitOfWork, deployment: Deployment, *, limit: int) -> list[uuid.UUID]:
    """Return messages to people whose words were kept long enough; open questions stay."""
    before = deployment.now - WORDS_KEPT_FOR
    return OldWords(uow.session).old_deliveries(before, limit=limit)


def empty_receipts(uow: UnitOfWork, keys: Sequence[uuid.UUID]) -> None:
    """Forget what was said in these messages; that they came stays known."""
    OldWords(uow.session).empty_receipts(keys)


def empty_deliveries(uow: UnitOfWork, keys: Sequence[uuid.UUID]) -> None:
    """Forget what these messages said; that they were sent, and of what kind, stays known."""
    OldWords(uow.session).empty_deliveries(keys)
