"""Counts how often showings led on to kept jobs, by trade and by firm."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.services.deployment import Deployment
from bot.services.ranking.standing import CHANCES_MARK, FIRM, TRADE, mark
from storage.models import SuccessFigure
from storage.repositories.success_figures import Spell, Whose
from storage.unit_of_work import UnitOfWork

COUNTED = timedelta(days=365)
# Until then somebody may still answer, so it is no evidence yet that nobody did.
TIME_TO_ANSWER = timedelta(days=3)
# Who is still there after so many days has stayed.
STAYED = timedelta(days=30)

Key = tuple[str, str]


@dataclass(slots=True)
class Figures:
    """What was counted of one trade or firm; see `SuccessFigure`."""

    shown: int = 0
    answered: int = 0
    applied: int = 0
    decided: int = 0
    hired: int = 0
    stay_known: int = 0
    stayed: int = 0
    complaints: int = 0


def count(uow: UnitOfWork, deployment: Deployment) -> dict[Key, Figures]:
    """Count the last year of a bureau, by (kind, key); reads only.

    A worker and a vacancy count once. Of spells only those count that began long enough ago to
    know whether somebody stayed: those that ended early are known sooner than those that last.
    """
    bureau, now = deployment.bureau_adcode, deployment.now
    since = now - COUNTED
    found: dict[Key, Figures] = {}
    showings = uow.success_figures.showings(bureau, since=since, until=now - TIME_TO_ANSWER)
    for whose, shown in showings.items():
        for one in _both(found, whose):
            one.shown += shown.shown
            one.answered += shown.answered
            one.applied += shown.applied
    for whose, decided in uow.success_figures.decisions(bureau, since=since).items():
        for one in _both(found, whose):
            one.decided += decided.decided
            one.hired += decided.hired
    first_day = deployment.today - COUNTED
    _add_stays(found, uow.success_figures.spells(bureau, since=first_day), deployment)
    _add_complaints(found, uow.success_figures.complaints(bureau, since=since))
    return found


def store(uow: UnitOfWork, deployment: Deployment, figures: Mapping[Key, Figures]) -> bool:
    """Store figures in place of all earlier ones and let every replica read them.

    Returns:
        False when they are what is stored already.
    """
    bureau, now = deployment.bureau_adcode, deployment.now
    known = {(row.kind, row.key): _of(row) for row in uow.success_figures.of_bureau(bureau)}
    if known == dict(figures):
        return False
    rows = [
        {
            "bureau_adcode": bureau,
            "kind": kind,
            "key": key,
            "counted_at": now,
            **{name: getattr(one, name) for name in NAMES},
        }
        for (kind, key), one in sorted(figures.items(), key=lambda item: item[0])
    ]
    uow.success_figures.replace(bureau, rows)
    mark(uow, CHANCES_MARK, bureau, str(uow.records.next_number(f"chances:{bureau}")))
    return True


NAMES = tuple(Figures.__slots__)


def _of(row: SuccessFigure) -> Figures:
    return Figures(*(getattr(row, name) for name in NAMES))


def _both(found: dict[Key, Figures], whose: Whose) -> tuple[Figures, Figures]:
    trade = found.setdefault((TRADE, whose.trade), Figures())
    return trade, found.setdefault((FIRM, whose.enterprise_id.hex), Figures())


def _add_stays(found: dict[Key, Figures], spells: Iterable[Spell], deployment: Deployment) -> None:
    for spell in spells:
        if spell.started_on > deployment.today - STAYED:
            continue
        has_stayed = spell.ended_on is None or spell.ended_on - spell.started_on >= STAYED
        for one in _both(found, spell.whose):
            one.stay_known += 1
            one.stayed += has_stayed


def _add_complaints(found: dict[Key, Figures], complaints: Mapping[uuid.UUID, int]) -> None:
    for enterprise_id, counted in complaints.items():
        found.setdefault((FIRM, enterprise_id.hex), Figures()).complaints += counted
