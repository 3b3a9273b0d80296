"""The invented city is what its figures say, and the same every time."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from matching.types import Migration
from tests.benchmarks import market_figures as figures
from tests.benchmarks.market import BLOCK, knowledge, trades
from tests.benchmarks.market_vacancies import vacancies
from tests.benchmarks.market_workers import tiers, workers


def test_the_city_goes_away_in_the_numbers_of_the_report() -> None:
    counts = np.bincount(tiers(np.arange(figures.WORKERS)))

    assert counts.tolist() == [31_595, 17_765, 10_307]
    assert counts.sum() == 59_667


def test_any_part_of_the_register_is_the_same_by_itself() -> None:
    first, end = BLOCK - 3, BLOCK + 4

    assert list(workers(first, end)) == list(workers(0, 2 * BLOCK))[first:end]
    assert list(vacancies(first, end)) == list(vacancies(0, 2 * BLOCK))[first:end]


def test_an_edit_keeps_the_id_and_changes_the_conditions() -> None:
    before, after = list(vacancies(0, 50)), list(vacancies(0, 50, issue=1))

    assert [one.id for one in before] == [one.id for one in after]
    assert sum(one == other for one, other in zip(before, after, strict=True)) == 0


def test_the_shares_of_the_branches_are_a_whole() -> None:
    assert sum(branch.share for branch in figures.BRANCHES) == pytest.approx(1)
    assert sum(trade.share for trade in trades()) == pytest.approx(1)


def test_every_trade_and_every_place_is_known_to_the_product() -> None:
    known = knowledge()

    assert {trade.word for trade in trades()} <= set(known.trades)
    places = {one.adcode for one in vacancies(0, BLOCK)} | {one.home for one in workers(0, BLOCK)}
    assert all(known.spot(place).unit >= 0 for place in places)


def test_people_are_as_old_and_as_far_as_the_survey_says() -> None:
    people = list(workers(0, 3 * BLOCK))
    local = [
        one.age or 0
        for one in people
        if one.migration in {Migration.IN_COUNTY, Migration.NEAR_HOME}
    ]
    away = [one.age or 0 for one in people if one.migration is Migration.OUT_OF_PROVINCE]
    homes = Counter((one.home or "")[:6] for one in people)

    assert 44 < np.mean([one.age or 0 for one in people]) < 46
    assert np.mean(local) > np.mean(away) + 5
    assert set(homes) == set(figures.HOME_COUNTIES)
