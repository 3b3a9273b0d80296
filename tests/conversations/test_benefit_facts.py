"""The facts of an application, one at a time, as people say them."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import BenefitApplication
from tests.benefit_world import (
    applications_in,
    chongqing,
    fill_in,
    handed_in,
    officers,
    registered,
    sends_photo,
)
from tests.chat import City, Person

SENT = "交上去了，编号B-0001。干部周三16点前回你。"
AGAIN = "已经交上去了，不用再点。要看办到哪，说“我的补贴”。"


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(sqlite_database, catalogue, clock)


@pytest.fixture
def guifang(cq: City) -> Person:
    """A worker of 石柱 whom the register knows as poor."""
    return registered(cq)


def the_one(city: City) -> BenefitApplication:
    (found,) = applications_in(city)
    return found


def answers(city: City) -> dict[str, object]:
    found = the_one(city).facts["answers"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("said", "fen"),
    [("198.5", 19850), ("一百九十八块五", 19850), ("198元5角3分", 19853), ("￥1,280", 128000)],
)
def test_a_price_is_kept_to_the_fen(cq: City, guifang: Person, said: str, fen: int) -> None:
    fill_in(guifang, **{"票上写的是多少钱": said})
    assert answers(cq)["trip.price"] == fen


@pytest.mark.parametrize("said", ["两百多", "大概200", "-5", "0元", "198.505", "一百几"])
def test_a_price_that_is_no_exact_sum_is_asked_for_again(
    cq: City, guifang: Person, said: str
) -> None:
    last = fill_in(guifang, **{"票上写的是多少钱": ""})
    assert last == "票上写的是多少钱？"
    assert guifang.says(said)[-1].endswith("票上写的是多少钱？")
    assert "trip.price" not in answers(cq)


def test_what_is_not_known_is_no_obstacle(cq: City, guifang: Person) -> None:
    last = fill_in(guifang, **{"票上写的是多少钱": "不晓得"})
    assert "票价：不晓得" in last
    assert "有几样要干部查" in last
    assert "照文件算" not in last


def test_a_kind_of_seat_beyond_the_first_list_is_asked_in_a_second(
    cq: City, guifang: Person
) -> None:
    guifang.says("我要报车票")
    guifang.says("1")
    guifang.says("2")
    assert guifang.says("8") == ["坐的哪种车：火车硬座、高铁二等座、长途汽车，还是别的？"]
    assert guifang.buttons()[:2] == ["软座", "软卧"]
    heard = guifang.says("2")
    assert heard[0] == "这种车票不在文件写的里头。"


def test_a_claim_is_written_down_after_a_yes_and_stays_a_claim(cq: City) -> None:
    person = registered(cq, categories=None)
    asked = "要记下家里是不是低保这类"
    last = fill_in(person, **{asked: "1", "您家是不是建档立卡": "1"})
    assert "家里情况：建档立卡" in last
    assert "有几样要干部查" in last
    assert answers(cq)["claimed"] == ["建档立卡"]


def test_who_keeps_the_household_to_themself_can_apply_and_is_not_asked_again(cq: City) -> None:
    officers(cq)
    person = registered(cq, categories=None)
    asked = "要记下家里是不是低保这类"
    handed_in(cq, person, **{asked: "2"})
    assert "claimed" in answers(cq)
    assert answers(cq)["claimed"] is None
    person.says("我的补贴")
    person.taps("不要了")
    person.says("1")
    before = person.heard.count(asked)
    fill_in(person)
    assert person.heard.count(asked) == before


def test_a_photo_answers_the_question_for_the_ticket(cq: City, guifang: Person) -> None:
    officers(cq)
    fill_in(guifang, **{"票上有个号码": ""})
    heard = sends_photo(guifang)
    assert heard[0] == "车票照片收到了。"
    facts = the_one(cq).facts
    assert facts["photo"]
    assert not facts.get("ticket")


def test_a_photo_at_any_other_question_goes_to_the_officer_as_ever(
    cq: City, guifang: Person
) -> None:
    officers(cq)
    guifang.says("我要报车票")
    assert "干部" in sends_photo(guifang)[0]
    assert not the_one(cq).facts.get("photo")


def test_where_no_photo_can_be_sent_the_number_is_asked_for(cq: City, guifang: Person) -> None:
    last = fill_in(guifang, **{"票上有个号码": ""})
    assert last == "票上有个号码，照着写过来。"
    assert guifang.says("没看清")[0].startswith("号码没看明白")
    assert guifang.says("1")[-1] == "别的部门给您报过这趟路费吗？"


def test_one_fact_can_be_changed_before_it_is_handed_in(cq: City, guifang: Person) -> None:
    fill_in(guifang)
    assert guifang.says("2") == ["改哪样？"]
    assert guifang.taps("票价") == ["票上写的是多少钱？"]
    assert "票价：188.00元" in guifang.says("188")[-1]


def test_a_place_of_several_is_asked_about(cq: City, guifang: Person) -> None:
    last = fill_in(guifang, **{"去的是哪个区县": "鼓楼区"})
    assert last in {"您去的是哪个区县？", "说个区县的名字，比如石柱、万州。"}
    assert len(guifang.buttons()) > 2
    guifang.says("1")
    assert "trip.to_county" in answers(cq)
