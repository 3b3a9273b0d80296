"""What goes between the parts of the stand-in: errors, requests it got, its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from telegram.constants import FloodLimit

Json: TypeAlias = dict[str, object]

SECONDS_A_MINUTE = 60


class ApiError(Exception):
    """A refusal in the platform's own shape.

    Args:
        code: As HTTP status and as `error_code`.
        description: The platform's words.
        parameters: What stands under `parameters`, such as `retry_after`.
    """

    def __init__(
        self, code: int, description: str, *, parameters: dict[str, int] | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}


class ShapeError(ApiError):
    """A request no careful program sends: a length, a count or a shape is wrong."""

    def __init__(self, description: str) -> None:
        super().__init__(400, f"Bad Request: {description}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the platform endures; None lifts a limit.

    Attributes:
        per_second: Messages and edits over all chats in any second.
        per_chat: Messages and edits to one chat in a second, sustained.
        chat_burst: How many one chat takes at once after a pause.
        per_group: Messages to one group in any minute.
        retry_after: The least whole seconds that a 429 blocks the whole bot.
        everybody_started: Any private chat exists (benchmarks), also without Start.
        any_token: Every token of the right form is a bot (benchmarks).
        poll_seconds: A long poll is answered after so many seconds at the latest.
        webhook_retry: Seconds until an update is posted again that was not taken.
        webhook_timeout: Seconds until a post without an answer counts as not taken.
    """

    per_second: int | None = int(FloodLimit.MESSAGES_PER_SECOND)
    per_chat: float | None = float(FloodLimit.MESSAGES_PER_SECOND_PER_CHAT)
    chat_burst: int = 20
    per_group: int | None = int(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP)
    retry_after: int = 1
    everybody_started: bool = False
    any_token: bool = False
    poll_seconds: float = 50.0
    webhook_retry: float = 0.2
    webhook_timeout: float = 60.0

    def lifted(self) -> Limits:
        """Return the same without limits of rate and for anybody."""
        return replace(
            self,
            per_second=None,
            per_chat=None,
            per_group=None,
            everybody_started=True,
            any_token=True,
        )


@dataclass(frozen=True, slots=True)
class Received:
    """One request the stand-in got.

    Attributes:
        at: Seconds of the stand-in's clock.
        bot: Name of the bot, or the token where no bot has it.
        method: As it stood in the address.
        params: Decoded: numbers, booleans and nested objects are no text any more.
        status: What was answered; 0 where the connection was cut.
        description: The refusal, or empty.
        taken: The request took effect, whatever the answer was.
    """

    at: float
    bot: str
    method: str
    params: Json
    status: int
    description: str = ""
    taken: bool = False


def utf16_length(text: str) -> int:
    """Return the length as the platform counts it: an emoji outside the BMP counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
