"""Somebody at a keyboard: messages typed or pasted, answers printed above the prompt."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sys
import threading
from collections.abc import Callable, Iterator

from bot.channels.terminal import lines_of
from bot.messages import Body

PROMPT = "> "
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
CONTINUED = "\\"
CLEAR_LINE = "\r\x1b[K"

ReadLine = Callable[[], str | None]


def read_message(read_line: ReadLine) -> str | None:
    """Return the next message, which may have several lines; None at the end of the input.

    A line that ends with a backslash goes on in the next one; what a terminal marks as one
    paste is one message.
    """
    lines: list[str] = []
    in_paste = False
    while (line := read_line()) is not None:
        in_paste = (in_paste or PASTE_BEGINS in line) and PASTE_ENDS not in line
        goes_on = line.endswith(CONTINUED) and not in_paste
        plain = line.replace(PASTE_BEGINS, "").replace(PASTE_ENDS, "")
        lines.append(plain.removesuffix(CONTINUED) if goes_on else plain)
        if not goes_on and not in_paste:
            break
    return "\n".join(lines) if lines else None


class Keyboard:
    """Reads messages in a thread of its own, so that others can be printed meanwhile."""

    def __init__(self) -> None:
        self.is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        self._is_waiting = False
        self._asked: queue.SimpleQueue[asyncio.Future[str | None]] = queue.SimpleQueue()
        threading.Thread(target=self._serve, name="keyboard", daemon=True).start()

    async def next_message(self) -> str | None:
        """Wait for what is typed next; None at the end of the input."""
        future: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._is_waiting = True
        self._asked.put(future)
        try:
            return await future
        finally:
            self._is_waiting = False

    def show(self, body: Body) -> None:
        """Print a message; a half-typed line is put back below it."""
        self.show_line(lines_of(body))

    def show_line(self, words: str) -> None:
        """Print a line of the program's own."""
        if not (self.is_terminal and self._is_waiting):
            print(words, flush=True)
            return
        import readline

        typed = readline.get_line_buffer()
        print(f"{CLEAR_LINE}{words}\n{PROMPT}{typed}", end="", flush=True)

    @contextlib.contextmanager
    def ready(self) -> Iterator[None]:
        """Leave the terminal as it was found, even when a line is half typed."""
        if not self.is_terminal:
            yield
            return
        import readline  # noqa: F401 - its import gives `input` line editing and pasting
        import termios

        before = termios.tcgetattr(sys.stdin)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def _serve(self) -> None:
        while True:
            future = self._asked.get()
            message = read_message(self._read_line)
            with contextlib.suppress(RuntimeError):  # the program ended meanwhile
                future.get_loop().call_soon_threadsafe(_settle, future, message)

    def _read_line(self) -> str | None:
        try:
            if self.is_terminal:
                return input(PROMPT)
            line = sys.stdin.readline()
        except (EOFError, UnicodeDecodeError):
            return None
        return line.removesuffix("\n") if line else None


def _settle(future: asyncio.Future[str | None], message: str | None) -> None:
    if not future.done():
        future.set_result(message)
