"""What may stand in a message, who gets it, and what may be changed afterwards."""

from __future__ import annotations

import pytest

from tests.stand_ins.raw_bot import RawBot
from tests.stand_ins.telegram import Phone, TelegramStandIn
from tests.stand_ins.telegram.values import Json


@pytest.fixture
def chat_id(phone: Phone) -> int:
    return phone.person.person_id


def inline(**button: object) -> Json:
    return {"inline_keyboard": [[{"text": "好", **button}]]}


def below(**button: object) -> Json:
    return {"keyboard": [[{"text": "好", **button}]]}


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("工" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
    ids=["nothing", "blanks", "4097 letters", "2049 emoji"],
)
async def test_a_text_has_1_to_4096_utf16_units(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, text: str, refusal: str
) -> None:
    answer = await bot.say(chat_id, text)
    assert (answer.status, answer.refusal) == (400, f"Bad Request: {refusal}")
    assert telegram.forgive() == [f"sendMessage: Bad Request: {refusal}"]


@pytest.mark.parametrize("text", ["工" * 4096, "😀" * 2048])
async def test_the_longest_text_arrives(bot: RawBot, phone: Phone, chat_id: int, text: str) -> None:
    assert (await bot.say(chat_id, text)).status == 200
    assert phone.texts == [text]


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (inline(callback_data=""), "BUTTON_DATA_INVALID"),
        (inline(callback_data="工" * 22), "BUTTON_DATA_INVALID"),
        (inline(), "text buttons are unallowed in the inline keyboard"),
        (
            inline(url="/vacancies/1"),
            "inline keyboard button URL '/vacancies/1' is invalid: Wrong HTTP URL",
        ),
        ({"inline_keyboard": [inline(callback_data="a")["inline_keyboard"]]}, "can't parse inline"),
        ("words", "object expected as reply markup"),
    ],
)
async def test_a_keyboard_has_the_documented_shape(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, markup: object, refusal: str
) -> None:
    answer = await bot.say(chat_id, reply_markup=markup)
    assert answer.status == 400
    assert refusal in answer.refusal
    assert telegram.forgive()


async def test_21_chinese_letters_fit_behind_a_button(bot: RawBot, chat_id: int) -> None:
    assert (await bot.say(chat_id, reply_markup=inline(callback_data="工" * 21))).status == 200


async def test_contact_and_place_are_asked_for_in_private_chats_only(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, phone: Phone
) -> None:
    group = telegram.group(bot.account, "村里人")
    for asks in ("request_contact", "request_location"):
        assert (await bot.say(chat_id, reply_markup=below(**{asks: True}))).status == 200
        refused = await bot.say(group.chat_id, reply_markup=below(**{asks: True}))
        assert "private chats only" in refused.refusal
    assert [button.asks for button in phone.keyboard] == ["location"]
    assert len(telegram.forgive()) == 2


async def test_nobody_is_written_to_who_never_pressed_start(
    telegram: TelegramStandIn, bot: RawBot
) -> None:
    stranger = telegram.phone(bot.account)
    answer = await bot.say(stranger.person.person_id)
    assert (answer.status, answer.refusal) == (400, "Bad Request: chat not found")


async def test_a_blocked_bot_is_forbidden_until_it_is_unblocked(
    bot: RawBot, phone: Phone, chat_id: int
) -> None:
    phone.blocks()
    answer = await bot.say(chat_id)
    assert (answer.status, answer.refusal) == (403, "Forbidden: bot was blocked by the user")
    phone.unblocks()
    assert (await bot.say(chat_id)).status == 200


async def test_a_person_who_left_the_platform_is_forbidden(
    bot: RawBot, phone: Phone, chat_id: int
) -> None:
    phone.deletes_account()
    assert (await bot.say(chat_id)).refusal == "Forbidden: user is deactivated"


async def test_a_wrong_token_is_unauthorized(telegram: TelegramStandIn, bot: RawBot) -> None:
    del telegram.accounts[bot.account.token]
    answer = await bot.call("getMe")
    assert answer.body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_group_that_became_a_supergroup_names_its_new_id(
    telegram: TelegramStandIn, bot: RawBot
) -> None:
    group = telegram.group(bot.account, "村里人")
    group.moved_to = -1_004_000_001
    answer = await bot.say(group.chat_id)
    assert answer.body["parameters"] == {"migrate_to_chat_id": -1_004_000_001}


async def test_an_edit_replaces_words_and_buttons(bot: RawBot, phone: Phone, chat_id: int) -> None:
    sent = await bot.say(chat_id, "保安", reply_markup=inline(callback_data="a"))
    number = sent.result["message_id"]
    await bot.call("editMessageText", chat_id=chat_id, message_id=number, text="已招满")
    assert (phone.last.text, phone.last.versions, phone.last.buttons) == ("已招满", ["保安"], [])


async def test_an_edit_that_changes_nothing_is_refused(bot: RawBot, chat_id: int) -> None:
    sent = await bot.say(chat_id, "保安")
    number = sent.result["message_id"]
    same = await bot.call("editMessageText", chat_id=chat_id, message_id=number, text="保安 ")
    assert same.status == 400
    assert "message is not modified" in same.refusal


@pytest.mark.parametrize(
    ("number", "refusal"), [(1, "message can't be edited"), (99, "message to edit not found")]
)
async def test_only_own_messages_can_be_edited(
    bot: RawBot, chat_id: int, number: int, refusal: str
) -> None:
    answer = await bot.call("editMessageText", chat_id=chat_id, message_id=number, text="改")
    assert answer.refusal == f"Bad Request: {refusal}"


async def test_another_bots_message_is_not_found(
    telegram: TelegramStandIn, bot: RawBot, phone: Phone, chat_id: int
) -> None:
    await bot.say(chat_id)
    await bot.say(chat_id)
    other = RawBot(telegram, telegram.bot(at_name="other_bot"))
    telegram.phone(other.account, chat_id=chat_id).starts()
    answer = await other.call("editMessageText", chat_id=chat_id, message_id=3, text="改")
    assert answer.refusal == "Bad Request: message to edit not found"
    assert phone.texts == ["您好", "您好"]
    await other.close()


async def test_what_came_with_a_lower_keyboard_stays_as_it_is(bot: RawBot, chat_id: int) -> None:
    sent = await bot.say(chat_id, reply_markup=below(request_contact=True))
    number = sent.result["message_id"]
    answer = await bot.call("editMessageText", chat_id=chat_id, message_id=number, text="改")
    assert answer.refusal == "Bad Request: message can't be edited"


async def test_a_medium_is_shown_by_the_id_it_came_with_and_as_what_it_is(
    telegram: TelegramStandIn, bot: RawBot, phone: Phone, chat_id: int
) -> None:
    file_id = phone.sends("voice")
    shown = await bot.call("sendVoice", chat_id=chat_id, voice=file_id, caption="留言")
    assert shown.status == 200
    assert (phone.last.kind, phone.last.file_id, phone.last.text) == ("voice", file_id, "留言")
    wrong = await bot.call("sendPhoto", chat_id=chat_id, photo=file_id)
    assert wrong.refusal == "Bad Request: type of file mismatch"
    unknown = await bot.call("sendPhoto", chat_id=chat_id, photo="AgAD")
    assert "wrong file identifier" in unknown.refusal
    long = await bot.call("sendVoice", chat_id=chat_id, voice=file_id, caption="工" * 1025)
    assert long.refusal == "Bad Request: message caption is too long"
    assert len(telegram.forgive()) == 1


async def test_a_form_says_the_same_as_json(bot: RawBot, phone: Phone, chat_id: int) -> None:
    markup = inline(callback_data="a:1")
    answer = await bot.call_by_form(
        "sendMessage", chat_id=chat_id, text="a+b=ä&", reply_markup=markup
    )
    assert answer.status == 200
    assert (phone.last.text, phone.last.labels) == ("a+b=ä&", ["好"])
