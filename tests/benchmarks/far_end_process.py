"""The strict stand-in for Telegram, its limits lifted, noting when each message came.

Run as a module with a port. Besides the Bot API it answers `/far-end/count`, and
`/far-end/arrivals?N` with everything from the N-th message on.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable

from tests.stand_ins.telegram import Limits, TelegramStandIn
from tests.stand_ins.telegram.http import Hold, HttpRequest, Reply
from tests.stand_ins.telegram.values import Json

OWN_PATH = "/far-end/"
BULK_MARK = "▸"


class FarEnd(TelegramStandIn):
    """A stand-in that keeps a line for each message it is sent."""

    def __init__(self) -> None:
        super().__init__(limits=Limits().lifted(), checks=(self._note,), keeps_requests=False)
        self._arrivals: list[list[object]] = []

    def take(self, request: HttpRequest) -> Reply | Hold:
        """Answer what the benchmark asks, and everything a bot does."""
        if not request.path.startswith(OWN_PATH):
            return super().take(request)
        what = request.path.removeprefix(OWN_PATH)
        if what == "arrivals":
            return Reply(200, json.dumps(self._arrivals[int(request.query) :]).encode())
        return Reply(200, json.dumps(len(self._arrivals)).encode())

    def _note(self, method: str, values: Json) -> Iterable[str]:
        if method == "sendMessage":
            is_bulk = BULK_MARK in str(values.get("text", ""))
            self._arrivals.append([self.now(), values.get("chat_id"), is_bulk, _button(values)])
        return ()


def _button(values: Json) -> object:
    """Return the data of the last button but one: the choice above 找真人."""
    markup = values.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    buttons = [button for row in rows or [] for button in row]
    return buttons[-2].get("callback_data") if len(buttons) > 1 else None


async def serve(port: int) -> None:
    """Listen until the process is ended."""
    end = FarEnd()
    await end.line.open(port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(serve(int(sys.argv[1])))
    except KeyboardInterrupt:
        sys.exit(0)
