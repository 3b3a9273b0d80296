from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.chances import GUESS, Chances, Record

SEWING, WELDING = "缝纫工", "电焊工"


def record(shown: int, applied: int, hired: int, stayed: int, *, complaints: int = 0) -> Record:
    """Everybody who applied is decided on, and everybody hired is asked after."""
    return Record((shown, applied, hired), (applied, hired, stayed), complaints)


CITY = {SEWING: record(2_000, 300, 150, 120), WELDING: record(1_000, 60, 20, 10)}


def chance(firm: Record | None, *, trade: str = SEWING) -> float:
    chances = Chances.of(CITY, {"firm": firm} if firm else {})
    return float(chances.many([(trade, "firm")])[0])


def test_much_evidence_is_believed() -> None:
    busy = record(200_000, 60_000, 30_000, 15_000)
    assert abs(chance(busy) - 0.3 * 0.5 * 0.5) < 0.002


def test_a_firm_without_a_record_has_the_chance_of_its_trade() -> None:
    usual = Chances.of(CITY, {}).many([(SEWING, "firm"), (SEWING, None), (SEWING, "other")])
    assert len(set(usual.tolist())) == 1
    assert chance(None, trade=SEWING) > chance(None, trade=WELDING)


def test_one_hire_says_little_and_a_hundred_say_much() -> None:
    usual, one, hundred = chance(None), record(1, 1, 1, 1), record(100, 100, 100, 100)
    assert usual < chance(one) < 1.5 * usual
    assert chance(hundred) > 3 * usual


def test_a_trade_without_a_record_has_the_chance_of_the_city() -> None:
    chances = Chances.of(CITY, {})
    assert np.isclose(chances.many([("收银员", None)])[0], chances.usual.prod())


def test_each_step_counts() -> None:
    base = record(1_000, 100, 50, 40)
    worse = [
        record(2_000, 100, 50, 40),
        Record((1_000, 200, 50), (100, 50, 40)),
        Record((1_000, 100, 100), (100, 50, 40)),
    ]
    assert all(chance(one) < chance(base) for one in worse)


def test_complaints_lower_the_chance_of_a_firm() -> None:
    found = [chance(record(500, 80, 40, 30, complaints=count)) for count in range(6)]
    assert all(more < fewer for fewer, more in pairwise(found))


def test_a_complaint_weighs_less_against_a_firm_that_hired_many() -> None:
    def fall(scale: int) -> float:
        one = record(100 * scale, 20 * scale, 10 * scale, 8 * scale)
        return chance(Record(one.tried, one.done, 2)) / chance(one)

    assert fall(1) < fall(10) < 1


def test_without_any_figures_all_vacancies_are_alike() -> None:
    found = Chances().proportions([(SEWING, "a"), (WELDING, None)])
    assert found.tolist() == [0.5, 0.5]
    assert np.isclose(Chances.of({}, {}).usual, GUESS).all()


def test_a_bureau_without_figures_stands_as_the_usual_of_one_with_figures() -> None:
    unknown = [("收银员", "new")]
    silent, counted = (one.proportions(unknown) for one in (Chances(), Chances.of(CITY, {})))
    assert np.allclose(silent, counted)


def test_an_unknown_firm_of_an_unknown_trade_stands_in_the_middle() -> None:
    found = Chances.of(CITY, {}).proportions([("收银员", "new")])
    assert np.allclose(found, 0.5)


def test_the_best_record_counts_four_times_the_worst_at_most() -> None:
    chances = Chances.of(
        CITY, {"best": record(999, 999, 999, 999), "worst": record(9_999, 0, 0, 0, complaints=99)}
    )
    found = chances.proportions([(SEWING, "best"), (WELDING, "worst")])
    assert found.tolist() == [1.0, 0.25]


some = st.integers(0, 5_000)
steps = st.tuples(some, some, some)
shares = st.floats(0, 1)


@st.composite
def some_record(draw: st.DrawFn) -> Record:
    tried = draw(steps)
    shown, decided, known = (int(count * draw(shares)) for count in tried)
    return Record(tried, (shown, decided, known), draw(st.integers(0, 1_000)))


records = some_record()


@given(records, records)
def test_a_chance_is_never_nothing_and_never_certain(trade: Record, firm: Record) -> None:
    chances = Chances.of({SEWING: trade}, {"firm": firm})
    found = chances.many([(SEWING, "firm"), (WELDING, "firm"), (SEWING, None)])
    assert ((found > 0) & (found < 1)).all()
    beside = chances.proportions([(SEWING, "firm"), (WELDING, "firm")])
    assert ((beside > 0) & (beside <= 1)).all()


@given(records, st.integers(0, 2))
def test_one_more_success_never_lowers_a_chance(firm: Record, step: int) -> None:
    tried, done = list(firm.tried), list(firm.done)
    tried[step], done[step] = tried[step] + 1, done[step] + 1
    better = Record((tried[0], tried[1], tried[2]), (done[0], done[1], done[2]), firm.complaints)
    assert chance(better) >= chance(firm)


@given(records, st.integers(0, 2))
def test_one_more_failure_never_raises_a_chance(firm: Record, step: int) -> None:
    tried = list(firm.tried)
    tried[step] += 1
    worse = Record((tried[0], tried[1], tried[2]), firm.done, firm.complaints)
    assert chance(worse) <= chance(firm)
