"""Reads the conditions of a rule, with the keys that every condition may have."""

from __future__ import annotations

from content.benefits.facts import BenefitProfile
from content.benefits.outcomes import MET, Check, Kind, Outcome, for_officer, missing
from content.benefits.predicates import PREDICATES, TELLABLE
from content.benefits.rule_rows import RuleRow
from content.benefits.vocabulary import FACTS, UNKNOWN, Fact

_NAMES = frozenset(PREDICATES)
_EVERYWHERE = frozenset({"predicate", "otherwise", "guard", "only_when"})


def read_condition(row: RuleRow) -> Check:
    """Build the check of one [[when]] table.

    Beside its predicate's own keys it may have `otherwise = "officer"` (not met is for an
    officer to decide), `guard = true` (the text does not name this condition: only a known fact
    against it sends the matter to an officer) and `only_when = { fact = "trip.has_ticket",
    is = true }` (else it need not hold).

    Raises:
        ContentError: An unknown predicate, key, fact or value.
    """
    predicate = PREDICATES[row.one_of("predicate", _NAMES)]
    row.nothing_but(predicate.keys | _EVERYWHERE)
    check = predicate.build(row)
    if _says(row, "guard", value=True):
        check = _guarding(check)
    elif _says(row, "otherwise", value="officer"):
        check = _softened(check)
    return _limited(check, row) if "only_when" in row.values else check


def _says(row: RuleRow, key: str, *, value: object) -> bool:
    if key not in row.values:
        return False
    if row.values[key] != value:
        written = "true" if value is True else f'"{value}"'
        raise row.error(key, f"{key} has another value", f"Write {key} = {written}.")
    return True


def _softened(check: Check) -> Check:
    def softened(profile: BenefitProfile) -> Outcome:
        outcome = check(profile)
        return for_officer(*outcome.codes) if outcome.kind is Kind.NOT_MET else outcome

    return softened


def _guarding(check: Check) -> Check:
    soft = _softened(check)

    def guarding(profile: BenefitProfile) -> Outcome:
        outcome = soft(profile)
        return MET if outcome.kind is Kind.MISSING else outcome

    return guarding


def _limited(check: Check, row: RuleRow) -> Check:
    table = row.values["only_when"]
    said = dict(table) if isinstance(table, dict) else {}
    fact, wanted = said.get("fact"), said.get("is")
    if not isinstance(fact, str) or fact not in TELLABLE or not FACTS[fact].admits(wanted):
        raise row.error(
            "only_when",
            "only_when is not a fact and one of its values",
            'Write only_when = { fact = "trip.has_ticket", is = true }.',
        )
    return _only_when(check, fact, wanted)


def _only_when(check: Check, name: str, wanted: Fact) -> Check:

    def limited(profile: BenefitProfile) -> Outcome:
        value = profile.facts.get(name)
        outcome = MET if value not in (wanted, UNKNOWN) else check(profile)
        if value is UNKNOWN and outcome.kind is not Kind.MET:
            return missing(name)
        return outcome

    return limited
