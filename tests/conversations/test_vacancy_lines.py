from __future__ import annotations

import pytest

from bot.services.ranking.recommendations import as_they_stand
from bot.services.vacancies.vacancy_words import gap_of, vacancy_line, why_line
from matching.types import Match, Reason, ReasonCode, WorkerProfile
from storage.models import Vacancy
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    CANGSHAN,
    DONGGUAN,
    GUANGHAN,
    NANHUA,
    SHUANGLIU,
    ZHONGJIANG,
    add_firm,
    add_vacancy,
)


def line_of(
    city: City,
    *,
    home: str | None = NANHUA,
    language: str = "zh",
    town: str | None = NANHUA,
    adcode: str | None = ZHONGJIANG,
    wage: tuple[int | None, int | None] = (4000, 5500),
    board: bool | None = True,
    lodging: bool | None = None,
) -> str:
    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        vacancy: Vacancy = add_vacancy(
            uow,
            now,
            add_firm(uow, now),
            town=town,
            adcode=adcode,
            wage=wage,
            board=board,
            lodging=lodging,
        )
        return vacancy_line(city.deployment, vacancy, home=home, language=language)

    return city.run(work)


@pytest.mark.parametrize(
    ("home", "town", "adcode", "words"),
    [
        (NANHUA, NANHUA, ZHONGJIANG, "南华镇，同镇"),
        (CANGSHAN, NANHUA, ZHONGJIANG, "南华镇，同县"),
        (ZHONGJIANG, None, GUANGHAN, "广汉，同市"),
        (ZHONGJIANG, None, SHUANGLIU, "双流，省内"),
        (ZHONGJIANG, None, DONGGUAN, "东莞，广东"),
        (None, NANHUA, ZHONGJIANG, "中江南华镇"),
        (None, None, DONGGUAN, "东莞，广东"),
        (NANHUA, None, None, "地方没说"),
    ],
)
def test_the_place_is_named_with_how_near_it_truly_is(
    city: City, home: str | None, town: str | None, adcode: str | None, words: str
) -> None:
    assert line_of(city, home=home, town=town, adcode=adcode).split(" | ")[1] == words


@pytest.mark.parametrize(
    ("wage", "words"),
    [
        ((4000, 5500), "4000—5500元（计件）"),
        ((5000, 5000), "5000元（计件）"),
        ((4500, None), "4500元以上（计件）"),
        ((None, 6000), "最多6000元（计件）"),
        ((None, None), "工资没说"),
    ],
)
def test_the_wage_comes_first_and_is_never_invented(
    city: City, wage: tuple[int | None, int | None], words: str
) -> None:
    assert line_of(city, wage=wage).split(" | ")[0] == words


@pytest.mark.parametrize(
    ("board", "lodging", "words"),
    [
        (True, True, "包吃住"),
        (False, False, "不管吃住"),
        (None, None, "吃住没说"),
        (True, None, "管饭，住没说"),
        (None, False, "饭没说，不管住"),
    ],
)
def test_room_and_board_come_third_and_gaps_are_named(
    city: City, board: bool | None, lodging: bool | None, words: str
) -> None:
    assert line_of(city, board=board, lodging=lodging).split(" | ")[2] == words


def test_a_line_stays_below_sixty_characters(city: City) -> None:
    assert len(line_of(city, home=None, wage=(14000, 15500))) <= 60


def test_the_english_line_says_the_same(city: City) -> None:
    assert line_of(city, language="en").startswith(
        "4000–5500 yuan (piece work) | 南华镇, your town"
    )


def test_nothing_is_claimed_where_nothing_certain_speaks_for_a_vacancy(city: City) -> None:
    match = Match("v", "w", 0.5, (), (), ())
    assert why_line(city.deployment, match, language="zh") == "这个可以看看"


def test_what_speaks_against_a_vacancy_is_said_too(city: City) -> None:
    match = Match(
        "v",
        "w",
        0.5,
        (Reason(ReasonCode.TRADE_SAME, "缝纫工"),),
        (Reason(ReasonCode.WAGE_BELOW, 3800),),
        (),
    )
    line = why_line(city.deployment, match, language="zh")
    assert line == "为啥给你：会缝纫工的活，只是钱少点"


def test_every_reason_has_words_in_both_languages(city: City) -> None:
    for code in ReasonCode:
        reasons = (Reason(code, "缝纫工"),)
        is_miss = code.value in {"wage_unstated", "lodging_unstated", "lodging_denied"}
        against = code.value.endswith(
            ("transferable", "other", "unwanted", "below", "low", "short", "temporary")
        )
        match = Match("v", "w", 0.5, () if is_miss or against else reasons, reasons, ())
        for language in ("zh", "en"):
            assert why_line(city.deployment, match, language=language)


def test_the_first_gap_is_what_workers_ask_most(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        vacancy = add_vacancy(uow, now, add_firm(uow, now), board=None)
        assert gap_of(vacancy) == "lodging"
        assert gap_of(vacancy, besides=["lodging"]) == "board"
        vacancy.lodging, vacancy.board = False, True
        assert gap_of(vacancy) is None

    city.run(work)


def test_a_closed_vacancy_is_left_out_when_looked_at_again(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        firm = add_firm(uow, now)
        one, other = add_vacancy(uow, now, firm), add_vacancy(uow, now, firm, valid_for_days=-2)
        found = as_they_stand(uow, city.deployment, WorkerProfile(id="w"), [other.id, one.id])
        assert [item.vacancy.id for item in found] == [one.id]

    city.run(work)


def test_everything_that_speaks_against_a_vacancy_is_said(city: City) -> None:
    misses = (Reason(ReasonCode.TRADE_OTHER, "缝纫工"), Reason(ReasonCode.PLACE_UNWANTED, "510623"))
    line = why_line(city.deployment, Match("v", "w", 0.2, (), misses, ()), language="zh")
    assert line == "这个可以看看，只是行当不同，不在你想去的地方"


def test_a_trade_has_its_english_name_in_english(city: City) -> None:
    match = Match("v", "w", 0.5, (Reason(ReasonCode.TRADE_SAME, "缝纫工"),), (), ())
    line = why_line(city.deployment, match, language="en")
    trade = city.deployment.catalogue.trades.get("缝纫工")
    assert trade is not None
    assert line == f"Why you: {trade.en} is your trade"
