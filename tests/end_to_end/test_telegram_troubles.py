"""What goes wrong between a served process and Telegram, and what people send besides words."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from telegram import Bot
from telegram.error import Conflict

from storage.models import ContactAddress, InboundReceipt
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.end_to_end.telegram_city import (
    BY_WEBHOOK,
    TelegramCity,
    TelegramPerson,
    served_city,
    telegram_on_loopback,
)
from tests.end_to_end.test_serve import finished
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
OLD_BUTTONS = ("q:0:1", "q:999:1", "a:apply:nothing", "a:gone:", "v0|x", ":", "🙂")


@pytest.fixture(scope="module")
def telegram() -> Iterator[TelegramStandIn]:
    with telegram_on_loopback() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def city(
    telegram: TelegramStandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TelegramCity]:
    """A bureau that asks for its updates."""
    with served_city(tmp_path_factory.mktemp("polling"), telegram) as city:
        yield city


@pytest.fixture
def worker(city: TelegramCity) -> TelegramPerson:
    """Somebody who has pressed Start and was asked the first question."""
    person = city.person("王秀兰")
    person.starts()
    assert person.heard_texts
    return person


def receipts(city: TelegramCity, *states: ReceiptStatus) -> int:
    def read(uow: UnitOfWork) -> int:
        question = select(func.count()).where(InboundReceipt.status.in_(states or ReceiptStatus))
        return uow.session.scalar(question) or 0

    return city.database.read(read)


def addresses(city: TelegramCity) -> list[ContactAddress]:
    return city.database.read(lambda uow: list(uow.session.scalars(select(ContactAddress))))


def row_of(city: TelegramCity, person: TelegramPerson) -> ContactAddress:
    chat = str(person.phone.person.person_id)
    return next(row for row in addresses(city) if row.address == chat)


def page(city: TelegramCity, path: str) -> int:
    with urllib.request.urlopen(city.origin + path, timeout=10) as reply:  # noqa: S310 - our own
        return int(reply.status)


def test_an_update_that_comes_twice_is_answered_once(
    city: TelegramCity, worker: TelegramPerson
) -> None:
    assert worker.says("踩平车 只在中江")
    before = receipts(city)
    city.account.updates.repeat()
    assert worker.listens() == []
    assert receipts(city) == before


def test_updates_out_of_order_are_all_answered(city: TelegramCity, worker: TelegramPerson) -> None:
    before = receipts(city, ReceiptStatus.DONE)
    city.account.updates.backwards = True
    with city.telegram.lock:
        for text in ("踩平车", "只在中江", "要三千五"):
            worker.phone.types(text)
    assert worker.listens()
    city.account.updates.backwards = False
    assert receipts(city, ReceiptStatus.DONE) == before + 3


def test_updates_of_unknown_kinds_and_shapes_stop_nobody(
    city: TelegramCity, worker: TelegramPerson
) -> None:
    updates = city.account.updates
    before = receipts(city)
    with city.telegram.lock:
        updates.allowed = None  # as after a change of what the platform sends unasked
        updates.add("from_the_future", {"id": 1})
        updates.add("message", {"message_id": "x", "chat": 7})
        updates.add("callback_query", {})
        updates.add("poll", {"id": "1", "options": []})
    assert worker.listens() == []
    assert receipts(city) == before
    assert worker.says("踩平车 只在中江")


def test_a_text_of_several_messages_is_answered(city: TelegramCity, worker: TelegramPerson) -> None:
    assert worker.says("长" * 9_000)
    assert receipts(city, ReceiptStatus.FAILED, ReceiptStatus.RECEIVED) == 0
    assert worker.says("踩平车 只在中江")


def test_buttons_of_an_old_version_are_answered(city: TelegramCity, worker: TelegramPerson) -> None:
    silent = []
    for data in OLD_BUTTONS:
        worker.phone.presses(data, on=worker.phone.last)
        if not worker.listens():
            silent.append(data)
    assert silent == []
    city.until(lambda: not worker.phone.turning)


def test_who_blocks_the_bot_is_unreachable_until_unblocked(
    city: TelegramCity, worker: TelegramPerson
) -> None:
    worker.phone.blocks()
    city.until(lambda: row_of(city, worker).unreachable_since is not None)
    worker.phone.unblocks()
    city.until(lambda: row_of(city, worker).unreachable_since is None)
    assert worker.says("踩平车 只在中江")


def test_a_group_is_refused_politely_and_not_remembered(
    city: TelegramCity, worker: TelegramPerson
) -> None:
    known, stored = len(addresses(city)), receipts(city)
    group = city.telegram.group(city.account, "清平坝村群")
    for text in ("/start", "踩平车 13900001234", "你好"):
        worker.phone.types(text, group=group)
    city.settle()
    city.until(lambda: any(it.from_bot for it in group.shown))
    (refusal,) = [it.text for it in group.shown if it.from_bot]
    assert refusal
    assert "13900001234" not in refusal
    assert len(addresses(city)) == known
    assert receipts(city) == stored
    assert worker.listens() == []


def test_a_second_poller_is_noticed_and_the_web_chat_serves_on(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    with served_city(tmp_path, telegram) as city:
        asyncio.run(_poll_until(city, telegram))
        assert "conflict" in city.ready()
        assert page(city, "/chat") == 200
        assert page(city, "/healthz") == 200


async def _poll_until(city: TelegramCity, telegram: TelegramStandIn) -> None:
    """Poll the city's bot from elsewhere until the city gives way."""
    async with Bot(city.account.token, base_url=telegram.api) as other:
        for _attempt in range(40):
            try:
                await other.get_updates(timeout=1)
            except Conflict:
                await asyncio.sleep(0.1)
            if "conflict" in await asyncio.to_thread(city.ready):
                return
    raise AssertionError(city.ready())


def test_a_refused_token_ends_the_start_with_one_line(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    token = "4711:AAH-nobody_has_this_token_any_more"
    refused = finished(tmp_path, "run", PORT="0", TELEGRAM_TOKEN=token, TELEGRAM_API=telegram.root)
    assert refused.returncode == 2
    assert "WENGONG_TELEGRAM_TOKEN" in refused.stderr
    assert token not in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_without_a_route_the_web_chat_serves_and_telegram_comes_back(tmp_path: Path) -> None:
    with telegram_on_loopback() as telegram:
        telegram.faults.add(Fault(FaultKind.OUTAGE))
        with served_city(tmp_path, telegram) as city:
            city.until(lambda: "no_route" in city.ready())
            assert page(city, "/chat") == 200
            telegram.faults.clear()
            city.until(lambda: '"telegram":"ok"' in city.ready().replace(" ", ""))
            person = city.person("王秀兰")
            person.starts()
            assert person.heard_texts


def test_a_process_that_was_killed_reads_on_at_once_after_its_next_start(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    with served_city(tmp_path, telegram) as city:
        person = city.person("王秀兰")
        person.starts()
        city.kill()
        city.start()
        person.phone.types("踩平车 只在中江")
        before = receipts(city, ReceiptStatus.DONE)
        city.until(lambda: receipts(city, ReceiptStatus.DONE) > before, seconds=5)


def test_updates_with_a_wrong_secret_are_not_taken(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    with served_city(tmp_path, telegram, **BY_WEBHOOK) as city:
        update = b'{"update_id": 1, "message": {"text": "x"}}'
        hook = str(city.account.webhook["url"])
        for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "guessed"}):
            request = urllib.request.Request(hook, update, headers, method="POST")  # noqa: S310 - ours
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=10)  # noqa: S310 - our own server
            assert refused.value.code == 403
            refused.value.close()
        assert receipts(city) == 0
