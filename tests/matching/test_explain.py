from __future__ import annotations

from dataclasses import replace

import pytest

from matching.pairs.explain import TermLine, terms, why
from matching.types import Migration, Reason, ReasonCode, Vacancy, WorkerProfile
from tests.matching.world import (
    GUANGHAN,
    JINGYANG,
    JINJIANG,
    NANHUA,
    SHENZHEN_BAOAN,
    ZHONGJIANG,
    ranked,
)

GUIFANG = WorkerProfile(
    id="w", home=NANHUA, trades=("缝纫工",), migration=Migration.NEAR_HOME, wage_min=4000
)
AT_HOME = Vacancy(
    id="v", trade="缝纫工", adcode=ZHONGJIANG, town=NANHUA, wage_min=4000, wage_max=5500, board=True
)


def place_reason(worker: WorkerProfile, adcode: str) -> ReasonCode | None:
    vacancy = Vacancy(id="v", trade="缝纫工", adcode=adcode)
    codes = [reason.code for reason in ranked(worker, vacancy)[0].reasons]
    return next((code for code in codes if code.startswith("place")), None)


def test_a_worker_hears_the_trade_then_the_wage_then_the_place() -> None:
    assert why(ranked(GUIFANG, AT_HOME)[0]) == (
        Reason(ReasonCode.TRADE_SAME, "缝纫工"),
        Reason(ReasonCode.WAGE_ENOUGH, 5500),
        Reason(ReasonCode.PLACE_SAME_TOWN, NANHUA),
    )


def test_all_reasons_stand_in_the_match_in_their_order() -> None:
    worker = replace(GUIFANG, groups=frozenset({"脱贫户", "低保", "残疾"}))
    vacancy = replace(AT_HOME, lodging=True, reserved_for=frozenset({"脱贫户", "低保"}))
    assert ranked(worker, vacancy)[0].reasons[3:] == (
        Reason(ReasonCode.LODGING_GIVEN),
        Reason(ReasonCode.BOARD_GIVEN),
        Reason(ReasonCode.RESERVED_FOR_GROUP, "低保"),
    )


def test_a_near_trade_and_work_for_beginners_are_told_as_such() -> None:
    assert ranked(GUIFANG, Vacancy(id="v", trade="裁剪工"))[0].reasons == (
        Reason(ReasonCode.TRADE_NEAR, "裁剪工"),
    )
    assert ranked(WorkerProfile(id="w"), Vacancy(id="v", trade="普工"))[0].reasons == (
        Reason(ReasonCode.TRADE_OPEN, "普工"),
    )


def test_nothing_is_claimed_for_work_outside_the_trade() -> None:
    worker = WorkerProfile(id="w", trades=("缝纫工",))
    assert why(ranked(worker, Vacancy(id="v", trade="普工"))[0]) == ()
    assert why(ranked(worker, Vacancy(id="v", trade="制鞋工"))[0]) == ()


@pytest.mark.parametrize(("wage", "told"), [(4000, True), (3999, False), (None, False)])
def test_the_wage_is_enough_only_where_it_meets_a_stated_wish(wage: int | None, told: bool) -> None:
    vacancy = Vacancy(id="v", trade="缝纫工", wage_max=wage)
    codes = [reason.code for reason in ranked(GUIFANG, vacancy)[0].reasons]
    assert (ReasonCode.WAGE_ENOUGH in codes) is told
    no_wish = ranked(replace(GUIFANG, wage_min=None), vacancy)[0]
    assert ReasonCode.WAGE_ENOUGH not in [reason.code for reason in no_wish.reasons]


def test_nearness_is_told_in_the_narrowest_true_word() -> None:
    worker = replace(GUIFANG, migration=None)
    assert place_reason(worker, ZHONGJIANG) is ReasonCode.PLACE_SAME_COUNTY
    assert place_reason(worker, JINGYANG) is ReasonCode.PLACE_CLOSE
    assert place_reason(worker, GUANGHAN) is ReasonCode.PLACE_SAME_CITY
    assert place_reason(worker, JINJIANG) is ReasonCode.PLACE_SAME_PROVINCE
    assert place_reason(worker, SHENZHEN_BAOAN) is None


@pytest.mark.parametrize("migration", [Migration.OUT_OF_PROVINCE, Migration.ANYWHERE])
def test_nearness_is_not_praised_to_who_wants_to_go_away(migration: Migration) -> None:
    worker = replace(GUIFANG, migration=migration)
    assert place_reason(worker, ZHONGJIANG) is None
    assert place_reason(replace(worker, locations=(ZHONGJIANG,)), ZHONGJIANG) is not None


def test_a_wanted_place_away_from_home_is_told_as_wanted() -> None:
    worker = replace(GUIFANG, migration=None, locations=(JINJIANG,))
    assert place_reason(worker, JINJIANG) is ReasonCode.PLACE_WANTED
    assert place_reason(worker, JINGYANG) is None
    assert place_reason(WorkerProfile(id="w", trades=("缝纫工",), locations=(JINJIANG,)), JINJIANG)


def test_a_reason_of_place_names_the_workplace_as_narrowly_as_it_is_known() -> None:
    worker = WorkerProfile(id="w", trades=("缝纫工",), locations=("510000",))
    vacancy = Vacancy(id="v", trade="缝纫工", adcode=ZHONGJIANG)
    wanted = ReasonCode.PLACE_WANTED
    assert ranked(worker, vacancy)[0].reasons[1] == Reason(wanted, ZHONGJIANG)
    in_town = replace(vacancy, town=NANHUA)
    assert ranked(worker, in_town)[0].reasons[1] == Reason(wanted, NANHUA)


def test_groups_are_no_reason_where_nothing_is_reserved() -> None:
    worker = replace(GUIFANG, groups=frozenset({"低保"}))
    assert ranked(worker, AT_HOME)[0].reasons == ranked(GUIFANG, AT_HOME)[0].reasons


def test_a_wanted_place_at_home_is_told_as_near() -> None:
    worker = replace(GUIFANG, migration=None, locations=(ZHONGJIANG,))
    assert place_reason(worker, ZHONGJIANG) is ReasonCode.PLACE_SAME_COUNTY


def test_room_and_board_are_not_told_to_who_declined_them() -> None:
    vacancy = Vacancy(id="v", trade="缝纫工", lodging=True, board=True)
    codes = [r.code for r in ranked(replace(GUIFANG, wants_room_board=False), vacancy)[0].reasons]
    assert codes == [ReasonCode.TRADE_SAME]


def test_an_officer_sees_every_term_with_the_unknown_marked() -> None:
    assert terms(ranked(GUIFANG, replace(AT_HOME, wage_max=4000))[0]) == (
        TermLine("trade", 1.0),
        TermLine("place", 1.0),
        TermLine("wage", 0.5),
        TermLine("going", None),
        TermLine("lodging", None),
        TermLine("board", None),
        TermLine("fresh", None),
        TermLine("openings", None),
    )
