from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matching.types import Education, Exclusion, ExclusionCode, Migration, Vacancy, WorkerProfile
from tests.matching.world import (
    DONGGUAN,
    GUANGHAN,
    JINGYANG,
    JINJIANG,
    NANHUA,
    SHENZHEN_BAOAN,
    TODAY,
    YUBEI,
    YUNYANG,
    ZHONGJIANG,
    all_exclusions,
    codes,
    ranked,
)

SEWER = WorkerProfile(id="w", home=ZHONGJIANG, trades=("缝纫工",))


def sewing(**said: object) -> Vacancy:
    return Vacancy(id="v", trade="缝纫工", **said)  # type: ignore[arg-type]  # fields by name


def sewer(**said: object) -> WorkerProfile:
    known = {"id": "w", "home": ZHONGJIANG, "trades": ("缝纫工",)} | said
    return WorkerProfile(**known)  # type: ignore[arg-type]  # fields by name


def test_a_vacancy_of_which_nothing_else_is_known_excludes_nobody_of_its_trade() -> None:
    assert codes(WorkerProfile(id="w", trades=("缝纫工",)), sewing()) == []


def test_a_vacancy_is_open_on_its_last_day_and_expired_on_the_next() -> None:
    assert codes(SEWER, sewing(valid_until=TODAY)) == []
    yesterday = TODAY - timedelta(days=1)
    assert all_exclusions(SEWER, sewing(valid_until=yesterday)) == (
        Exclusion(ExclusionCode.EXPIRED, "2026-11-19"),
    )


@pytest.mark.parametrize("trades", [("电焊工",), ("普工",), ()])
def test_a_skilled_trade_is_closed_to_unrelated_trades_and_to_beginners(
    trades: tuple[str, ...],
) -> None:
    worker = WorkerProfile(id="w", trades=trades)
    assert all_exclusions(worker, sewing()) == (Exclusion(ExclusionCode.TRADE, "缝纫工"),)


@pytest.mark.parametrize("trade", ["缝纫工", "裁剪工", "制鞋工", "电子装配工", "普工"])
def test_related_trades_and_trades_one_can_begin_in_are_open(trade: str) -> None:
    assert codes(SEWER, Vacancy(id="v", trade=trade)) == []


def test_the_best_of_several_trades_decides() -> None:
    worker = WorkerProfile(id="w", trades=("电焊工", "缝纫工"))
    assert codes(worker, sewing()) == []


def test_a_refused_trade_is_excluded_although_the_worker_knows_it() -> None:
    assert codes(sewer(refused_trades=("缝纫工",)), sewing()) == [ExclusionCode.TRADE]
    assert codes(sewer(refused_trades=("裁剪工",)), sewing()) == []


@pytest.mark.parametrize(("age", "demanded"), [(17, 18), (18, None), (55, None), (56, 55)])
def test_ages_are_limits_that_still_belong(age: int, demanded: int | None) -> None:
    found = all_exclusions(sewer(age=age), sewing(age_min=18, age_max=55))
    assert [exclusion.value for exclusion in found] == ([] if demanded is None else [demanded])


def test_one_age_limit_alone_also_holds() -> None:
    assert codes(sewer(age=56), sewing(age_max=55)) == [ExclusionCode.AGE]
    assert codes(sewer(age=17), sewing(age_min=18)) == [ExclusionCode.AGE]


@pytest.mark.parametrize("limit", [{"age_min": 18}, {"age_max": 55}])
def test_an_unknown_age_is_a_question_and_no_exclusion(limit: dict[str, int]) -> None:
    assert ranked(SEWER, sewing(**limit))[0].needs == ("birth_year",)
    assert ranked(SEWER, sewing())[0].needs == ()
    assert ranked(sewer(age=40), sewing(**limit))[0].needs == ()


def test_every_required_certificate_must_be_held() -> None:
    worker = sewer(certificates=("低压电工证",))
    vacancy = sewing(certificates=("低压电工证", "高处作业证"))
    assert all_exclusions(worker, vacancy) == (Exclusion(ExclusionCode.CERTIFICATE, "高处作业证"),)
    assert codes(sewer(certificates=("高处作业证", "低压电工证")), vacancy) == []


def test_either_of_two_certificates_is_enough() -> None:
    assert codes(sewer(certificates=("B2",)), sewing(certificates=("A2|B2",))) == []
    assert codes(sewer(certificates=()), sewing(certificates=("A2|B2",))) == [
        ExclusionCode.CERTIFICATE
    ]


def test_a_worker_never_asked_for_certificates_is_asked_only_where_one_is_required() -> None:
    assert codes(SEWER, sewing(certificates=("B2",))) == []
    assert ranked(SEWER, sewing(certificates=("B2",)))[0].needs == ("certificate",)
    assert ranked(sewer(certificates=("B2",)), sewing(certificates=("B2",)))[0].needs == ()


REACH = {
    Migration.NEAR_HOME: [ZHONGJIANG],
    Migration.IN_COUNTY: [ZHONGJIANG],
    Migration.IN_PROVINCE: [ZHONGJIANG, JINGYANG, JINJIANG],
    Migration.OUT_OF_PROVINCE: [ZHONGJIANG, JINGYANG, JINJIANG, YUBEI, SHENZHEN_BAOAN],
    Migration.ANYWHERE: [ZHONGJIANG, JINGYANG, JINJIANG, YUBEI, SHENZHEN_BAOAN],
}


@pytest.mark.parametrize("migration", Migration)
def test_the_tier_says_how_far_a_workplace_may_lie(migration: Migration) -> None:
    places = (ZHONGJIANG, JINGYANG, JINJIANG, YUBEI, SHENZHEN_BAOAN)
    worker = sewer(migration=migration)
    open_places = [place for place in places if not codes(worker, sewing(adcode=place))]
    assert open_places == REACH[migration]


def test_a_home_known_to_the_town_counts_by_its_county() -> None:
    worker = sewer(home=NANHUA, migration=Migration.IN_COUNTY)
    assert codes(worker, sewing(adcode=ZHONGJIANG)) == []
    assert all_exclusions(worker, sewing(adcode=JINGYANG)) == (
        Exclusion(ExclusionCode.MIGRATION, JINGYANG),
    )


def test_a_workplace_known_by_its_town_alone_is_placed_too() -> None:
    worker = sewer(migration=Migration.IN_COUNTY)
    assert codes(worker, sewing(town=NANHUA)) == []
    assert all_exclusions(sewer(home=JINGYANG, migration=Migration.IN_COUNTY), sewing(town=NANHUA))[
        0
    ] == Exclusion(ExclusionCode.MIGRATION, NANHUA)


def test_chongqing_is_a_province_of_its_own() -> None:
    worker = sewer(home=YUNYANG, migration=Migration.IN_PROVINCE)
    assert codes(worker, sewing(adcode=YUBEI)) == []
    assert codes(worker, sewing(adcode=JINJIANG)) == [ExclusionCode.MIGRATION]


def test_a_workplace_known_only_by_its_city_is_asked_for_where_the_county_decides() -> None:
    worker = sewer(migration=Migration.NEAR_HOME)
    assert ranked(worker, sewing(adcode="510600"))[0].needs == ("workplace",)
    assert ranked(worker, sewing(adcode="510000"))[0].needs == ("workplace",)
    assert ranked(worker, sewing())[0].needs == ("workplace",)


@pytest.mark.parametrize("other", ["510100", DONGGUAN])
def test_another_city_is_another_county_even_if_the_county_is_not_known(other: str) -> None:
    assert codes(sewer(migration=Migration.NEAR_HOME), sewing(adcode=other)) == [
        ExclusionCode.MIGRATION
    ]


@pytest.mark.parametrize("migration", [Migration.NEAR_HOME, Migration.IN_PROVINCE])
def test_an_unknown_home_is_asked_for_where_it_decides(migration: Migration) -> None:
    worker = WorkerProfile(id="w", trades=("缝纫工",), migration=migration)
    assert ranked(worker, sewing(adcode=JINGYANG))[0].needs == ("home",)


@pytest.mark.parametrize("migration", [None, Migration.OUT_OF_PROVINCE, Migration.ANYWHERE])
def test_an_unknown_home_is_not_asked_for_where_it_decides_nothing(
    migration: Migration | None,
) -> None:
    worker = WorkerProfile(id="w", trades=("缝纫工",), migration=migration)
    assert ranked(worker, sewing(adcode=JINGYANG))[0].needs == ()


@pytest.mark.parametrize("refused", ["510000", "510600", ZHONGJIANG, NANHUA])
def test_a_refused_place_of_any_level_excludes_what_lies_in_it(refused: str) -> None:
    worker = sewer(excluded_locations=("440000", refused))
    assert all_exclusions(worker, sewing(adcode=ZHONGJIANG, town=NANHUA)) == (
        Exclusion(ExclusionCode.EXCLUDED_PLACE, refused),
    )


def test_a_refused_place_is_refused_wherever_home_is() -> None:
    worker = WorkerProfile(id="w", trades=("缝纫工",), excluded_locations=("510000",))
    assert codes(worker, sewing(adcode=JINGYANG)) == [ExclusionCode.EXCLUDED_PLACE]


@pytest.mark.parametrize("place", [{}, {"adcode": "510000"}, {"adcode": JINGYANG}])
def test_a_place_that_does_not_surely_lie_in_the_refused_one_stays_open(
    place: dict[str, str],
) -> None:
    assert codes(sewer(excluded_locations=(ZHONGJIANG, NANHUA)), sewing(**place)) == []


def test_a_wage_under_85_percent_of_the_wish_is_impossible() -> None:
    worker = sewer(wage_min=4000)
    assert all_exclusions(worker, sewing(wage_min=3000, wage_max=3399)) == (
        Exclusion(ExclusionCode.WAGE, 3399),
    )
    assert codes(worker, sewing(wage_min=3000, wage_max=3400)) == []
    assert codes(worker, sewing(wage_min=3399)) == [ExclusionCode.WAGE]
    assert codes(worker, sewing()) == []


def test_who_would_begin_in_a_trade_that_has_to_be_learnt_is_judged_by_the_lower_end() -> None:
    worker = sewer(wage_min=4000)
    vacancy = Vacancy(id="v", trade="电子装配工", wage_min=3000, wage_max=6000)
    assert codes(worker, vacancy) == [ExclusionCode.WAGE]
    upper_end_only = Vacancy(id="v", trade="电子装配工", wage_max=6000)
    assert codes(worker, upper_end_only) == []
    transferable = Vacancy(id="v", trade="制鞋工", wage_min=3000, wage_max=6000, needs_skill=False)
    assert codes(worker, transferable) == [ExclusionCode.WAGE]
    assert codes(worker, replace(transferable, needs_skill=True)) == []
    near = Vacancy(id="v", trade="裁剪工", wage_min=3000, wage_max=6000)
    assert codes(worker, near) == []


def test_work_that_needs_no_learning_is_judged_by_the_upper_end() -> None:
    vacancy = Vacancy(id="v", trade="普工", wage_min=3000, wage_max=6000)
    packer = WorkerProfile(id="w", trades=("包装工",), wage_min=4000)
    assert codes(packer, vacancy) == []
    assert codes(WorkerProfile(id="w", wage_min=4000), vacancy) == []
    assert codes(sewer(wage_min=4000), vacancy) == []


def test_a_post_for_a_group_is_open_to_its_people_and_a_question_where_nobody_told() -> None:
    post = sewing(reserved_for=frozenset({"脱贫户", "低保"}))
    assert codes(sewer(groups=frozenset({"低保"})), post) == []
    assert codes(sewer(groups=frozenset()), post) == [ExclusionCode.RESERVED]
    unasked = sewer(groups=None)
    assert codes(unasked, post) == []
    assert ranked(unasked, post)[0].needs == ("group",)
    assert ranked(unasked, sewing())[0].needs == ()


def test_no_lodging_is_impossible_only_beyond_commuting() -> None:
    worker = sewer(home=GUANGHAN, wants_room_board=True)
    assert all_exclusions(worker, sewing(adcode=ZHONGJIANG, lodging=False)) == (
        Exclusion(ExclusionCode.ROOM_BOARD, None),
    )
    assert codes(worker, sewing(adcode=JINGYANG, lodging=False)) == []
    assert codes(worker, sewing(adcode=GUANGHAN, lodging=False)) == []
    assert codes(worker, sewing(adcode=ZHONGJIANG)) == []
    assert codes(worker, sewing(adcode=SHENZHEN_BAOAN, lodging=False)) == []
    assert codes(sewer(home=GUANGHAN), sewing(adcode=ZHONGJIANG, lodging=False)) == []


def test_a_city_without_counties_is_measured_to_its_own_seat() -> None:
    worker = sewer(home=GUANGHAN, wants_room_board=True)
    assert codes(worker, sewing(adcode=DONGGUAN, lodging=False)) == [ExclusionCode.ROOM_BOARD]


def test_the_seat_of_the_own_city_tells_nothing_of_an_unknown_county() -> None:
    worker = sewer(home=ZHONGJIANG, wants_room_board=True)
    assert codes(worker, sewing(adcode="510600", lodging=False)) == []


def test_thirty_kilometres_are_still_commuting() -> None:
    worker = sewer(home=JINGYANG, wants_room_board=True)
    assert codes(worker, sewing(adcode=ZHONGJIANG, lodging=False)) == []


def test_a_reserved_post_needs_one_of_its_groups() -> None:
    vacancy = sewing(reserved_for=frozenset({"脱贫户", "低保"}))
    assert all_exclusions(SEWER, vacancy) == (Exclusion(ExclusionCode.RESERVED, "低保|脱贫户"),)
    assert codes(sewer(groups=frozenset({"低保", "残疾"})), vacancy) == []


def test_all_exclusions_come_in_the_order_of_their_codes() -> None:
    worker = WorkerProfile(
        id="w",
        home=ZHONGJIANG,
        refused_trades=("缝纫工",),
        migration=Migration.NEAR_HOME,
        excluded_locations=(GUANGHAN,),
        wage_min=4000,
        age=60,
        wants_room_board=True,
        certificates=(),
        education=Education.PRIMARY,
        available_from=date(2027, 1, 1),
    )
    vacancy = sewing(
        education=Education.VOCATIONAL,
        starts_on=date(2026, 12, 1),
        lasts_days=3,
        nearby_only=True,
        adcode=GUANGHAN,
        wage_min=2000,
        age_max=50,
        lodging=False,
        certificates=("B2",),
        reserved_for=frozenset({"低保"}),
        valid_until=date(2026, 1, 1),
    )
    assert codes(worker, vacancy) == list(ExclusionCode)
