"""申请补贴, from the first word to the answer."""

from __future__ import annotations

import functools
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.benefit_states import BenefitStatus
from storage.database import Database
from storage.models import AddressLink, BenefitApplication, Worker
from storage.unit_of_work import UnitOfWork
from tests import phone_world
from tests.benefit_world import (
    GUIFANG_ID,
    JOURNEY,
    SHIZHU,
    YUZHONG,
    add_worker,
    answer_all,
    applications_in,
    chongqing,
    fill_in,
    handed_in,
    officers,
    registered,
)
from tests.chat import City, Person
from tests.officer_world import add_worker as add_deyang_worker

SENT = "交上去了，编号B-0001。干部周三16点前回你。"
AGAIN = "已经交上去了，不用再点。要看办到哪，说“我的补贴”。"


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(sqlite_database, catalogue, clock)


@pytest.fixture
def cq_on_both(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(database, catalogue, clock)


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


def test_one_fact_at_a_time_leads_to_one_yes(cq_on_both: City) -> None:
    cq = cq_on_both
    guifang = registered(cq)
    officers(cq)
    last = fill_in(guifang, number=GUIFANG_ID)
    assert "票价：198.50元" in last
    assert "照文件看可能符合，由户籍所在区县人社局审核" in last
    assert "身份证：尾号0021" in last
    assert guifang.says("1") == [SENT]
    found = the_one(cq)
    assert (found.status, found.number) == (BenefitStatus.SUBMITTED, 1)
    assert (found.code, found.rule_id, found.period) == (
        "transport_subsidy",
        "CQ-TRANSPORT-2016",
        "once",
    )
    assert found.amount_fen == 19850
    assert answers(cq)["trip.to_county"] == YUZHONG


def test_what_is_needed_is_said_before_anything_is_asked(cq: City, guifang: Person) -> None:
    heard = guifang.says("我要报车票")
    assert heard == [
        "打工车票补贴，先看要带啥：",
        "车票留好，要照票价算。别的材料文件没写。",
        "问几句就好，看过了再交。现在办不办？",
    ]
    assert guifang.says("2") == ["好，先不办。要办随时说“申请补贴”。"]


@pytest.mark.parametrize("words", ["申请补贴", "我想申请补贴", "办补贴"])
def test_without_a_name_it_is_asked_which_benefit(cq: City, guifang: Person, words: str) -> None:
    assert guifang.says(words)[-1] == "要申请哪一样？"
    guifang.taps("打工车票补贴")
    assert the_one(cq).code == "transport_subsidy"


@pytest.mark.parametrize("words", ["我要报车票", "报路费", "申请交通补贴", "我想报销车费"])
def test_the_journey_to_work_is_meant_by_its_own_words(
    cq: City, guifang: Person, words: str
) -> None:
    assert guifang.says(words)[0] == "打工车票补贴，先看要带啥："


def test_a_double_tap_hands_in_once(cq: City, guifang: Person) -> None:
    officers(cq)
    fill_in(guifang, number=GUIFANG_ID)
    assert guifang.says("1") == [SENT]
    assert guifang.says("1") == [AGAIN]
    assert len(applications_in(cq)) == 1


def test_the_same_thing_is_not_applied_for_twice(cq: City, guifang: Person) -> None:
    officers(cq)
    handed_in(cq, guifang)
    assert guifang.says("我要报车票") == ["B-0001 打工车票补贴：交了，干部在看"]
    assert len(applications_in(cq)) == 1


def test_a_second_phone_of_the_same_person_hands_in_nothing_more(cq_on_both: City) -> None:
    cq = cq_on_both
    guifang = registered(cq)
    officers(cq)
    fill_in(guifang)
    other = cq.person("second phone")
    cq.run(functools.partial(link, city=cq, address=other.address))
    assert other.says("我要报车票")[0] == "上回填过的还在，接着来。"
    assert guifang.says("1") == [SENT]
    assert other.says("1")[0].startswith("这一份已经办到后头了")
    assert len(applications_in(cq)) == 1


def link(uow: UnitOfWork, *, city: City, address: str) -> None:
    """Let a second phone reach the one worker."""
    now = city.clock.now()
    worker = uow.session.scalars(select(Worker)).one()
    row = uow.addresses.find_or_add(city.account_id, address, language="zh", now=now)
    uow.session.flush()
    uow.session.add(AddressLink(address_id=row.id, worker_id=worker.id, since=now))
    uow.session.flush()


def test_an_exclusion_is_told_and_a_person_may_decide_all_the_same(
    cq: City, guifang: Person
) -> None:
    officers(cq)
    last = fill_in(guifang, **{"坐的哪种车": "飞机"})
    assert last == "照文件看，多半不算。真算不算由干部定。还交不交？"
    last = answer_all(guifang, guifang.says("1"), JOURNEY)
    assert "照文件看多半不算，由干部定" in last
    assert guifang.says("1") == [SENT]


def test_who_stops_at_an_exclusion_leaves_nothing_behind(cq: City, guifang: Person) -> None:
    fill_in(guifang, **{"坐的哪种车": "飞机"})
    assert guifang.says("2") == ["好，不办，填的没有留。有难处按0找真人。"]
    assert applications_in(cq) == []


def test_the_answers_outlive_a_restart_and_other_talk(
    cq: City, guifang: Person, catalogue: Catalogue, clock: FixedClock
) -> None:
    guifang.says("我要报车票")
    guifang.says("1")
    guifang.says("2")
    guifang.says("3")
    again = chongqing(cq.database, catalogue, clock)
    again._ids = cq._ids  # platforms do not begin to count anew
    guifang.city = again
    assert guifang.says("198块5")[-1] == "您从哪个区县出发？"
    guifang.says("菜单")
    assert guifang.says("我要报车票") == ["上回填过的还在，接着来。", "您从哪个区县出发？"]


def test_for_whom_is_asked_where_a_family_shares_the_phone(cq: City) -> None:
    mother = registered(cq)
    cq.clock.advance(timedelta(seconds=1))
    cq.run(functools.partial(add_worker, city=cq, address=mother.address, name="王大力"))
    assert mother.says("我要报车票") == ["这次是给谁申请？"]
    assert mother.buttons() == ["陈*芳", "王*力", "找真人"]
    mother.says("2")
    mother.says("1")
    worker_id = the_one(cq).worker_id
    assert worker_id is not None
    assert cq.run(lambda uow: uow.workers.need(worker_id).name) == "王大力"


def test_a_city_without_a_clause_says_so(city: City) -> None:
    person = city.person("刘家")
    add_deyang_worker(city, person)
    assert person.says("我要报车票") == ["这里没有管这一样的文件，机器办不了。要人帮就按0。"]


def test_somebody_unknown_is_asked_for_consent_first(cq: City) -> None:
    officers(cq)
    person = cq.person("新来的")
    person.says("你好")
    person.says("踩平车 石柱 要四千")
    person.says("菜单")
    person.says("我要报车票")
    assert applications_in(cq) == []


def test_my_benefits_tell_where_each_stands_and_can_be_taken_back(
    cq: City, guifang: Person
) -> None:
    first, second = officers(cq)
    handed_in(cq, guifang)
    assert guifang.says("我的补贴")[0] == "B-0001 打工车票补贴：交了，干部在看"
    assert guifang.says("1") == ["打工车票补贴真不要了？"]
    assert guifang.says("1") == ["好，撤回来了。要再申请随时说。"]
    assert the_one(cq).status is BenefitStatus.WITHDRAWN
    assert "超时" not in first.heard + second.heard


def test_without_an_application_the_list_says_so(cq: City, guifang: Person) -> None:
    assert guifang.says("我的补贴") == ["还没申请过补贴。"]


@pytest.mark.parametrize("name", ["apply_benefit", "benefit_fix"])
def test_a_garbled_button_changes_nothing(cq: City, guifang: Person, name: str) -> None:
    assert guifang.presses(f"a:{name}:nonsense")
    assert applications_in(cq) == []


def test_another_persons_application_cannot_be_opened(cq: City, guifang: Person) -> None:
    officers(cq)
    key = handed_in(cq, guifang)
    stranger = registered(cq, name="王大力", categories=None)
    heard = stranger.presses(f"a:benefit_fix:{key.hex}")
    assert heard == ["这一份已经办到后头了，这里改不了。说“我的补贴”看看。"]


def test_an_officer_fills_it_in_for_somebody_on_the_phone_and_stands_in_the_row(
    cq: City,
) -> None:
    officer, _other = officers(cq)
    phone_world.add_worker(cq, home=SHIZHU)
    officer.says(f"/act {phone_world.NUMBER}")
    officer.says("我要报车票")
    heard = officer.says("1")
    answers = {
        "要不要写身份证号": "1",
        "身份证号18位": GUIFANG_ID,
        "要记下家里是不是低保": "2",
        **JOURNEY,
    }
    assert "看看对不对" in answer_all(officer, heard, answers)
    officer.says("1")
    found = the_one(cq)
    assert found.status is BenefitStatus.SUBMITTED
    assert found.filed_by == officer.as_officer().id
