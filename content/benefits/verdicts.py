"""What the rules say about one person: a check for officers to confirm, never a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from content.benefits.amounts import Amount
from content.benefits.facts import BenefitProfile, Problem, Wrong
from content.benefits.money import yuan
from content.benefits.outcomes import MET, Kind
from content.benefits.rules import NOBODY, BenefitRule, BenefitRules


class Standing(StrEnum):
    """What a verdict says; the office decides in every case."""

    LIKELY = "可能符合"
    NOT = "不符合"
    CHECK = "要人工核实"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says about one person.

    Attributes:
        rule: The version that was asked.
        verdict: Its answer.
        reasons: Codes of why not, or of what an officer has to look at; see `words.reason_key`.
        missing: Facts that would have to be known; see `words.missing_key`.
        amount_fen: The sum where the text fixes one and the person may be entitled to it.
    """

    rule: BenefitRule
    verdict: Standing
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    amount_fen: int | None

    @property
    def code(self) -> str:
        """The benefit."""
        return self.rule.code

    @property
    def clause(self) -> str:
        """Item of the rule's document."""
        return self.rule.clause


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every benefit of the person's city, by code, and what was wrong with the facts."""

    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]

    @property
    def eligible(self) -> tuple[str, ...]:
        """The codes that may be due, sorted."""
        return tuple(
            verdict.code for verdict in self.verdicts if verdict.verdict is Standing.LIKELY
        )

    @property
    def amounts(self) -> Mapping[str, Decimal]:
        """The sums of eligible codes whose text fixes one, in yuan with two decimals."""
        return {
            verdict.code: yuan(verdict.amount_fen)
            for verdict in self.verdicts
            if verdict.amount_fen is not None
        }

    def of(self, code: str) -> Verdict | None:
        """Return the verdict on one benefit; None if the city has no rule for it."""
        return next((verdict for verdict in self.verdicts if verdict.code == code), None)


def assess(
    profile: BenefitProfile, rules: BenefitRules, *, released: frozenset[str] = NOBODY
) -> Assessment:
    """Judge every benefit of the profile's own city.

    Args:
        profile: The person's facts.
        rules: All rules; those whose text nobody has read answer only if released.
        released: Ids of rules that officers released.

    Returns:
        A verdict for each code of the city, not in force included; none for a city without
        rules, which is listed among the problems.
    """
    problems = profile.problems
    if profile.jurisdiction and profile.jurisdiction not in rules.jurisdictions:
        problems = (*problems, Problem("jurisdiction", Wrong.UNKNOWN_VALUE))
    newest = rules.newest(profile.jurisdiction, profile.as_of, released=released)
    return Assessment(tuple(judge(rule, profile) for rule in newest), problems)


def judged_beside(profile: BenefitProfile, rules: BenefitRules, code: str) -> tuple[Verdict, ...]:
    """Judge by every version of one benefit, oldest first, for an officer to compare.

    Versions that nobody has released, and those of other days, are judged by their conditions
    alone. Nothing of this may be said to the person.
    """
    versions = rules.versions(profile.jurisdiction, code)
    return tuple(_by_conditions(rule, profile) for rule in versions)


def judge(rule: BenefitRule, profile: BenefitProfile) -> Verdict:
    """Judge by one rule; one that is not in force on the day excludes for `period`."""
    if profile.as_of is None:
        return _verdict(rule, Standing.CHECK, missing=("as_of",))
    if not rule.holds(profile.as_of):
        return _verdict(rule, Standing.NOT, reasons=("period",))
    return _by_conditions(rule, profile)


def _by_conditions(rule: BenefitRule, profile: BenefitProfile) -> Verdict:
    excluding: list[str] = []
    doubts: list[str] = []
    missing: list[str] = []
    for check in rule.checks:
        outcome = check(profile)
        if outcome is MET:
            continue
        if outcome.kind is Kind.NOT_MET:
            excluding += outcome.codes
        elif outcome.kind is Kind.OFFICER:
            doubts += outcome.codes
        else:
            missing += outcome.codes
    if excluding:
        return _verdict(rule, Standing.NOT, reasons=excluding)
    is_clear = not doubts and not missing
    if rule.amount is None:
        standing = Standing.LIKELY if is_clear else Standing.CHECK
        return _verdict(rule, standing, reasons=doubts, missing=missing)
    return _by_amount(rule, rule.amount(profile), doubts, missing)


def _by_amount(rule: BenefitRule, amount: Amount, doubts: list[str], missing: list[str]) -> Verdict:
    is_clear = not doubts and not missing
    missing += amount.missing
    doubts += amount.notes
    if is_clear and amount.fen:
        return _verdict(rule, Standing.LIKELY, reasons=doubts, fen=amount.fen)
    if amount.fen == 0 and not doubts:
        # Met in every condition and yet nothing to pay: the facts or the text are read amiss.
        doubts.append("amount_unclear")
    return _verdict(rule, Standing.CHECK, reasons=doubts, missing=missing)


def _verdict(
    rule: BenefitRule,
    standing: Standing,
    *,
    reasons: Sequence[str] = (),
    missing: Sequence[str] = (),
    fen: int | None = None,
) -> Verdict:
    return Verdict(rule, standing, _each_once(reasons), _each_once(missing), fen)


def _each_once(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes)) if len(codes) > 1 else tuple(codes)
