"""Where people work, counted for any place and day: tables, the people behind a number, snapshots.

An old day is counted with what is known today; with `known_at`, with what was known then. The
members of a group are those of `known_at`, less those whose category had ended by the day: a
sheet tells when it was read, not since when a household is what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast

from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_view
from bot.services.register.location_counts import (
    LocationCounts,
    Placed,
    counted,
    placed,
)
from content.location_classes import EMPLOYED, RELOCATED, Boundary, Cut, LocationClasses
from storage.models import Officer, Worker
from storage.register_states import Category
from storage.repositories.statistics import RawKey, Work, key_of
from storage.unit_of_work import UnitOfWork

# The groups that are reported apart (DY 五(四)): a person may be in several.
OUT_OF_POVERTY, AT_RISK, MOVED = "out_of_poverty", "at_risk", "relocated"
GROUPS: Mapping[str, tuple[Category, ...]] = {
    OUT_OF_POVERTY: (Category.OUT_OF_POVERTY, Category.REGISTERED_POOR),
    AT_RISK: (Category.AT_RISK,),
    MOVED: (Category.RELOCATED,),
}
EVERYBODY = "everybody"
BUREAU_ACTOR = "bureau"
SEEN = "view_statistics_list"


@dataclass(frozen=True, slots=True)
class Question:
    """What a table counts.

    Attributes:
        day: The day looked at.
        group: A key of `GROUPS`, or `everybody`.
        table: A name of `content.location_classes.Cuts`.
        by: `county` or `town`: what its rows are.
        known_at: What was learnt later is left out; None counts all that is known.
    """

    day: date
    group: str = OUT_OF_POVERTY
    table: str = EMPLOYED
    by: Boundary = "county"
    known_at: datetime | None = None

    def as_json(self) -> dict[str, object]:
        """Return it as plain JSON."""
        stored = asdict(self)
        stored["day"] = self.day.isoformat()
        stored["known_at"] = self.known_at.isoformat() if self.known_at else None
        return stored


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who lives in a scope, and everybody's work on a day.

    Attributes:
        day: The day.
        homes: Home codes of the people of the scope.
        works: The one spell that counts of everybody who works, wherever they live.
        several: Who of the scope had more than one.
    """

    day: date
    homes: Mapping[RawKey, str | None]
    works: Mapping[RawKey, Work]
    several: frozenset[RawKey]


@dataclass(frozen=True, slots=True)
class Counting:
    """The people of one question, each once.

    Attributes:
        question: With `known_at` set.
        cut: The table's boundaries in this bureau.
        people: In no order.
        doubled: How many of the scope had several spells on the day.
    """

    question: Question
    cut: Cut
    people: tuple[Placed, ...]
    doubled: int

    @property
    def counts(self) -> LocationCounts:
        """The table."""
        return counted(self.people, self.cut, doubled=self.doubled)

    def of_cell(self, area: str | None, where: str | None) -> list[Placed]:
        """Return the people of one cell, row or column, ascending by key."""
        found = [
            one
            for one in self.people
            if (area is None or one.area == area) and (where is None or one.where == where)
        ]
        return sorted(found, key=lambda one: str(one.worker))


def question_of(stored: Mapping[str, object]) -> Question:
    """Return the question behind `Question.as_json`."""
    known_at = stored.get("known_at")
    return Question(
        day=date.fromisoformat(str(stored["day"])),
        group=str(stored["group"]),
        table=str(stored["table"]),
        by=cast("Boundary", stored["by"]),
        known_at=datetime.fromisoformat(str(known_at)) if known_at else None,
    )


def question_for(group: str, day: date, *, by: Boundary = "county") -> Question:
    """Return the question that officers ask of a group: the moved are cut at 市, others at 县."""
    return Question(day, group, RELOCATED if group == MOVED else EMPLOYED, by)


def workforce(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    scope: str,
    day: date,
    known_at: datetime | None = None,
) -> Workforce:
    """Read once who lives in a scope and who works on a day; several tables are made of it."""
    seen_at = known_at or deployment.now
    homes = uow.statistics.homes(deployment.bureau_adcode, scope=scope)
    works: dict[RawKey, Work] = {}
    several: set[RawKey] = set()
    for worker, work in uow.statistics.work_on(day, known_at=seen_at):
        if worker in works:
            several.add(worker)
        works[worker] = work
    works.update(uow.statistics.latest_work_of(several, day, known_at=seen_at))
    return Workforce(day, homes, works, frozenset(several & homes.keys()))


def count(
    uow: UnitOfWork,
    deployment: Deployment,
    question: Question,
    *,
    scope: str,
    force: Workforce | None = None,
) -> Counting:
    """Count everybody of a scope who works on the day, once each.

    Args:
        uow: The transaction; nothing is changed.
        deployment: The bureau.
        question: What is counted.
        scope: Code prefix of the homes.
        force: The same scope's on the same day, where it was read already.

    Raises:
        LookupError: There is no such table.
    """
    asked = replace(question, known_at=question.known_at or deployment.now)
    cut = deployment.catalogue.cuts.of(question.table, deployment.bureau_adcode)
    read = force or workforce(uow, deployment, scope=scope, day=asked.day, known_at=asked.known_at)
    among: Collection[RawKey] | None = None
    if asked.group != EVERYBODY:
        groups = {asked.group: GROUPS[asked.group]}
        among = members(uow, deployment, groups, asked.day, known_at_of(asked))[asked.group]
    classes = LocationClasses(deployment.catalogue.places)
    people = placed(read.works, read.homes, classes, cut, by=question.by, among=among)
    return Counting(asked, cut, tuple(people), len(read.several))


def members(
    uow: UnitOfWork,
    deployment: Deployment,
    groups: Mapping[str, Collection[Category]],
    day: date,
    known_at: datetime,
) -> dict[str, set[RawKey]]:
    """Return who is of which group on a day, as far as was known at an instant."""
    moment = min(end_of(deployment, day), known_at)
    return uow.statistics.members(groups, moment=moment, known_at=known_at)


def end_of(deployment: Deployment, day: date) -> datetime:
    """Return the instant at which a day of the city ends."""
    return datetime.combine(day + timedelta(days=1), time(), deployment.clock.timezone)


def show_people(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    people: Sequence[Placed],
) -> list[tuple[Worker, Placed]]:
    """Return rows with names behind a number, and note each of them as seen by the officer.

    People outside the officer's scope are left out, whoever asks for them.
    """
    where = {key_of(one.worker): one for one in people}
    shown = [
        (worker, where[worker.id])
        for worker in uow.statistics.named(list(where))
        if officers.is_in_scope(officer, officers.code_of_worker(worker, deployment.bureau_adcode))
    ]
    uow.records.audit_all(
        officers.actor_of(officer),
        SEEN,
        subject_kind="worker",
        subject_ids=[worker.id for worker, _place in shown],
        scope=officer.scope,
        at=deployment.now,
    )
    return shown


def note_seen(uow: UnitOfWork, deployment: Deployment, officer: Officer, worker: Worker) -> None:
    """Note that an officer saw who stands behind a number."""
    audit_view(
        uow,
        deployment,
        officer,
        SEEN,
        subject_kind="worker",
        subject_id=worker.id,
    )


def known_at_of(question: Question) -> datetime:
    """Return until when what was learnt counts; `count` has set it."""
    assert question.known_at is not None  # noqa: S101 - `count` sets it before anything is read
    return question.known_at
