"""Whatever comes in, in every role and state: a clear answer, once, and never the same twice."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from uuid import UUID

import pytest

from bot.channels.receiver import Receiver
from bot.messages import Inbound
from storage.models import InboundReceipt
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.conversations.firm_world import firm_in
from tests.whole_loop import Loop

NONSENSE = ("嗯嘛呢吧", "xyzzy", "……", "阿巴阿巴", "qwerty", "哦豁豁", "~~~", "喵喵喵")
ODD = {
    "empty": "",
    "spaces": " \n\t ",
    "long": "稳工" * 5_000,
    "long without breaks": "a" * 10_000,
    "emoji": "😀🎉👨‍👩‍👧",
    "control characters": "\x00\x07\x1b[31m红\x7f",
    "half a surrogate pair": "\ud83d平车",
    "html": "<script>alert(1)</script><b>&amp;</b>",
    "format": "{name} %s {0} {",
    "digits": "9" * 60,
    "full-width": "１２３　，。",
    "slash": "/nosuchcommand 1",
    "lone slash": "/",
    "sql": "'; DROP TABLE worker; --",
}
BUTTONS = (
    "q:0:1", "q:1:99", "q::", "q:999999:1", "a:apply:nothing", "a:look:nothing", "a:more:x",
    "a:talk:nothing", "a:draft:nothing", "a:case:nothing", "a:gone:", "a::", "v0|x", ":", "🙂",
)  # fmt: skip
Start = Callable[[City], Person]


def stranger(city: City) -> Person:
    return city.person("stranger")


def newcomer(city: City) -> Person:
    person = city.person("newcomer")
    person.says("你好")
    return person


def known_worker(city: City) -> Person:
    loop = Loop(city)
    loop.firm_posts()
    loop.worker_applies()
    return loop.worker


def worker_before_consent(city: City) -> Person:
    loop = Loop(city)
    loop.firm_posts()
    loop.says(loop.worker, "踩平车 只在中江", "要得")
    loop.taps(loop.worker, "报名")
    return loop.worker


def worker_asked_for_a_name(city: City) -> Person:
    person = worker_before_consent(city)
    person.taps("同意")
    return person


def firm(city: City) -> Person:
    city.officer()
    boss = firm_in(city).boss
    boss.says("菜单")
    return boss


def firm_with_a_draft(city: City) -> Person:
    boss = firm(city)
    boss.says("中江南华镇招平车工6名,计件4000-5500,中午管饭")
    return boss


def firm_that_registers(city: City) -> Person:
    boss = city.person("new boss")
    boss.says("/enterprise")
    return boss


def officer(city: City) -> Person:
    person = city.officer()
    person.says("菜单")
    return person


def officer_with_a_case(city: City) -> Person:
    loop = Loop(city)
    loop.firm_posts()
    loop.worker_applies()
    loop.firm_hires()
    loop.worker_loses_it()
    loop.taps(loop.officer, "打开")
    return loop.officer


STARTS = (
    stranger, newcomer, known_worker, worker_before_consent, worker_asked_for_a_name, firm,
    firm_with_a_draft, firm_that_registers, officer, officer_with_a_case,
)  # fmt: skip
every_start = pytest.mark.parametrize("start", STARTS, ids=lambda start: start.__name__)


def failed_receipts(city: City) -> int:
    def count(uow: UnitOfWork) -> int:
        return uow.session.query(InboundReceipt).filter_by(status=ReceiptStatus.FAILED).count()

    return city.run(count)


@every_start
def test_odd_texts_are_answered(city: City, start: Start, log_lines: io.StringIO) -> None:
    person = start(city)
    silent = [name for name, text in ODD.items() if not person.says(text)]
    assert silent == []
    assert failed_receipts(city) == 0, log_lines.getvalue()


@every_start
def test_old_and_invented_buttons_are_answered(
    city: City, start: Start, log_lines: io.StringIO
) -> None:
    person = start(city)
    silent = [data for data in BUTTONS if not person.presses(data)]
    assert silent == []
    assert failed_receipts(city) == 0, log_lines.getvalue()


@every_start
def test_buttons_of_everything_heard_so_far_can_be_pressed_again(
    city: City, start: Start, log_lines: io.StringIO
) -> None:
    person = start(city)
    seen = [option.data for body in person.heard_bodies for option in body.options]
    silent = [data for data in dict.fromkeys(seen) if not person.presses(data)]
    assert silent == []
    assert failed_receipts(city) == 0, log_lines.getvalue()


@every_start
def test_nonsense_is_never_answered_twice_in_the_same_words(city: City, start: Start) -> None:
    person = start(city)
    answers = [tuple(person.says(text)) for text in NONSENSE]
    assert all(answers)
    repeated = [
        (NONSENSE[at], answer)
        for at, answer in enumerate(answers[1:], 1)
        if answer == answers[at - 1]
    ]
    assert repeated == []


@every_start
def test_the_same_message_twice_is_answered_once(city: City, start: Start) -> None:
    person = start(city)
    assert person.says("菜单", message_id="same")
    assert person.says("菜单", message_id="same") == []


def test_two_first_messages_at_once_meet_one_stranger(city_on_both: City) -> None:
    city = city_on_both
    person = city.person("eager")
    inbounds = [
        Inbound(f"eager:{number}", person.address, text, sequence=number)
        for number, text in enumerate(("你好", "踩平车 只在中江"))
    ]

    async def receive() -> None:
        receiver = Receiver(city.database, city.app.engine, wake=lambda _account, _address: None)
        await asyncio.gather(*(receiver.answer(city.account_id, each) for each in inbounds))
        await receiver.close()

    asyncio.run(receive())
    heard = "\n".join(person.listens())
    assert heard.count("找活助手") == 1
    assert "平车" in heard


def test_a_message_that_comes_late_is_answered_and_agrees_to_nothing(city: City) -> None:
    person = worker_before_consent(city)
    late = Inbound("late", person.address, "你好", sequence=-5)

    async def receive() -> None:
        receiver = Receiver(city.database, city.app.engine, wake=lambda _account, _address: None)
        await receiver.answer(city.account_id, late)
        await receiver.close()

    asyncio.run(receive())
    assert person.listens()
    assert city.run(lambda uow: uow.addresses.workers_at(person_id(uow, city, person))) == []


def person_id(uow: UnitOfWork, city: City, person: Person) -> UUID:
    address = uow.addresses.find(city.account_id, person.address)
    assert address is not None
    return address.id
