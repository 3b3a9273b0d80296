"""Messages, media and what is done to them."""

from __future__ import annotations

from dataclasses import dataclass

from telegram.constants import ChatAction

from tests.stand_ins.telegram import shapes
from tests.stand_ins.telegram.account import CALLBACK_SECONDS, Account
from tests.stand_ins.telegram.chats import Chat, Shown
from tests.stand_ins.telegram.values import ApiError, Json, ShapeError

SIZES = {"photo": {"width": 90, "height": 67}, "video": {"width": 90, "height": 67, "duration": 3}}


@dataclass(frozen=True, slots=True)
class Call:
    """One method call of one bot at one instant."""

    account: Account
    params: Json
    now: float


def send_message(call: Call) -> object:
    """Show a text."""
    text = shapes.checked_text(call.params)
    return _show(call, Shown(0, from_bot=True, text=text, at=call.now))


def send_medium(call: Call, kind: str) -> object:
    """Show a photo, voice note, sticker, video or document by its file id, or a new file."""
    file_id = str(call.params.get(kind, ""))
    if not file_id:
        raise ShapeError(f"there is no {kind} in the request")
    if file_id.startswith("upload:"):
        file_id = call.account.keep_file(kind)
    known = call.account.files.get(file_id)
    if known is None:
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if known != kind:
        raise ApiError(400, "Bad Request: type of file mismatch")
    caption = "" if kind == "sticker" else shapes.checked_caption(call.params)
    shown = Shown(0, from_bot=True, text=caption, at=call.now, kind=kind, file_id=file_id)
    return _show(call, shown)


def _show(call: Call, shown: Shown) -> Json:
    chat_id, markup = call.params.get("chat_id"), call.params.get("reply_markup")
    shapes.check_markup(markup, private=not isinstance(chat_id, int) or chat_id > 0)
    chat = call.account.chat(chat_id)
    call.account.pace.spend(chat.chat_id, call.now)
    shown.message_id = chat.next_id()
    entities = call.params.get("entities") or call.params.get("caption_entities")
    shown.entities = list(entities) if isinstance(entities, list) else []
    if isinstance(markup, dict):
        shown.fixed = "inline_keyboard" not in markup
        if shown.fixed:
            chat.keyboard = markup if "keyboard" in markup else None
        else:
            shown.markup = markup
    return message_json(call.account, chat, chat.add(shown))


def edit_text(call: Call) -> object:
    """Replace the words and the keyboard below them."""
    text = shapes.checked_text(call.params)
    chat, shown = _to_edit(call)
    if shown.kind != "text":
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    entities = call.params.get("entities")
    return _edit(call, chat, shown, text, list(entities) if isinstance(entities, list) else [])


def edit_markup(call: Call) -> object:
    """Replace the keyboard below a message."""
    chat, shown = _to_edit(call)
    return _edit(call, chat, shown, shown.text, shown.entities)


def _to_edit(call: Call) -> tuple[Chat, Shown]:
    shapes.check_markup(call.params.get("reply_markup"), private=True)
    if "message_id" not in call.params:
        raise ShapeError("message identifier is not specified")
    chat = call.account.chat(call.params.get("chat_id"))
    shown = chat.find(call.params.get("message_id"))
    if shown is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    if not shown.from_bot or shown.fixed:
        raise ApiError(400, "Bad Request: message can't be edited")
    return chat, shown


def _edit(call: Call, chat: Chat, shown: Shown, text: str, entities: list[object]) -> Json:
    markup = call.params.get("reply_markup")
    if isinstance(markup, dict) and "inline_keyboard" not in markup:
        raise ShapeError("inline keyboard expected")
    inline = markup if isinstance(markup, dict) and markup["inline_keyboard"] else None
    call.account.pace.spend(chat.chat_id, call.now)
    if (text, inline, entities) == (shown.text, shown.markup, shown.entities):
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply "
            "markup are exactly the same as a current content and reply markup of the message",
        )
    shown.versions.append(shown.text)
    shown.text, shown.markup, shown.entities = text, inline, entities
    chat.changes += 1
    shown.changed = chat.changes
    return {**message_json(call.account, chat, shown), "edit_date": int(call.now)}


def answer_callback(call: Call) -> object:
    """Stop the circle on a pressed button."""
    shapes.check_answer(call.params)
    pressed = call.account.pressed.get(str(call.params.get("callback_query_id")))
    if pressed is None or call.now - pressed.at > CALLBACK_SECONDS:
        raise ApiError(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
    pressed.answered = str(call.params.get("text", ""))
    return True


def chat_action(call: Call) -> object:
    """Show above the chat what the bot is doing."""
    action = str(call.params.get("action"))
    if action not in {str(one.value) for one in ChatAction}:
        raise ShapeError("wrong parameter action in request")
    call.account.chat(call.params.get("chat_id")).action = action
    return True


def get_file(call: Call) -> object:
    """Return where a file lies."""
    file_id = str(call.params.get("file_id"))
    kind = call.account.files.get(file_id)
    if kind is None:
        raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    return {
        "file_id": file_id,
        "file_unique_id": file_id[:24],
        "file_size": len(file_id),
        "file_path": f"{kind}s/{file_id}",
    }


def message_json(account: Account, chat: Chat, shown: Shown) -> Json:
    """Return the platform's `Message` of what the bot wrote."""
    message: Json = {
        "message_id": shown.message_id,
        "from": account.as_json(),
        "chat": chat.as_json(),
        "date": int(shown.at),
    }
    if shown.kind == "text":
        message["text"] = shown.text
    else:
        message[shown.kind] = medium_json(shown.kind, str(shown.file_id))
        if shown.text:
            message["caption"] = shown.text
    if shown.entities:
        message["entities" if shown.kind == "text" else "caption_entities"] = shown.entities
    if shown.markup:
        message["reply_markup"] = shown.markup
    return message


def medium_json(kind: str, file_id: str) -> object:
    """Return the platform's object of a file: a list of sizes for a photo."""
    one: Json = {"file_id": file_id, "file_unique_id": file_id[:24], **SIZES.get(kind, {})}
    if kind == "photo":
        return [one]
    if kind == "voice":
        return {**one, "duration": 3}
    if kind == "sticker":
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {**one, **shape, "type": "regular", "emoji": "👍"}
    return one
