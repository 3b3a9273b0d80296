"""Who of the watched groups works, looks for work, is out of it, or is not known (S-ANTIRETURN).

A group stands in a row of its own, and a person in every group they are in; the last row counts
everybody of them once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.services.deployment import Deployment
from bot.services.register.statistics import GROUPS, end_of, members, workforce
from storage.repositories.statistics import RawKey
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork

WORKING, WILLING, IDLE, NOT_KNOWN = "working", "willing", "idle", "not_known"
STATES = (WORKING, WILLING, IDLE, NOT_KNOWN)
TOGETHER = "together"
# Known to be without work and not looking for any.
_IDLE = frozenset({WorkerStatus.NOT_LOOKING.value, WorkerStatus.TRAINING.value})


@dataclass(frozen=True, slots=True)
class StatusTable:
    """People by group and state on a day.

    Attributes:
        day: The day.
        rows: Group → state → people; `together` counts each person once.
        states: Each person's state, for the lists behind the numbers.
        groups: The people of each group.
    """

    day: date
    rows: Mapping[str, Mapping[str, int]]
    states: Mapping[RawKey, str]
    groups: Mapping[str, frozenset[RawKey]]

    def total(self, group: str) -> int:
        """Return everybody of a group."""
        return sum(self.rows[group].values())

    def out_of_work(self, group: str) -> int:
        """Return who is known to have no work, those who look for it among them."""
        return self.rows[group][WILLING] + self.rows[group][IDLE]

    def people(self, group: str, state: str) -> list[RawKey]:
        """Return the people behind a number, ascending by key."""
        return sorted((one for one in self.groups[group] if self.states[one] == state), key=str)


def status_table(
    uow: UnitOfWork, deployment: Deployment, *, scope: str, day: date | None = None
) -> StatusTable:
    """Return the table of a scope on a day, today when None.

    Who works is who stands in the tables of workplaces, so that both agree. Without work are
    those who said so or whose work ended; of them `willing` look for work. The state of a past
    day is the last one noted until its end.
    """
    asked = day or deployment.today
    force = workforce(uow, deployment, scope=scope, day=asked)
    homes = force.homes.keys()
    states = _states(uow, deployment, asked, homes, force.works.keys())
    found = members(uow, deployment, GROUPS, asked, deployment.now)
    groups = {group: frozenset(people & homes) for group, people in found.items()}
    groups[TOGETHER] = frozenset[RawKey]().union(*groups.values())
    rows = {group: _counted(people, states) for group, people in groups.items()}
    return StatusTable(asked, rows, states, groups)


def _states(
    uow: UnitOfWork,
    deployment: Deployment,
    day: date,
    people: Collection[RawKey],
    working: Collection[RawKey],
) -> dict[RawKey, str]:
    statuses = (
        uow.statistics.statuses(deployment.bureau_adcode)
        if day >= deployment.today
        else uow.statistics.statuses_before(end_of(deployment, day))
    )
    lost = uow.statistics.ever_employed(before=day)
    return {
        one: WORKING if one in working else _state(statuses.get(one), has_lost=one in lost)
        for one in people
    }


def _state(status: str | None, *, has_lost: bool) -> str:
    if status == WorkerStatus.SEEKING:
        return WILLING
    return IDLE if status in _IDLE or has_lost else NOT_KNOWN


def _counted(people: Collection[RawKey], states: Mapping[RawKey, str]) -> dict[str, int]:
    counts = Counter(states[one] for one in people)
    return {state: counts[state] for state in STATES}
