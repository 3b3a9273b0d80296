"""Reads a profile from JSON: whatever is wrong with it is listed, and the rest is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from content.benefits.contradictions import Said, contradictions, doubtful_children
from content.benefits.fact_values import count_of, day_of, read_fact
from content.benefits.facts import (
    BenefitProfile,
    Child,
    Journey,
    Problem,
    Wrong,
    completed_years,
)
from content.benefits.journeys import Journeys
from content.benefits.vocabulary import (
    CATEGORIES,
    FACTS,
    GROUPS,
    SCHOOLS,
    SINGLE_FACTS,
    UNKNOWN,
    Fact,
)
from content.places import Places

OLDEST = 120
ENDS = ("trip.from_county", "trip.to_county")
_KEYS = {"jurisdiction", "as_of", "birth", "categories", "claimed", "children"}
_KNOWN_KEYS = frozenset(_KEYS) | frozenset(SINGLE_FACTS) | frozenset(GROUPS)
_CHILD_KEYS = frozenset({"age", "school"})


class ProfileReader:
    """Reads profiles; safe to share between threads."""

    __slots__ = ("_journeys",)

    def __init__(self, places: Places) -> None:
        self._journeys = Journeys(places)

    def read(self, row: Mapping[str, object], *, today: date | None = None) -> BenefitProfile:
        """Return the profile of a JSON object.

        An absent key has its default or does not apply, null is a fact that nobody knows. A
        value that cannot be right is listed among the problems and taken as unknown, never
        guessed; so are facts that contradict each other.

        Args:
            row: The keys are those of `FACTS` (those with a dot in an object of the group's
                name), `jurisdiction`, `as_of`, `birth`, `categories`, `claimed` and `children`.
            today: An `as_of` after this day is listed too, but the rules are still asked for it.
        """
        problems = [Problem(key, Wrong.UNKNOWN_KEY) for key in row if key not in _KNOWN_KEYS]
        jurisdiction = _jurisdiction(row, problems)
        as_of = _as_of(row, today, problems)
        birth = _birth(row, as_of, problems)
        age = None if birth is None or as_of is None else completed_years(birth, as_of)
        verified, is_complete = _categories(row, "categories", problems)
        claimed, _ = _categories(row, "claimed", problems)
        facts = self._facts(row, problems)
        for found in contradictions(Said(as_of, birth, age, verified, facts)):
            problems.append(found)
            facts[found.fact] = UNKNOWN
        _derive(facts, row, verified)
        children = _children(row, age, problems)
        journey, unclear = self._journey(facts)
        return BenefitProfile(
            jurisdiction=jurisdiction,
            as_of=as_of,
            age=age,
            categories=verified,
            knows_categories=is_complete,
            claimed=claimed,
            facts=facts,
            children=children,
            journey=journey,
            unclear_places=unclear,
            problems=tuple(dict.fromkeys(problems)),
        )

    def _facts(self, row: Mapping[str, object], problems: list[Problem]) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        _read_into(facts, SINGLE_FACTS, row, problems)
        for group, names in GROUPS.items():
            part = row.get(group)
            if isinstance(part, Mapping):
                facts[group] = True
                _read_into(facts, names, part, problems)
                known = {name.partition(".")[2] for name in names}
                problems.extend(
                    Problem(f"{group}.{key}", Wrong.UNKNOWN_KEY) for key in part if key not in known
                )
            elif group in row:
                facts.update(dict.fromkeys((group, *names), UNKNOWN))
                if part is not None:
                    problems.append(Problem(group, Wrong.UNKNOWN_VALUE))
        for name in ENDS:
            code = facts.get(name)
            if isinstance(code, str) and not self._journeys.is_place(code):
                problems.append(Problem(name, Wrong.UNKNOWN_VALUE))
                facts[name] = UNKNOWN
        return facts

    def _journey(self, facts: Mapping[str, Fact]) -> tuple[Journey | None, tuple[str, ...]]:
        codes = {name: code for name in ENDS if isinstance(code := facts.get(name), str)}
        if "trip" not in facts:
            return None, ()
        if len(codes) < len(ENDS):
            return None, tuple(name for name in ENDS if name not in codes)
        journey = self._journeys.between(*codes.values())
        if journey is not None:
            return journey, ()
        coarse = self._journeys.names_no_county
        return None, tuple(name for name, code in codes.items() if coarse(code))


def _read_into(
    facts: dict[str, Fact],
    names: tuple[str, ...],
    row: Mapping[str, object],
    problems: list[Problem],
) -> None:
    for name in names:
        value = read_fact(name, FACTS[name], row, name.rpartition(".")[2])
        if isinstance(value, Problem):
            problems.append(value)
            value = UNKNOWN
        if value is not None:
            facts[name] = value


def _jurisdiction(row: Mapping[str, object], problems: list[Problem]) -> str:
    value = row.get("jurisdiction")
    if isinstance(value, str) and value:
        return value  # whether it has rules is known to those who hold the rules
    problems.append(Problem("jurisdiction", Wrong.UNKNOWN_VALUE if value else Wrong.MISSING))
    return ""


def _as_of(row: Mapping[str, object], today: date | None, problems: list[Problem]) -> date | None:
    day = day_of(row, "as_of") or Problem("as_of", Wrong.MISSING)
    if isinstance(day, Problem):
        problems.append(day)
        return None
    if today is not None and day > today:
        problems.append(Problem("as_of", Wrong.FUTURE))
    return day


def _birth(row: Mapping[str, object], as_of: date | None, problems: list[Problem]) -> date | None:
    day = day_of(row, "birth")
    if isinstance(day, date) and as_of is not None:
        if day > as_of:
            day = Problem("birth", Wrong.FUTURE)
        elif completed_years(day, as_of) > OLDEST:
            day = Problem("birth", Wrong.LONG_AGO)
    if isinstance(day, Problem):
        problems.append(day)
        return None
    return day


def _categories(
    row: Mapping[str, object], key: str, problems: list[Problem]
) -> tuple[frozenset[str], bool]:
    listed = row.get(key, [])
    if listed is None:
        return frozenset(), False
    if not isinstance(listed, list | tuple | set | frozenset):
        problems.append(Problem(key, Wrong.UNKNOWN_VALUE))
        return frozenset(), False
    known = frozenset(one for one in listed if isinstance(one, str) and one in CATEGORIES)
    is_complete = all(isinstance(one, str) and one in CATEGORIES for one in listed)
    if not is_complete:
        problems.append(Problem(key, Wrong.UNKNOWN_VALUE))
    return known, is_complete


def _children(
    row: Mapping[str, object], age: int | None, problems: list[Problem]
) -> tuple[Child, ...] | None:
    listed = row.get("children", [])
    if isinstance(listed, list | tuple):
        said = tuple(_child(one, f"children.{n}", problems) for n, one in enumerate(listed, 1))
        children, impossible = doubtful_children(said, age)
        problems.extend(impossible)
        return children
    if listed is not None:
        problems.append(Problem("children", Wrong.UNKNOWN_VALUE))
    return None


def _child(row: object, name: str, problems: list[Problem]) -> Child:
    if not isinstance(row, Mapping):
        problems.append(Problem(name, Wrong.UNKNOWN_VALUE))
        return Child(None, UNKNOWN)
    problems.extend(
        Problem(f"{name}.{key}", Wrong.UNKNOWN_KEY) for key in row if key not in _CHILD_KEYS
    )
    age, school = row.get("age"), row.get("school")
    if age is not None and (count_of(age) is None or count_of(age) not in range(OLDEST + 1)):
        problems.append(Problem(f"{name}.age", Wrong.UNKNOWN_VALUE))
        age = None
    if isinstance(school, str) and school in SCHOOLS:
        return Child(count_of(age), school)
    if school is not None:
        problems.append(Problem(f"{name}.school", Wrong.UNKNOWN_VALUE))
    return Child(count_of(age), UNKNOWN)


def _derive(facts: dict[str, Fact], row: Mapping[str, object], verified: frozenset[str]) -> None:
    """Fill in what follows from other facts, or follows no longer."""
    if "relocated" not in row and "易迁" in verified:
        # A relocated person's household is not taken for one that stayed, only because unsaid.
        facts["relocated"] = UNKNOWN
    if facts.get("trip") is True and "trip.received_this_year" not in facts:
        never = facts["trip.already_received"] is False
        facts["trip.received_this_year"] = False if never else UNKNOWN
