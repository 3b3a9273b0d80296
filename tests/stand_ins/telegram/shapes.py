"""Lengths, counts and shapes of what a bot may send, with the platform's words when it may not."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from telegram.constants import (
    CallbackQueryLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    MessageLimit,
    ReplyLimit,
)

from tests.stand_ins.telegram.values import Json, ShapeError, utf16_length

_TAG = re.compile(r"</?[a-z-]+(?: [^>]*)?>")
_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "callback_game",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text", "pay",
)  # fmt: skip
_PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
}


def checked_text(params: Json) -> str:
    """Return a message's text as it will be shown.

    Raises:
        ShapeError: It is empty or too long, or its entities do not fit.
    """
    shown = _without_marks(str(params.get("text", "")), params.get("parse_mode")).strip()
    if not shown:
        raise ShapeError("message text is empty")
    if utf16_length(shown) > MessageLimit.MAX_TEXT_LENGTH:
        raise ShapeError("message is too long")
    check_entities(shown, params.get("entities"))
    return shown


def checked_caption(params: Json) -> str:
    """Return the caption below a medium as it will be shown; may be empty.

    Raises:
        ShapeError: It is too long, or its entities do not fit.
    """
    shown = _without_marks(str(params.get("caption", "")), params.get("parse_mode")).strip()
    if utf16_length(shown) > MessageLimit.CAPTION_LENGTH:
        raise ShapeError("message caption is too long")
    check_entities(shown, params.get("caption_entities"))
    return shown


def _without_marks(text: str, mode: object) -> str:
    if mode == "HTML":
        return html.unescape(_TAG.sub("", text))
    if mode in {"Markdown", "MarkdownV2"}:
        for mark in "_*`":
            if text.count(mark) % 2:
                offset = len(text[: text.rindex(mark)].encode())
                raise ShapeError(
                    "can't parse entities: can't find end of the entity starting at "
                    f"byte offset {offset}"
                )
        return re.sub(r"[_*`]", "", text)
    return text


def check_entities(text: str, entities: object) -> None:
    """Refuse entities that reach beyond the text, or too many.

    Raises:
        ShapeError: They do not fit.
    """
    if entities is None:
        return
    if not isinstance(entities, list):
        raise ShapeError("can't parse entities: expected an Array of MessageEntity")
    if len(entities) > MessageLimit.MESSAGE_ENTITIES:
        raise ShapeError("ENTITIES_TOO_LONG")
    length = utf16_length(text)
    for entity in entities:
        start, span = int(entity["offset"]), int(entity["length"])
        if start < 0 or span < 1 or start + span > length:
            raise ShapeError(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {start + span}"
            )


def check_answer(params: Json) -> None:
    """Refuse words above a chat that are too long.

    Raises:
        ShapeError: They are.
    """
    limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    if utf16_length(str(params.get("text", ""))) > limit:
        raise ShapeError("MESSAGE_TOO_LONG")


def check_markup(markup: object, *, private: bool) -> None:
    """Refuse keyboards that the platform would not show.

    Raises:
        ShapeError: A shape, a length or a count is wrong.
    """
    if markup is None:
        return
    if not isinstance(markup, dict):
        raise ShapeError("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_rows(
            markup["inline_keyboard"], lambda button: _check_inline(button, private=private)
        )
    elif "keyboard" in markup:
        _check_rows(markup["keyboard"], lambda button: _check_reply(button, private=private))
        _check_placeholder(markup)
    elif "force_reply" in markup:
        _check_placeholder(markup)
    elif "remove_keyboard" not in markup:
        raise ShapeError("can't parse reply keyboard markup JSON object")


def _check_placeholder(markup: Mapping[str, object]) -> None:
    placeholder = markup.get("input_field_placeholder")
    longest = ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER
    if placeholder is not None and not 1 <= utf16_length(str(placeholder)) <= longest:
        raise ShapeError("input field placeholder is too long")


def _check_rows(rows: object, check: Callable[[object], None]) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ShapeError("field of type Array of Array of buttons expected")
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows):
        raise ShapeError("too many buttons in a row")
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise ShapeError("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            check(button)


def _check_inline(button: object, *, private: bool) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise ShapeError("can't parse inline keyboard button: text must be non-empty")
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise ShapeError("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise ShapeError("can't parse inline keyboard button: too many actions")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        least = InlineKeyboardButtonLimit.MIN_CALLBACK_DATA
        if not least <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise ShapeError("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_address(str(button["url"]))
    if "web_app" in button and not private:
        raise ShapeError("BUTTON_TYPE_INVALID")


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
        raise ShapeError(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_reply(button: object, *, private: bool) -> None:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise ShapeError("can't parse keyboard button: text must be non-empty")
    wanted = [name for name in _PRIVATE_ONLY if button.get(name)]
    if len(wanted) > 1:
        raise ShapeError("can't parse keyboard button: too many requests")
    if wanted and not private:
        raise ShapeError(_PRIVATE_ONLY[wanted[0]])
