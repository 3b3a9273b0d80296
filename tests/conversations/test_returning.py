"""Coming back by the link of a text message or a card."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event

from bot.services.people import workers
from bot.services.sending import return_links
from storage.models import AuditEntry, Worker
from storage.models.reaching import ReturnLink
from storage.states import CheckInStatus, LinkPurpose, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services import job_world
from tests.sms_city import SmsCity, asked_on_day_three, hired, token_in
from tests.worker_world import count, registered, workers_of

EXPIRED = "这个链接过期了。回短信随便一个字，或找干部，就有新的。"
UNKNOWN = "这个链接打不开。回短信随便一个字，或找村上干部，就有新的。"
ELSEWHERE = "这个链接在别处开过了，只给一个人用。回短信随便一个字，就有新的。"
STOPPED = "这张卡片停用了。找村上干部，重新做一张。"
CARD_EXPIRED = "这张卡片过期了。找村上干部，重新做一张。"
QUESTION = "三天了，还在宏达制衣不？"
PERSONAL = ("陈", "宏达", "13900001234")


def only_link(city: City) -> ReturnLink:
    return city.run(lambda uow: uow.session.query(ReturnLink).one())


def card(city: City, worker: Worker) -> str:
    """Return the token of a paper card for a worker."""
    return city.run(
        lambda uow: return_links.make(
            uow, city.deployment, uow.workers.need(worker.id), purpose=LinkPurpose.CARD
        )
    )


def asked_by_text(city: SmsCity) -> str:
    """Ask somebody with a telephone only; return the token in the message."""
    hired(city)
    asked_on_day_three(city)
    (text,) = city.phone().reads()
    assert text.startswith(f"{QUESTION} 回1在 2换了 3没做了 0找真人 https://")
    return token_in(text)


def test_a_link_opens_the_chat_as_that_person_and_asks_there(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    token = asked_by_text(city)
    page = city.person("a new page")
    assert page.says(f"/start r_{token}") == ["陈*芳，接着上回的说。", QUESTION]
    assert [one.name for one in workers_of(page)] == ["陈桂芳"]
    page.taps("在")
    (row,) = city.run(
        lambda uow: [one for one in uow.check_ins.of_employment(_spell(uow)) if one.day == 3]
    )
    assert row.status is CheckInStatus.SAME
    assert row.address_id == page.row().id
    assert city.phone().row().step is None


def _spell(uow: UnitOfWork) -> uuid.UUID:
    (worker,) = uow.session.query(Worker).all()
    spell = uow.employments.open_of(worker.id)
    assert spell is not None
    return spell.id


def test_a_digit_by_text_message_answers_without_the_link(sms_city_on_both: SmsCity) -> None:
    asked_by_text(sms_city_on_both)
    phone = sms_city_on_both.phone()
    phone.reads()
    (answer,) = phone.writes("1")
    assert answer.startswith("好，记下了：还在做。")


def test_who_opened_the_page_may_still_answer_by_text_message(sms_city: SmsCity) -> None:
    token = asked_by_text(sms_city)
    page, phone = sms_city.person("a new page"), sms_city.phone()
    page.says(f"/start r_{token}")
    phone.reads()
    (answer,) = phone.writes("1")
    assert answer.startswith("好，记下了：还在做。")
    assert page.row().step is None
    rows = sms_city.run(lambda uow: uow.check_ins.of_employment(_spell(uow)))
    assert rows[0].status is CheckInStatus.SAME
    assert rows[0].address_id == phone.row().id


def test_a_link_is_one_persons(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    token = asked_by_text(city)
    page, other = city.person("a new page"), city.person("somebody else")
    page.says(f"/start r_{token}")
    assert other.says(f"/start r_{token}") == [ELSEWHERE]
    assert workers_of(other) == []
    assert page.says(f"/start r_{token}") == [QUESTION]


def test_opening_a_link_is_audited_without_values(sms_city: SmsCity) -> None:
    token = asked_by_text(sms_city)
    page = sms_city.person("a new page")
    page.says(f"/start r_{token}")
    page.says(f"/start r_{token}")
    (entry,) = sms_city.run(
        lambda uow: uow.session.query(AuditEntry).filter_by(action="open_return_link").all()
    )
    assert (entry.actor, entry.scope) == (f"address:{page.row().id.hex}", "510623101")


@contextmanager
def statements(city: City) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(city.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(city.database.engine, "before_cursor_execute", note)


def test_an_altered_link_is_refused_without_a_query(sms_city: SmsCity) -> None:
    token = asked_by_text(sms_city)
    page = sms_city.person("a new page")
    assert len(token) == 24
    with statements(sms_city) as seen:
        for place in (0, 11, 12, 23):
            sign = "A" if token[place] != "A" else "B"
            altered = token[:place] + sign + token[place + 1 :]
            assert page.says(f"/start r_{altered}") == [UNKNOWN]
        for altered in ("", "x", token[:-1], f"{token}A", "é" * 24, "-" * 64):
            assert page.says(f"/start r_{altered or '='}") == [UNKNOWN]
    assert not [one for one in seen if "return_link" in one]
    assert workers_of(page) == []


def test_an_expired_link_says_how_to_get_a_new_one_and_nothing_personal(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    token = asked_by_text(city)
    city.clock.advance(timedelta(days=7))
    page = city.person("a new page")
    assert page.says(f"/start r_{token}") == [EXPIRED]
    phone = city.phone()
    phone.reads()
    (text,) = phone.writes("在吗")
    assert token_in(text) != token


def test_a_card_opens_for_half_a_year(city_on_both: City) -> None:
    worker = registered(city_on_both.person("guifang"))
    token = card(city_on_both, worker)
    page = city_on_both.person("a new page")
    city_on_both.clock.advance(timedelta(days=179))
    heard = page.says(f"/start r_{token}")
    assert heard[0] == "陈*芳，接着上回的说。"
    assert page.row().step == "menu.worker"
    city_on_both.clock.advance(timedelta(days=1))
    assert page.says(f"/start r_{token}") == [CARD_EXPIRED]


def test_a_revoked_link_opens_nothing(city_on_both: City) -> None:
    worker = registered(city_on_both.person("guifang"))
    token = card(city_on_both, worker)

    def revoke(uow: UnitOfWork) -> int:
        found = uow.workers.need(worker.id)
        return return_links.revoke_all(uow, found, city_on_both.clock.now())

    assert city_on_both.run(revoke) == 1
    assert city_on_both.run(revoke) == 0
    assert city_on_both.person("a new page").says(f"/start r_{token}") == [STOPPED]


def test_who_left_is_not_returned_to(city: City) -> None:
    worker = registered(city.person("guifang"))
    token = card(city, worker)
    now = city.clock.now()
    city.run(
        lambda uow: workers.set_status(uow, uow.workers.need(worker.id), WorkerStatus.LEFT, now=now)
    )
    (answer,) = city.person("a new page").says(f"/start r_{token}")
    assert not [word for word in PERSONAL if word in answer]
    assert "停用了" in answer


def test_of_an_erased_person_no_link_is_left(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    token = card(city_on_both, registered(person))
    page = city_on_both.person("a new page")
    page.says(f"/start r_{token}")
    person.says("/delete")
    person.says("1")
    assert count(city_on_both, "return_link") == 0
    assert page.says(f"/start r_{token}") == [UNKNOWN]


def test_a_phone_with_several_people_goes_on_with_the_one_of_the_link(city: City) -> None:
    token = card(city, registered(city.person("guifang")))
    shared = city.person("a shared phone")
    registered(shared, workers.ProfileDraft(name="李大山"))
    shared.says(f"/start r_{token}")
    shared.taps("是")
    names = {one.id: one.name for one in workers_of(shared)}
    acting_for = shared.row().acting_for
    assert sorted(name or "" for name in names.values()) == ["李大山", "陈桂芳"]
    assert acting_for is not None
    assert names[acting_for] == "陈桂芳"


def test_who_is_known_here_is_not_greeted_again(city: City) -> None:
    person = city.person("guifang")
    token = card(city, registered(person))
    heard = person.says(f"/start r_{token}")
    assert not [line for line in heard if "接着上回的说" in line]
    assert person.row().step == "menu.worker"


def test_an_officers_page_does_not_become_a_workers(city: City) -> None:
    token = card(city, registered(city.person("guifang")))
    officer = city.officer()
    assert officer.says(f"/start r_{token}") == ["这是工友的链接，请用工友的手机打开。"]
    assert workers_of(officer) == []
    assert only_link(city).opened_by is None


def test_a_link_of_another_bureau_is_unknown_here(city: City) -> None:
    def add(uow: UnitOfWork) -> str:
        worker = job_world.add_worker(uow, city.clock.now())
        worker.bureau_adcode = "510700"
        return return_links.make(uow, city.deployment, worker)

    token = city.run(add)
    assert city.person("a page").says(f"/start r_{token}") == [UNKNOWN]
