"""Text messages as a channel: seventy characters, no buttons, digits and a link instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from bot.channels.base import Capabilities, SendError
from bot.messages import Outbound, SendErrorKind, SendFailure
from bot.services.sending.sms_words import MOST_UNITS, text_of
from content.texts import Texts

NAME = "sms"


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One text on its way: our id of it, eleven digits, and what goes on the air."""

    id: str
    to: str
    text: str


class Carrier(Protocol):
    """Whatever takes text messages: a gateway, or a file."""

    @property
    def state(self) -> str:
        """One word for /readyz: `ok`, `no_route`, `refused`, `starting`."""

    async def submit(self, message: TextMessage) -> str:
        """Hand a message over; return the carrier's id of it.

        Raises:
            SendError: It was not accepted, or nobody knows.
        """

    async def close(self) -> None:
        """Let go of connections."""


class SmsChannel:
    """One bureau's account at a gateway."""

    name = NAME

    def __init__(
        self,
        carrier: Carrier,
        texts: Texts,
        *,
        public_url: str,
        per_second: float = 20.0,
        burst: int = 5,
    ) -> None:
        """Make a channel.

        Args:
            carrier: Takes the messages.
            texts: The catalogue; `sms.*` are the templates.
            public_url: Where links point to, without a slash at the end.
            per_second: What the account may send.
            burst: Messages that may go at once after a pause.
        """
        self._carrier = carrier
        self._texts = texts
        self._public_url = public_url.rstrip("/")
        self._capabilities = Capabilities(
            buttons=False,
            edit=False,
            max_text=MOST_UNITS,
            per_second=per_second,
            burst=burst,
            push_policy="template",
        )

    @property
    def capabilities(self) -> Capabilities:
        """What a text message can do."""
        return self._capabilities

    async def send(self, message: Outbound) -> str:
        """Shorten the message and hand it to the gateway; return the gateway's id of it.

        Raises:
            SendError: It was not accepted, or nobody knows; nothing on the air can be edited.
        """
        if message.edits is not None:
            raise SendError(SendFailure(SendErrorKind.REFUSED, code="no_edit"))
        link = message.body.link or ""
        text = text_of(
            self._texts,
            message.body,
            kind=message.kind,
            language=message.language,
            link=self._public_url + link if link.startswith("/") else None,
        )
        if not text:
            raise SendError(SendFailure(SendErrorKind.REFUSED, code="empty"))
        return await self._carrier.submit(TextMessage(message.delivery_id, message.address, text))

    def published(self, addresses: Collection[UUID]) -> None:
        """Nothing reads the outbox here."""
