"""Two wishes in one message are both served, and only one question stays open."""

from __future__ import annotations

import pytest

from bot.services.people.workers import ProfileDraft
from storage.models import Case
from storage.states import ApplicationStatus, CheckInStatus, Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.follow_up_world import (
    case_of,
    check_ins_of,
    has_applied,
    next_morning,
    offers,
    spells_of,
    worker_of,
    works,
)
from tests.services import job_world
from tests.worker_world import draft_at, is_asked, registered


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def guifang(city: City, officer: Person) -> Person:
    return city.person("guifang")


def the_case(city: City, person: Person) -> Case:
    case = case_of(city, person)
    assert case is not None
    return case


def open_guard_vacancy(city: City) -> None:
    def add(uow: UnitOfWork) -> None:
        now = city.clock.now()
        firm = job_world.add_firm(uow, now, name="平安物业")
        job_world.add_vacancy(uow, now, firm, trade="保安", title="保安", wage=(3000, 3500))

    city.run(add)
    city.app.refresh_board()


def test_a_lost_job_and_a_wish_bring_a_case_and_vacancies_of_the_wish(
    city: City, guifang: Person
) -> None:
    works(city, guifang)
    open_guard_vacancy(city)
    heard = guifang.says("厂子垮了,给我在中江找个保安的活")
    assert heard[0] == "记下：没做了。莫急，有人帮你找下一个。"
    assert any("| 保安" in line for line in heard)
    assert the_case(city, guifang).matters == [Matter.UNEMPLOYMENT.value]
    assert draft_at(guifang).trades[0] == "保安"


def test_a_stranger_who_lost_the_job_is_heard_although_facts_are_said(
    city: City, officer: Person
) -> None:
    person = city.person("stranger")
    open_guard_vacancy(city)
    heard = person.says("厂子垮了,给我在中江找个保安的活")
    assert "不收钱" in heard[0]
    assert "记下：没做了。莫急，有人帮你找下一个。" in heard
    assert draft_at(person).locations == ("510623",)
    assert case_of(city, person) is not None


def test_still_at_work_but_unpaid_is_a_check_in_and_a_case(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    heard = guifang.says("还在上班,就是工资拖了两个月")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME
    assert the_case(city, guifang).matters == [Matter.GRIEVANCE.value]
    assert spells_of(city, spell.worker_id)[0].ended_on is None
    assert "记下：工资没给。这条厂里看不到。" in heard


def test_a_new_number_is_kept_and_work_is_shown(city: City, guifang: Person) -> None:
    registered(guifang, ProfileDraft(trades=("电焊工",), locations=("510623",)))
    offers(city, 1)
    heard = guifang.says("换号码了13900000032,顺便看看有没得焊工的活")
    assert heard[0] == "记下：电话13900000032。"
    assert draft_at(guifang).phone == "13900000032"
    assert (guifang.row().step or "").startswith(("job_search.", "saved_wish."))


def test_an_application_and_a_question_are_both_served(city: City, guifang: Person) -> None:
    registered(guifang)
    offers(city, 2)
    guifang.says("找活")
    heard = guifang.says("报名第一个,再问下车费报不报")
    assert heard[0] == "你问的我说不准，周干部今天17点前打给你说。"
    assert guifang.row().step == "applications.pass_contact"
    assert the_case(city, guifang).matters == [Matter.QUESTION.value]


def test_a_grievance_comes_first_and_then_the_messages_stop(city: City, guifang: Person) -> None:
    registered(guifang)
    heard = guifang.says("退订，老板欠我工资没给")
    assert heard[0] == "记下：工资没给。这条厂里看不到。"
    assert the_case(city, guifang).matters == [Matter.GRIEVANCE.value]
    assert guifang.row().unsubscribed_at is not None


def test_work_is_found_for_whoever_also_complains(city: City, guifang: Person) -> None:
    registered(guifang)
    offers(city, 2)
    heard = guifang.says("老板欠我工资不给，想找个新的活")
    assert heard[0] == "记下：工资没给。这条厂里看不到。"
    assert guifang.row().step == "job_search.list"


def test_a_question_beside_an_answer_leaves_the_open_question_open(
    city: City, guifang: Person
) -> None:
    registered(guifang, ProfileDraft(trades=("缝纫工",)))
    is_asked(guifang, "profile.phone", then="menu.worker")
    guifang.says("13900000032，对了车费报不报")
    assert draft_at(guifang).phone == "13900000032"


def test_a_wrong_beside_a_start_opens_the_spell_and_a_case(city: City, guifang: Person) -> None:
    applied = has_applied(city, guifang)
    next_morning(city, 2)
    guifang.listens()
    city.pass_time(days=3)
    guifang.listens()
    guifang.says("去了，但是扣我身份证")
    assert spells_of(city, applied.worker_id)
    assert the_case(city, guifang).matters == [Matter.GRIEVANCE.value]


def test_both_are_heard_once_when_the_message_comes_twice(city: City, guifang: Person) -> None:
    registered(guifang)
    guifang.says("退订，老板欠我工资没给", message_id="m77")
    assert guifang.says("退订，老板欠我工资没给", message_id="m77") == []


def test_who_lost_the_job_is_looking_again(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("厂子垮了,给我在中江找个保安的活")
    worker = worker_of(city, guifang)
    assert worker is not None
    assert worker.status is WorkerStatus.SEEKING


def test_one_wish_alone_is_served_once(city: City, guifang: Person) -> None:
    registered(guifang)
    heard = guifang.says("老板欠我两个月工资")
    assert heard == ["记下：工资没给。这条厂里看不到。", "周干部今天17点前打给你。"]


def test_a_bare_number_is_no_second_wish(city: City, guifang: Person) -> None:
    registered(guifang)
    offers(city, 2)
    guifang.says("找活")
    guifang.says("1")
    assert guifang.row().step == "job_search.detail"
    assert case_of(city, guifang) is None


def test_an_application_said_in_words_goes_straight_to_the_firms_question(
    city: City, guifang: Person
) -> None:
    registered(guifang)
    offers(city, 2)
    guifang.says("找活")
    guifang.says("报名第一个")
    assert guifang.row().step == "applications.pass_contact"
    guifang.taps("给")
    worker = worker_of(city, guifang)
    assert worker is not None
    rows = city.run(lambda uow: uow.applications.of_worker(worker.id))
    assert [application.status for application, _ in rows] == [ApplicationStatus.SENT]


def test_the_bosss_number_beside_a_loss_is_not_the_workers(city: City, guifang: Person) -> None:
    works(city, guifang)
    before = draft_at(guifang).phone

    guifang.says("厂子垮了,老板电话13900007777打不通")

    assert draft_at(guifang).phone == before


def test_a_relatives_new_number_does_not_become_the_writers(city: City, guifang: Person) -> None:
    registered(guifang)
    before = draft_at(guifang).phone

    guifang.says("给我婆娘找个保洁的活,她电话换成13900007778")

    assert draft_at(guifang).phone == before
