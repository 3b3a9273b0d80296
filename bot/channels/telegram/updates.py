"""What Telegram tells us, as our own values; pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, UpdateType

from bot.messages import Event, Inbound

ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER)
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
IN_GROUP = frozenset(
    {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}
)
COMMAND_SIGN = "/"
# Stands first where a message has several of them: an animation is a document as well.
FILES = ("animation", "photo", "sticker", "voice", "video_note", "video", "audio", "document")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one update asks for.

    Attributes:
        update_id: The platform's number of it.
        kind: What came, for the log: `message`, `button`, `member`, `group`, `ignored`.
        inbound: What goes to the receiver, or None.
        callback_id: A button press that has to be acknowledged, or None.
        group: A group chat that is to be told that we do not talk there, or None.
    """

    update_id: int
    kind: str
    inbound: Inbound | None = None
    callback_id: str | None = None
    group: int | None = None


def read(update: Update) -> Arrival:
    """Return what `update` asks for; what we do not know asks for nothing."""
    if update.message is not None:
        return _message(update.update_id, update.message)
    if update.callback_query is not None:
        return _button(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _member(update.update_id, update.my_chat_member)
    return Arrival(update.update_id, "ignored")


def _message(update_id: int, message: Message) -> Arrival:
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(update_id, message.chat)
    media, media_id = _media(message)
    phone, text = _contact(message)
    position = _position(message)
    if not (text or media or phone or position):
        return Arrival(update_id, "ignored")
    language = message.from_user.language_code if message.from_user is not None else None
    inbound = partial(_inbound, update_id, message.chat.id, language)
    return Arrival(
        update_id,
        "message",
        inbound(text=text, media=media, media_id=media_id, phone=phone, position=position),
    )


def _button(update_id: int, query: CallbackQuery) -> Arrival:
    chat = query.message.chat if query.message is not None else None
    if not query.data or (chat is not None and chat.type != ChatType.PRIVATE):
        return Arrival(update_id, "ignored", callback_id=query.id)
    # A private chat has the number of its person.
    chat_id = chat.id if chat is not None else query.from_user.id
    inbound = _inbound(update_id, chat_id, query.from_user.language_code, button=query.data)
    return Arrival(update_id, "button", inbound, callback_id=query.id)


def _member(update_id: int, change: ChatMemberUpdated) -> Arrival:
    status = change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE:
        if status in IN_GROUP:
            return _elsewhere(update_id, change.chat)
        return Arrival(update_id, "ignored")
    event = Event.BLOCKED if status == ChatMemberStatus.BANNED else Event.UNBLOCKED
    inbound = _inbound(update_id, change.chat.id, change.from_user.language_code, event=event.value)
    return Arrival(update_id, "member", inbound)


def _elsewhere(update_id: int, chat: Chat) -> Arrival:
    return Arrival(update_id, "group", group=chat.id if chat.type in GROUPS else None)


def _inbound(
    update_id: int,
    chat_id: int,
    language_code: str | None,
    *,
    text: str = "",
    button: str | None = None,
    media: str | None = None,
    media_id: str | None = None,
    phone: str | None = None,
    position: tuple[float, float] | None = None,
    event: str | None = None,
) -> Inbound:
    return Inbound(
        external_id=f"update:{update_id}",
        address=str(chat_id),
        text=text,
        button=button,
        sequence=update_id,
        language="en" if (language_code or "").lower().startswith("en") else "zh",
        media=media,
        media_id=media_id,
        phone=phone,
        position=position,
        event=event,
    )


def _media(message: Message) -> tuple[str | None, str | None]:
    """Return kind and file id of what is no text; of a photo the largest size."""
    for kind in FILES:
        found = getattr(message, kind)
        if kind == "photo":
            found = found[-1] if found else None
        if found is not None:
            return kind, str(found.file_id)
    return None, None


def _contact(message: Message) -> tuple[str | None, str]:
    """Return the number that its owner shared, and the words.

    Somebody else's contact is no more than a number that was typed.
    """
    contact = message.contact
    if contact is None:
        return None, _words(message)
    is_own = message.from_user is not None and contact.user_id == message.from_user.id
    return (contact.phone_number, "") if is_own else (None, contact.phone_number)


def _position(message: Message) -> tuple[float, float] | None:
    place = message.location
    return (place.latitude, place.longitude) if place is not None else None


def _words(message: Message) -> str:
    if message.dice is not None:
        return str(message.dice.emoji)
    return _without_name(message.text or message.caption or "")


def _without_name(text: str) -> str:
    """Return `/menu@our_bot now` as `/menu now`."""
    if not text.startswith(COMMAND_SIGN):
        return text
    command, space, rest = text.partition(" ")
    return command.partition("@")[0] + space + rest
