"""One message of ours as the Bot API calls that show it; pure."""

from __future__ import annotations

from dataclasses import dataclass

from telegram.constants import MessageLimit

from bot.channels.base import SendError
from bot.channels.telegram.markup import (
    NO_KEYBOARD,
    Json,
    asking_keyboard,
    inline_keyboard,
    split,
    units,
)
from bot.messages import Body, Outbound, SendErrorKind, SendFailure, Wants
from content.texts import Texts

LONGEST_TEXT = MessageLimit.MAX_TEXT_LENGTH
LONGEST_CAPTION = MessageLimit.CAPTION_LENGTH
# The kind of a stored file → the method that shows it and its parameter.
SENDING = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "document": "sendDocument",
    "animation": "sendAnimation",
    "sticker": "sendSticker",
    "video_note": "sendVideoNote",
}
WITHOUT_CAPTION = frozenset({"sticker", "video_note"})
# A preview is fetched by the platform itself, which would open a link meant for one person.
NO_PREVIEW: Json = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method of the Bot API.

    Attributes:
        method: Its name there.
        values: Its parameters, as JSON values.
    """

    method: str
    values: Json


class Renderer:
    """Turns messages into calls."""

    def __init__(self, *, public_url: str, texts: Texts) -> None:
        """Make one.

        Args:
            public_url: What stands before a path of this site, without a slash at its end.
            texts: The catalogue; the labels of the platform's own buttons.
        """
        self._public_url = public_url
        self._texts = texts

    def calls(self, message: Outbound, *, clears_keyboard: bool = False) -> list[Call]:
        """Return the calls that show `message`, in order; the last one bears its buttons.

        Args:
            message: What is to be shown; an edit is always one call.
            clears_keyboard: A keyboard of ours lies open in that chat and is to go.

        Raises:
            SendError: The message cannot be shown on Telegram at all.
        """
        chat_id = _chat_id(message.address)
        if message.edits is not None:
            return [self._edit(message, chat_id)]
        text = self._text(message.body)
        pieces = split(text, LONGEST_TEXT)
        calls = self._media(message.body, chat_id, text)
        if not (calls and "caption" in calls[0].values):
            calls += [_text_call(chat_id, piece) for piece in pieces]
        if not calls:
            raise SendError(SendFailure(SendErrorKind.REFUSED, code="empty"))
        markup = self._markup(message, clears_keyboard=clears_keyboard)
        if markup is not None:
            calls[-1].values["reply_markup"] = markup
        return calls

    def _edit(self, message: Outbound, chat_id: int) -> Call:
        """Of a text that does not fit, the end is shown: what came first stands above it."""
        body = message.body
        values: Json = {
            "chat_id": chat_id,
            "message_id": _message_id(message.edits),
            "reply_markup": None if body.closed else inline_keyboard(body.options),
        }
        limit = LONGEST_TEXT if body.media is None else LONGEST_CAPTION
        pieces = split(self._text(body), limit)
        if not pieces:
            return Call("editMessageReplyMarkup", values)
        if body.media is not None:
            return Call("editMessageCaption", values | {"caption": pieces[-1]})
        return Call(
            "editMessageText",
            values | {"text": pieces[-1], "link_preview_options": NO_PREVIEW},
        )

    def _media(self, body: Body, chat_id: int, text: str) -> list[Call]:
        if body.media is None or body.media.kind not in SENDING:
            return []
        kind = body.media.kind
        values: Json = {"chat_id": chat_id, kind: body.media.file_id}
        if text.strip() and kind not in WITHOUT_CAPTION and units(text) <= LONGEST_CAPTION:
            values["caption"] = text
        return [Call(SENDING[kind], values)]

    def _markup(self, message: Outbound, *, clears_keyboard: bool) -> Json | None:
        body = message.body
        options = () if body.closed else body.options
        if wants_keyboard(message):
            purpose = "phone" if body.wants == Wants.PHONE else "position"
            label = self._texts.render(f"telegram.wants.{purpose}", message.language)
            return asking_keyboard(str(body.wants), label, options)
        if options:
            return inline_keyboard(options)
        return NO_KEYBOARD if clears_keyboard else None

    def _text(self, body: Body) -> str:
        link = body.link or ""
        if link.startswith("/"):
            link = self._public_url + link
        # What begins with # is a word to our own page.
        shown = link if "://" in link else ""
        return "\n".join(part for part in (body.text, shown) if part)


def wants_keyboard(message: Outbound) -> bool:
    """Return whether the platform's own button goes with `message`; private chats only have it."""
    is_private = message.address.isdecimal()
    return is_private and message.edits is None and message.body.wants in set(Wants)


def _text_call(chat_id: int, text: str) -> Call:
    return Call(
        "sendMessage", {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}
    )


def _chat_id(address: str) -> int:
    try:
        return int(address)
    except ValueError:
        raise SendError(SendFailure(SendErrorKind.REFUSED, code="address")) from None


def _message_id(external_id: str | None) -> int:
    if external_id is None or not external_id.isdecimal():
        raise SendError(SendFailure(SendErrorKind.REFUSED, code="edit_not_found"))
    return int(external_id)
