"""How fast a bot may write, and what follows when it writes faster."""

from __future__ import annotations

from dataclasses import replace

from tests.stand_ins.conftest import Ticker
from tests.stand_ins.raw_bot import Answer, RawBot
from tests.stand_ins.telegram import Account, Limits, Phone, TelegramStandIn


async def to_many(telegram: TelegramStandIn, bot: RawBot, count: int) -> list[Answer]:
    """Send one message each to so many people."""
    people = [telegram.phone(bot.account) for _ in range(count)]
    for person in people:
        person.starts()
    return [await bot.say(person.person.person_id) for person in people]


async def test_the_31st_message_of_a_second_is_refused(
    telegram: TelegramStandIn, bot: RawBot
) -> None:
    answers = await to_many(telegram, bot, 31)
    assert [answer.status for answer in answers] == [200] * 30 + [429]
    assert answers[-1].body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_a_429_blocks_the_whole_bot_until_its_seconds_are_over(
    telegram: TelegramStandIn, bot: RawBot, phone: Phone, ticker: Ticker
) -> None:
    await to_many(telegram, bot, 31)
    chat_id = phone.person.person_id
    ticker.seconds += 0.5
    assert (await bot.say(chat_id)).retry_after == 1
    assert (await bot.call("sendChatAction", chat_id=chat_id, action="typing")).status == 429
    assert (await bot.call("getUpdates")).status == 200
    ticker.seconds += 0.5
    assert (await bot.say(chat_id)).status == 200


async def test_another_bot_goes_on_while_one_is_blocked(
    telegram: TelegramStandIn, bot: RawBot
) -> None:
    await to_many(telegram, bot, 31)
    other = RawBot(telegram, telegram.bot(at_name="other_bot"))
    assert (await to_many(telegram, other, 1))[0].status == 200
    await other.close()


async def test_one_chat_takes_a_burst_and_then_one_a_second(
    telegram: TelegramStandIn, ticker: Ticker
) -> None:
    telegram.limits = replace(Limits(), chat_burst=3)
    bot = RawBot(telegram, telegram.bot())
    phone = telegram.phone(bot.account)
    phone.starts()
    chat_id = phone.person.person_id
    assert [(await bot.say(chat_id)).status for _ in range(4)] == [200, 200, 200, 429]
    ticker.seconds += 1.0
    assert [(await bot.say(chat_id)).status for _ in range(2)] == [200, 429]
    await bot.close()


async def test_a_group_takes_20_messages_a_minute(
    telegram: TelegramStandIn, ticker: Ticker
) -> None:
    telegram.limits = replace(Limits(), per_chat=None)
    bot = RawBot(telegram, telegram.bot())
    group = telegram.group(bot.account, "村里人")
    for _ in range(20):
        assert (await bot.say(group.chat_id)).status == 200
        ticker.seconds += 1.0
    refused = await bot.say(group.chat_id)
    assert (refused.status, refused.retry_after) == (429, 40)
    await bot.close()


async def test_edits_count_as_messages_do(telegram: TelegramStandIn, bot: RawBot) -> None:
    await to_many(telegram, bot, 30)
    chat_id = min(bot.account.chats)
    edit = await bot.call("editMessageText", chat_id=chat_id, message_id=2, text="招满了")
    assert edit.status == 429


async def test_lifted_limits_know_no_rate_and_everybody(
    telegram: TelegramStandIn, account: Account
) -> None:
    telegram.limits = Limits().lifted()
    bot = RawBot(telegram, telegram.bot())
    assert {(await bot.say(number)).status for number in range(1, 61)} == {200}
    assert {(await bot.say(7)).status for _ in range(40)} == {200}
    assert account.chats == {}
    await bot.close()
