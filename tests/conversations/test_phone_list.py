"""The officer's phone list: cards, outcomes in one tap, and what follows from them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.states import (
    CallOutcome,
    CallStatus,
    CheckInStatus,
    DeliveryStatus,
    EndReason,
    Matter,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person
from tests.follow_up_world import offers, spells_of
from tests.officer_world import audited, queued


def card(officer: Person) -> str:
    """Open the first card; return its words."""
    officer.says("/phone")
    return officer.taps("开始打")[-1]


def test_a_card_hides_name_and_number_until_they_are_asked_for(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    assert "陈*芳" in "\n".join(officer.says("/phone"))
    words = officer.taps("开始打")[-1]
    assert "第1个，共1个" in words
    assert "陈*芳 139****1234" in words
    assert "还在宏达制衣不" in words
    assert audited(city, "view_phone") == 0
    assert "陈桂芳 13900001234" in officer.taps("看名字和电话")[-1]
    assert audited(city, "view_phone") == 1


def test_still_there_settles_the_check_in_and_its_message(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    card(officer)
    heard = officer.taps("接了：在")
    assert "记下：陈*芳还在做" in heard[0]
    assert any(line.startswith("读给他听") for line in heard)
    assert world.check_in(city, row).status is CheckInStatus.SAME
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.outcome) == (CallStatus.DONE, CallOutcome.STILL_THERE)
    (delivery,) = world.deliveries_of(city, worker)
    assert delivery.status is DeliveryStatus.ACCEPTED


def test_lost_work_opens_the_same_case_with_vacancies_as_if_the_worker_had_said_it(
    city_on_both: City,
) -> None:
    city = city_on_both
    offers(city, 2)
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    card(officer)
    heard = officer.taps("没做了")
    assert world.check_in(city, row).status is CheckInStatus.NOT_WORKING
    assert spells_of(city, worker)[-1].end_reason is EndReason.LOST
    address = world.number_of(city, worker)
    case = city.run(lambda uow: uow.cases.find_open(worker_id=worker, address_id=address.id))
    assert case is not None
    assert case.matters == [Matter.UNEMPLOYMENT.value]
    assert any("平车工" in line for line in heard)
    assert any("替陈*芳办" in line for line in heard)


def test_another_workplace_is_asked_after_in_the_same_call(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    card(officer)
    assert "换到哪家了" in officer.taps("换了")[-1]
    officer.says("红星厂")
    officer.taps("昨天")
    assert world.check_in(city, row).status is CheckInStatus.CHANGED
    assert spells_of(city, worker)[-1].employer == "红星厂"


def test_nobody_answering_plans_another_call_and_the_message_waits(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    card(officer)
    heard = officer.taps("没接")
    assert "没接，第1次。11月24日" in heard[0]
    assert "今天的打完了" in "\n".join(heard)
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.planned_on) == (CallStatus.OPEN, world.next_workday(city))
    (delivery,) = world.deliveries_of(city, worker)
    assert delivery.status is DeliveryStatus.QUEUED
    city.pass_time(days=1)
    assert "打过1次没接" in card(officer)


def test_three_calls_in_vain_give_the_matter_up(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker)
    for _ in range(3):
        card(officer)
        heard = officer.taps("没接")
        city.pass_time(days=1)
    assert "3次没接，这件事不再打" in heard[0]
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.outcome) == (CallStatus.DONE, CallOutcome.NO_ANSWER)
    (delivery,) = world.deliveries_of(city, worker)
    assert (delivery.status, delivery.reason) == (DeliveryStatus.FAILED, "no_answer")


def test_a_wrong_number_is_not_dialled_again_and_a_new_one_is_asked_for(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    world.is_told(city, worker)
    card(officer)
    officer.taps("空号")
    assert world.number_of(city, worker).unreachable_since is not None
    assert world.deliveries_of(city, worker)[0].reason == "wrong_number"
    assert any("空号" in body.text and body.options for body in queued(city, officer))
    officer.listens()
    officer.taps("有新号码了")
    officer.says("13900009999")
    fresh = world.number_of(city, worker)
    assert fresh.address == "13900009999"
    assert fresh.unreachable_since is None


def test_who_wants_no_calls_gets_none_at_once_and_for_good(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    world.is_told(city, worker)
    card(officer)
    officer.taps("不想被打")
    assert world.number_of(city, worker).unsubscribed_at is not None
    assert {row.status for row in world.deliveries_of(city, worker)} == {DeliveryStatus.SKIPPED}
    assert world.is_told(city, worker, words="还有一个招聘会") is None


def test_an_outcome_is_taken_back_within_ten_minutes(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    card(officer)
    officer.taps("没做了")
    city.clock.advance(timedelta(minutes=9))
    heard = officer.taps("点错了")
    assert any("撤了" in line for line in heard)
    assert "还在宏达制衣不" in heard[-1]
    assert world.check_in(city, row).status is CheckInStatus.SENT
    assert spells_of(city, worker)[-1].ended_on is None
    officer.taps("接了：在")
    assert world.check_in(city, row).status is CheckInStatus.SAME


def test_a_change_of_work_is_taken_back_too(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    (before,) = spells_of(city, worker)
    card(officer)
    officer.taps("换了")
    officer.taps("点错了")
    (after,) = spells_of(city, worker)
    assert (after.id, after.ended_on) == (before.id, None)
    assert world.check_in(city, row).status is CheckInStatus.SENT


@pytest.mark.parametrize("outcome", ["没接", "空号", "不想被打"])
def test_an_outcome_without_a_talk_is_taken_back(city: City, outcome: str) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    card(officer)
    officer.taps(outcome)
    officer.taps("点错了")
    address = world.number_of(city, worker)
    assert (address.unreachable_since, address.unsubscribed_at) == (None, None)
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.attempts) == (CallStatus.OPEN, 0)
    (delivery,) = world.deliveries_of(city, worker)
    assert delivery.status is DeliveryStatus.QUEUED


def test_after_ten_minutes_an_outcome_stays(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    card(officer)
    officer.taps("没接")
    city.clock.advance(timedelta(minutes=11))
    assert officer.taps("点错了") == ["过了10分钟，或后头又打了别人，撤不了。"]


def test_whoever_wants_the_vacancy_is_applied_for_in_the_call(city_on_both: City) -> None:
    city = city_on_both
    vacancy = world.vacancy(city)
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker, vacancy_id=vacancy, words="平车工 4000—5500元")
    assert "平车工 4000—5500元" in card(officer)
    heard = officer.taps("愿去")
    assert "这句要他自己答" in heard[-1]
    officer.taps("给")
    rows = city.run(lambda uow: uow.applications.of_worker(worker))
    assert [found.id for _, found in rows] == [vacancy]


def test_whoever_does_not_want_the_vacancy_is_asked_why(city: City) -> None:
    vacancy = world.vacancy(city)
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker, vacancy_id=vacancy)
    card(officer)
    officer.taps("说了，不去")
    assert any("远" in label for label in officer.buttons())


def test_skipped_people_come_last(city: City) -> None:
    officer = city.officer()
    for number, name in enumerate(("陈桂芳", "李大勇")):
        worker = world.add_worker(city, name, phone=f"1390000111{number}")
        world.is_asked(city, worker)
    first = card(officer)
    second = officer.taps("跳过")[-1]
    assert first.splitlines()[1] != second.splitlines()[1]
    assert officer.taps("跳过")[-1].splitlines()[1] == first.splitlines()[1]


def test_what_was_answered_elsewhere_falls_off_before_it_is_seen(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)

    def answer(uow: UnitOfWork) -> None:
        uow.check_ins.need(row.id).status = CheckInStatus.SAME

    city.run(answer)
    assert "今天没有要打的了" in officer.says("/phone")[0]
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.reason) == (CallStatus.LET_GO, "answered")


def test_the_morning_message_comes_once_on_a_working_day(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    city.tick()
    city.pass_time(minutes=20)
    heard = [line for line in officer.listens() if "今天要打" in line]
    assert heard == ["今天要打1个电话，急的在前头。"]
    assert "陈*芳" in officer.taps("看今天的单子")[-1]


def test_people_of_another_county_are_not_on_the_list(city: City) -> None:
    guanghan = city.officer("吴敏", scope="510681")
    city.officer("周明")
    worker = world.add_worker(city)
    world.is_asked(city, worker)
    assert "没有要打的了" in guanghan.says("/phone")[0]


def test_three_calls_over_a_fortnight_and_a_silent_page_make_somebody_unreachable(
    city: City,
) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    page = city.person("guifang")
    world.has_page(city, page, worker)
    for _ in range(3):
        world.is_told(city, worker, words=f"招聘会{city.clock.today()}")
        world.is_written_to(city, page, worker)
        card(officer)
        officer.taps("没接")
        city.pass_time(days=7)
    found = city.run(lambda uow: uow.workers.need(worker))
    assert found.status is WorkerStatus.UNREACHABLE


def test_on_a_foreign_platform_name_and_number_stand_on_our_own_page_only(city: City) -> None:
    city.account_id = city.app.account_id("telegram")
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    card(officer)
    officer.taps("看名字和电话")
    assert "/sheets/" in officer.heard
    assert "13900001234" not in officer.heard
    assert "陈桂芳" not in officer.heard


def test_a_worker_cannot_open_the_phone_list(city: City) -> None:
    city.officer()
    person = city.person("guifang")
    person.says("踩平车 只在中江")
    assert "要打" not in "\n".join(person.says("/phone"))
    assert person.presses("a:phone_today:") == ["这里是干部用的。"]
