"""Tables that are kept with cut-off and digest, and counted again to the same (S-REPORT)."""

from __future__ import annotations

from typing import cast

from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register.location_counts import LocationCounts, digest_of
from bot.services.register.statistics import Counting, count, known_at_of, question_of
from storage.models import Officer, StatisticsSnapshot
from storage.unit_of_work import UnitOfWork

OPERATOR = "bureau"


def freeze(
    uow: UnitOfWork,
    deployment: Deployment,
    counting: Counting,
    *,
    scope: str,
    officer: Officer | None = None,
) -> StatisticsSnapshot:
    """Keep a table with its cut-off and the digest of what it was counted from; note it."""
    question = counting.question
    row = uow.statistics.add(
        StatisticsSnapshot(
            bureau_adcode=deployment.bureau_adcode,
            scope=scope,
            question=question.as_json(),
            day=question.day,
            known_at=known_at_of(question),
            digest=_digest(counting),
            figures=counting.counts.as_json(),
            officer_id=officer.id if officer is not None else None,
            made_at=deployment.now,
        )
    )
    uow.records.audit(
        officers.actor_of(officer) if officer is not None else OPERATOR,
        "freeze_statistics",
        subject_kind="statistics_snapshot",
        subject_id=row.id,
        scope=scope,
        at=deployment.now,
    )
    return row


def recount(uow: UnitOfWork, deployment: Deployment, row: StatisticsSnapshot) -> Counting:
    """Count a kept table again, with what was known when it was made."""
    return count(uow, deployment, question_of(row.question), scope=row.scope)


def is_same(counting: Counting, row: StatisticsSnapshot) -> bool:
    """Tell whether a table that was counted again is the one that was kept.

    It is not where somebody of it was erased, left, or is registered elsewhere since: homes are
    kept as they are today only.
    """
    return _digest(counting) == row.digest


def counts_of(deployment: Deployment, row: StatisticsSnapshot) -> LocationCounts:
    """Return the table that was kept, as it was."""
    question = question_of(row.question)
    cut = deployment.catalogue.cuts.of(question.table, deployment.bureau_adcode)
    stored = cast("list[tuple[str, str, int]]", row.figures["cells"])
    cells = {(area, where): people for area, where, people in stored}
    return LocationCounts.of_cells(
        cells, cast("dict[str, int]", row.figures["channels"]), classes=cut.classes
    )


def _digest(counting: Counting) -> str:
    question = counting.question
    head = (question.day.isoformat(), question.group, *counting.cut.boundaries, question.by)
    return digest_of(counting.people, head)
