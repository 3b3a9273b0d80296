"""Acting for a worker who has nothing but a phone, in the worker's own conversation."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from bot.services.sending.deliveries import body_of
from storage.models import AuditEntry, Consent, Delivery, Worker
from storage.states import Matter
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person
from tests.follow_up_world import offers
from tests.officer_world import audited


def begun(city: City, officer: Person) -> UUID:
    """Register somebody and act for this person."""
    worker = world.add_worker(city)
    heard = officer.says(f"/act {world.NUMBER}")
    assert "替陈*芳办" in heard[0]
    return worker


def stored(city: City) -> Worker | None:
    """Return the worker of the number, if anybody registered it."""

    def read(uow: UnitOfWork) -> Worker | None:
        people = uow.phone_tasks.people_of_number(world.NUMBER, bureau_adcode="510600")
        return people[0] if people else None

    return city.run(read)


def test_what_the_officer_taps_runs_in_the_workers_conversation(city_on_both: City) -> None:
    city = city_on_both
    offers(city, 1)
    officer = city.officer()
    worker = begun(city, officer)
    assert officer.taps("找活")
    address = world.number_of(city, worker)
    assert (address.step or "").startswith("job_search")
    assert officer.row().step is None


def test_nothing_is_queued_for_the_worker(city: City) -> None:
    officer = city.officer()
    worker = begun(city, officer)
    officer.taps("找活")
    assert world.deliveries_of(city, worker) == []


def test_a_typed_digit_is_the_workers_digit(city: City) -> None:
    officer = city.officer()
    worker = begun(city, officer)
    officer.says("3")
    assert (world.number_of(city, worker).step or "").startswith("my_information")


def test_typed_words_are_the_workers_words(city: City) -> None:
    officer = city.officer()
    worker = begun(city, officer)
    officer.says("工资没发")
    address = world.number_of(city, worker)
    case = city.run(lambda uow: uow.cases.find_open(worker_id=worker, address_id=address.id))
    assert case is not None
    assert case.matters == [Matter.GRIEVANCE.value]


def test_every_step_is_written_into_the_audit(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer()
    worker = begun(city, officer)
    officer.taps("我的信息")
    officer.says("菜单")
    assert audited(city, "act_for") == 3
    question = select(AuditEntry.subject_id).where(AuditEntry.action == "act_for")
    assert set(city.run(lambda uow: list(uow.session.scalars(question)))) == {worker}


@pytest.mark.parametrize("words", ["结束", "/done", "9"])
def test_acting_ends_on_the_officers_word(city: City, words: str) -> None:
    officer = city.officer()
    begun(city, officer)
    assert officer.says(words)[0] == "不再替他办了。"
    assert officer.says("菜单") == ["要办什么？"]
    assert audited(city, "act_for_ended") == 1


def test_acting_ends_by_itself_after_an_hour(city: City) -> None:
    officer = city.officer()
    worker = begun(city, officer)
    city.clock.advance(world.hours(1))
    assert "过了一个小时" in officer.says("工资没发")[0]
    address = world.number_of(city, worker)
    assert (
        city.run(lambda uow: uow.cases.find_open(worker_id=worker, address_id=address.id)) is None
    )


def test_a_button_of_the_officers_own_ends_acting_first(city: City) -> None:
    officer = city.officer()
    begun(city, officer)
    heard = officer.presses("a:phone_today:")
    assert heard[0] == "不再替他办了。"
    assert "要打" in heard[1]


def test_a_command_of_the_officers_own_ends_acting_first(city: City) -> None:
    officer = city.officer()
    begun(city, officer)
    assert officer.says("/menu") == ["不再替他办了。", "要办什么？"]


def test_an_old_button_does_nothing_once_acting_is_over(city: City) -> None:
    officer = city.officer()
    begun(city, officer)
    button = officer.heard_bodies[-1].options[0].data
    officer.says("结束")
    assert officer.presses(button) == ["现在没有替谁办。"]


def test_buttons_hold_no_more_than_the_platforms_allow(city: City) -> None:
    offers(city, 2)
    officer = city.officer()
    begun(city, officer)
    officer.says("没搞了")
    data = [option.data for body in officer.heard_bodies for option in body.options]
    assert any(item.startswith("a:act:a:") for item in data)
    assert max(len(item.encode()) for item in data) <= 64


def test_somebody_with_only_a_phone_is_registered_by_the_same_questions(
    city_on_both: City,
) -> None:
    city = city_on_both
    officer = city.officer()
    officer.says("/phone")
    officer.taps("登记一个没手机上网的")
    assert "没登记过" in officer.says(world.NUMBER)[0]
    assert "陈*芳" in "\n".join(officer.says("陈桂芳"))
    officer.says("踩平车 只在中江 要四千")
    officer.says("登记")
    assert "这句要他自己答" in officer.heard_bodies[-1].text
    assert stored(city) is None
    officer.taps("同意")
    worker = stored(city)
    assert worker is not None
    assert (worker.name, worker.phone, worker.wage_min) == ("陈桂芳", world.NUMBER, 4000)
    address = world.number_of(city, worker.id)
    question = select(Consent).where(Consent.worker_id == worker.id)
    consent = city.run(lambda uow: uow.session.scalars(question).one())
    assert consent.address_id == address.id


def test_nobody_acts_for_a_worker_of_another_county(city: City) -> None:
    city.officer("周明")
    other = city.officer("吴敏", scope="510681")
    worker = world.add_worker(city)
    assert other.says(f"/act {world.NUMBER}")[0] == "没找到这个人，或不归你管。"
    assert other.presses(f"a:act_for:{worker.hex}")[0] == "没找到这个人，或不归你管。"
    assert audited(city, "refused_out_of_scope") == 2


def test_a_worker_cannot_act_for_anybody(city: City) -> None:
    city.officer()
    worker = world.add_worker(city)
    person = city.person("guifang")
    person.says("踩平车 只在中江")
    for data in (f"a:act_for:{worker.hex}", "a:act:a:by_phone:", "a:by_phone:new", "a:act_done:"):
        assert "替陈*芳办" not in "\n".join(person.presses(data))
    assert audited(city, "act_for") == 0


def test_of_a_family_that_shares_a_number_one_is_chosen(city: City) -> None:
    officer = city.officer()
    world.add_worker(city, "陈桂芳")
    second = world.add_worker(city, "李大勇")
    assert "几个人用" in officer.says(f"/act {world.NUMBER}")[0]
    officer.taps("李*勇")
    assert world.number_of(city, second).acting_for == second


def test_from_a_card_acting_leads_back_to_the_next_card(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    officer.says("/phone")
    officer.taps("开始打")
    officer.taps("替他办")
    assert "第1个，共1个" in officer.taps("结束")[-1]


def test_the_officers_messages_about_the_worker_carry_the_workers_id(city: City) -> None:
    officer = city.officer()
    worker = begun(city, officer)
    question = select(Delivery).where(Delivery.worker_id == worker)
    rows = city.run(lambda uow: list(uow.session.scalars(question)))
    assert any("替陈*芳办" in body_of(row).text for row in rows)
