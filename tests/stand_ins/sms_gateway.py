"""A gateway that follows the contract, and breaks it where a test wants it to."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.channels.sms.loopback import LoopbackGateway
from bot.clock import Clock

ACCOUNT, SECRET = "deyang", "a secret of both sides"


class SmsGateway(LoopbackGateway):
    """The loopback gateway with faults: each is answered once, in the order given."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(account=ACCOUNT, secret=SECRET, clock=clock)
        self.requests: list[bytes] = []
        self._faults: list[Response] = []

    def fails(
        self, status: int, content: str | bytes = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer a coming request with this instead."""
        self._faults.append(Response(content, status_code=status, headers=headers))

    def answer(self, body: bytes) -> Response:
        """Return the next fault, else what the contract says."""
        self.requests.append(body)
        return self._faults.pop(0) if self._faults else super().answer(body)

    def texts_to(self, number: str) -> list[str]:
        """Return what this number was sent, in order."""
        return [message.text for message in self.accepted.values() if message.to == number]
