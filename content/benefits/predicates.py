"""The named conditions of which rule files are made; each is built once, from its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.benefits.facts import BenefitProfile, Journey
from content.benefits.outcomes import (
    MET,
    Check,
    Outcome,
    for_officer,
    missing,
    not_met,
)
from content.benefits.person_predicates import age, category, child_school
from content.benefits.rule_rows import RuleRow
from content.benefits.vocabulary import FACTS, UNKNOWN, Fact, FactType, group_of

PER_CENT = 100
TELLABLE = frozenset(
    name for name, kind in FACTS.items() if kind.type in (FactType.FLAG, FactType.WORD)
)
COUNTABLE = frozenset(name for name, kind in FACTS.items() if kind.type is FactType.COUNT)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A kind of condition.

    Attributes:
        build: Makes the check of one table; ContentError if a key is wrong.
        keys: Its own keys, beside those that every condition may have.
    """

    build: Callable[[RuleRow], Check]
    keys: frozenset[str]


def _fact(row: RuleRow) -> Check:
    """The fact has one of the values of `any`; those of `officer` are for an officer."""
    name = row.one_of("fact", TELLABLE)
    wanted, doubtful = values_of(row, "any", name), values_of(row, "officer", name)
    if not wanted:
        raise row.error("any", "any is missing or empty", "Write any = [true] or the like.")
    asked, refused, unclear = missing(name), not_met(name), for_officer(f"{name}_unclear")
    group = group_of(name)
    group_asked, group_refused = missing(group), not_met(group)

    def check(profile: BenefitProfile) -> Outcome:
        value = profile.facts.get(name)
        if value in wanted:
            return MET
        if value is None:
            return group_refused
        if value is UNKNOWN:
            return group_asked if profile.does_not_know(group) else asked
        return unclear if value in doubtful else refused

    return check


def _count(row: RuleRow) -> Check:
    """The number is `least` or more, and `most` or less."""
    name = row.one_of("fact", COUNTABLE)
    least = row.whole("least", default=0)
    most = row.whole("most") if "most" in row.values else None
    asked, refused = missing(name), not_met(name)

    def check(profile: BenefitProfile) -> Outcome:
        count = profile.facts.get(name)
        if not isinstance(count, int):
            return asked
        return MET if least <= count and (most is None or count <= most) else refused

    return check


def _journey(row: RuleRow) -> Check:
    """The trip goes as far as `any` says."""
    wanted = row.some_words("any", frozenset(Journey))
    asked, none, refused = missing("trip"), not_met("trip"), not_met("trip.journey")

    def check(profile: BenefitProfile) -> Outcome:
        if profile.does_not_know("trip"):
            return asked
        if profile.facts.get("trip") is None:
            return none
        if profile.journey is None:
            return missing(*profile.unclear_places)
        return MET if profile.journey in wanted else refused

    return check


def _graduated_this_year(_row: RuleRow) -> Check:
    """The person graduated in the calendar year of the day asked for."""
    asked, none, refused = missing("graduate.year"), not_met("graduate"), not_met("graduate.year")
    group_asked = missing("graduate")

    def check(profile: BenefitProfile) -> Outcome:
        year = profile.facts.get("graduate.year")
        if isinstance(year, int) and profile.as_of is not None:
            return MET if year == profile.as_of.year else refused
        if profile.does_not_know("graduate"):
            return group_asked
        return none if year is None else asked

    return check


def _self_paid_above(row: RuleRow) -> Check:
    """What was paid, up to `ceiling` yuan, is more than `percent` of the base deductible."""
    percent, ceiling = row.percent("percent"), row.sum_of_yuan("ceiling")
    paid_name, base_name = "inpatient.self_paid", "inpatient.major_base_deductible"
    none, group_asked, refused = not_met("inpatient"), missing("inpatient"), not_met(paid_name)

    def check(profile: BenefitProfile) -> Outcome:
        paid, base = profile.sum_of(paid_name), profile.sum_of(base_name)
        if profile.facts.get("inpatient") is None:
            return none
        if profile.does_not_know("inpatient"):
            return group_asked
        if paid is None or base is None:
            sums = {paid_name: paid, base_name: base}
            return missing(*(name for name, amount in sums.items() if amount is None))
        return MET if min(paid, ceiling) * PER_CENT > percent * base else refused

    return check


def values_of(row: RuleRow, key: str, fact: str) -> frozenset[Fact]:
    """Return the list of values under `key`, each one that the fact may have."""
    kind = FACTS[fact]
    listed = row.values.get(key, [])
    known = "true, false" if kind.type is FactType.FLAG else ", ".join(sorted(kind.words))
    if not isinstance(listed, list) or not all(kind.admits(one) for one in listed):
        raise row.error(
            key, f"{key} holds a value that {fact} never has", f"Write a list of {known}."
        )
    return frozenset(listed)


PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {
        "age": Predicate(age, frozenset({"from", "below"})),
        "category": Predicate(category, frozenset({"any", "not_with", "officer"})),
        "child_school": Predicate(child_school, frozenset({"any", "officer"})),
        "count": Predicate(_count, frozenset({"fact", "least", "most"})),
        "fact": Predicate(_fact, frozenset({"fact", "any", "officer"})),
        "graduated_this_year": Predicate(_graduated_this_year, frozenset()),
        "journey": Predicate(_journey, frozenset({"any"})),
        "self_paid_above": Predicate(_self_paid_above, frozenset({"percent", "ceiling"})),
    }
)
