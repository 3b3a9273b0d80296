"""The travel subsidy: the rule of 2016, which answers, and its successor, once released."""

from __future__ import annotations

import pytest

from content.benefits.vocabulary import MODES
from tests.content.benefits.people import (
    ABSENT,
    CHECK,
    CHONGQING,
    LIKELY,
    NOT,
    TRIP,
    Bureau,
    Case,
    asked,
    changed,
    doubted,
    excluded,
    met,
)

CODE = "transport_subsidy"
TRAVELLER = {**CHONGQING, "trip": TRIP}
NOW = {**TRAVELLER, "as_of": "2023-06-01", "categories": ["脱贫户"]}
RELEASED = frozenset({"CQ-TRANSPORT-2022"})
PAID = {"train_hard_seat", "hsr_second_class", "long_distance_bus"}

OLD_TABLE = [
    met(),
    met(birth="2001-06-01"),
    excluded("age_too_young", birth="2001-06-02"),
    met(birth="1937-01-01"),
    met(trip__to_county="500112"),
    met(labour_capacity=False),
    excluded("category", categories=["低保"]),
    excluded("category", categories=["脱贫户"]),
    excluded("category", categories=[]),
    excluded("trip.purpose", trip__purpose="visit"),
    excluded("trip.purpose", trip__purpose="travel"),
    excluded("trip.journey", trip__to_county="500229"),
    excluded("trip.journey", trip__from_county="500234", trip__to_county="500154"),
    excluded("trip.has_ticket", trip__has_ticket=False),
    excluded("trip.other_dept_paid", trip__other_dept_paid=True),
    excluded("trip.already_received", trip__already_received=True),
    excluded("trip", trip=ABSENT),
    doubted("trip.mode_unclear", trip__mode="train_hard_sleeper"),
    asked("category_verified", categories=[], claimed=["建档立卡"]),
    asked("categories", categories=None),
    asked("birth", birth=None),
    asked("trip", trip=None),
    asked("trip.mode", trip__mode=None),
    asked("trip.mode", trip__mode=ABSENT),
    asked("trip.mode", trip__mode="balloon"),
    asked("trip.price", trip__price=None),
    asked("trip.price", trip__price=-1),
    asked("trip.purpose", trip__purpose=None),
    asked("trip.from_county", trip__from_county=None),
    asked("trip.to_county", trip__to_county="999999"),
    asked("trip.to_county", trip__from_county="510623", trip__to_county="510600"),
    asked("trip.has_ticket", trip__has_ticket=None),
    asked("trip.other_dept_paid", trip__other_dept_paid=None),
    asked("trip.already_received", trip__already_received=None),
]

NEW_TABLE = [
    met(),
    met(trip__has_ticket=False),
    met(trip__has_ticket=False, trip__mode="own_car"),
    met(categories=["边缘易致贫户"]),
    met(birth="2007-06-01"),
    met(trip__already_received=True, trip__received_this_year=False),
    doubted("category_unclear", categories=["建档立卡"]),
    doubted("trip.mode", trip__mode="plane"),
    doubted("trip.mode", trip__mode="train_hard_sleeper"),
    doubted("trip.other_dept_paid", trip__other_dept_paid=True),
    excluded("category", categories=["低保"]),
    excluded("age_too_young", birth="2007-06-02"),
    excluded("labour_capacity", labour_capacity=False),
    excluded("trip.purpose", trip__purpose="travel"),
    excluded("trip.journey", trip__to_county="500229"),
    excluded("trip.received_this_year", trip__received_this_year=True),
    asked("trip.received_this_year", trip__already_received=True),
    asked("trip.received_this_year", trip__received_this_year=None),
    asked("trip.has_ticket", trip__has_ticket=None),
    asked("trip.price", trip__price=None),
    asked("trip.return_price", trip__return_price=None),
    met(trip__price=None, trip__has_ticket=False),
    asked("category_verified", categories=[], claimed=["脱贫户"]),
]


@pytest.mark.parametrize("case", OLD_TABLE, ids=str)
def test_the_rule_of_2016(bureau: Bureau, case: Case) -> None:
    bureau.check(TRAVELLER, CODE, case)


@pytest.mark.parametrize("mode", MODES)
def test_only_three_kinds_of_ticket_are_paid(bureau: Bureau, mode: str) -> None:
    verdict = bureau.verdict(changed(TRAVELLER, {"trip.mode": mode}), CODE)
    standing = CHECK if mode == "train_hard_sleeper" else LIKELY if mode in PAID else NOT
    assert verdict.verdict is standing
    assert verdict.amount_fen == (19850 if mode in PAID else None)


@pytest.mark.parametrize("case", NEW_TABLE, ids=str)
def test_the_rule_of_2022_once_released(bureau: Bureau, case: Case) -> None:
    bureau.check(NOW, CODE, case, released=RELEASED)


@pytest.mark.parametrize(
    ("changes", "fen"),
    [
        ({}, 19850),
        ({"trip.return_price": 200.25}, 39875),
        ({"trip.has_ticket": False}, 20000),
        ({"trip.has_ticket": False, "trip.to_county": "500112"}, 5000),
    ],
)
def test_the_rule_of_2022_pays_both_tickets_or_a_flat_sum(
    bureau: Bureau, changes: dict[str, object], fen: int
) -> None:
    verdict = bureau.verdict(changed(NOW, changes), CODE, released=RELEASED)
    assert verdict.amount_fen == fen


def test_an_excerpt_answers_nobody_until_it_is_released(bureau: Bureau) -> None:
    before = bureau.verdict(NOW, CODE)
    after = bureau.verdict(NOW, CODE, released=RELEASED)
    assert (before.rule.id, before.verdict) == ("CQ-TRANSPORT-2016", NOT)
    assert (after.rule.id, after.verdict) == ("CQ-TRANSPORT-2022", LIKELY)


@pytest.mark.parametrize(
    ("as_of", "rule"), [("2021-12-31", "CQ-TRANSPORT-2016"), ("2022-01-01", "CQ-TRANSPORT-2022")]
)
def test_once_released_the_date_decides(bureau: Bureau, as_of: str, rule: str) -> None:
    verdict = bureau.verdict({**NOW, "as_of": as_of}, CODE, released=RELEASED)
    assert verdict.rule.id == rule


def test_an_officer_sees_both_rules_side_by_side(bureau: Bureau) -> None:
    old, new = bureau.beside(changed(NOW, {"trip.has_ticket": False}), CODE)
    assert (old.rule.id, old.verdict, old.amount_fen) == ("CQ-TRANSPORT-2016", NOT, None)
    assert (new.rule.id, new.verdict, new.amount_fen) == ("CQ-TRANSPORT-2022", LIKELY, 20000)


def test_side_by_side_no_day_and_no_release_counts(bureau: Bureau) -> None:
    old, new = bureau.beside(TRAVELLER, CODE)
    assert (old.verdict, old.amount_fen) == (LIKELY, 19850)
    assert (new.verdict, new.reasons) == (CHECK, ("category_unclear",))


def test_a_city_without_the_clause_pays_no_travel(bureau: Bureau) -> None:
    row = {**TRAVELLER, "jurisdiction": "DY"}
    assert bureau.assess(row).of(CODE) is None
    assert bureau.beside(row, CODE) == ()


@pytest.mark.parametrize(
    ("price", "fen"), [(135, 13500), (198.1, 19810), (0.01, 1), (1234.56, 123456)]
)
def test_a_ticket_is_paid_to_the_fen(bureau: Bureau, price: float, fen: int) -> None:
    verdict = bureau.verdict(changed(TRAVELLER, {"trip.price": price}), CODE)
    assert verdict.amount_fen == fen


def test_a_ticket_that_cost_nothing_is_no_ticket(bureau: Bureau) -> None:
    row = changed(TRAVELLER, {"trip.price": 0})
    verdict = bureau.verdict(row, CODE)
    assert (verdict.verdict, verdict.missing) == (CHECK, ("trip.price",))
    assert bureau.problems(row) == ["trip.price: unknown value"]
