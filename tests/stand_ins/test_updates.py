"""How updates reach a bot: by long polls, or posted to its address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.stand_ins.raw_bot import RawBot
from tests.stand_ins.telegram import Phone, TelegramStandIn
from tests.stand_ins.telegram.http import HttpRequest, Reply
from tests.stand_ins.telegram.line import Line
from tests.stand_ins.telegram.values import Json


class Site:
    """A bot's own address, which refuses as often as it is told."""

    def __init__(self) -> None:
        self.got: list[HttpRequest] = []
        self.refusals = 0
        self.line = Line(self.answer, lambda: False)

    def answer(self, request: HttpRequest) -> Reply:
        """Keep the request."""
        self.got.append(request)
        if self.refusals:
            self.refusals -= 1
            return Reply(503, b"")
        return Reply(200, b"")

    async def gets(self, count: int) -> list[HttpRequest]:
        """Wait for so many requests."""
        async with asyncio.timeout(5):
            while len(self.got) < count:  # noqa: ASYNC110 - another task counts
                await asyncio.sleep(0.01)
        return self.got


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    found = Site()
    await found.line.open()
    yield found
    await found.line.close()


def numbers(updates: list[Json]) -> list[object]:
    return [update["update_id"] for update in updates]


async def test_an_update_comes_until_its_number_is_confirmed(bot: RawBot, phone: Phone) -> None:
    phone.types("有活吗")
    first = (await bot.call("getUpdates")).updates
    assert len(first) == 2
    assert (await bot.call("getUpdates")).updates == first
    rest = (await bot.call("getUpdates", offset=int(str(first[0]["update_id"])) + 1)).updates
    assert rest == first[1:]


async def test_a_long_poll_waits_for_the_next_update(bot: RawBot, phone: Phone) -> None:
    seen = (await bot.call("getUpdates")).updates
    offset = int(str(seen[-1]["update_id"])) + 1
    poll = asyncio.create_task(bot.call("getUpdates", offset=offset, timeout=5))
    await asyncio.sleep(0.05)
    assert not poll.done()
    phone.types("有活吗")
    assert len((await poll).updates) == 1


async def test_a_second_poller_ends_the_first_with_409(
    telegram: TelegramStandIn, bot: RawBot
) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=5))
    async with asyncio.timeout(5):
        while not telegram.received:  # noqa: ASYNC110 - the stand-in counts
            await asyncio.sleep(0.01)
    assert (await bot.call("getUpdates", timeout=0)).status == 200
    answer = await first
    assert answer.status == 409
    assert answer.refusal == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_a_pressed_button_turns_until_it_is_answered(
    telegram: TelegramStandIn, bot: RawBot, phone: Phone
) -> None:
    markup = {"inline_keyboard": [[{"text": "1 我想去", "callback_data": "a:1"}]]}
    await bot.say(phone.person.person_id, "保安", reply_markup=markup)
    phone.taps("我想去")
    query = (await bot.call("getUpdates")).updates[-1]["callback_query"]
    assert isinstance(query, dict)
    assert (query["data"], query["message"]["text"], phone.turning) == ("a:1", "保安", 1)
    long = await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="工" * 201)
    assert (long.status, phone.turning) == (400, 1)
    await bot.call("answerCallbackQuery", callback_query_id=query["id"])
    assert phone.turning == 0
    unknown = await bot.call("answerCallbackQuery", callback_query_id="1")
    assert "query is too old" in unknown.refusal
    assert len(telegram.forgive()) == 1


async def test_kinds_that_were_not_asked_for_do_not_come(bot: RawBot, phone: Phone) -> None:
    await bot.call("getUpdates", allowed_updates=["message"])
    phone.blocks()
    phone.unblocks()
    assert ["my_chat_member" in it for it in (await bot.call("getUpdates")).updates] == [False]


async def test_updates_can_come_twice_out_of_order_and_of_unknown_kinds(
    bot: RawBot, phone: Phone
) -> None:
    updates = bot.account.updates
    offset = updates.add("purchased_moon", {"id": 1}) or 0
    updates.twice = True
    updates.backwards = True
    phone.types("一")
    assert numbers((await bot.call("getUpdates", offset=offset)).updates) == [
        offset + 1,
        offset + 1,
        offset,
    ]
    updates.repeat()
    again = await bot.call("getUpdates", offset=offset + 2)
    assert numbers(again.updates) == [offset + 1]
    assert (await bot.call("getUpdates", offset=offset + 2)).updates == []


async def test_a_webhook_gets_its_secret_and_each_update_until_it_takes_it(
    bot: RawBot, phone: Phone, site: Site
) -> None:
    site.refusals = 1
    url = f"http://127.0.0.1:{site.line.port}/telegram"
    await bot.call("setWebhook", url=url, secret_token="s-1")
    got = await site.gets(2)
    assert [it.headers["x-telegram-bot-api-secret-token"] for it in got] == ["s-1", "s-1"]
    assert got[0].body == got[1].body
    phone.types("有活吗")
    await site.gets(3)
    async with asyncio.timeout(5):
        while bot.account.updates.waiting:  # noqa: ASYNC110 - the answer is on its way
            await asyncio.sleep(0.01)
    info = (await bot.call("getWebhookInfo")).result
    assert (info["url"], info["pending_update_count"]) == (url, 0)
    assert (await bot.call("getUpdates")).status == 409
    await bot.call("deleteWebhook")
    assert (await bot.call("getUpdates")).updates == []


@pytest.mark.parametrize(
    "url", ["http://wengong.example/telegram", "https://wengong.example:8080/telegram"]
)
async def test_a_webhook_needs_https_and_a_port_of_the_platform(
    telegram: TelegramStandIn, bot: RawBot, url: str
) -> None:
    assert "bad webhook" in (await bot.call("setWebhook", url=url)).refusal
    assert len(telegram.forgive()) == 1


async def test_a_menu_is_shown_by_the_narrowest_scope_and_language(
    bot: RawBot, phone: Phone
) -> None:
    def menu(word: str) -> list[Json]:
        return [{"command": word, "description": word}]

    await bot.call("setMyCommands", commands=menu("help"))
    assert phone.menu == ["help"]
    everybody = {"type": "all_private_chats"}
    await bot.call("setMyCommands", commands=menu("zh"), scope=everybody, language_code="zh")
    await bot.call("setMyCommands", commands=menu("en"), scope=everybody, language_code="en")
    assert phone.menu == ["zh"]
    hers = {"type": "chat", "chat_id": phone.person.person_id}
    await bot.call("setMyCommands", commands=menu("broadcast"), scope=hers)
    assert phone.menu == ["broadcast"]
    await bot.call("deleteMyCommands", scope=hers)
    assert phone.menu == ["zh"]


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        ({"command": "Help", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "help", "description": "工" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_obey_their_rules(
    telegram: TelegramStandIn, bot: RawBot, command: Json, refusal: str
) -> None:
    assert (await bot.call("setMyCommands", commands=[command])).refusal.endswith(refusal)
    many = [{"command": f"c{number}", "description": "a"} for number in range(101)]
    assert (await bot.call("setMyCommands", commands=many)).refusal.endswith("TOO_MUCH")
    assert len(telegram.forgive()) == 2
