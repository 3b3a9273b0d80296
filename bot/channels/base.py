"""What a channel must offer, and how a send can fail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from bot.messages import Outbound, SendFailure


class SendError(Exception):
    """A message was not accepted, or nobody knows whether it was."""

    def __init__(self, failure: SendFailure) -> None:
        super().__init__(f"{failure.kind}:{failure.code}")
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do.

    Attributes:
        buttons: Choices are shown as buttons; elsewhere they stand as numbered lines.
        edit: A sent message can be changed.
        max_text: Longest text, in characters.
        per_second: Sustained sending rate of the whole account.
        burst: Messages that may go at once after a pause.
        reads_outbox: The person's page reads its messages from the outbox itself, so
            accepting a message is one transaction and nothing can be sent twice.
        media: Photos, stickers and voice notes can be shown by their id.
        contact: A button shares the person's own phone number.
        location: A button shares where the person is.
        at_once: Messages that may be on the wire at a time.
        push_policy: `free`, or `template` where only fixed texts may be sent unasked.
    """

    buttons: bool
    edit: bool
    max_text: int
    per_second: float
    burst: int
    reads_outbox: bool = False
    media: bool = False
    contact: bool = False
    location: bool = False
    at_once: int = 256
    push_policy: str = "free"


class Channel(Protocol):
    """One account on one platform."""

    @property
    def name(self) -> str:
        """The channel's word in the database: `web`, `terminal`."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    async def send(self, message: Outbound) -> str:
        """Send `message`; return the platform's id of it.

        Raises:
            SendError: It was not accepted, or nobody knows.
        """

    def published(self, addresses: Collection[UUID]) -> None:
        """Hear that messages for these addresses can now be read (`reads_outbox` only)."""
