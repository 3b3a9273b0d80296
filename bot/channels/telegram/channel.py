"""Sending through one bot."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from telegram.constants import MessageLimit
from telegram.error import TelegramError

from bot.channels.base import Capabilities, SendError
from bot.channels.telegram.api import SENDING_CONNECTIONS, PlainBot
from bot.channels.telegram.calls import Renderer, wants_keyboard
from bot.channels.telegram.errors import failure_of, is_unchanged
from bot.messages import Outbound
from content.data_files import DataFolder
from content.texts import Texts, read_texts

MOST_REMEMBERED = 10_000


class TelegramChannel:
    """One bot of one bureau; its texts are plain, so no letter in them can be refused."""

    name = "telegram"

    def __init__(
        self,
        bot: PlainBot,
        *,
        public_url: str,
        per_second: float,
        burst: int,
        texts: Texts | None = None,
    ) -> None:
        """Make a channel.

        Args:
            bot: Calls the Bot API.
            public_url: What stands before a path of this site in a message.
            per_second: Sustained rate of the whole bot; below the platform's cap.
            burst: Messages that may go at once after a pause.
            texts: The catalogue with the bureau's overlay; the package's own when None.
        """
        self._bot = bot
        self._renderer = Renderer(
            public_url=public_url.rstrip("/"), texts=texts or read_texts(DataFolder())
        )
        self.capabilities = Capabilities(
            buttons=True,
            edit=True,
            max_text=MessageLimit.MAX_TEXT_LENGTH,
            per_second=per_second,
            burst=burst,
            media=True,
            contact=True,
            location=True,
            at_once=SENDING_CONNECTIONS,
        )
        # What only this process knows: losing it leaves a keyboard folded away at the bottom,
        # or shows the first pieces of a long text twice.
        self._with_keyboard: set[str] = set()
        self._shown_calls: dict[str, int] = {}

    async def send(self, message: Outbound) -> str:
        """Show `message`, or change one; return the id of what bears its buttons.

        A text in several pieces goes on, when it is tried again, behind the piece that was
        accepted last.

        Raises:
            SendError: It was not accepted, or nobody knows.
        """
        clears = message.address in self._with_keyboard
        calls = self._renderer.calls(message, clears_keyboard=clears)
        done = self._shown_calls.pop(message.delivery_id, 0)
        external_id = ""
        for position, call in enumerate(calls[done:], done):
            try:
                external_id = _message_id(await self._bot.call(call.method, call.values))
            except TelegramError as error:
                if message.edits is not None and is_unchanged(error):
                    return message.edits
                self._remember(message.delivery_id, position)
                raise SendError(failure_of(error)) from None
        self._note_keyboard(message, clears=clears)
        return message.edits or external_id

    def published(self, addresses: Collection[UUID]) -> None:
        """Nothing reads the outbox here."""

    def keyboard_was_used(self, address: str) -> None:
        """Hear that somebody shared a number or a place: the keyboard is to go."""
        if len(self._with_keyboard) >= MOST_REMEMBERED:
            self._with_keyboard.clear()
        self._with_keyboard.add(address)

    def _remember(self, delivery_id: str, calls: int) -> None:
        if not calls:
            return
        if len(self._shown_calls) >= MOST_REMEMBERED:
            self._shown_calls.clear()
        self._shown_calls[delivery_id] = calls

    def _note_keyboard(self, message: Outbound, *, clears: bool) -> None:
        if wants_keyboard(message):
            self.keyboard_was_used(message.address)
        elif clears and not message.body.options and message.edits is None:
            self._with_keyboard.discard(message.address)


def _message_id(answer: object) -> str:
    return str(answer.get("message_id", "")) if isinstance(answer, dict) else ""
