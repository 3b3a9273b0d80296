from __future__ import annotations

from typing import cast

import pytest
from telegram.constants import MessageLimit

from bot.channels.base import SendError
from bot.channels.telegram.calls import Call, Renderer
from bot.channels.telegram.markup import units
from bot.messages import Body, Media, Option, Outbound, SendErrorKind, Wants
from content.catalogue import Catalogue

Rows = list[list[dict[str, object]]]
CHAT = "520"
OPTIONS = (Option(1, "报名", "q:1:1"), Option(2, "不去", "q:1:2"), Option(0, "找真人", "q:1:0"))
LINE = "电焊工，8500元一个月，包吃住。\n"


@pytest.fixture
def renderer(catalogue: Catalogue) -> Renderer:
    return Renderer(public_url="https://wengong.example", texts=catalogue.texts)


def outbound(body: Body, *, edits: str | None = None, address: str = CHAT) -> Outbound:
    return Outbound("d1", address, body, edits=edits)


def keyboard(call: Call) -> dict[str, Rows]:
    return cast("dict[str, Rows]", call.values["reply_markup"])


def labels(call: Call) -> list[list[object]]:
    return [[button["text"] for button in row] for row in keyboard(call)["inline_keyboard"]]


@pytest.mark.parametrize(
    ("body", "method", "shown"),
    [
        (Body("你好"), "sendMessage", {"text": "你好"}),
        (Body("a_b *c* <i> `d`"), "sendMessage", {"text": "a_b *c* <i> `d`"}),
        (
            Body("名片", link="/qr/r_1.svg"),
            "sendMessage",
            {"text": "名片\nhttps://wengong.example/qr/r_1.svg"},
        ),
        (
            Body("看", link="https://elsewhere.example/x"),
            "sendMessage",
            {"text": "看\nhttps://elsewhere.example/x"},
        ),
        (Body("删了", link="#erased"), "sendMessage", {"text": "删了"}),
        (
            Body("工资条", media=Media("photo", "F1")),
            "sendPhoto",
            {"photo": "F1", "caption": "工资条"},
        ),
        (Body("", media=Media("voice", "F1")), "sendVoice", {"voice": "F1"}),
        (Body("x", media=Media("video", "F1")), "sendVideo", {"video": "F1", "caption": "x"}),
        (
            Body("x", media=Media("document", "F1")),
            "sendDocument",
            {"document": "F1", "caption": "x"},
        ),
        (Body("", media=Media("sticker", "F1")), "sendSticker", {"sticker": "F1"}),
        (Body("", media=Media("video_note", "F1")), "sendVideoNote", {"video_note": "F1"}),
        (Body("x", media=Media("audio", "F1")), "sendAudio", {"audio": "F1", "caption": "x"}),
        (
            Body("x", media=Media("animation", "F1")),
            "sendAnimation",
            {"animation": "F1", "caption": "x"},
        ),
        (Body("x", media=Media("hologram", "F1")), "sendMessage", {"text": "x"}),
    ],
)
def test_a_message_is_one_call(
    renderer: Renderer, body: Body, method: str, shown: dict[str, object]
) -> None:
    [call] = renderer.calls(outbound(body))
    assert call.method == method
    assert call.values["chat_id"] == int(CHAT)
    assert "parse_mode" not in call.values
    assert {name: call.values.get(name) for name in shown} == shown
    assert ("caption" in call.values) == ("caption" in shown)


def test_links_are_not_opened_by_the_platform(renderer: Renderer) -> None:
    [call] = renderer.calls(outbound(Body("回来", link="/r/abc")))
    assert call.values["link_preview_options"] == {"is_disabled": True}


def test_choices_are_numbered_buttons_two_short_ones_a_row(renderer: Renderer) -> None:
    long = Option(3, "先问问住宿和吃饭怎么安排", "q:1:3")
    [call] = renderer.calls(outbound(Body("去不去？", (*OPTIONS[:2], long, OPTIONS[2]))))
    assert labels(call) == [["1 报名", "2 不去"], ["3 先问问住宿和吃饭怎么安排"], ["0 找真人"]]


def test_a_closed_message_has_no_buttons(renderer: Renderer) -> None:
    [sent] = renderer.calls(outbound(Body("已招满", OPTIONS, closed=True)))
    assert "reply_markup" not in sent.values
    [edited] = renderer.calls(outbound(Body("已招满", OPTIONS, closed=True), edits="9"))
    assert edited.values["reply_markup"] is None


@pytest.mark.parametrize(
    ("body", "method", "shown"),
    [
        (Body("改了"), "editMessageText", {"text": "改了", "message_id": 9}),
        (Body("", OPTIONS), "editMessageReplyMarkup", {"message_id": 9}),
        (
            Body("图说", media=Media("photo", "F1")),
            "editMessageCaption",
            {"caption": "图说", "message_id": 9},
        ),
    ],
)
def test_an_edit_is_one_call(
    renderer: Renderer, body: Body, method: str, shown: dict[str, object]
) -> None:
    [call] = renderer.calls(outbound(body, edits="9"))
    assert call.method == method
    assert {name: call.values.get(name) for name in shown} == shown


@pytest.mark.parametrize("letter", ["工", "🔧", "a"])
def test_a_long_text_is_cut_at_line_ends_with_the_buttons_below_the_last(
    renderer: Renderer, letter: str
) -> None:
    text = (LINE + letter * 30 + "\n") * 250
    calls = renderer.calls(outbound(Body(text, OPTIONS)))
    pieces = [str(call.values["text"]) for call in calls]
    assert len(pieces) > 1
    assert all(units(piece) <= MessageLimit.MAX_TEXT_LENGTH for piece in pieces)
    assert "\n".join(pieces) == text.strip("\n")
    assert ["reply_markup" in call.values for call in calls] == [False] * (len(calls) - 1) + [True]


def test_a_line_that_fits_nowhere_is_cut_between_letters(renderer: Renderer) -> None:
    text = "🔧" * 5000
    pieces = [str(call.values["text"]) for call in renderer.calls(outbound(Body(text)))]
    assert "".join(pieces) == text
    assert all(units(piece) <= MessageLimit.MAX_TEXT_LENGTH for piece in pieces)


def test_of_a_long_edit_the_end_is_shown(renderer: Renderer) -> None:
    text = LINE * 400 + "最后一行"
    [call] = renderer.calls(outbound(Body(text, OPTIONS), edits="9"))
    assert str(call.values["text"]).endswith("最后一行")
    assert units(str(call.values["text"])) <= MessageLimit.MAX_TEXT_LENGTH
    assert labels(call)


def test_a_long_caption_stands_below_its_picture(renderer: Renderer) -> None:
    text = LINE * 70
    first, second = renderer.calls(outbound(Body(text, OPTIONS, media=Media("photo", "F1"))))
    assert first.method == "sendPhoto"
    assert "caption" not in first.values
    assert second.values["text"] == text
    assert labels(second)


def test_words_stand_below_a_sticker(renderer: Renderer) -> None:
    calls = renderer.calls(outbound(Body("她发的", media=Media("sticker", "F1"))))
    assert [call.method for call in calls] == ["sendSticker", "sendMessage"]


@pytest.mark.parametrize(
    ("wants", "asked"), [(Wants.PHONE, "request_contact"), (Wants.POSITION, "request_location")]
)
def test_a_number_or_a_place_is_asked_for_with_the_platforms_own_button(
    renderer: Renderer, wants: Wants, asked: str
) -> None:
    [call] = renderer.calls(outbound(Body("电话？", OPTIONS[2:], wants=wants.value)))
    own, choices = keyboard(call)["keyboard"]
    assert [button[asked] for button in own] == [True]
    assert choices == [{"text": "0 找真人"}]
    assert keyboard(call)["one_time_keyboard"]


def test_groups_are_not_asked_for_a_number(renderer: Renderer) -> None:
    [call] = renderer.calls(outbound(Body("电话？", wants=Wants.PHONE.value), address="-5"))
    assert "reply_markup" not in call.values


def test_a_keyboard_goes_with_the_next_message_without_buttons(renderer: Renderer) -> None:
    [plain] = renderer.calls(outbound(Body("记下了。")), clears_keyboard=True)
    assert plain.values["reply_markup"] == {"remove_keyboard": True}
    [asked] = renderer.calls(outbound(Body("去不去？", OPTIONS)), clears_keyboard=True)
    assert labels(asked)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (outbound(Body("  \n ")), "empty"),
        (outbound(Body("x"), address="somebody"), "address"),
        (outbound(Body("x"), edits="sms:7"), "edit_not_found"),
        (outbound(Body("x", (Option(1, "x", "按" * 22),))), "button_data"),
    ],
)
def test_what_telegram_could_never_show_is_refused(
    renderer: Renderer, message: Outbound, code: str
) -> None:
    with pytest.raises(SendError) as refused:
        renderer.calls(message)
    assert refused.value.failure.kind is SendErrorKind.REFUSED
    assert refused.value.failure.code == code
