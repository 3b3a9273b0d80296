"""A bureau served by a process of its own, whose people are on Telegram, played by the stand-in."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.clock import SystemClock
from storage.database import Database
from storage.models import ChannelAccount, Delivery, InboundReceipt
from storage.secrets import read_or_create_key_file
from storage.states import DeliveryStatus, ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.stand_ins import outgoing
from tests.stand_ins.telegram import Account, Phone, TelegramStandIn

ROOT = Path(__file__).parents[2]
PREFIX = "WENGONG_"
SECRET = "only-telegram-knows"
BY_WEBHOOK = {"TELEGRAM_WEBHOOK": "true", "TELEGRAM_SECRET": SECRET}
LONGEST_START, PATIENCE, GLANCE = 90.0, 30.0, 0.05
# The process's clock is known as of when its line was read, which may have been late.
DOUBT = timedelta(seconds=10)
BOARD_SECONDS = 2.5  # how often a process reads the vacancies anew, and a little
UNDER_WAY = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.SENDING)


class TelegramCity:
    """One process, one bot, and as many people as a test wants."""

    def __init__(
        self, folder: Path, telegram: TelegramStandIn, account: Account, **settings: str
    ) -> None:
        self.folder = folder
        self.telegram, self.account = telegram, account
        self.port = _free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._settings = {
            "PUBLIC_URL": self.origin,
            "DATABASE_URL": f"sqlite:///{folder / 'wengong.db'}",
            "DATA": str(folder),
            "PORT": str(self.port),
            "TELEGRAM_TOKEN": account.token,
            "TELEGRAM_API": telegram.root,
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        self._ahead = timedelta()
        self._process: subprocess.Popen[str] | None = None
        self._database: Database | None = None

    # The process -----------------------------------------------------------------

    def start(self) -> TelegramCity:
        """Start serving and wait until it does."""
        inherited = {name: value for name, value in os.environ.items() if PREFIX not in name}
        own = {PREFIX + name: value for name, value in self._settings.items()}
        with self._printed.open("a") as printed:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.end_to_end.movable_process"],
                env=inherited | own | {"PYTHONPATH": str(ROOT)},
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=printed,
                text=True,
            )
        self._set_clock(self._answer())
        return self

    def kill(self) -> None:
        """End the process as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End the process as Ctrl-C does; return its status."""
        return self._end(signal.SIGINT)

    @property
    def printed(self) -> str:
        """Everything it logged."""
        return self._printed.read_text(encoding="utf-8")

    def ready(self) -> str:
        """Return what /readyz says."""
        try:
            with urllib.request.urlopen(f"{self.origin}/readyz", timeout=5) as reply:  # noqa: S310 - our own
                return str(reply.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def until(self, is_so: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
        """Wait until something is so."""
        last = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < last, self.printed
            time.sleep(GLANCE)

    # What a loop asks of a city -----------------------------------------------------

    @property
    def app(self) -> TelegramCity:
        """What refreshes the board."""
        return self

    def refresh_board(self) -> None:
        """Wait until the process has read the vacancies anew."""
        time.sleep(BOARD_SECONDS)

    def pass_time(self, *, days: int) -> None:
        """Let days pass with everything that falls due."""
        self._set_clock(self.order(f"days {days}"))

    def order(self, line: str) -> str:
        """Give the process an order; return what it answers."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answer()

    def person(self, name: str) -> TelegramPerson:
        """Return somebody who has not found the bot yet."""
        return TelegramPerson(self, self.telegram.phone(self.account, name))

    def officer(self, name: str = "周明", *, scope: str = "5106") -> TelegramPerson:
        """Return an officer who came through the link of an invitation and accepted it."""
        person = self.person(name)
        person.starts(self.order(f"officer {scope} {name}"))
        for label in ("接", "就叫", "先不留"):
            person.taps(label)
        return person

    # What is stored ------------------------------------------------------------------

    @property
    def database(self) -> Database:
        """The database as this process sees it."""
        if self._database is None:
            keys = read_or_create_key_file(self.folder / "keys")
            self._database = Database(self._settings["DATABASE_URL"], keys)
        return self._database

    def settle(self) -> None:
        """Wait until everything that was said is answered, and everything due is sent."""
        self.until(lambda: not self.account.updates.waiting and self.database.read(self._is_quiet))

    def close(self) -> None:
        """End everything."""
        self.kill()
        if self._database is not None:
            self._database.close()

    def _is_quiet(self, uow: UnitOfWork) -> bool:
        now = SystemClock().now() + self._ahead + DOUBT
        open_receipts = select(func.count()).where(InboundReceipt.status == ReceiptStatus.RECEIVED)
        waiting = (
            select(func.count())
            .select_from(Delivery)
            .join(ChannelAccount, ChannelAccount.id == Delivery.account_id)
            .where(
                ChannelAccount.channel == "telegram",
                Delivery.status.in_(UNDER_WAY),
                Delivery.not_before <= now,
            )
        )
        return not uow.session.scalar(open_receipts) and not uow.session.scalar(waiting)

    def _answer(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, self.printed
        return line

    def _set_clock(self, told: str) -> None:
        self._ahead = datetime.fromisoformat(told) - SystemClock().now()

    @property
    def _printed(self) -> Path:
        return self.folder / "printed.txt"

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(how)
        status = self._process.wait(LONGEST_START)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return status


class TelegramPerson:
    """Somebody with Telegram on the phone: writes, taps, and remembers what was heard."""

    def __init__(self, city: TelegramCity, phone: Phone) -> None:
        self.city, self.phone = city, phone
        self.heard_texts: list[str] = []

    def starts(self, payload: str = "") -> list[str]:
        """Press Start, perhaps behind a link; return what comes back."""
        self.phone.starts(payload)
        return self.listens()

    def says(self, text: str) -> list[str]:
        """Write `text`, behind Start where it is the first; return what comes back."""
        if self.phone.person.person_id not in self.city.account.chats:
            self.starts()
        self.phone.types(text)
        return self.listens()

    def taps(self, label: str) -> list[str]:
        """Tap the newest button with this label; return what comes back."""
        self.phone.taps(label)
        return self.listens()

    def listens(self) -> list[str]:
        """Return what came in since the last time, a text a bubble."""
        self.city.settle()
        fresh = self.phone.texts[len(self.heard_texts) :]
        self.heard_texts += fresh
        return fresh

    @property
    def heard(self) -> str:
        """Everything heard so far, a bubble a line."""
        return "\n".join(self.heard_texts)


@contextlib.contextmanager
def telegram_on_loopback() -> Iterator[TelegramStandIn]:
    """Yield a strict stand-in that runs in a thread; what it must not get fails the test."""
    loop = asyncio.new_event_loop()
    stand_in = TelegramStandIn(checks=outgoing.checks())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(stand_in.line.open(), loop).result(PATIENCE)
        yield stand_in
    finally:
        asyncio.run_coroutine_threadsafe(stand_in.close(), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()
    assert stand_in.violations == []


@contextlib.contextmanager
def served_city(folder: Path, telegram: TelegramStandIn, **settings: str) -> Iterator[TelegramCity]:
    """Yield a bureau that serves with a bot of its own."""
    city = TelegramCity(folder, telegram, telegram.bot(), **settings)
    try:
        yield city.start()
    finally:
        city.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
