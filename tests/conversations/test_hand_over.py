from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.services.cases import hand_over
from bot.services.cases.cases import pending_deadline
from storage.states import Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import ZHONGJIANG, add_worker, open_case, queued, read_case


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer("周明", scope="5106")


@pytest.fixture
def worker(city: City, officer: Person) -> Person:
    officer.listens()
    person = city.person("桂芳")
    add_worker(city, person)
    return person


@pytest.fixture
def case_id(city: City, worker: Person) -> UUID:
    return open_case(city, worker, Matter.QUESTION, words="问个事")


@pytest.fixture
def talk(officer: Person, worker: Person, case_id: UUID) -> None:
    officer.presses(f"a:talk:{case_id.hex}")
    worker.listens()


def end_silent(city: City) -> int:
    return city.run(lambda uow: hand_over.end_silent(uow, city.deployment))


def test_taking_over_tells_both(officer: Person, worker: Person, case_id: UUID) -> None:
    officer.listens()
    assert officer.presses(f"a:talk:{case_id.hex}") == [
        "你打的字都发给陈*芳，稳工不插话。说完打 /done。"
    ]
    assert worker.listens() == ["周干部来了，直接打字跟他说。"]


@pytest.mark.usefixtures("talk")
def test_lines_go_both_ways_with_a_name_before_them(officer: Person, worker: Person) -> None:
    assert officer.says("工资是哪个月的?") == []
    assert worker.listens() == ["周干部：工资是哪个月的?"]
    assert worker.says("三月的,1") == []
    assert officer.listens() == ["陈*芳：三月的,1"]


@pytest.mark.usefixtures("talk")
def test_the_bot_is_silent_whatever_is_typed(officer: Person, worker: Person) -> None:
    for line in ("1", "找活", "工资没给", "你好", "🙂"):
        assert worker.says(line) == []
    lines = [line for line in officer.listens() if line.startswith("陈*芳：")]
    assert lines == [
        "陈*芳：1",
        "陈*芳：找活",
        "陈*芳：工资没给",
        "陈*芳：你好",
        "陈*芳：🙂",
    ]


@pytest.mark.usefixtures("talk")
def test_zero_is_still_heard(worker: Person, officer: Person) -> None:
    assert worker.says("0") == ["周干部就在这儿，直接打字说。"]
    assert officer.listens() == []


@pytest.mark.usefixtures("talk")
def test_unsubscribing_is_still_heard(worker: Person, officer: Person) -> None:
    assert worker.says("退订") != []
    assert officer.listens() == []


@pytest.mark.usefixtures("talk")
def test_erasing_works_to_its_end_in_the_middle_of_a_talk(worker: Person, officer: Person) -> None:
    assert worker.says("删除我的信息") != []
    worker.says("1")
    assert "陈*芳：1" not in officer.heard


@pytest.mark.usefixtures("talk")
def test_done_gives_the_conversation_back_and_tells_both(officer: Person, worker: Person) -> None:
    assert officer.says("/done")[0] == "说完了，已还给稳工。"
    assert worker.listens() == ["干部说完了，接着用稳工就行。"]
    assert worker.says("你好") != []
    assert officer.listens() == []


@pytest.mark.usefixtures("talk")
def test_the_open_question_is_asked_again_after_the_talk(officer: Person, worker: Person) -> None:
    officer.says("/done")
    worker.listens()
    assert worker.taps("继续") != []


def test_done_without_a_talk_is_answered(officer: Person) -> None:
    assert officer.says("/done") == ["这会儿没跟谁在说话。"]


@pytest.mark.usefixtures("talk")
def test_two_officers_cannot_take_the_same_conversation(
    city: City, officer: Person, worker: Person, case_id: UUID
) -> None:
    other = city.officer("吴丽", scope=ZHONGJIANG)
    assert other.presses(f"a:talk:{case_id.hex}") == ["周干部正在跟他说，等他们说完。"]
    other.says("有人吗")
    assert worker.listens() == []
    assert officer.listens() == []


@pytest.mark.usefixtures("talk")
def test_one_officer_talks_with_one_person_at_a_time(
    city: City, officer: Person, worker: Person
) -> None:
    second = city.person("second")
    add_worker(city, second, name="李秀英")
    case_id = open_case(city, second)
    officer.listens()
    assert officer.presses(f"a:talk:{case_id.hex}") == ["你还在跟另一个人说话，先打 /done。"]
    officer.says("在吗")
    assert worker.listens() == ["周干部：在吗"]


@pytest.mark.usefixtures("talk")
def test_24_hours_of_silence_end_the_talk_and_both_are_told(
    city: City, officer: Person, worker: Person
) -> None:
    city.clock.advance(timedelta(hours=23, minutes=59))
    assert end_silent(city) == 0
    city.clock.advance(timedelta(minutes=1))
    assert end_silent(city) == 1
    assert worker.listens() == ["一天没人说话，先到这儿。还要人帮就按0。"]
    assert officer.listens() == ["跟陈*芳一天没人说话，已还给稳工。"]
    assert end_silent(city) == 0
    assert officer.says("喂") != []
    assert worker.listens() == []


@pytest.mark.usefixtures("talk")
def test_a_line_keeps_the_talk_open(city: City, worker: Person) -> None:
    city.clock.advance(timedelta(hours=23))
    worker.says("等下")
    city.clock.advance(timedelta(hours=23))
    assert end_silent(city) == 0


@pytest.mark.usefixtures("talk")
def test_a_line_waits_for_an_officer_who_is_away(
    city: City, officer: Person, worker: Person
) -> None:
    worker.says("第一句")
    worker.says("第二句")
    assert {"陈*芳：第一句", "陈*芳：第二句"} <= {body.text for body in queued(city, officer)}
    city.clock.advance(timedelta(hours=12))
    assert officer.listens() == ["陈*芳：第一句", "陈*芳：第二句"]


@pytest.mark.usefixtures("talk")
def test_a_worker_who_was_erased_meanwhile_hears_no_more(
    city: City, officer: Person, worker: Person
) -> None:
    address_id = worker.row().id

    def leave(uow: UnitOfWork) -> None:
        uow.addresses.workers_at(address_id)[0].status = WorkerStatus.LEFT

    city.run(leave)
    assert officer.says("还在吗") == ["这人的资料已删，说不成了，没发出去。"]
    assert "周干部：还在吗" not in [body.text for body in queued(city, worker)]
    assert not hand_over.is_in_hand_over(worker.row())


@pytest.mark.usefixtures("talk")
def test_a_talk_that_ended_elsewhere_is_answered_clearly(
    city: City, officer: Person, worker: Person
) -> None:
    address_id = worker.row().id

    def end(uow: UnitOfWork) -> None:
        uow.addresses.need(address_id).handed_over_to = None

    city.run(end)
    assert officer.says("还在吗") == ["这次说话已经结束，这句没发出去。"]


@pytest.mark.usefixtures("talk")
def test_whoever_is_talked_with_is_in_hand_over(worker: Person, officer: Person) -> None:
    assert hand_over.is_in_hand_over(worker.row())
    assert not hand_over.is_in_hand_over(officer.row())


@pytest.mark.usefixtures("talk")
def test_the_same_line_twice_is_carried_once(officer: Person, worker: Person) -> None:
    worker.says("听到没", message_id="m9001")
    worker.says("听到没", message_id="m9001")
    assert officer.listens() == ["陈*芳：听到没"]


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize("typed", ["1", "说完了", "说完了。"])
def test_the_buttons_words_and_number_end_the_talk(
    officer: Person, worker: Person, typed: str
) -> None:
    officer.listens()
    assert officer.says(typed)[0] == "说完了，已还给稳工。"
    assert worker.listens() == ["干部说完了，接着用稳工就行。"]


@pytest.mark.usefixtures("talk")
def test_a_number_that_answers_the_person_goes_to_the_person(
    officer: Person, worker: Person
) -> None:
    worker.says("是几号的工资？")
    officer.listens()
    assert officer.says("1") == []
    assert worker.listens() == ["周干部：1"]


@pytest.mark.usefixtures("talk")
def test_unpaid_wages_said_in_a_talk_become_part_of_the_case(
    city: City, worker: Person, case_id: UUID
) -> None:
    assert worker.says("我工资两个月没发，咋办") == []
    case = read_case(city, case_id)
    assert Matter.GRIEVANCE.value in case.matters
    assert case.urgent
    assert "我工资两个月没发，咋办" in (case.words or "")


@pytest.mark.usefixtures("talk")
def test_a_holiday_said_in_a_talk_is_no_lost_work(
    city: City, worker: Person, case_id: UUID
) -> None:
    worker.says("厂里放假没上班")
    assert read_case(city, case_id).matters == [Matter.QUESTION.value]


@pytest.mark.usefixtures("talk")
def test_who_was_left_without_an_answer_is_promised_a_call(
    city: City, officer: Person, worker: Person, case_id: UUID
) -> None:
    worker.says("我工资两个月没发，咋办")
    officer.listens()
    city.clock.advance(timedelta(hours=25))
    assert end_silent(city) == 1
    assert worker.listens() == ["一天没人回你，对不住。周干部今天17点前打给你。"]
    assert any("C-0001 欠薪" in line for line in officer.listens())
    due_at = city.run(lambda uow: pending_deadline(uow, uow.cases.need(case_id)))
    assert due_at is not None
    assert due_at > city.clock.now()


@pytest.mark.usefixtures("talk")
def test_a_case_closed_during_the_talk_opens_for_the_unanswered_line(
    city: City, worker: Person, case_id: UUID
) -> None:
    worker.says("那我咋办")

    def close(uow: UnitOfWork) -> None:
        uow.cases.need(case_id).closed_at = city.clock.now()

    city.run(close)
    city.clock.advance(timedelta(hours=25))
    end_silent(city)
    assert any("打给你" in line for line in worker.listens())
