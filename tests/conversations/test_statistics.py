"""What officers ask of the tables in the chat, and the six ways that a worker hears of."""

from __future__ import annotations

from datetime import timedelta

from storage.models import AuditEntry, StatisticsSnapshot
from storage.register_states import Category, EmploymentChannel
from storage.states import Role, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.register.statistics_world import (
    GUANGHAN,
    MIANYANG,
    SHENZHEN,
    SHIFANG,
    ZHONGJIANG,
    add_household,
    add_person,
)
from tests.worker_world import registered


def looks(city: City, action: str) -> int:
    def read(uow: UnitOfWork) -> int:
        return uow.session.query(AuditEntry).filter_by(action=action).count()

    return city.database.read(read)


def a_small_city(city: City) -> None:
    for work in (SHENZHEN, SHENZHEN, MIANYANG, ZHONGJIANG, None):
        add_person(city, works_in=work)
    add_person(city, home=SHIFANG, works_in=SHENZHEN)


def heard(officer: Person, words: str) -> str:
    return "\n".join(officer.says(words))


def test_an_officer_of_the_city_reads_the_table_by_county(city: City) -> None:
    a_small_city(city)
    words = heard(city.officer(), "/统计")
    assert "脱贫人口在岗6人" in words
    assert "省外 3，省内县外 1，县内 1，地方不详 1" in words
    assert "中江县 5：省外 2" in words
    assert "什邡市 1：省外 1" in words


def test_an_officer_of_a_county_sees_the_county_alone(city: City) -> None:
    a_small_city(city)
    words = heard(city.officer(scope=ZHONGJIANG), "/statistics")
    assert "在岗5人" in words
    assert "什邡" not in words


def test_another_day_gives_another_table(city: City) -> None:
    a_small_city(city)
    officer = city.officer()
    assert "2026-02-28，脱贫人口在岗0人" in heard(officer, "/统计 2026-02-28")
    officer.taps("换日期")
    assert "不能是以后" in heard(officer, "2027-01-01")
    assert "2026-03-02，脱贫人口在岗6人" in heard(officer, "2026年3月2日")
    officer.taps("换日期")
    assert "在岗6人" in heard(officer, "昨天")
    assert "没看懂" in heard(officer, "/统计 2026-13-40")


def test_a_number_leads_to_its_people_and_each_look_is_noted(city: City) -> None:
    a_small_city(city)
    officer = city.officer()
    officer.says("/统计")
    officer.taps("看名单")
    assert "省外 3" in officer.buttons()
    officer.taps("省外 3")
    listed = "\n".join(officer.taps("中江县 2"))
    assert "共2人" in listed
    assert "深圳市" in listed
    assert looks(city, "view_statistics_list") == 2
    named = "\n".join(officer.taps("王*"))
    assert "王桂" in named
    assert "记的是企业吸纳" in named
    assert "改好了" in "\n".join(officer.taps("转移输出"))
    assert looks(city, "change_channel") == 1
    assert "转移输出" in officer.heard_bodies[-1].text


def test_the_moved_are_cut_at_the_city(city: City) -> None:
    moved = (Category.OUT_OF_POVERTY, Category.RELOCATED)
    add_person(city, works_in=GUANGHAN, categories=moved)
    post = EmploymentChannel.PUBLIC_POST
    add_person(city, works_in=ZHONGJIANG, categories=moved, channel=post)
    officer = city.officer()
    officer.says("/统计")
    officer.taps("换一类人")
    assert "市内 1，公益岗 1" in "\n".join(officer.taps("易地搬迁"))


def test_who_works_and_who_does_not_is_told_for_each_group(city: City) -> None:
    a_small_city(city)
    add_person(city, has_work=False, status=WorkerStatus.SEEKING)
    officer = city.officer()
    officer.says("/统计")
    words = "\n".join(officer.taps("在岗没在岗"))
    assert "脱贫人口 7：在岗 6，没活想找 1" in words
    assert "每人算一次" in words
    assert "没活想找：1人" in "\n".join(officer.taps("没活想找的"))
    assert "没有在做的活" in "\n".join(officer.taps("王*"))
    officer.taps("算了")
    officer.taps("算了")
    assert "在岗 6" in officer.heard_bodies[-1].text


def test_a_post_outside_the_county_is_listed_and_put_right(city: City) -> None:
    add_person(city, works_in=GUANGHAN, channel=EmploymentChannel.PUBLIC_POST)
    officer = city.officer()
    officer.says("/统计")
    words = "\n".join(officer.taps("就业渠道"))
    assert "公益岗 1" in words
    assert "1人在县外，却记成公益岗或车间" in words
    assert "5_12_002" in "\n".join(officer.taps("对不上的"))
    officer.taps("王*")
    city.clock.advance(timedelta(minutes=1))
    officer.taps("企业吸纳")
    assert "0人" in officer.heard_bodies[-1].text


def test_a_sheet_is_frozen_and_its_address_given(city: City) -> None:
    a_small_city(city)
    officer = city.officer()
    officer.says("/统计")
    for label in ("导出Excel", "导出CSV", "给外单位的表"):
        assert "/sheets/" in "\n".join(officer.taps(label))
    assert city.database.read(lambda uow: uow.session.query(StatisticsSnapshot).count()) == 3


def test_towns_and_english_are_there_too(city: City) -> None:
    a_small_city(city)
    officer = city.officer()
    officer.says("/lang")
    words = heard(officer, "/statistics")
    assert "6 at work" in words
    assert "other provinces 3" in words
    assert "not known 6" not in "\n".join(officer.taps("By county"))


def test_a_worker_hears_of_six_ways_and_is_led_on(city: City) -> None:
    worker = city.person("worker")
    registered(worker)
    for words in ("有哪些路子", "打工有啥子路子？", "都有哪些门路"):
        assert "六条路" in "\n".join(worker.says(words))
        assert len(worker.buttons()) == 7
    card = "\n".join(worker.taps("公益岗"))
    assert "2021年" in card or "公益" in card
    worker.says("有哪些路子")
    assert "六条路" not in "\n".join(worker.taps("进厂"))


def test_households_without_work_are_listed_and_opened(city: City) -> None:
    member = add_person(city, has_work=False, status=WorkerStatus.SEEKING)
    officer = city.officer()
    assert "户户有人上班" in heard(officer, "/易迁户")
    add_household(city, {member: {"labour": "普通劳动力", "born": "1985-05-01"}})
    assert "没人上班的1户" in heard(officer, "/households")
    opened = "\n".join(officer.taps("1. "))
    assert "能做活的：1" in opened
    assert "王桂" in opened
    assert looks(city, "view_household") == 1
    officer.taps("算了")
    assert "没人上班的1户" in officer.heard_bodies[-1].text


def test_a_task_about_households_opens_the_list(city: City) -> None:
    member = add_person(city, has_work=False, status=WorkerStatus.SEEKING)
    add_household(city, {member: {"born": "1985-05-01"}})
    officer = city.officer()
    city.tick()
    officer.listens()
    assert "没人上班的1户" in "\n".join(officer.taps("看是哪些户"))


def test_graduates_are_counted_for_officers(city: City) -> None:
    assert "困难家庭毕业生0人" in heard(city.officer(), "/毕业生")


def test_only_officers_read_the_tables(city: City) -> None:
    a_small_city(city)
    worker = city.person("worker")
    registered(worker)
    for command in ("/统计", "/易迁户", "/毕业生"):
        assert "在岗" not in heard(worker, command)
    assert worker.row().role is Role.WORKER
