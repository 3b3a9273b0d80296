"""A link that came to the wrong phone, and what a message was about."""

from __future__ import annotations

import uuid

import pytest

from bot.messages import Body
from bot.services.sending import return_links
from bot.services.sending.deliveries import Draft, push
from storage.models import Vacancy, Worker
from storage.models.reaching import ReturnLink
from storage.states import CheckInStatus, DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import Person
from tests.services import job_world
from tests.sms_city import SmsCity, asked_on_day_three, hired, token_in
from tests.worker_world import registered, workers_of

QUESTION = "三天了，还在宏达制衣不？"
SURE = "断开后，陈*芳的消息不再发到这里。断开不？"
DONE = "好，断开了，以后不发到这里。打扰了。"


def opened(city: SmsCity) -> tuple[str, Person]:
    """Ask by text message, and open the link on a page of somebody else."""
    hired(city)
    asked_on_day_three(city)
    token = token_in(city.phone().reads()[0])
    page = city.person("somebody else's page")
    assert QUESTION in page.says(f"/start r_{token}")
    return token, page


def parts(page: Person) -> None:
    """Say that a link came to the wrong page, and mean it."""
    page.taps("不是我")
    assert page.taps("断开") == [DONE]


@pytest.mark.parametrize("how", ["button", "words", "digit"])
def test_not_me_undoes_it_all_and_tells_the_officer(sms_city_on_both: SmsCity, how: str) -> None:
    city = sms_city_on_both
    officer = city.officer()
    token, page = opened(city)
    says = {"words": "不是我", "digit": "9"}
    heard = page.taps("不是我") if how == "button" else page.says(says[how])
    assert heard == [SURE]
    assert page.taps("断开") == [DONE]
    assert workers_of(page) == []
    row = page.row()
    assert (row.step, row.acting_for) == (None, None)
    (told,) = officer.listens()
    assert told == "陈*芳：有人点开短信里的链接，说不是本人。号码可能错了，请核对。"
    assert city.phone().row().unreachable_since is not None
    again = page.says(f"/start r_{token}")
    assert "停用了" in again[0]


def test_after_not_me_the_page_shows_nothing_of_the_person(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    _token, page = opened(city)
    parts(page)
    page._cursor = 0
    assert [body.text for body in page._fetch()] == [DONE]


def test_after_not_me_every_link_of_that_person_is_closed(sms_city: SmsCity) -> None:
    _token, page = opened(sms_city)
    phone_text = sms_city.phone().writes("找活")[-1]
    parts(page)
    other = sms_city.person("another page")
    assert "停用了" in other.says(f"/start r_{token_in(phone_text)}")[0]


def test_after_not_me_the_question_waits_at_the_number_again(sms_city: SmsCity) -> None:
    _token, page = opened(sms_city)
    parts(page)

    def read(uow: UnitOfWork) -> tuple[CheckInStatus, uuid.UUID | None]:
        (worker,) = uow.session.query(Worker).all()
        spell = uow.employments.open_of(worker.id)
        assert spell is not None
        row = uow.check_ins.of_employment(spell.id)[0]
        return row.status, row.address_id

    assert sms_city.run(read) == (CheckInStatus.SENT, sms_city.phone().row().id)


def test_not_me_twice_is_not_me_once(sms_city: SmsCity) -> None:
    officer = sms_city.officer()
    _token, page = opened(sms_city)
    parts(page)
    officer.listens()
    assert page.taps("不是我") == ["已经断开了。"]
    assert officer.listens() == []


def test_nobody_parts_another_page(sms_city: SmsCity) -> None:
    _token, page = opened(sms_city)
    key = sms_city.run(lambda uow: uow.session.query(ReturnLink).one().id)
    stranger = sms_city.person("a third page")
    assert stranger.presses(f"a:not_me:{key.hex}") == ["已经断开了。"]
    assert stranger.presses("a:not_me:nonsense") == ["已经断开了。"]
    assert len(workers_of(page)) == 1


def pushed(city: SmsCity) -> tuple[Vacancy, str]:
    """Publish a vacancy to somebody with a telephone only; return it and the link's token."""

    def publish(uow: UnitOfWork) -> Vacancy:
        now = city.clock.now()
        job_world.add_worker(uow, now, phone="13900001234")
        firm = job_world.add_firm(uow, now)
        vacancy, _published = job_world.publish_new(uow, city.deployment, firm)
        return vacancy

    vacancy = city.run(publish)
    (text,) = city.phone().reads()
    assert text.startswith("新活：4000—5500元")
    assert "回1报名 2不合适" in text
    assert "回T退订" in text
    return vacancy, token_in(text)


def test_the_link_of_a_vacancy_shows_it_whole_with_its_buttons(sms_city_on_both: SmsCity) -> None:
    _vacancy, token = pushed(sms_city_on_both)
    page = sms_city_on_both.person("a new page")
    hello, shown = page.says(f"/start r_{token}")
    assert hello == "陈*芳，接着上回的说。"
    assert shown.startswith("新活：4000—5500元")
    assert "为啥给你" in shown
    assert page.buttons()[:2] == ["报名", "不合适"]
    page.taps("报名")
    assert page.row().step is not None


def test_a_digit_by_text_message_answers_a_vacancy(sms_city: SmsCity) -> None:
    pushed(sms_city)
    phone = sms_city.phone()
    phone.reads()
    (answer,) = phone.writes("2")
    assert "为啥不合适" in answer


def test_a_vacancy_that_closed_meanwhile_is_not_offered(sms_city: SmsCity) -> None:
    vacancy, token = pushed(sms_city)
    city = sms_city
    city.run(lambda uow: setattr(uow.vacancies.need(vacancy.id), "status", VacancyStatus.FILLED))
    page = city.person("a new page")
    heard = page.says(f"/start r_{token}")
    assert heard[1] == "短信上说的那家招满了。想看别的，说“找活”。"
    assert "报名" not in page.buttons()


def test_a_text_of_an_officer_is_shown_again(sms_city: SmsCity) -> None:
    worker = registered(sms_city.person("an old page"))

    address_id = sms_city.sms_address_of(worker).id

    def send(uow: UnitOfWork) -> None:
        address = uow.addresses.need(address_id)
        token = return_links.make(uow, sms_city.deployment, worker, address_id=address.id)
        body = Body("周三早上八点有招聘会。", link=return_links.path_of(token))
        draft = Draft("x", body, "b:1", DeliveryKind.BROADCAST, worker_id=worker.id)
        push(uow, address, draft, now=sms_city.clock.now())

    sms_city.run(send)
    (text,) = sms_city.phone().reads()
    page = sms_city.person("a new page")
    assert page.says(f"/start r_{token_in(text)}")[1] == "周三早上八点有招聘会。"
