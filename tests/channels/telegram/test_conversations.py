from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import pytest

from bot.services.cases import hand_over
from bot.services.people import officers
from storage.models import Attachment, Case, ContactAddress, InboundReceipt
from storage.unit_of_work import UnitOfWork
from tests.channels.telegram.wire import Wire, make_wire, talking, until
from tests.chat import City
from tests.stand_ins.telegram import TelegramStandIn
from tests.stand_ins.telegram.phone import Phone


@pytest.fixture
async def wire(city: City, telegram: TelegramStandIn) -> AsyncIterator[Wire]:
    """A bureau on Telegram whose conversations are answered."""
    made = make_wire(city, telegram, telegram.bot())
    async with talking(made):
        yield made


@pytest.fixture
def phone(wire: Wire, telegram: TelegramStandIn) -> Phone:
    phone = telegram.phone(wire.bot)
    phone.starts()
    return phone


async def officer_on(wire: Wire, telegram: TelegramStandIn) -> Phone:
    """Return the phone of an officer of the whole city."""
    phone = telegram.phone(wire.bot, "周明")
    token = wire.city.run(
        lambda uow: officers.invite(uow, wire.deployment, scope="5106", name="周明")
    )
    phone.starts(f"o_{token}")
    await phone.sees()
    if phone.last.buttons:
        phone.taps(phone.last.buttons[0].label)
    await until(lambda: wire.city.run(lambda uow: uow.officers.active_count()))
    return phone


def rows(wire: Wire, kind: type) -> list[object]:
    def read(uow: UnitOfWork) -> list[object]:
        return list(uow.session.query(kind))

    return wire.city.database.read(read)


async def test_a_stranger_is_met_and_every_press_is_acknowledged(wire: Wire, phone: Phone) -> None:
    asked = await phone.sees("会做啥")
    assert asked.buttons[-1].label == "0 找真人"
    phone.types("电焊工，去德阳")
    await phone.sees("电焊工")
    phone.taps("0 找真人")
    await phone.sees()
    await until(lambda: phone.turning == 0)


async def test_a_button_of_an_older_question_is_answered_politely(wire: Wire, phone: Phone) -> None:
    asked = await phone.sees("会做啥")
    phone.presses("q:99:1", on=asked)
    await phone.sees("会做啥")
    phone.presses("a:nothing_of_ours:1", on=asked)
    await phone.sees("会做啥")
    await until(lambda: phone.turning == 0)


async def test_a_typed_digit_chooses_as_a_tap_does(wire: Wire, phone: Phone) -> None:
    await phone.sees("会做啥")
    phone.types("0")
    await phone.sees("0838-2500000")


async def test_a_text_of_the_greatest_length_is_answered(wire: Wire, phone: Phone) -> None:
    await phone.sees("会做啥")
    phone.types("打" * 4096)
    await phone.sees()


async def test_a_block_is_noted_and_undone_without_a_word(wire: Wire, phone: Phone) -> None:
    await phone.sees("会做啥")
    person = phone.person.person_id
    count = len(phone.messages)
    phone.blocks()
    await until(lambda: is_unreachable(wire, person))
    phone.unblocks()
    await until(lambda: not is_unreachable(wire, person))
    assert len(phone.messages) == count
    phone.types("想找焊工")
    await phone.sees()


async def test_a_group_is_refused_once_and_nothing_of_it_is_kept(
    wire: Wire, phone: Phone, telegram: TelegramStandIn, log_lines: io.StringIO
) -> None:
    await phone.sees("会做啥")
    before = (len(rows(wire, ContactAddress)), len(rows(wire, InboundReceipt)))
    group = telegram.group(wire.bot, "村里人")
    for _ in range(3):
        phone.types("/menu@wengong_bot 我欠薪了", group=group)
    await until(lambda: [it for it in group.shown if it.from_bot])
    phone.types("想找焊工")
    await phone.sees()
    assert len([it for it in group.shown if it.from_bot]) == 1
    after = (len(rows(wire, ContactAddress)), len(rows(wire, InboundReceipt)))
    assert after == (before[0], before[1] + 1)
    assert "欠薪" not in log_lines.getvalue()


@pytest.mark.parametrize(
    ("kind", "words"), [("photo", "照片"), ("voice", "语音"), ("sticker", "表情")]
)
async def test_what_is_no_text_goes_to_the_officer_and_its_sender_is_told(
    wire: Wire, phone: Phone, telegram: TelegramStandIn, kind: str, words: str
) -> None:
    officer = await officer_on(wire, telegram)
    await phone.sees("会做啥")
    file_id = phone.sends(kind)
    told = await phone.sees(f"{words}收到了")
    assert "周" in told.text
    await phone.sees("会做啥")
    await officer.sees(words)
    officer.taps("1 看看")
    await until(lambda: any(it.file_id == file_id for it in officer.messages))
    shown = next(it for it in officer.messages if it.file_id == file_id)
    assert shown.kind == kind


async def test_pictures_of_one_album_are_told_once_and_shown_together(
    wire: Wire, phone: Phone, telegram: TelegramStandIn
) -> None:
    officer = await officer_on(wire, telegram)
    await phone.sees("会做啥")
    files = {phone.sends("photo") for _ in range(4)}
    await officer.sees("照片")
    await until(lambda: len(rows(wire, Attachment)) == 4)
    officer.taps("1 看看")
    await until(lambda: files <= {it.file_id for it in officer.messages})
    assert len([it for it in phone.messages if "照片收到了" in it.text]) == 1
    assert len([it for it in officer.messages if "发来照片" in it.text]) == 1


async def test_words_below_a_picture_are_heard(
    wire: Wire, phone: Phone, telegram: TelegramStandIn
) -> None:
    await officer_on(wire, telegram)
    await phone.sees("会做啥")
    phone.sends("photo", caption="老板三个月没发工资")
    await phone.sees("照片收到了")
    await until(lambda: rows(wire, Case))


async def test_without_an_officer_the_sender_is_not_promised_one(wire: Wire, phone: Phone) -> None:
    await phone.sees("会做啥")
    phone.sends("voice")
    await phone.sees("还没有干部")


async def test_an_officer_on_the_page_is_told_where_it_can_be_seen(
    wire: Wire, phone: Phone
) -> None:
    officer = wire.city.officer()
    await phone.sees("会做啥")
    phone.sends("photo")
    await phone.sees("照片收到了")
    officer.listens()
    assert any("照片" in body.text for body in officer.heard_bodies)
    answers = await asyncio.to_thread(officer.taps, "看看")
    assert f"https://t.me/{wire.bot.at_name}" in " ".join(answers)


async def test_an_officer_elsewhere_may_not_see_it(wire: Wire, phone: Phone) -> None:
    wire.city.officer()
    stranger = wire.city.officer("李强", scope="5101")
    await phone.sees("会做啥")
    phone.sends("photo")
    await phone.sees("照片收到了")
    [kept] = rows(wire, Attachment)
    assert isinstance(kept, Attachment)
    for key, refusal in ((kept.id.hex, "不归你管"), ("0" * 32, "看不到"), ("garbage", "看不到")):
        heard = await asyncio.to_thread(stranger.presses, f"a:attachment:{key}")
        assert refusal in " ".join(heard)


def is_unreachable(wire: Wire, chat_id: int) -> bool:
    found = wire.row(chat_id)
    return found is not None and found.unreachable_since is not None


async def test_pictures_cross_a_talk_with_an_officer_both_ways(
    wire: Wire, phone: Phone, telegram: TelegramStandIn
) -> None:
    officer = await officer_on(wire, telegram)
    await phone.sees("会做啥")
    talk(wire, phone, officer)
    to_officer = phone.sends("photo")
    await until(lambda: any(it.file_id == to_officer for it in officer.messages))
    to_person = officer.sends("document")
    await until(lambda: any(it.file_id == to_person for it in phone.messages))
    assert not [it for it in phone.messages if "收到了" in it.text]


def talk(wire: Wire, phone: Phone, officer: Phone) -> None:
    """Let the officer take the conversation over, as the button of a case does."""

    def take(uow: UnitOfWork) -> None:
        person = uow.addresses.find(wire.account_id, str(phone.person.person_id))
        by = uow.addresses.find(wire.account_id, str(officer.person.person_id))
        assert person is not None
        assert by is not None
        person.handed_over_to = by.id
        by.memory = {**(by.memory or {}), hand_over.TALKING_TO: person.id.hex}

    wire.city.run(take)
