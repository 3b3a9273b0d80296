from __future__ import annotations

import pytest

from matching.spreading.allocation import LeftOut, left_out_code, spread
from matching.types import Exclusion, ExclusionCode, Match


def match(worker_id: str, score: float = 0.5) -> Match:
    return Match("v", worker_id, score, reasons=(), misses=(), terms=())


CROWD = [match(f"w{n:02}") for n in range(30)]


def ids(matches: tuple[Match, ...]) -> list[str]:
    return [each.worker_id for each in matches]


def test_six_places_reach_the_first_eighteen_and_the_rest_wait() -> None:
    result = spread(list(reversed(CROWD)), places=6)
    assert ids(result.chosen) == [f"w{n:02}" for n in range(18)]
    assert ids(result.waiting) == [f"w{n:02}" for n in range(18, 30)]
    assert result.full == ()


def test_the_best_hear_first_and_equals_by_ascending_id() -> None:
    result = spread([match("b", 0.4), match("c", 0.9), match("a", 0.4)], places=1, per_place=2)
    assert ids(result.chosen) == ["c", "a"]
    assert ids(result.waiting) == ["b"]


def test_an_unknown_headcount_counts_as_one_place() -> None:
    assert len(spread(CROWD, places=None).chosen) == 3


def test_no_place_reaches_nobody() -> None:
    result = spread(CROWD, places=0)
    assert (len(result.chosen), len(result.waiting)) == (0, 30)


def test_who_has_no_attention_left_takes_no_turn() -> None:
    result = spread(CROWD, places=1, full={"w02", "w00", "elsewhere"})
    assert ids(result.chosen) == ["w01", "w03", "w04"]
    assert ids(result.full) == ["w00", "w02"]
    assert len(result.waiting) == 25


def test_those_already_told_count_against_the_room() -> None:
    assert len(spread(CROWD, places=2, told=4).chosen) == 2
    assert spread(CROWD, places=1, told=4).chosen == ()


@pytest.mark.parametrize(
    "wrong", [{"places": -1}, {"places": 1, "per_place": -1}, {"places": 1, "told": -1}]
)
def test_negative_numbers_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"^places, per_place and told cannot be negative$"):
        spread(CROWD, **wrong)  # type: ignore[arg-type]  # numbers by name


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        (ExclusionCode.TRADE, LeftOut.TRADE),
        (ExclusionCode.MIGRATION, LeftOut.TOO_FAR),
        (ExclusionCode.EXCLUDED_PLACE, LeftOut.TOO_FAR),
        (ExclusionCode.WAGE, LeftOut.WAGE),
        (ExclusionCode.AGE, LeftOut.AGE),
        (ExclusionCode.ROOM_BOARD, LeftOut.LODGING),
        (ExclusionCode.CERTIFICATE, LeftOut.CERTIFICATE),
        (ExclusionCode.RESERVED, LeftOut.RESERVED),
        (ExclusionCode.EXPIRED, LeftOut.EXPIRED),
    ],
)
def test_every_exclusion_can_be_reported(code: ExclusionCode, reported: LeftOut) -> None:
    assert left_out_code([Exclusion(code)]) is reported


def test_the_trade_is_reported_before_the_place_and_the_place_before_the_rest() -> None:
    everything = [Exclusion(code) for code in ExclusionCode]
    assert left_out_code(everything) is LeftOut.TRADE
    without_trade = [e for e in everything if e.code is not ExclusionCode.TRADE]
    assert left_out_code(without_trade) is LeftOut.TOO_FAR
    later = [Exclusion(ExclusionCode.EXPIRED), Exclusion(ExclusionCode.AGE)]
    assert left_out_code(later) is LeftOut.AGE


def test_a_feasible_worker_has_nothing_to_report() -> None:
    with pytest.raises(ValueError, match=r"^a worker without an exclusion is not left out$"):
        left_out_code([])
