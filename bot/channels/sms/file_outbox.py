"""A file instead of a gateway: for trials, so that nobody is written to by mistake."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from pathlib import Path

from bot.channels.base import SendError
from bot.channels.sms.channel import TextMessage
from bot.clock import Clock
from bot.messages import SendErrorKind, SendFailure

OWNER_ONLY = 0o600


class FileOutbox:
    """Appends each message as one line of JSON; numbers stand in it, for its owner's eyes only."""

    def __init__(self, file: Path, *, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self._state = "starting"
        self._lock = threading.Lock()

    @property
    def state(self) -> str:
        """`ok`, `no_route` where the file cannot be written, `starting` before any message."""
        return self._state

    async def submit(self, message: TextMessage) -> str:
        """Append a message; it is on the disk when this returns.

        Raises:
            SendError: The file cannot be written.
        """
        line = {
            "id": message.id,
            "to": message.to,
            "text": message.text,
            "time": self._clock.now().isoformat(),
        }
        written = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8")
        try:
            await asyncio.to_thread(self._append, written)
        except OSError as error:
            self._state = "no_route"
            failure = SendFailure(SendErrorKind.TEMPORARY, code=type(error).__name__)
            raise SendError(failure) from None
        self._state = "ok"
        return message.id

    async def close(self) -> None:
        """Nothing is held open."""

    def _append(self, line: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with self._lock:
            descriptor = os.open(self._file, flags, OWNER_ONLY)
            try:
                os.fchmod(descriptor, OWNER_ONLY)  # it may have been there before
                os.write(descriptor, line)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
