from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.follow_up import applications
from storage.states import (
    ApplicationStatus,
    CheckInKind,
    CheckInStatus,
    EndReason,
    Matter,
    Source,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.follow_up_world import (
    Applied,
    case_of,
    check_ins_of,
    has_applied,
    next_morning,
    questions_of,
    spells_of,
)


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def guifang(city: City, officer: Person) -> Person:
    return city.person("guifang")


@pytest.fixture
def firm(city: City) -> Person:
    return city.person("firm")


@pytest.fixture
def applied(city: City, guifang: Person, firm: Person) -> Applied:
    found = has_applied(city, guifang, firm)
    firm.listens()
    return found


def status_of(city: City, applied: Applied) -> ApplicationStatus:
    return city.run(lambda uow: uow.applications.need(applied.application_id).status)


def marks(city: City, applied: Applied, status: ApplicationStatus, source: Source) -> None:
    def mark(uow: UnitOfWork) -> None:
        application = uow.applications.need(applied.application_id)
        applications.mark(uow, city.deployment, application, status, source=source)

    city.run(mark)


def test_both_sides_are_asked_two_days_after(
    city: City, guifang: Person, firm: Person, applied: Applied
) -> None:
    next_morning(city, 2)
    assert guifang.listens() == ["你报的平车工，厂里打电话没有？"]
    assert guifang.buttons() == ["打了", "没打", "不想去了", "找真人"]
    heard = firm.listens()
    assert len(heard) == 1
    assert "陈*芳报名两天了" in heard[0]


def test_a_call_that_came_is_noted(city: City, guifang: Person, applied: Applied) -> None:
    next_morning(city, 2)
    guifang.listens()
    assert guifang.says("打了") == ["好。讲好了哪天去就去，过几天我再问。"]
    assert city.run(lambda uow: uow.applications.need(applied.application_id).firm_called)


def test_a_call_that_did_not_come_reminds_the_firm(
    city: City, guifang: Person, firm: Person, applied: Applied
) -> None:
    next_morning(city, 2)
    firm.listens()
    guifang.listens()
    assert guifang.says("没打") == ["记下了，我这就催厂里。"]
    heard = firm.listens()
    assert len(heard) == 1
    assert "还在等你们电话" in heard[0]


def test_a_second_miss_goes_to_an_officer(
    city: City, guifang: Person, officer: Person, applied: Applied
) -> None:
    next_morning(city, 2)
    guifang.says("2")
    next_morning(city, 3)
    officer.listens()
    guifang.says("还没")
    assert any("一直没动静" in line for line in officer.listens())


def test_who_gives_up_is_taken_off_the_list(
    city: City, guifang: Person, firm: Person, applied: Applied
) -> None:
    next_morning(city, 2)
    guifang.says("不想去了")
    assert status_of(city, applied) is ApplicationStatus.WITHDRAWN
    next_morning(city, 3)
    assert "上班了没有" not in guifang.heard


def test_the_workers_word_opens_the_spell(city: City, guifang: Person, applied: Applied) -> None:
    next_morning(city, 5)
    assert guifang.listens()[-1] == "你报的平车工，上班了没有？"
    assert guifang.says("上了") == ["好，给你记着工了。过三天再问你。"]
    spell = spells_of(city, applied.worker_id)[0]
    assert (spell.source, spell.started_on) == (Source.WORKER, city.clock.today())
    assert spell.enterprise_id == applied.enterprise_id
    assert status_of(city, applied) is ApplicationStatus.HIRED
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SCHEDULED


def test_the_day_that_was_said_is_the_start(city: City, guifang: Person, applied: Applied) -> None:
    next_morning(city, 5)
    guifang.says("前天上的")
    spell = spells_of(city, applied.worker_id)[0]
    assert spell.started_on == city.clock.today() - timedelta(days=2)


def test_three_days_after_the_start_comes_the_next_question(
    city: City, guifang: Person, applied: Applied
) -> None:
    next_morning(city, 5)
    guifang.says("上了")
    next_morning(city, 3)
    assert guifang.listens() == ["三天了，还在宏达制衣不？"]


@pytest.mark.parametrize("words", ["还没上班", "没上班", "还没"])
def test_not_yet_is_no_loss(city: City, guifang: Person, applied: Applied, words: str) -> None:
    next_morning(city, 5)
    guifang.listens()
    assert guifang.says(words) == ["晓得了，过几天再问你。"]
    assert case_of(city, guifang) is None
    assert questions_of(city, applied)[CheckInKind.STARTED_WORK, 10] is CheckInStatus.SCHEDULED


def test_a_grievance_inside_the_question_is_heard(
    city: City, guifang: Person, applied: Applied
) -> None:
    next_morning(city, 5)
    guifang.says("去了 他们扣我身份证")
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.GRIEVANCE.value]
    assert case.enterprise_id == applied.enterprise_id
    assert len(spells_of(city, applied.worker_id)) == 1


def test_the_firms_word_and_the_workers_make_one_spell(
    city: City, guifang: Person, firm: Person, applied: Applied
) -> None:
    next_morning(city, 5)
    firm.listens()
    firm.taps("来了")
    guifang.says("上了")
    spells = spells_of(city, applied.worker_id)
    assert len(spells) == 1
    assert not spells[0].disputed


def test_the_firms_word_alone_asks_the_worker_the_day_after(
    city: City, guifang: Person, applied: Applied
) -> None:
    marks(city, applied, ApplicationStatus.HIRED, Source.ENTERPRISE)
    guifang.listens()
    next_morning(city)
    assert guifang.listens() == ["你报的平车工，上班了没有？"]


def test_hired_but_not_there_goes_to_an_officer(
    city: City, guifang: Person, firm: Person, officer: Person, applied: Applied
) -> None:
    marks(city, applied, ApplicationStatus.HIRED, Source.ENTERPRISE)
    next_morning(city)
    firm.listens()
    guifang.listens()
    assert guifang.says("还没") == ["晓得了，过几天再问你。"]
    assert spells_of(city, applied.worker_id)[0].disputed
    assert case_of(city, guifang) is not None
    assert firm.listens() == []


def test_there_but_called_absent_goes_to_an_officer(
    city: City, guifang: Person, firm: Person, applied: Applied
) -> None:
    next_morning(city, 5)
    guifang.says("上了")
    firm.listens()
    firm.taps("没来")
    assert spells_of(city, applied.worker_id)[0].disputed
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.QUESTION.value]


def test_absent_first_and_there_after_all_goes_to_an_officer(
    city: City, guifang: Person, firm: Person, applied: Applied
) -> None:
    next_morning(city, 5)
    firm.listens()
    guifang.listens()
    firm.taps("没来")
    guifang.taps("上了")
    assert spells_of(city, applied.worker_id)[0].disputed


def test_a_firm_that_takes_back_its_own_word_corrects_it(
    city: City, guifang: Person, applied: Applied
) -> None:
    marks(city, applied, ApplicationStatus.HIRED, Source.ENTERPRISE)
    marks(city, applied, ApplicationStatus.NO_SHOW, Source.ENTERPRISE)
    assert spells_of(city, applied.worker_id) == []
    assert case_of(city, guifang) is None
    corrected = city.run(lambda uow: uow.employments.open_of(applied.worker_id))
    assert corrected is None


def test_another_firm_cannot_answer(city: City, firm: Person, applied: Applied) -> None:
    next_morning(city, 2)
    firm.listens()
    rows = city.run(lambda uow: uow.check_ins.of_application(applied.application_id))
    asked = next(row for row in rows if row.kind is CheckInKind.APPLICANT_CALLED)
    other = city.person("other firm")
    assert other.presses(f"a:applicant_called:{asked.id.hex}") == ["这不是你们厂的事，没有记。"]


def test_the_reason_of_a_taken_back_spell_is_kept(
    city: City, guifang: Person, applied: Applied
) -> None:
    marks(city, applied, ApplicationStatus.HIRED, Source.ENTERPRISE)
    spell = spells_of(city, applied.worker_id)[0]
    marks(city, applied, ApplicationStatus.NO_SHOW, Source.ENTERPRISE)
    stored = city.run(lambda uow: uow.employments.need(spell.id))
    assert stored.end_reason is EndReason.CORRECTED
