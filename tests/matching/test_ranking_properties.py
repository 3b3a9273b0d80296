from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from random import Random

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.spreading.allocation import spread
from matching.types import Match, Migration, Vacancy, WorkerProfile
from matching.weights import Options, Weights
from tests.matching.world import (
    CANGSHAN,
    COUNTIES,
    JINGYANG,
    JINJIANG,
    NANHUA,
    SHENZHEN_BAOAN,
    TODAY,
    TRADES,
    ZHONGJIANG,
    all_exclusions,
    knowledge,
    market_options,
    ranked,
    ranked_ids,
    sorted_workers,
)

PLACES = (*COUNTIES, "510600", "510000", "500000", "440000")
GROUPS = st.frozensets(st.sampled_from(("脱贫户", "低保")))
WAGES = st.none() | st.integers(1, 20_000)
SAID = st.none() | st.booleans()

workers = st.builds(
    WorkerProfile,
    id=st.text("abc", min_size=1, max_size=3),
    home=st.none() | st.sampled_from((*COUNTIES, NANHUA)),
    trades=st.lists(st.sampled_from(TRADES), max_size=2, unique=True).map(tuple),
    refused_trades=st.lists(st.sampled_from(TRADES), max_size=1).map(tuple),
    migration=st.none() | st.sampled_from(Migration),
    locations=st.lists(st.sampled_from(PLACES), max_size=2).map(tuple),
    excluded_locations=st.lists(st.sampled_from(PLACES), max_size=1).map(tuple),
    wage_min=WAGES,
    age=st.none() | st.integers(16, 70),
    wants_room_board=SAID,
    certificates=st.none() | st.just(()) | st.just(("B2",)),
    groups=GROUPS,
)
vacancies = st.builds(
    Vacancy,
    id=st.text("abc", min_size=1, max_size=3),
    trade=st.sampled_from(TRADES),
    adcode=st.none() | st.sampled_from(PLACES),
    wage_min=WAGES,
    wage_max=WAGES,
    age_max=st.none() | st.integers(40, 65),
    board=SAID,
    lodging=SAID,
    certificates=st.just(()) | st.just(("A2|B2",)),
    reserved_for=GROUPS,
    valid_until=st.none() | st.just(date(2026, 12, 31)) | st.just(date(2026, 1, 1)),
    chance=st.sampled_from((0.25, 0.5, 1.0)),
)
WEIGHT = st.just(0.0) | st.floats(0, 6, width=32)
weights = st.builds(Weights, **dict.fromkeys(Weights().by_term(), WEIGHT))
TRADES_KNOWN = len(knowledge().trades)
rates = st.lists(
    st.just(float("nan")) | st.integers(1_000, 15_000), min_size=TRADES_KNOWN, max_size=TRADES_KNOWN
).map(lambda yuan: np.array(yuan, dtype=np.float32))
# As the product ranks: with learnt weights and with what each trade pays at present.
any_options = st.builds(Options, today=st.just(TODAY), weights=weights, going=rates)

vacancy_lists = st.lists(vacancies, max_size=12, unique_by=lambda each: each.id)
# Enough of each trade that there is something usual, and ranges that begin with their lower end.
one_trade_lists = st.lists(
    vacancies.filter(
        lambda each: not each.wage_min or not each.wage_max or each.wage_min <= each.wage_max
    ).flatmap(
        lambda each: st.sampled_from(TRADES[:2]).map(lambda trade: replace(each, trade=trade))
    ),
    min_size=4,
    max_size=12,
    unique_by=lambda each: each.id,
)
worker_lists = st.lists(workers, max_size=12, unique_by=lambda each: each.id)


def score(worker: WorkerProfile, vacancy: Vacancy, by: Options) -> float:
    """The score of one pair, 0 where it is impossible."""
    return next((match.score for match in ranked(worker, vacancy, by=by)), 0.0)


@given(workers, vacancy_lists, st.randoms(use_true_random=False), st.integers(0, 12), weights)
def test_the_order_of_the_input_changes_nothing(
    worker: WorkerProfile, given_order: list[Vacancy], random: Random, limit: int, learnt: Weights
) -> None:
    other_order = list(given_order)
    random.shuffle(other_order)
    first, second = (
        ranked(worker, *offered, limit=limit, by=market_options(offered, learnt))
        for offered in (given_order, other_order)
    )
    assert first == second


@given(vacancies, worker_lists, st.randoms(use_true_random=False), any_options)
def test_the_order_of_the_workers_changes_nothing(
    vacancy: Vacancy, given_order: list[WorkerProfile], random: Random, by: Options
) -> None:
    other_order = list(given_order)
    random.shuffle(other_order)
    first, second = (sorted_workers(vacancy, *crowd, by=by) for crowd in (given_order, other_order))
    assert first == second
    assert list(first[1]) == list(second[1])


@given(workers, vacancy_lists, any_options)
def test_a_list_holds_exactly_what_is_not_excluded(
    worker: WorkerProfile, offered: list[Vacancy], by: Options
) -> None:
    feasible = {vacancy.id for vacancy in offered if not all_exclusions(worker, vacancy)}
    assert set(ranked_ids(worker, *offered, by=by)) == feasible


@given(vacancies, worker_lists)
def test_matched_and_excluded_together_are_all_workers_and_each_exclusion_has_a_reason(
    vacancy: Vacancy, crowd: list[WorkerProfile]
) -> None:
    matched, excluded = sorted_workers(vacancy, *crowd)
    assert len(matched) + len(excluded) == len(crowd)
    assert {match.worker_id for match in matched} | set(excluded) == {w.id for w in crowd}
    assert all(excluded.values())
    assert excluded == {w.id: found for w in crowd if (found := all_exclusions(w, vacancy))}


def paid_more(vacancy: Vacancy, *, low: int, high: int) -> Vacancy:
    """The same with more at either end; an end that was not said stays unsaid."""
    return replace(
        vacancy,
        wage_min=None if vacancy.wage_min is None else vacancy.wage_min + low,
        wage_max=None if vacancy.wage_max is None else vacancy.wage_max + high,
    )


@given(workers, vacancy_lists, st.data(), st.integers(1, 5000), st.integers(0, 5000), any_options)
def test_more_wage_never_ranks_lower(
    worker: WorkerProfile,
    offered: list[Vacancy],
    data: st.DataObject,
    more: int,
    least: int,
    by: Options,
) -> None:
    listed = ranked_ids(worker, *offered, by=by)
    assume(listed)
    key = data.draw(st.sampled_from(listed))
    better = [paid_more(v, low=least, high=more) if v.id == key else v for v in offered]
    assert ranked_ids(worker, *better, by=by).index(key) <= listed.index(key)


@given(workers, one_trade_lists, st.data(), st.integers(1, 5000), weights)
def test_more_wage_never_ranks_lower_though_what_is_usual_rises_with_it(
    worker: WorkerProfile, offered: list[Vacancy], data: st.DataObject, more: int, learnt: Weights
) -> None:
    listed = ranked_ids(worker, *offered, by=market_options(offered, learnt))
    assume(listed)
    key = data.draw(st.sampled_from(listed))
    better = [paid_more(v, low=more, high=more) if v.id == key else v for v in offered]
    found = ranked_ids(worker, *better, by=market_options(better, learnt))
    assert found.index(key) <= listed.index(key)


@given(workers, vacancy_lists, GROUPS, weights)
def test_a_group_changes_no_score_of_what_is_open_to_all(
    worker: WorkerProfile, offered: list[Vacancy], groups: frozenset[str], learnt: Weights
) -> None:
    for_all = [replace(vacancy, reserved_for=frozenset()) for vacancy in offered]
    by = market_options(for_all, learnt)
    found = ranked(worker, *for_all, by=by)
    assert ranked(replace(worker, groups=groups), *for_all, by=by) == found


@given(workers, vacancies, st.sampled_from((NANHUA, ZHONGJIANG)), any_options)
def test_nearer_is_never_worse_near_home(
    worker: WorkerProfile, vacancy: Vacancy, home: str, by: Options
) -> None:
    worker = replace(
        worker, home=home, migration=Migration.NEAR_HOME, locations=(), excluded_locations=()
    )
    at_home = replace(vacancy, adcode=ZHONGJIANG)
    by_nearness = [
        score(worker, replace(at_home, town=NANHUA), by),
        score(worker, replace(at_home, town=CANGSHAN), by),
        *(
            score(worker, replace(vacancy, adcode=adcode), by)
            for adcode in (JINGYANG, JINJIANG, SHENZHEN_BAOAN)
        ),
    ]
    assert by_nearness == sorted(by_nearness, reverse=True)


@settings(deadline=None)  # ranks twenty times
@given(workers, vacancies, any_options)
def test_what_is_not_said_never_counts_for_less_than_the_worst(
    worker: WorkerProfile, vacancy: Vacancy, by: Options
) -> None:
    unpaid = replace(vacancy, wage_min=0, wage_max=0)
    anywhere = (replace(vacancy, adcode=place) for place in PLACES)
    for silent, worst in (
        (replace(vacancy, wage_min=None, wage_max=None), score(worker, unpaid, by)),
        (replace(vacancy, lodging=None), score(worker, replace(vacancy, lodging=False), by)),
        (replace(vacancy, board=None), score(worker, replace(vacancy, board=False), by)),
        (replace(vacancy, adcode=None), min(score(worker, there, by) for there in anywhere)),
    ):
        assert score(worker, silent, by) >= worst - 1e-6


@given(workers, vacancies, any_options)
def test_scores_and_terms_lie_between_0_and_1_and_the_third_tells_the_misses(
    worker: WorkerProfile, vacancy: Vacancy, by: Options
) -> None:
    for match in ranked(worker, vacancy, by=by):
        assert all(0 <= value <= 1 for _, value in match.terms)
        lower = max(0, 2 - len(match.misses)) / 3
        assert lower <= match.score / vacancy.chance <= lower + 1 / 3


@given(
    st.lists(st.floats(0, 1), max_size=40),
    st.none() | st.integers(0, 8),
    st.integers(0, 4),
    st.sets(st.integers(0, 40)),
)
def test_a_spread_divides_all_and_never_exceeds_its_room(
    scores: list[float], places: int | None, per_place: int, busy: set[int]
) -> None:
    matches = [Match("v", str(n), s, (), (), ()) for n, s in enumerate(scores)]
    full = {str(n) for n in busy}
    result = spread(matches, places=places, per_place=per_place, full=full)
    parts = (*result.chosen, *result.waiting, *result.full)
    assert sorted(m.worker_id for m in parts) == sorted(m.worker_id for m in matches)
    assert len(result.chosen) <= (1 if places is None else places) * per_place
    assert not {m.worker_id for m in result.chosen} & full
    assert result == spread(matches[::-1], places=places, per_place=per_place, full=full)


def test_the_ranking_knows_nothing_that_must_not_matter() -> None:
    known = {field.name for field in (*fields(WorkerProfile), *fields(Vacancy))}
    assert not known & {"name", "sex", "gender", "ethnicity", "illness", "health", "phone"}
