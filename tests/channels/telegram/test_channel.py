from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count

import pytest
from telegram.constants import MessageLimit

from bot.channels.base import SendError
from bot.channels.telegram.api import PlainBot, connect
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.markup import units
from bot.messages import Body, Media, Option, Outbound, SendErrorKind, Wants
from content.catalogue import Catalogue
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn
from tests.stand_ins.telegram.account import Account
from tests.stand_ins.telegram.phone import Phone

OPTIONS = (Option(1, "报名", "q:1:1"), Option(0, "找真人", "q:1:0"))
LINE = "电焊工，8500元一个月，包吃住。\n"
NUMBERS = count(1)


@pytest.fixture
def account(telegram: TelegramStandIn) -> Account:
    return telegram.bot()


@pytest.fixture
def phone(telegram: TelegramStandIn, account: Account) -> Phone:
    phone = telegram.phone(account)
    phone.starts()
    return phone


@pytest.fixture
async def bot(telegram: TelegramStandIn, account: Account) -> AsyncIterator[PlainBot]:
    bot = connect(account.token, api=telegram.root)
    async with bot:
        yield bot


@pytest.fixture
def channel(bot: PlainBot, catalogue: Catalogue) -> TelegramChannel:
    return TelegramChannel(
        bot,
        public_url="https://wengong.example",
        per_second=25.0,
        burst=5,
        texts=catalogue.texts,
    )


def to(phone: Phone, body: Body, *, edits: str | None = None, name: str = "") -> Outbound:
    address = str(phone.person.person_id)
    return Outbound(name or f"d{next(NUMBERS)}", address, body, edits=edits)


async def failing(channel: TelegramChannel, message: Outbound) -> tuple[SendErrorKind, str]:
    with pytest.raises(SendError) as failed:
        await channel.send(message)
    return failed.value.failure.kind, failed.value.failure.code


async def test_a_message_arrives_as_it_was_written(channel: TelegramChannel, phone: Phone) -> None:
    words = "8500元_月 *包吃住* <8人间> [x](y)"
    external_id = await channel.send(to(phone, Body(words, OPTIONS)))
    assert phone.last.text == words
    assert str(phone.last.message_id) == external_id
    assert [button.label for button in phone.last.buttons] == ["1 报名", "0 找真人"]


async def test_a_message_is_edited_and_closed(channel: TelegramChannel, phone: Phone) -> None:
    external_id = await channel.send(to(phone, Body("招焊工", OPTIONS)))
    again = await channel.send(to(phone, Body("已招满", OPTIONS, closed=True), edits=external_id))
    assert again == external_id
    assert phone.texts == ["已招满"]
    assert not phone.last.buttons


async def test_an_edit_that_changes_nothing_is_fine(channel: TelegramChannel, phone: Phone) -> None:
    external_id = await channel.send(to(phone, Body("招焊工", OPTIONS)))
    assert await channel.send(to(phone, Body("招焊工", OPTIONS), edits=external_id)) == external_id


async def test_an_edit_of_what_is_gone_is_refused(channel: TelegramChannel, phone: Phone) -> None:
    assert await failing(channel, to(phone, Body("已招满"), edits="987654")) == (
        SendErrorKind.REFUSED,
        "edit_not_found",
    )


async def test_a_long_text_comes_in_pieces_and_its_end_can_be_edited(
    channel: TelegramChannel, phone: Phone
) -> None:
    text = LINE * 400
    external_id = await channel.send(to(phone, Body(text, OPTIONS)))
    assert "\n".join(phone.texts) == text.strip()
    assert all(units(piece) <= MessageLimit.MAX_TEXT_LENGTH for piece in phone.texts)
    assert [bool(it.buttons) for it in phone.messages] == [False] * (len(phone.texts) - 1) + [True]
    await channel.send(to(phone, Body("已招满", closed=True), edits=external_id))
    assert phone.texts[-1] == "已招满"


async def test_a_long_text_goes_on_behind_the_piece_that_was_accepted(
    channel: TelegramChannel, phone: Phone, telegram: TelegramStandIn
) -> None:
    text = LINE * 600
    telegram.faults.add(Fault(FaultKind.ERROR, every=2, times=1))
    message = to(phone, Body(text, OPTIONS), name="long")
    assert await failing(channel, message) == (SendErrorKind.TEMPORARY, "server_error")
    assert len(phone.texts) == 1
    await channel.send(message)
    assert "\n".join(phone.texts) == text.strip()


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "document"])
async def test_what_somebody_sent_is_shown_again(
    channel: TelegramChannel, phone: Phone, kind: str
) -> None:
    file_id = phone.sends(kind)
    await channel.send(to(phone, Body("陈*芳发来的", OPTIONS, media=Media(kind, file_id))))
    assert (phone.last.kind, phone.last.file_id) == (kind, file_id)
    assert phone.last.text == "陈*芳发来的"
    assert phone.last.buttons


async def test_a_sticker_comes_before_its_words(channel: TelegramChannel, phone: Phone) -> None:
    file_id = phone.sends("sticker")
    await channel.send(to(phone, Body("陈*芳发来的", media=Media("sticker", file_id))))
    assert [it.kind for it in phone.messages] == ["sticker", "text"]


async def test_a_number_is_shared_with_one_tap_and_the_keyboard_goes(
    channel: TelegramChannel, phone: Phone
) -> None:
    asked = Body("你的电话号码是多少？", OPTIONS[1:], wants=Wants.PHONE.value)
    await channel.send(to(phone, asked))
    assert [button.asks for button in phone.keyboard] == ["contact", ""]
    await channel.send(to(phone, Body("记下了。")))
    assert phone.keyboard == []
    await channel.send(to(phone, Body("还有别的事吗？")))
    assert "reply_markup" not in str(phone.last)


async def test_a_keyboard_is_taken_away_after_a_restart_too(
    channel: TelegramChannel, phone: Phone
) -> None:
    channel.keyboard_was_used(str(phone.person.person_id))
    await channel.send(to(phone, Body("记下了。")))
    assert phone.keyboard == []


async def test_somebody_who_blocked_the_bot_is_not_reachable(
    channel: TelegramChannel, phone: Phone, telegram: TelegramStandIn, account: Account
) -> None:
    phone.blocks()
    assert await failing(channel, to(phone, Body("x"))) == (SendErrorKind.BLOCKED, "blocked")
    gone = telegram.phone(account)
    gone.starts()
    gone.deletes_account()
    assert (await failing(channel, to(gone, Body("x"))))[0] is SendErrorKind.BLOCKED
    stranger = telegram.phone(account)
    assert (await failing(channel, to(stranger, Body("x"))))[0] is SendErrorKind.BLOCKED


@pytest.mark.parametrize(
    ("fault", "kind", "arrives"),
    [
        (Fault(FaultKind.ERROR, status=500, times=1), SendErrorKind.TEMPORARY, False),
        (Fault(FaultKind.ERROR, status=502, times=1), SendErrorKind.TEMPORARY, False),
        (Fault(FaultKind.THROTTLED, retry_after=7, times=1), SendErrorKind.THROTTLED, False),
        (Fault(FaultKind.CUT_BEFORE, times=1), SendErrorKind.UNKNOWN, False),
        (Fault(FaultKind.CUT_AFTER, times=1), SendErrorKind.UNKNOWN, True),
    ],
)
async def test_each_trouble_has_its_meaning(
    channel: TelegramChannel,
    phone: Phone,
    telegram: TelegramStandIn,
    fault: Fault,
    kind: SendErrorKind,
    arrives: bool,
) -> None:
    telegram.faults.add(fault)
    with pytest.raises(SendError) as failed:
        await channel.send(to(phone, Body("招焊工")))
    assert failed.value.failure.kind is kind
    if kind is SendErrorKind.THROTTLED:
        assert failed.value.failure.retry_after == 7
    assert bool(phone.texts) is arrives


async def test_a_token_withdrawn_while_we_run_costs_no_message(
    channel: TelegramChannel, phone: Phone, telegram: TelegramStandIn
) -> None:
    telegram.accounts.clear()
    assert await failing(channel, to(phone, Body("x"))) == (
        SendErrorKind.THROTTLED,
        "token_refused",
    )
