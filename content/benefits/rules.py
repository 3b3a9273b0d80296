"""Benefit rules as the data files give them, and which of them decides on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from content.benefits.amounts import Sum
from content.benefits.outcomes import Check
from content.evidence import Evidence

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BenefitRule:
    """One version of one benefit in one city.

    Attributes:
        id: Its name, such as `CQ-TRANSPORT-2016`; officers release by it.
        code: The benefit, such as `transport_subsidy`.
        mechanism: The subject in the domain, such as `P-TRANSPORT`.
        jurisdiction: The city whose people it is for.
        document: Id of the document in the register.
        clause: Numbered item or section of the document.
        valid_from: First day.
        valid_to: Last day, or None while in force.
        replaces: Id of the version before, or None.
        evidence: How the text is known.
        office: Who decides, in words for a person.
        checks: All have to be met.
        amount: The sum, or None where the text fixes none.
        file: The data file, as errors show it.
        ages: Birthdays on which its answer may change.
    """

    id: str
    code: str
    mechanism: str
    jurisdiction: str
    document: str
    clause: str
    valid_from: date
    valid_to: date | None
    replaces: str | None
    evidence: Evidence
    office: str
    checks: tuple[Check, ...]
    amount: Sum | None
    file: str
    ages: frozenset[int] = frozenset()

    def holds(self, on: date) -> bool:
        """Tell whether the version is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def answers(self, released: frozenset[str]) -> bool:
        """Tell whether it may answer: its text was read, or an officer has released it."""
        return self.evidence is Evidence.READ or self.id in released


class BenefitRules:
    """All rules of all cities."""

    __slots__ = ("_by_id", "_by_jurisdiction", "_unreleased")

    def __init__(self, rules: Iterable[BenefitRule]) -> None:
        ordered = sorted(rules, key=lambda rule: (rule.code, rule.valid_from, rule.id))
        self._by_id = MappingProxyType({rule.id: rule for rule in ordered})
        grouped: dict[str, dict[str, list[BenefitRule]]] = {}
        for rule in ordered:
            grouped.setdefault(rule.jurisdiction, {}).setdefault(rule.code, []).append(rule)
        self._by_jurisdiction: Mapping[str, Mapping[str, tuple[BenefitRule, ...]]] = {
            city: {code: tuple(versions) for code, versions in codes.items()}
            for city, codes in grouped.items()
        }
        # What answers while nobody has released anything, which is nearly always.
        self._unreleased = {city: self._answering(city, NOBODY) for city in grouped}

    @property
    def jurisdictions(self) -> frozenset[str]:
        """The cities that have rules."""
        return frozenset(self._by_jurisdiction)

    @property
    def ages(self) -> frozenset[int]:
        """The birthdays on which an answer of any rule may change."""
        return frozenset().union(*(rule.ages for rule in self._by_id.values()))

    def all(self) -> tuple[BenefitRule, ...]:
        """Return every rule by code and day, those that answer nobody too: for officers only."""
        return tuple(self._by_id.values())

    def rule(self, rule_id: str) -> BenefitRule | None:
        """Return the rule of an id, or None."""
        return self._by_id.get(rule_id)

    def versions(self, jurisdiction: str, code: str) -> tuple[BenefitRule, ...]:
        """Return all versions of a benefit, oldest first, whatever their evidence."""
        return self._by_jurisdiction.get(jurisdiction, {}).get(code, ())

    def deciding(
        self, jurisdiction: str, on: date, *, released: frozenset[str] = NOBODY
    ) -> tuple[BenefitRule, ...]:
        """Return the rules that answer people of a city on a day, by code.

        Args:
            jurisdiction: The city; one without rules has none that decide.
            on: The day for which is asked.
            released: Ids of rules that officers released after checking the text.
        """
        newest = self.newest(jurisdiction, on, released=released)
        return tuple(rule for rule in newest if rule.holds(on))

    def newest(
        self, jurisdiction: str, on: date | None, *, released: frozenset[str] = NOBODY
    ) -> tuple[BenefitRule, ...]:
        """Return of each code the newest version begun on a day, even one that has ended since.

        An ended version does not bring its predecessor back. Of a code that has not begun the
        first version stands for it; without a day the last one.
        """
        if released:
            answering = self._answering(jurisdiction, released)
        else:
            answering = self._unreleased.get(jurisdiction, ())
        return tuple(
            versions[0] if len(versions) == 1 else _begun(versions, on) for versions in answering
        )

    def _answering(
        self, jurisdiction: str, released: frozenset[str]
    ) -> tuple[tuple[BenefitRule, ...], ...]:
        """Return of each code the versions that may answer, oldest first; no code is empty."""
        codes = self._by_jurisdiction.get(jurisdiction, {}).values()
        may = (tuple(rule for rule in versions if rule.answers(released)) for versions in codes)
        return tuple(versions for versions in may if versions)


def _begun(versions: tuple[BenefitRule, ...], on: date | None) -> BenefitRule:
    begun = [rule for rule in versions if on is None or rule.valid_from <= on]
    return begun[-1] if begun else versions[0]
