"""One bot of the stand-in: its name, chats, menus, files and pressed buttons."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from tests.stand_ins.telegram.chats import Chat
from tests.stand_ins.telegram.pace import Pace
from tests.stand_ins.telegram.updates import Poll, Updates
from tests.stand_ins.telegram.values import ApiError, Json, Limits

CALLBACK_SECONDS = 300.0  # nothing documents when a pressed button's circle gives up


@dataclass(slots=True)
class Pressed:
    """A pressed button that turns until the bot answers.

    Attributes:
        chat_id: Where it was pressed.
        at: When, in seconds of the stand-in's clock.
        answered: The words of the answer (maybe empty), or None while it turns.
    """

    chat_id: int
    at: float
    answered: str | None = None


class Account:
    """A bot.

    Attributes:
        token: Its secret.
        bot_id: Its number, the token's first part.
        name: What people read.
        at_name: What stands behind `@` and in deep links.
        chats: By id.
        menus: Commands by (scope, chat id or 0, language).
        files: Kind of medium by file id.
        pressed: Pressed buttons by the query's id.
    """

    def __init__(self, token: str, *, name: str, at_name: str, limits: Limits) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.name = name
        self.at_name = at_name
        self.limits = limits
        self.pace = Pace(limits)
        self.updates = Updates()
        self.poll = Poll(self.updates)
        self.chats: dict[int, Chat] = {}
        self.menus: dict[tuple[str, int, str], list[Json]] = {}
        self.files: dict[str, str] = {}
        self.pressed: dict[str, Pressed] = {}
        self.webhook: Json = {}
        self._file_numbers = itertools.count(1)
        self._query_numbers = itertools.count(1)

    def as_json(self) -> Json:
        """Return the platform's `User` of the bot."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.at_name,
        }

    def chat(self, chat_id: object) -> Chat:
        """Return a chat the bot may write to.

        Raises:
            ApiError: Nobody is there, or the person will not have it.
        """
        if isinstance(chat_id, str) and not chat_id:
            raise ApiError(400, "Bad Request: chat_id is empty")
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None and self.limits.everybody_started and isinstance(chat_id, int):
            found = self.chats[chat_id] = Chat(chat_id)
        if found is None:
            raise ApiError(400, "Bad Request: chat not found")
        if found.moved_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": found.moved_to},
            )
        if found.refuses:
            raise ApiError(403, f"Forbidden: {found.refuses}")
        return found

    def keep_file(self, kind: str) -> str:
        """Return the id of a new file of this kind, which is this bot's own."""
        number = next(self._file_numbers)
        file_id = f"{kind}-{self.bot_id}-{number:06}-AgADBAAD"
        self.files[file_id] = kind
        return file_id

    def press(self, chat_id: int, now: float) -> str:
        """Return the query id of a button pressed in this chat."""
        query_id = str(self.bot_id * 1_000_000 + next(self._query_numbers))
        self.pressed[query_id] = Pressed(chat_id, now)
        return query_id
