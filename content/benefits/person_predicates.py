"""Conditions on who a person is: age, confirmed categories, children at school."""

from __future__ import annotations

from content.benefits.facts import BenefitProfile
from content.benefits.outcomes import (
    MET,
    Check,
    Outcome,
    for_officer,
    missing,
    not_met,
)
from content.benefits.rule_rows import RuleRow
from content.benefits.vocabulary import CATEGORIES, SCHOOLS, UNKNOWN


def age(row: RuleRow) -> Check:
    """The person is `from` years old or older, and not yet `below`."""
    youngest, limit = age_limits(row)
    asked = missing("birth")
    too_young, too_old = not_met("age_too_young"), not_met("age_too_old")

    def check(profile: BenefitProfile) -> Outcome:
        years = profile.age
        if years is None:
            return asked
        if years < youngest:
            return too_young
        return too_old if limit is not None and years >= limit else MET

    return check


def age_limits(row: RuleRow) -> tuple[int, int | None]:
    """Return the first age of an `age` condition and the first one too many, None if none is.

    Raises:
        ContentError: Neither is given, or nobody would be of such an age.
    """
    youngest = row.whole("from", default=0)
    limit = row.whole("below") if "below" in row.values else None
    if limit is None and "from" not in row.values:
        raise row.error("predicate", "the condition has no age", "Write from = 16 or below = 60.")
    if limit is not None and limit <= youngest:
        raise row.error("below", f"nobody is below {limit} and {youngest}", "Correct one of them.")
    return youngest, limit


def ages_of(row: RuleRow) -> frozenset[int]:
    """Return the birthdays on which a condition's answer changes; none unless it is on the age."""
    if row.values.get("predicate") != "age":
        return frozenset()
    return frozenset(age for age in age_limits(row) if age)


def category(row: RuleRow) -> Check:
    """The person has a confirmed category of `any`.

    One named in `not_with` counts only without its counterpart: { "建档立卡" = "脱贫户" }. Those
    of `officer`, and those that only their counterpart spoils, are for an officer. A category
    that somebody only claims confirms nothing; it may raise a doubt.
    """
    wanted, for_desk = row.some_words("any", CATEGORIES), row.words("officer", CATEGORIES)
    spoilt_by = _counterparts(row)
    asked, unverified = missing("categories"), missing("category_verified")
    refused, unclear = not_met("category"), for_officer("category_unclear")

    def check(profile: BenefitProfile) -> Outcome:
        confirmed, said = profile.categories, profile.claimed
        held = confirmed & wanted
        if held and not spoilt_by:
            return MET
        clear = {one for one in held if spoilt_by.get(one) not in confirmed}
        sure = {one for one in clear if spoilt_by.get(one) not in said}
        if sure and (profile.knows_categories or not sure <= spoilt_by.keys()):
            return MET
        if sure:
            return asked
        if clear or said & (wanted | for_desk) - confirmed:
            return unverified
        if held or confirmed & for_desk:
            return unclear
        return refused if profile.knows_categories else asked

    return check


def child_school(row: RuleRow) -> Check:
    """At least one child goes to a school of `any`; those of `officer` are for an officer."""
    wanted, doubtful = row.some_words("any", SCHOOLS), row.words("officer", SCHOOLS)
    childless, refused = not_met("children"), not_met("children.school")
    asked, which = missing("children"), missing("children.school")
    unclear = for_officer("children.school_unclear")

    def check(profile: BenefitProfile) -> Outcome:
        if profile.children is None:
            return asked
        if not profile.children:
            return childless
        schools = {child.school for child in profile.children}
        if schools & wanted:
            return MET
        if UNKNOWN in schools:
            return which
        return unclear if schools & doubtful else refused

    return check


def _counterparts(row: RuleRow) -> dict[str, str]:
    pairs = row.values.get("not_with", {})
    listed = [*pairs, *pairs.values()] if isinstance(pairs, dict) else [pairs]
    if not isinstance(pairs, dict) or not all(one in CATEGORIES for one in listed):
        raise row.error(
            "not_with",
            "not_with is not a pair of categories",
            'Write not_with = { "建档立卡" = "脱贫户" }.',
        )
    return {str(one): str(other) for one, other in pairs.items()}
