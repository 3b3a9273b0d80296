"""A person's phone: what tests do with it, and what she sees."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from telegram.constants import MessageLimit

from tests.stand_ins.telegram.account import Account
from tests.stand_ins.telegram.chats import BLOCKED, GONE, Button, Chat, Shown, buttons_of
from tests.stand_ins.telegram.menus import menu_of
from tests.stand_ins.telegram.sending import medium_json, message_json
from tests.stand_ins.telegram.values import Json

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]*")
_LOOK_EVERY = 0.01


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the platform: number there, first name, language, phone number."""

    person_id: int
    name: str
    language: str
    number: str

    def as_json(self) -> Json:
        """Return the platform's `User`."""
        return {
            "id": self.person_id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }


class Phone:
    """One person's chat with one bot."""

    def __init__(
        self,
        account: Account,
        person: Person,
        *,
        now: Callable[[], float],
        lock: threading.RLock,
    ) -> None:
        self.account = account
        self.person = person
        self._now = now
        self._lock = lock
        self._mark = 0

    # What she does ------------------------------------------------------------

    def starts(self, payload: str = "") -> None:
        """Press Start, perhaps behind a deep link."""
        longest = int(MessageLimit.DEEP_LINK_LENGTH)
        assert _PAYLOAD.fullmatch(payload), f"no deep link carries {payload!r}"
        assert len(payload) <= longest, f"no deep link carries {len(payload)} letters"
        fresh = self.person.person_id not in self.account.chats
        if fresh:
            chat = Chat(self.person.person_id, title=self.person.name)
            self.account.chats[self.person.person_id] = chat
        elif self.chat.refuses == BLOCKED:
            self.unblocks()
        self.types(f"/start {payload}".strip())

    def types(self, text: str, *, group: Chat | None = None) -> None:
        """Send words; the app splits what is longer than one message may be."""
        longest = int(MessageLimit.MAX_TEXT_LENGTH)
        for begin in range(0, len(text), longest):
            part = text[begin : begin + longest]
            content: Json = {"text": part}
            if part.startswith("/"):
                length = len(part.split()[0])
                content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
            self._send(content, group=group, shown=part)

    def taps(self, label: str, *, on: Shown | None = None) -> Button:
        """Press the newest button with this label, or on which it stands; return the button.

        A button of the lower keyboard sends its label, contact or position; one with an
        address only says where it leads.
        """
        shown, button = self._find(label, on)
        if button.url is not None:
            return button
        if shown is None:
            self._tap_below(button)
        else:
            self.presses(button.data or "", on=shown)
        return button

    def presses(self, data: str, *, on: Shown) -> None:
        """Press a button of this data below `on`, as an app with an old version of it might."""
        with self._lock:
            self._mark = self.chat.changes
            query: Json = {
                "id": self.account.press(self.chat.chat_id, self._now()),
                "from": self.person.as_json(),
                "message": message_json(self.account, self.chat, on),
                "chat_instance": str(self.person.person_id * 31),
                "data": data,
            }
            self.account.updates.add("callback_query", query)

    def _tap_below(self, button: Button) -> None:
        keyboard = self.chat.keyboard or {}
        if keyboard.get("one_time_keyboard"):
            self.chat.keyboard = None
        if button.asks == "contact":
            self.shares_contact()
        elif button.asks == "location":
            self.shares_location(31.13, 104.4)
        else:
            self.types(button.label)

    def shares_contact(self, other: Person | None = None) -> None:
        """Send her own contact, or somebody else's from her address book."""
        whose = other or self.person
        contact: Json = {
            "phone_number": f"+86{whose.number}",
            "first_name": whose.name,
            "user_id": whose.person_id,
        }
        self._send({"contact": contact}, shown=whose.number)

    def shares_location(self, latitude: float, longitude: float) -> None:
        """Send where she is."""
        self._send({"location": {"latitude": latitude, "longitude": longitude}}, shown="📍")

    def sends(self, kind: str, *, caption: str = "") -> str:
        """Send a new photo, voice, sticker, video or document; return its file id."""
        file_id = self.account.keep_file(kind)
        content: Json = {kind: medium_json(kind, file_id)}
        if caption:
            content["caption"] = caption
        self._send(content, shown=caption, kind=kind, file_id=file_id)
        return file_id

    def corrects(self, shown: Shown, text: str) -> None:
        """Edit what she wrote."""
        with self._lock:
            shown.text = text
            message = self._message({"text": text}, self.chat, shown.message_id)
            message["edit_date"] = int(self._now())
            self.account.updates.add("edited_message", message)

    def blocks(self) -> None:
        """Block the bot."""
        self.chat.refuses = BLOCKED
        self._membership("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.chat.refuses = ""
        self._membership("kicked", "member")

    def deletes_account(self) -> None:
        """Leave the platform; the bot hears nothing of it."""
        self.chat.refuses = GONE

    # What she sees ------------------------------------------------------------

    @property
    def chat(self) -> Chat:
        """Her chat with the bot."""
        return self.account.chats[self.person.person_id]

    @property
    def messages(self) -> list[Shown]:
        """What the bot wrote, as it stands now, oldest first."""
        return [it for it in self.chat.shown if it.from_bot]

    @property
    def texts(self) -> list[str]:
        """The words of it."""
        return [it.text for it in self.messages]

    @property
    def last(self) -> Shown:
        """The newest message of the bot."""
        return self.messages[-1]

    @property
    def news(self) -> list[Shown]:
        """What the bot wrote or edited since she last did something."""
        return [it for it in self.messages if it.changed > self._mark]

    @property
    def keyboard(self) -> list[Button]:
        """The buttons of the keyboard that lies open below the chat."""
        return buttons_of(self.chat.keyboard, "keyboard")

    @property
    def menu(self) -> list[str]:
        """The commands behind her menu button."""
        found = menu_of(self.account, self.person.person_id, self.person.language)
        return [str(command["command"]) for command in found]

    @property
    def turning(self) -> int:
        """How many buttons she pressed that the bot has not answered."""
        return sum(
            it.answered is None
            for it in self.account.pressed.values()
            if it.chat_id == self.person.person_id
        )

    def found(self, text: str) -> Shown | None:
        """Return the newest of the news that contains `text`, or None."""
        return next((it for it in reversed(self.news) if text in it.text), None)

    async def sees(self, text: str = "", *, seconds: float = 5.0) -> Shown:
        """Wait until the bot has written or edited something with `text` in it.

        Raises:
            AssertionError: It did not come in time.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (found := self.found(text)) is None:
            news = [it.text for it in self.news]
            assert loop.time() < until, f"{text!r} did not come; came: {news}"
            await asyncio.sleep(_LOOK_EVERY)
        return found

    # How it travels -------------------------------------------------------------

    def _find(self, label: str, on: Shown | None) -> tuple[Shown | None, Button]:
        choices: list[tuple[Shown | None, Button]] = []
        if on is None:
            choices += [(None, button) for button in self.keyboard]
        for shown in reversed(self.messages if on is None else [on]):
            choices += [(shown, button) for button in shown.buttons]
        exact = [it for it in choices if it[1].label == label]
        partly = [it for it in choices if label in it[1].label]
        assert exact or partly, f"no button {label!r}; there are {[it[1].label for it in choices]}"
        return (exact or partly)[0]

    def _send(
        self,
        content: Json,
        *,
        shown: str,
        group: Chat | None = None,
        kind: str = "text",
        file_id: str | None = None,
    ) -> None:
        with self._lock:
            chat = group or self.chat
            self._mark = chat.changes
            number = chat.next_id()
            mine = Shown(
                number, from_bot=False, text=shown, at=self._now(), kind=kind, file_id=file_id
            )
            chat.add(mine)
            self._mark = chat.changes
            self.account.updates.add("message", self._message(content, chat, number))

    def _message(self, content: Json, chat: Chat, number: int) -> Json:
        return {
            "message_id": number,
            "from": self.person.as_json(),
            "chat": chat.as_json(),
            "date": int(self._now()),
            **content,
        }

    def _membership(self, old: str, new: str) -> None:
        bot = self.account.as_json()
        change: Json = {
            "chat": self.chat.as_json(),
            "from": self.person.as_json(),
            "date": int(self._now()),
            "old_chat_member": {"user": bot, **_member(old)},
            "new_chat_member": {"user": bot, **_member(new)},
        }
        self.account.updates.add("my_chat_member", change)


def _member(status: str) -> Json:
    return {"status": status, "until_date": 0} if status == "kicked" else {"status": status}
