"""Act 4: a serving process is killed while messages wait; the next one sends them, once each."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import bot
from bot.app.demo.clock import keep_offset
from bot.app.demo.tour.playing import Tour
from bot.clock import SystemClock
from bot.settings import PREFIX

APPLICANTS = 3
MOST_TRIES = 3
LONGEST_START = 60.0
LONGEST_CATCH_UP = 20.0
GLANCE = 0.02


async def restart(tour: Tour) -> None:
    """Cut the power of a serving process while firms still have to hear of applicants."""
    tour.act("restart")
    waiting: Sequence[uuid.UUID] = ()
    for _ in range(MOST_TRIES):
        waiting = await _kill_while_waiting(tour)
        if waiting:
            break
    tour.need(waiting, "waiting")
    tour.note("restart.killed", waiting=len(waiting))
    began = time.monotonic()
    async with _serving(tour):
        seconds = time.monotonic() - began
        await _caught_up(tour)
    sent, doubled = await tour.count(
        lambda figures: (figures.sent_among(waiting), figures.doubled())
    )
    lost = len(waiting) - sent
    values = {"sent": sent, "lost": lost, "doubled": doubled}
    tour.need(not lost and not doubled, "restart", waiting=len(waiting), **values)
    tour.note("restart.again", seconds=f"{seconds:.1f}", **values)


async def _kill_while_waiting(tour: Tour) -> Sequence[uuid.UUID]:
    """Let people apply beside a serving process, and kill it before it tells the firm."""
    number = tour.vacancy.number if tour.vacancy is not None else 0
    async with _serving(tour) as process:
        await _caught_up(tour)
        await tour.crowd.some_apply(number, tour.began, count=APPLICANTS)
        process.kill()
        process.wait()
    return await tour.count(lambda figures: figures.waiting(tour.clock.now()))


@contextlib.asynccontextmanager
async def _serving(tour: Tour) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Run `wengong run` on the tour's database until the block ends."""
    offset = tour.clock.now() - SystemClock().now()
    await asyncio.to_thread(keep_offset, tour.app.database, offset)
    port = _free_port()
    process = await asyncio.to_thread(_start, tour, port)
    try:
        await _ready(tour, process, port)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(process.wait)


def _start(tour: Tour, port: int) -> subprocess.Popen[bytes]:
    settings = tour.app.settings
    own = {
        "DATA": str(settings.data.resolve()),
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "ERROR",
        "LANGUAGE": tour.language,
    }
    environment = {name: value for name, value in os.environ.items() if PREFIX not in name}
    environment |= {PREFIX + name: value for name, value in own.items()}
    environment["PYTHONPATH"] = str(Path(bot.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli.main", "run"],
        env=environment,
        cwd=settings.data,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


async def _ready(tour: Tour, process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        tour.need(process.poll() is None, "server", reason=process.poll())
        if await asyncio.to_thread(_answers, port):
            return
        await asyncio.sleep(GLANCE)
    tour.need(condition=False, purpose="server", reason=f"{LONGEST_START:.0f} s")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as reply:
            return bool(reply.status == 200)  # noqa: PLR2004 - HTTP's word for yes
    except (urllib.error.URLError, OSError):
        return False


async def _caught_up(tour: Tour) -> None:
    """Wait until nothing that is due waits any more."""
    until = time.monotonic() + LONGEST_CATCH_UP
    while time.monotonic() < until:
        if not await tour.count(lambda figures: figures.waiting(tour.clock.now())):
            return
        await asyncio.sleep(GLANCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
