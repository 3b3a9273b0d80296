"""What happened to people that makes a policy matter to them: a look at the records, no guess."""

from __future__ import annotations

import calendar
import re
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.services.deployment import Deployment
from bot.services.register.facts import RegisterFacts, day_of, facts_of, texts_of
from bot.services.sending.unasked import Whom
from content.benefits.facts import Journey, completed_years
from content.benefits.journeys import Journeys
from content.check_digits import id_number_birth
from content.places import Places
from matching.types import Education
from storage.models import Employment, RegisterEntry, Worker
from storage.unit_of_work import UnitOfWork

TRANSPORT, REEMPLOYMENT, PENSION = "P-TRANSPORT", "P-REEMP", "P-PENSION60"
SCHOOL = ("P-TECHSCHOOL", "P-YULU")
# Spells are often told of late; what is older than a month is no news.
RECENT = timedelta(days=30)
SIXTY, MONTHS_AHEAD, YEAR = 60, 2, 12
# The domain names no age for 两后生: from the end of the years of compulsory school to the last
# year in which people finish 高中.
SCHOOL_AGES = range(15, 19)
GROWN_UP = 18
FINISHED = frozenset({Education.JUNIOR_HIGH.value, Education.SENIOR_HIGH.value})
HEAD = "户主"
_TECHNICAL = re.compile(r"技工|技校|技师")
_VOCATIONAL = re.compile(r"中职|职高|中专|职业")
_LAST_YEAR = re.compile(r"初三|初中三|九年级")
_PART = 900


class Reason(StrEnum):
    """Why somebody is told; the words are those of the text keys."""

    OTHER_COUNTY = "other_county"
    OUT_OF_WORK = "out_of_work"
    NEARLY_SIXTY = "nearly_sixty"
    FINISHED_SCHOOL = "finished_school"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that makes a policy matter to somebody.

    Attributes:
        about: Whom it happened to; the same is told once of this person.
        key: What happened, 48 characters at most.
        reason: Why they are told.
        mechanisms: What to tell of, `P-…`.
        tell: Who may be told, the first who can be reached is.
        as_of: The day for which a rule is asked; today when None.
        answers: What the occasion itself tells, as `benefit_profile` takes it.
    """

    about: uuid.UUID
    key: str
    reason: Reason
    mechanisms: tuple[str, ...]
    tell: tuple[uuid.UUID, ...]
    as_of: date | None = None
    answers: Mapping[str, object] = field(default_factory=dict)

    @property
    def whom(self) -> Whom:
        """Whether people at work are told too."""
        return Whom.SEEKERS if self.reason is Reason.OUT_OF_WORK else Whom.ANYBODY


def open_occasions(uow: UnitOfWork, deployment: Deployment) -> list[Occasion]:
    """Return what the bureau's people have not been told of yet, the most pressing first.

    Nothing is looked for that no card of any city tells of today.
    """
    library = deployment.catalogue.policies
    told_of = {card.mechanism for card in library.cards() if card.holds(deployment.today)}
    found: list[Occasion] = []
    for mechanisms, look in (
        ((PENSION,), _nearly_sixty),
        ((REEMPLOYMENT,), _out_of_work),
        ((TRANSPORT,), _in_other_counties),
        (SCHOOL, _finished_school),
        (SCHOOL, _children),
    ):
        if told_of.intersection(mechanisms):
            found += look(uow, deployment)
    return list(_untold(uow, found))


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month; the month's last where it has no such day."""
    years, month = divmod(day.year * YEAR + day.month - 1 - months, YEAR)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody is `age` years old; 29 February gives 1 March."""
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def _untold(uow: UnitOfWork, found: Sequence[Occasion]) -> Iterator[Occasion]:
    for start in range(0, len(found), _PART):
        part = found[start : start + _PART]
        told = uow.policy_notices.told({one.about for one in part})
        for one in part:
            if any((one.about, each, one.key) not in told for each in one.mechanisms):
                yield one


def _nearly_sixty(uow: UnitOfWork, deployment: Deployment) -> Iterator[Occasion]:
    """From 59 years and 10 months to the birthday; whose day is not known is not guessed."""
    today = deployment.today
    years = (today.year - SIXTY, today.year - SIXTY + 1)
    for worker, entry in uow.policy_notices.born_in(deployment.bureau_adcode, years):
        born = _born(entry)
        if born is None:
            continue
        sixtieth = birthday(born, SIXTY)
        if months_before(sixtieth, MONTHS_AHEAD) <= today < sixtieth:
            yield Occasion(
                worker.id, "sixty", Reason.NEARLY_SIXTY, (PENSION,), (worker.id,), as_of=sixtieth
            )


def _out_of_work(uow: UnitOfWork, deployment: Deployment) -> Iterator[Occasion]:
    """From the day after a loss; the day itself belongs to vacancies."""
    since = deployment.today - RECENT
    for spell, worker in uow.policy_notices.lost_since(deployment.bureau_adcode, since):
        if spell.ended_on is None or spell.ended_on >= deployment.today:
            continue
        key = f"lost:{spell.id.hex}"
        yield Occasion(worker.id, key, Reason.OUT_OF_WORK, (REEMPLOYMENT,), (worker.id,))


def _in_other_counties(uow: UnitOfWork, deployment: Deployment) -> Iterator[Occasion]:
    """Once a calendar year, whoever changes places in between."""
    journeys = _journeys(deployment.catalogue.places)
    since = deployment.today - RECENT
    for spell, worker in uow.policy_notices.started_since(deployment.bureau_adcode, since):
        ends = _ends(spell, worker)
        if ends is None or journeys.between(*ends) in (None, Journey.SAME_COUNTY):
            continue
        yield Occasion(
            worker.id,
            f"away:{spell.started_on.year}",
            Reason.OTHER_COUNTY,
            (TRANSPORT,),
            (worker.id,),
            answers={
                "trip.from_county": ends[0],
                "trip.to_county": ends[1],
                "trip.purpose": "work",
            },
        )


def _finished_school(uow: UnitOfWork, deployment: Deployment) -> Iterator[Occasion]:
    """Who finished 初中 or 高中 and looks for work at an age for a technical school."""
    years = _school_years(deployment.today)
    for worker, entry in uow.policy_notices.born_in(deployment.bureau_adcode, years):
        age = _age(entry, deployment.today)
        if age not in SCHOOL_AGES or worker.education not in FINISHED:
            continue
        if facts_of(uow, deployment, worker).student is None:
            yield Occasion(worker.id, "school", Reason.FINISHED_SCHOOL, SCHOOL, (worker.id,))


def _children(uow: UnitOfWork, deployment: Deployment) -> Iterator[Occasion]:
    """A household with a child at such an age: its head is told, or another grown-up."""
    years = _school_years(deployment.today)
    young = uow.policy_notices.young_members(deployment.bureau_adcode, years)
    homes = {entry.household_id for _worker, entry in young if entry.household_id is not None}
    grown_ups = _grown_ups(uow, deployment, homes)
    for child, entry in young:
        age = _age(entry, deployment.today)
        tell = grown_ups.get(entry.household_id, ()) if entry.household_id is not None else ()
        if age not in SCHOOL_AGES or not tell:
            continue
        known = facts_of(uow, deployment, child)
        if _may_go(child, known):
            said = {"age": age, "school": _school(known.student)}
            yield Occasion(
                child.id, "household", Reason.CHILD, SCHOOL, tell, answers={"children": [said]}
            )


def _grown_ups(
    uow: UnitOfWork, deployment: Deployment, homes: Collection[uuid.UUID]
) -> dict[uuid.UUID | None, tuple[uuid.UUID, ...]]:
    born_before = deployment.today.year - GROWN_UP
    listed = tuple(homes)
    found: dict[uuid.UUID | None, list[tuple[bool, uuid.UUID]]] = {}
    for start in range(0, len(listed), _PART):
        part = listed[start : start + _PART]
        for worker, entry in uow.policy_notices.grown_ups(part, born_before=born_before):
            is_head = texts_of(entry.facts).get("relation") == HEAD
            found.setdefault(entry.household_id, []).append((not is_head, worker.id))
    return {home: tuple(key for _rank, key in sorted(them)) for home, them in found.items()}


def _may_go(child: Worker, known: RegisterFacts) -> bool:
    """Tell whether a technical school is a question: at one, about to choose, or out of school."""
    if known.student is not None:
        ways = (_TECHNICAL, _VOCATIONAL, _LAST_YEAR)
        return any(way.search(known.student) for way in ways)
    return "student" in known.facts and child.education in FINISHED


def _school(student: str | None) -> str | None:
    """Return the school in the words of the rules; None where nobody can tell yet."""
    if student is None or _LAST_YEAR.search(student):
        return None
    return "技工院校" if _TECHNICAL.search(student) else "中职"


def _ends(spell: Employment, worker: Worker) -> tuple[str, str] | None:
    if worker.home is None or spell.workplace is None or spell.abroad:
        return None
    return worker.home[:6], spell.workplace[:6]


def _born(entry: RegisterEntry) -> date | None:
    cells = texts_of(entry.facts)
    number = cells.get("id_number")
    return id_number_birth(number) if number else day_of(cells.get("born"))


def _age(entry: RegisterEntry, today: date) -> int | None:
    born = _born(entry)
    return None if born is None else completed_years(born, today)


def _school_years(today: date) -> range:
    return range(today.year - SCHOOL_AGES.stop, today.year - SCHOOL_AGES.start + 1)


@lru_cache(maxsize=4)
def _journeys(places: Places) -> Journeys:
    return Journeys(places)
