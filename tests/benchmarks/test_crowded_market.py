"""The crowded market is printed in full, its bound holds, and the picture is drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.benchmarks.crowded_market import (
    PICTURE,
    WORKERS,
    allocated,
    crowded,
    gini,
    main,
    spread,
    unlimited,
)

MARKET = crowded()
OUTCOME = allocated(MARKET)
LINE = re.compile(
    r"(unlimited|allocated) +applicants per opening [\d.]+ mean [\d.]+ max  vacancies reached "
    r"[\d.]+%  workers reached [\d.]+%  mean utility 0\.\d{3}  openings met \d+, "
    r"their utility \d+  "
    r"Gini 0\.\d{3}"
)


@pytest.mark.benchmark
def test_both_ways_and_the_bound_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    lines = capsys.readouterr().out.splitlines()
    assert [bool(LINE.fullmatch(line)) for line in lines] == [True, True, False]
    assert re.match(r"objective [\d.]+, at most [\d.]+ within capacity", lines[2])


def test_the_loss_is_bounded_and_room_is_kept() -> None:
    assert OUTCOME.objective <= OUTCOME.bound <= OUTCOME.objective + 0.01 * len(OUTCOME.worker)
    assert OUTCOME.bound <= OUTCOME.unlimited
    assert np.all(spread(MARKET, OUTCOME).heard <= MARKET.capacity)


def test_spreading_reaches_more_vacancies_and_crowds_none() -> None:
    before, after = unlimited(MARKET), spread(MARKET, OUTCOME)
    assert after.vacancies_reached > 2 * before.vacancies_reached
    assert after.workers_reached > 0.5
    assert after.per_opening.max() <= 3
    assert before.per_opening.max() > 50
    assert after.gini < before.gini


def test_gini_knows_its_ends() -> None:
    assert gini(np.full(10, 4, dtype=np.int32)) == pytest.approx(0)
    assert gini(np.array([0] * 99 + [5], dtype=np.int32)) == pytest.approx(0.99)


def test_the_picture_is_well_formed_and_names_both_ways() -> None:
    words = "".join(ElementTree.parse(PICTURE).getroot().itertext())  # noqa: S314  # our own file
    assert "统一分配" in words
    assert "own best three" in words
    assert f"{WORKERS:,} workers" in words
