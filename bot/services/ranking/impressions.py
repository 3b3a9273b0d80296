"""What was shown to whom, as it was ranked at that moment: what learning learns from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.clock import at_local
from bot.services.deployment import Deployment
from matching.types import Match, Reason, ReasonCode
from storage.unit_of_work import UnitOfWork

MONTHS = 12


class Place(StrEnum):
    """Where a vacancy was shown."""

    LIST = "list"
    PUSH = "push"
    BROADCAST = "broadcast"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Showing:
    """One vacancy before one worker; `position` counts from 1 within what is shown together."""

    worker_id: uuid.UUID
    match: Match
    position: int = 1


def note(
    uow: UnitOfWork,
    deployment: Deployment,
    showings: Iterable[Showing],
    *,
    place: Place,
) -> None:
    """Store showings with one statement.

    Args:
        uow: The transaction in which they are shown.
        deployment: The workers' bureau, whose weights were ranked by.
        showings: What is shown now; for pushes, what is queued now.
        place: Where.
    """
    now = deployment.now
    weights_id = deployment.board.standing_of(deployment.bureau_adcode).weights_id
    rows = [
        {
            "worker_id": one.worker_id,
            "vacancy_id": uuid.UUID(one.match.vacancy_id),
            "at": now,
            "place": place.value,
            "position": one.position,
            "score": float(one.match.score),
            "reasons": stored(one.match.reasons),
            "misses": stored(one.match.misses),
            "terms": {name: round(float(value), 4) for name, value in one.match.terms},
            "weights_id": weights_id,
        }
        for one in showings
    ]
    uow.session.flush()  # a worker or vacancy of this very transaction stands first
    uow.impressions.add_all(rows)


def in_order(worker_id: uuid.UUID, matches: Sequence[Match]) -> list[Showing]:
    """Return a list as it is shown to one worker, best first."""
    return [Showing(worker_id, match, number) for number, match in enumerate(matches, start=1)]


def forget_old(uow: UnitOfWork, deployment: Deployment, *, limit: int) -> int:
    """Delete showings that were kept for as many months as the bureau set; return how many."""
    before = kept_since(deployment)
    return uow.impressions.forget_before(before, limit=limit)


def kept_since(deployment: Deployment) -> datetime:
    """Return the beginning of the day before which nothing is kept."""
    today = deployment.today
    months = today.year * MONTHS + today.month - 1 - deployment.limits.impressions_kept_months
    first = date(months // MONTHS, months % MONTHS + 1, 1)
    return at_local(first, 0, timezone=deployment.clock.timezone)


def stored(reasons: Iterable[Reason]) -> list[list[object]]:
    """Return reasons as they are stored: [code, value] in the order told.

    Which group somebody belongs to is kept encrypted with the person, and nowhere else.
    """
    return [
        [one.code.value, "" if one.code is ReasonCode.RESERVED_FOR_GROUP else one.value]
        for one in reasons
    ]
