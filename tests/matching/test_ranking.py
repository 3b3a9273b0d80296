from __future__ import annotations

from dataclasses import replace

import pytest

from matching.types import (
    Exclusion,
    ExclusionCode,
    Migration,
    Reason,
    ReasonCode,
    Vacancy,
    WorkerProfile,
)
from matching.weights import Weights
from tests.matching.world import (
    CANGSHAN,
    ELSEWHERE,
    GUANGHAN,
    JINGYANG,
    JINJIANG,
    NANAN,
    NANHUA,
    SHENZHEN_BAOAN,
    YUBEI,
    YUNYANG,
    ZHONGJIANG,
    ranked,
    ranked_ids,
    sorted_workers,
)

SEWER = WorkerProfile(id="w", home=ZHONGJIANG, trades=("缝纫工",))


def sewing(key: str, **said: object) -> Vacancy:
    return Vacancy(id=key, trade="缝纫工", **said)  # type: ignore[arg-type]  # fields by name


def only_miss(worker: WorkerProfile, vacancy: Vacancy) -> Reason | None:
    misses = ranked(worker, vacancy)[0].misses
    assert len(misses) <= 1
    return misses[0] if misses else None


def test_nearer_trades_come_first() -> None:
    vacancies = [
        Vacancy(id=str(n), trade=t) for n, t in enumerate(("普工", "制鞋工", "裁剪工", "缝纫工"))
    ]
    assert ranked_ids(SEWER, *vacancies) == ["3", "2", "1", "0"]


def test_leaving_the_trade_is_a_soft_miss_and_a_near_trade_is_none() -> None:
    assert only_miss(SEWER, Vacancy(id="v", trade="裁剪工")) is None
    assert only_miss(SEWER, Vacancy(id="v", trade="制鞋工")) == Reason(
        ReasonCode.TRADE_TRANSFERABLE, "制鞋工"
    )
    assert only_miss(SEWER, Vacancy(id="v", trade="普工")) == Reason(ReasonCode.TRADE_OTHER, "普工")


@pytest.mark.parametrize("trades", [(), ("普工",)])
def test_without_a_trade_any_vacancy_for_beginners_is_no_miss(trades: tuple[str, ...]) -> None:
    assert (
        only_miss(WorkerProfile(id="w", trades=trades), Vacancy(id="v", trade="电子装配工")) is None
    )


def test_one_skilled_trade_among_simple_ones_is_a_trade() -> None:
    worker = WorkerProfile(id="w", trades=("普工", "电焊工"))
    assert only_miss(worker, Vacancy(id="v", trade="电子装配工")) == Reason(
        ReasonCode.TRADE_OTHER, "电子装配工"
    )


def test_a_beginner_s_term_lies_above_that_of_a_trade_left_idle() -> None:
    simple = Vacancy(id="v", trade="电子装配工")
    assert ranked(WorkerProfile(id="w", trades=("普工",)), simple)[0].terms == (("trade", 0.6),)
    assert ranked(SEWER, simple)[0].terms == (("trade", 0.0),)


def test_a_place_of_nowhere_is_left_out_of_the_score() -> None:
    nowhere = sewing("v", adcode=ELSEWHERE)
    for migration in (None, Migration.OUT_OF_PROVINCE):
        match = ranked(replace(SEWER, migration=migration), nowhere)[0]
        assert (match.terms, match.misses) == ((("trade", 1.0),), ())


def test_nearer_workplaces_come_first() -> None:
    worker = replace(SEWER, home=NANHUA)
    places = {
        "a": {"adcode": SHENZHEN_BAOAN},
        "b": {"adcode": JINJIANG},
        "c": {"adcode": GUANGHAN},
        "d": {"adcode": JINGYANG},
        "e": {"adcode": ZHONGJIANG, "town": CANGSHAN},
        "f": {"adcode": ZHONGJIANG, "town": NANHUA},
    }
    vacancies = [sewing(key, **place) for key, place in places.items()]
    assert ranked_ids(worker, *vacancies) == ["f", "e", "d", "c", "b", "a"]
    values = [dict(match.terms)["place"] for match in ranked(worker, *vacancies)]
    assert values == [1.0, 0.9, 0.7, 0.5, 0.25, 0.0]


def test_the_districts_of_a_municipality_are_no_prefecture() -> None:
    worker = WorkerProfile(
        id="w", home=YUNYANG, trades=("缝纫工",), migration=Migration.IN_PROVINCE
    )
    assert only_miss(worker, sewing("v", adcode=YUBEI)) == Reason(ReasonCode.PLACE_UNWANTED, YUBEI)
    near = replace(worker, home=NANAN)
    assert only_miss(near, sewing("v", adcode=YUBEI)) is None


def test_within_the_province_the_home_prefecture_is_wanted_and_the_rest_a_miss() -> None:
    worker = replace(SEWER, migration=Migration.IN_PROVINCE)
    assert only_miss(worker, sewing("v", adcode=GUANGHAN)) is None
    assert only_miss(worker, sewing("v", adcode=JINJIANG)) == Reason(
        ReasonCode.PLACE_UNWANTED, JINJIANG
    )
    assert only_miss(worker, sewing("v")) is None


def test_who_wants_to_leave_the_province_misses_at_home() -> None:
    worker = replace(SEWER, migration=Migration.OUT_OF_PROVINCE)
    assert only_miss(worker, sewing("v", adcode=SHENZHEN_BAOAN)) is None
    assert only_miss(worker, sewing("v", adcode=JINGYANG)) == Reason(
        ReasonCode.PLACE_UNWANTED, JINGYANG
    )
    terms = [
        m.terms for m in ranked(worker, sewing("a", adcode=JINGYANG), sewing("b", adcode=YUBEI))
    ]
    assert terms == [(("trade", 1.0), ("place", 1.0)), (("trade", 1.0), ("place", 0.0))]


def test_who_goes_anywhere_gains_nothing_from_nearness() -> None:
    worker = replace(SEWER, migration=Migration.ANYWHERE)
    assert ranked_ids(
        worker, sewing("b", adcode=ZHONGJIANG), sewing("a", adcode=SHENZHEN_BAOAN)
    ) == ["a", "b"]


@pytest.mark.parametrize("wanted", ["440000", "440300", SHENZHEN_BAOAN])
def test_named_places_of_any_level_come_before_nearness(wanted: str) -> None:
    worker = replace(SEWER, locations=(YUBEI, wanted))
    near, far = sewing("a", adcode=ZHONGJIANG), sewing("b", adcode=SHENZHEN_BAOAN)
    assert ranked_ids(worker, near, far) == ["b", "a"]
    assert only_miss(worker, near) == Reason(ReasonCode.PLACE_UNWANTED, ZHONGJIANG)
    assert only_miss(worker, far) is None
    assert dict(ranked(worker, far)[0].terms)["place"] == pytest.approx(0.7)
    assert dict(ranked(worker, near)[0].terms)["place"] == pytest.approx(0.27)


def test_a_named_place_is_all_that_counts_for_who_goes_anywhere() -> None:
    worker = replace(SEWER, locations=(YUBEI,), migration=Migration.ANYWHERE)
    matches = ranked(worker, sewing("a", adcode=ZHONGJIANG), sewing("b", adcode=YUBEI))
    assert [dict(match.terms)["place"] for match in matches] == [1.0, 0.0]


@pytest.mark.parametrize("said", [{}, {"adcode": "510600"}, {"adcode": "510000"}])
def test_a_workplace_known_too_coarsely_is_not_held_to_lie_outside(said: dict[str, str]) -> None:
    assert only_miss(replace(SEWER, locations=(ZHONGJIANG,)), sewing("v", **said)) is None


def test_a_named_town_is_missed_only_by_another_town_or_county() -> None:
    worker = replace(SEWER, locations=(NANHUA,))
    assert only_miss(worker, sewing("v", adcode=ZHONGJIANG)) is None
    assert only_miss(worker, sewing("v", adcode=ZHONGJIANG, town=NANHUA)) is None
    assert only_miss(worker, sewing("v", adcode=ZHONGJIANG, town=CANGSHAN)) is not None
    assert only_miss(worker, sewing("v", adcode=JINGYANG)) is not None


def test_a_wage_just_below_the_wish_is_a_soft_miss() -> None:
    worker = replace(SEWER, wage_min=4000)
    assert only_miss(worker, sewing("v", wage_min=3000, wage_max=3999)) == Reason(
        ReasonCode.WAGE_BELOW, 3999
    )
    assert only_miss(worker, sewing("v", wage_min=3000, wage_max=4000)) is None


def test_an_unstated_wage_is_a_soft_miss_only_against_a_stated_wish() -> None:
    assert only_miss(replace(SEWER, wage_min=4000), sewing("v")) == Reason(ReasonCode.WAGE_UNSTATED)
    assert only_miss(SEWER, sewing("v")) is None


def test_the_wage_term_is_a_half_where_the_middle_of_the_range_meets_the_wish() -> None:
    worker = replace(SEWER, wage_min=4000)
    match = ranked(worker, sewing("v", wage_min=3000, wage_max=5000))[0]
    assert dict(match.terms)["wage"] == 0.5
    double = ranked(worker, sewing("v", wage_max=8000))[0]
    assert dict(double.terms)["wage"] == 0.8
    without_wish = ranked(SEWER, sewing("v", wage_min=5000))[0]
    assert dict(without_wish.terms)["wage"] == 0.5


def test_wanted_lodging_that_is_unstated_or_denied_is_a_soft_miss() -> None:
    worker = replace(SEWER, wants_room_board=True)
    at_home = {"adcode": ZHONGJIANG}
    assert only_miss(worker, sewing("v", lodging=True, **at_home)) is None
    assert only_miss(worker, sewing("v", board=True, **at_home)) == Reason(
        ReasonCode.LODGING_UNSTATED
    )
    assert only_miss(worker, sewing("v", lodging=False, **at_home)) == Reason(
        ReasonCode.LODGING_DENIED
    )


@pytest.mark.parametrize("wish", [None, False])
def test_without_a_wish_room_and_board_change_nothing(wish: bool | None) -> None:
    worker = replace(SEWER, wants_room_board=wish)
    plain, furnished = sewing("a"), sewing("b", lodging=True, board=True)
    assert ranked_ids(worker, furnished, plain) == ["a", "b"]
    assert only_miss(worker, plain) is None


def test_each_known_term_stands_in_the_match_and_the_unknown_do_not() -> None:
    worker = replace(SEWER, wants_room_board=True, wage_min=4000)
    vacancy = sewing(
        "v", adcode=ZHONGJIANG, wage_min=4000, wage_max=4000, lodging=True, board=False
    )
    match = ranked(worker, vacancy)[0]
    assert match.terms == (
        ("trade", 1.0),
        ("place", 0.9),
        ("wage", 0.5),
        ("lodging", 1.0),
        ("board", 0.0),
    )
    # weights 3, 2, 2, 1, 0.5 give a mean of 6.8 / 8.5; no miss: inside the upper third
    assert match.score == pytest.approx((2 + 0.005 + 0.99 * 6.8 / 8.5) / 3)
    assert ranked(WorkerProfile(id="w"), Vacancy(id="v", trade="普工"))[0].terms == ()


def test_a_pair_of_which_nothing_is_known_lies_in_the_middle_of_the_upper_third() -> None:
    assert ranked(WorkerProfile(id="w"), Vacancy(id="v", trade="普工"))[0].score == pytest.approx(
        2.5 / 3
    )


def test_every_soft_miss_costs_a_third_down_to_the_lowest() -> None:
    worker = replace(SEWER, wage_min=4000, wants_room_board=True, locations=(YUBEI,))
    vacancies = [
        Vacancy(id="a", trade="缝纫工", wage_min=4000, lodging=True, adcode=YUBEI),
        Vacancy(id="b", trade="缝纫工", wage_min=3900, lodging=True, adcode=YUBEI),
        Vacancy(id="c", trade="缝纫工", wage_min=3900, adcode=YUBEI),
        Vacancy(id="d", trade="制鞋工", wage_min=3900, adcode=JINGYANG),
    ]
    matches = ranked(worker, *vacancies)
    assert [len(match.misses) for match in matches] == [0, 1, 2, 4]
    assert [int(match.score * 3) for match in matches] == [2, 1, 0, 0]
    assert [miss.code for miss in matches[3].misses] == [
        ReasonCode.TRADE_TRANSFERABLE,
        ReasonCode.PLACE_UNWANTED,
        ReasonCode.WAGE_BELOW,
        ReasonCode.LODGING_UNSTATED,
    ]


def test_equal_vacancies_come_by_ascending_id_up_to_the_limit() -> None:
    assert ranked_ids(SEWER, sewing("c"), sewing("a"), sewing("b"), limit=2) == ["a", "b"]


def test_impossible_vacancies_never_fill_up_a_list() -> None:
    assert ranked_ids(SEWER, Vacancy(id="a", trade="电焊工"), sewing("b")) == ["b"]


def test_workers_for_a_vacancy_are_matched_or_excluded_with_every_reason() -> None:
    vacancy = sewing("v", age_max=50, adcode=ZHONGJIANG)
    far = WorkerProfile(id="far", home=JINGYANG, trades=("缝纫工",))
    old_welder = WorkerProfile(id="old", trades=("电焊工",), age=60)
    twin = replace(SEWER, id="a")
    matched, excluded = sorted_workers(vacancy, far, SEWER, old_welder, twin)
    assert [match.worker_id for match in matched] == ["a", "w", "far"]
    assert all(match.vacancy_id == "v" for match in matched)
    assert excluded == {
        "old": (Exclusion(ExclusionCode.TRADE, "缝纫工"), Exclusion(ExclusionCode.AGE, 50))
    }


def test_a_match_says_the_same_from_both_sides() -> None:
    vacancy = sewing("v", age_max=50, adcode=JINGYANG, wage_min=4000)
    assert sorted_workers(vacancy, SEWER)[0] == ranked(SEWER, vacancy)


@pytest.mark.parametrize("term", ["trade", "place", "wage", "lodging", "board"])
def test_weights_that_would_turn_the_order_round_are_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"^a weight is negative$"):
        replace(Weights(), **{term: -0.1})  # type: ignore[arg-type]  # a weight by name
    assert getattr(replace(Weights(), **{term: 0}), term) == 0


def test_the_usual_wage_is_above_zero() -> None:
    with pytest.raises(ValueError, match=r"^usual_wage must be above zero$"):
        Weights(usual_wage=0)
    assert Weights(usual_wage=1).usual_wage == 1
