from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.follow_up import employments
from storage.models import Worker
from storage.states import CaseStatus, EndReason, Matter, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import (
    GUANGHAN,
    ZHONGJIANG,
    add_worker,
    audited,
    open_case,
    open_step,
    read_case,
)


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer("周明", scope=ZHONGJIANG)


@pytest.fixture
def worker(city: City, officer: Person) -> Person:
    officer.listens()
    person = city.person("桂芳")
    add_worker(city, person)
    return person


def stored(city: City, worker: Person) -> Worker:
    address_id = worker.row().id
    return city.run(lambda uow: uow.addresses.workers_at(address_id)[0])


def test_the_list_marks_what_is_urgent(city: City, officer: Person, worker: Person) -> None:
    open_case(city, worker)
    assert open_step(city, officer, "cases.queue")[-1] == (
        "要办的人：1\n🔴 C-0001 欠薪+没活 陈*芳 限17:00"
    )
    assert officer.buttons() == ["C-0001"]


def test_a_typed_digit_answers_the_message_that_told_of_the_case(
    city: City, officer: Person, worker: Person
) -> None:
    case_id = open_case(city, worker)
    officer.listens()
    assert "归周明" in officer.says("1")[-1]
    assert read_case(city, case_id).status is CaseStatus.OPEN


def test_a_false_alarm_closes_without_harm(city: City, officer: Person, worker: Person) -> None:
    row = stored(city, worker)

    def lose(uow: UnitOfWork) -> None:
        person = uow.workers.need(row.id)
        today = city.deployment.today
        employments.open_spell(
            uow, city.deployment, worker=person, started_on=today, source=Source.WORKER
        )
        employments.end_spell(
            uow, city.deployment, person, on=today, reason=EndReason.LOST, source=Source.WORKER
        )

    city.run(lose)
    case_id = open_case(city, worker, Matter.UNEMPLOYMENT)
    officer.presses(f"a:case_contacted:{case_id.hex}")
    officer.taps("是误会")
    assert read_case(city, case_id).status is CaseStatus.FALSE_ALARM
    assert stored(city, worker).status is WorkerStatus.EMPLOYED
    spells = city.run(lambda uow: uow.employments.of_worker(row.id))
    assert [spell.ended_on for spell in spells] == [None]


def test_an_empty_list_says_so(city: City, officer: Person) -> None:
    assert open_step(city, officer, "cases.queue") == ["没有要办的人。"]


def test_a_case_is_opened_by_digit_number_or_command(
    city: City, officer: Person, worker: Person
) -> None:
    open_case(city, worker)
    for words in ("1", "C-0001", "c1"):
        open_step(city, officer, "cases.queue")
        assert "原话：没搞了 工资也没给" in officer.says(words)[-1]
    assert "C-0001" in officer.says("/case 1")[-1]


def test_the_phone_is_shown_on_request_and_audited(
    city: City, officer: Person, worker: Person
) -> None:
    case_id = open_case(city, worker)
    shown = officer.presses(f"a:case:{case_id.hex}")[-1]
    assert "13900001234" not in shown
    assert "陈桂芳" not in shown
    assert officer.taps("看电话")[0] == "陈桂芳 13900001234"
    assert audited(city, "view_phone") == 1
    assert audited(city, "view_case") == 2


def test_reached_with_one_tap_then_the_outcome(city: City, officer: Person, worker: Person) -> None:
    case_id = open_case(city, worker)
    officer.presses(f"a:case_contacted:{case_id.hex}")
    assert officer.buttons() == ["又上班了", "去培训", "不想找", "是误会（放假）", "还没完"]
    assert officer.says("2")[0] == "C-0001结了：去培训"
    assert read_case(city, case_id).status is CaseStatus.TRAINING
    assert stored(city, worker).status is WorkerStatus.TRAINING


def test_back_at_work_opens_a_spell_on_the_officers_word(
    city: City, officer: Person, worker: Person
) -> None:
    case_id = open_case(city, worker)
    officer.presses(f"a:case_contacted:{case_id.hex}")
    officer.says("1")
    row = stored(city, worker)
    assert row.status is WorkerStatus.EMPLOYED
    spells = city.run(lambda uow: uow.employments.of_worker(row.id))
    assert [spell.source.value for spell in spells] == ["officer"]


def test_a_question_is_settled_by_words(city: City, officer: Person, worker: Person) -> None:
    case_id = open_case(city, worker, Matter.QUESTION, words="社保咋办")
    officer.presses(f"a:case_contacted:{case_id.hex}")
    assert officer.buttons() == ["办好了", "是误会（放假）", "还没完"]
    officer.says("1")
    assert read_case(city, case_id).closed_at is not None


def test_calls_in_vain_are_counted_and_out_of_reach_is_only_suggested(
    city: City, officer: Person, worker: Person
) -> None:
    case_id = open_case(city, worker)
    officer.listens()
    for number in (1, 2, 3):
        heard = officer.presses(f"a:case_no_answer:{case_id.hex}")
        assert heard[0] == f"C-0001记下没接，第{number}次。"
        city.clock.advance(timedelta(days=7, minutes=1))
    officer.presses(f"a:case:{case_id.hex}")
    assert officer.buttons()[-1] == "联系不上"
    assert read_case(city, case_id).closed_at is None
    officer.taps("联系不上")
    officer.says("1")
    assert read_case(city, case_id).status is CaseStatus.UNREACHABLE


def test_a_note_in_free_words_stands_in_the_history(
    city: City, officer: Person, worker: Person
) -> None:
    case_id = open_case(city, worker)
    officer.presses(f"a:case:{case_id.hex}")
    officer.taps("记一笔")
    assert (
        "周干部记：老板说月底给钱，退订也不要紧" in officer.says("老板说月底给钱，退订也不要紧")[-1]
    )


def test_a_case_goes_to_another_officer_in_scope(
    city: City, officer: Person, worker: Person
) -> None:
    other = city.officer("吴丽", scope="5106")
    city.officer("郑刚", scope=GUANGHAN)
    case_id = open_case(city, worker)
    officer.presses(f"a:case:{case_id.hex}")
    officer.taps("转给别人")
    assert officer.buttons() == ["吴丽", "算了"]
    assert officer.says("1")[0] == "C-0001转给吴丽了。"
    assert other.listens()[0].startswith("🔴 C-0001")
    assert read_case(city, case_id).officer_id == other.as_officer().id


def test_a_closed_case_can_be_reopened(city: City, officer: Person, worker: Person) -> None:
    case_id = open_case(city, worker)
    officer.presses(f"a:case_contacted:{case_id.hex}")
    officer.says("3")
    officer.says("/case C-0001")
    assert officer.buttons() == ["重开", "看电话", "回列表"]
    officer.says("1")
    assert read_case(city, case_id).reopened == 1


def test_a_closed_case_refuses_old_buttons(city: City, officer: Person, worker: Person) -> None:
    case_id = open_case(city, worker)
    officer.presses(f"a:case_contacted:{case_id.hex}")
    officer.says("3")
    assert officer.presses(f"a:case_no_answer:{case_id.hex}") == ["C-0001已经结了。"]


def test_an_officer_of_another_county_reaches_no_case(
    city: City, officer: Person, worker: Person
) -> None:
    stranger = city.officer("吴丽", scope=GUANGHAN)
    case_id = open_case(city, worker)
    assert open_step(city, stranger, "cases.queue") == ["没有要办的人。"]
    buttons = [f"a:{name}:{case_id.hex}" for name in ("case", "case_contacted", "talk")]
    for button in [*buttons, f"a:case_no_answer:{case_id.hex}", f"a:case:{'0' * 32}"]:
        assert stranger.presses(button) == ["没有这一条。"]
    assert stranger.says("/case C-0001") == ["没有这一条。"]
    assert audited(city, "refused_out_of_scope") == 4
    assert read_case(city, case_id).status is CaseStatus.OPEN
