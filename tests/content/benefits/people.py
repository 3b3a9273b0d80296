"""People of two cities, and the bureau that looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from content.benefits.facts import BenefitProfile
from content.benefits.profile_reading import ProfileReader
from content.benefits.verdicts import Assessment, Standing, Verdict, assess, judged_beside
from content.catalogue import Catalogue

Row = Mapping[str, object]
LIKELY, NOT, CHECK = Standing.LIKELY, Standing.NOT, Standing.CHECK
ABSENT = object()

CHONGQING: Row = {
    "jurisdiction": "CQ",
    "as_of": "2017-06-01",
    "birth": "1981-09-14",
    "hukou": "rural",
    "categories": ["建档立卡"],
}
DEYANG: Row = {
    "jurisdiction": "DY",
    "as_of": "2021-06-28",
    "birth": "1976-03-09",
    "hukou": "rural",
    "categories": ["建档立卡"],
}
TRIP: Row = {
    "mode": "train_hard_seat",
    "price": 198.5,
    "from_county": "500229",
    "to_county": "440307",
}


@dataclass(frozen=True)
class Case:
    """One row of a decision table: what is different, and what the rule says then."""

    changes: Row
    verdict: Standing
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = ",".join(f"{key}={value}" for key, value in self.changes.items())
        return said.replace(str(ABSENT), "absent") or "as is"


def excluded(reason: str, **changes: object) -> Case:
    return Case(_dotted(changes), NOT, reasons=(reason,))


def doubted(reason: str, **changes: object) -> Case:
    return Case(_dotted(changes), CHECK, reasons=(reason,))


def asked(fact: str, **changes: object) -> Case:
    return Case(_dotted(changes), CHECK, missing=(fact,))


def met(**changes: object) -> Case:
    return Case(_dotted(changes), LIKELY)


def _dotted(changes: Row) -> Row:
    """`trip__mode` is the mode of the trip."""
    return {key.replace("__", "."): value for key, value in changes.items()}


def changed(row: Row, changes: Row) -> dict[str, object]:
    """The profile with other values; a dotted key changes a part, ABSENT takes a key away."""
    result = dict(row)
    for key, value in changes.items():
        group, _, part = key.partition(".")
        if part:
            inner = result.get(group)
            assert isinstance(inner, Mapping)
            result[group] = changed(inner, {part: value})
        elif value is ABSENT:
            result.pop(key, None)
        else:
            result[key] = value
    return result


class Bureau:
    """Reads profiles and judges them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.rules = catalogue.benefits
        self.reader = ProfileReader(catalogue.places)

    def read(self, row: Row, *, today: date | None = None) -> BenefitProfile:
        return self.reader.read(row, today=today)

    def assess(self, row: Row, *, released: frozenset[str] = frozenset()) -> Assessment:
        return assess(self.read(row), self.rules, released=released)

    def verdict(self, row: Row, code: str, *, released: frozenset[str] = frozenset()) -> Verdict:
        found = self.assess(row, released=released).of(code)
        assert found is not None
        return found

    def beside(self, row: Row, code: str) -> tuple[Verdict, ...]:
        return judged_beside(self.read(row), self.rules, code)

    def problems(self, row: Row, *, today: date | None = None) -> list[str]:
        return [str(problem) for problem in self.read(row, today=today).problems]

    def check(
        self, base: Row, code: str, case: Case, *, released: frozenset[str] = frozenset()
    ) -> None:
        """Hold one row of a decision table against the rule."""
        verdict = self.verdict(changed(base, case.changes), code, released=released)
        said = (verdict.verdict, verdict.reasons, verdict.missing)
        assert said == (case.verdict, case.reasons, case.missing)
        assert (verdict.amount_fen is None) or verdict.verdict is LIKELY
