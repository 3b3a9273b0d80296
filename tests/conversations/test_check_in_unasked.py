from __future__ import annotations

import pytest

from bot.services.follow_up import applications
from storage.states import (
    ApplicationStatus,
    CheckInKind,
    CheckInStatus,
    Source,
    WorkerStatus,
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
    worker_of,
    works,
)
from tests.worker_world import registered


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def guifang(city: City, officer: Person) -> Person:
    return city.person("guifang")


def marks(city: City, applied: Applied, status: ApplicationStatus) -> None:
    def mark(uow: UnitOfWork) -> None:
        application = uow.applications.need(applied.application_id)
        applications.mark(uow, city.deployment, application, status, source=Source.ENTERPRISE)

    city.run(mark)


@pytest.mark.parametrize("words", ["我上班了", "上班了", "我今天开始上班", "找到工作了"])
def test_who_says_that_work_began_is_believed_unasked(
    city: City, guifang: Person, words: str
) -> None:
    applied = has_applied(city, guifang)
    assert guifang.says(words) == ["好，给你记着工了。过三天再问你。"]
    spell = spells_of(city, applied.worker_id)[0]
    assert (spell.source, spell.started_on) == (Source.WORKER, city.clock.today())
    assert spell.enterprise_id == applied.enterprise_id


def test_of_several_applications_the_begun_one_is_asked_for(city: City, guifang: Person) -> None:
    applied = has_applied(city, guifang)
    works(city, guifang, days_ago=9)
    assert guifang.says("昨天上班了") == ["是哪家上班了？"]
    assert guifang.says("1") == ["好，给你记着工了。过三天再问你。"]
    newest = spells_of(city, applied.worker_id)[-1]
    assert newest.application_id == applied.application_id
    assert (city.clock.today() - newest.started_on).days == 1


def test_work_found_elsewhere_is_asked_for_by_name(city: City, guifang: Person) -> None:
    worker = registered(guifang)
    assert guifang.says("找到工作了") == ["换到哪家了？说个名字就行。"]
    guifang.says("永兴电子")
    assert spells_of(city, worker.id)[0].employer == "永兴电子"


def test_a_stranger_who_found_work_is_not_sent_to_search(city: City, officer: Person) -> None:
    stranger = city.person("stranger")
    assert stranger.says("找到工作了")[-1:] == ["好事！哪天想换活、有事，随时来说。"]


@pytest.mark.parametrize("words", ["还在的", "在", "我还在做"])
def test_a_late_answer_goes_to_the_newest_open_check_in(
    city: City, guifang: Person, words: str
) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.says("找活")
    assert guifang.says(words) == ["好，记下了：还在做。有事随时说。"]
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME


def test_an_answer_counts_while_the_question_waits_to_be_repeated(
    city: City, guifang: Person
) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.says("找活")
    city.pass_time(hours=72, minutes=1)
    guifang.says("还在的")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME


def test_a_question_about_the_call_is_answered_by_the_start(city: City, guifang: Person) -> None:
    applied = has_applied(city, guifang)
    next_morning(city, 2)
    guifang.says("找活")
    guifang.says("我上班了")
    assert spells_of(city, applied.worker_id)[0].source is Source.WORKER


def test_a_bare_word_without_any_question_is_not_understood(city: City, guifang: Person) -> None:
    registered(guifang)
    heard = guifang.says("在")
    assert not any("记下" in line for line in heard)


def test_a_worker_is_asked_after_the_firm_said_that_nobody_came(
    city: City, guifang: Person
) -> None:
    applied = has_applied(city, guifang)
    marks(city, applied, ApplicationStatus.HIRED)
    marks(city, applied, ApplicationStatus.NO_SHOW)
    guifang.listens()
    states = questions_of(city, applied)
    assert states[CheckInKind.STARTED_WORK, 5] is CheckInStatus.SCHEDULED
    next_morning(city, 5)
    assert "上班了没有" in guifang.listens()[-1]


def test_the_workers_word_against_an_absence_is_heard_and_disputed(
    city: City, guifang: Person
) -> None:
    applied = has_applied(city, guifang)
    marks(city, applied, ApplicationStatus.HIRED)
    marks(city, applied, ApplicationStatus.NO_SHOW)
    guifang.listens()
    guifang.says("我去了的，天天在上班")
    assert spells_of(city, applied.worker_id)[-1].disputed
    assert case_of(city, guifang) is not None
    worker = worker_of(city, guifang)
    assert worker is not None
    assert worker.status is WorkerStatus.EMPLOYED


@pytest.mark.parametrize("words", ["在做，但是要押身份证", "手遭机器压了", "押身份证"])
def test_a_wrong_inside_a_check_in_opens_a_case(city: City, guifang: Person, words: str) -> None:
    works(city, guifang)
    next_morning(city, 3)
    guifang.says(words)
    case = case_of(city, guifang)
    assert case is not None
    assert case.urgent


def test_who_is_gone_and_unpaid_is_out_of_work_too(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.says("不在了，工资也没给")
    assert spells_of(city, spell.worker_id)[0].ended_on == city.clock.today()


@pytest.mark.parametrize("words", ["打咯", "打了 喊我明天去"])
def test_that_the_firm_called_is_heard_in_dialect(city: City, guifang: Person, words: str) -> None:
    applied = has_applied(city, guifang)
    next_morning(city, 2)
    assert guifang.says(words)[-1:] == ["好。讲好了哪天去就去，过几天我再问。"]
    called = city.run(lambda uow: uow.applications.need(applied.application_id).firm_called)
    assert called is True


@pytest.mark.parametrize("words", ["没得哪个打", "还没有"])
def test_that_nobody_called_is_heard_in_dialect(city: City, guifang: Person, words: str) -> None:
    has_applied(city, guifang)
    next_morning(city, 2)
    assert guifang.says(words)[-1:] == ["记下了，我这就催厂里。"]
