"""A real `kill -9` in the middle of the work, and a second process that finishes it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages import Body
from bot.services.sending.deliveries import Draft, body_of, push
from storage.models import ContactAddress, Delivery
from storage.states import DeliveryKind, DeliveryStatus, ReceiptStatus, Stream
from storage.unit_of_work import UnitOfWork
from tests.channels.killed_process import (
    MESSAGES,
    PEOPLE,
    PUSHES,
    answer,
    conversation,
    town_in,
)
from tests.channels.small_town import SmallTown
from tests.databases import SqliteDatabases, secrets_in

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("killed_after", [60, 200])
def test_a_killed_process_loses_nothing_and_doubles_nothing(
    tmp_path: Path, killed_after: int
) -> None:
    SqliteDatabases(tmp_path, secrets_in(tmp_path)).create(tmp_path)
    _queue_pushes(tmp_path)
    acknowledged = _work_until_killed(tmp_path, after=killed_after)
    durable = len(acknowledged)
    town = town_in(tmp_path)
    left = sum(receipt.status is ReceiptStatus.RECEIVED for receipt in town.receipts())
    town.clock.advance(timedelta(minutes=1))
    town.sweep()
    asyncio.run(_finish(town, acknowledged))
    town.publish()  # a long backlog takes more than the one round that a closing sender makes
    heard = _heard(town)
    town.database.close()
    expected = {(f"p{it}", n) for it in range(PEOPLE) for n in range(1, MESSAGES + 1)}
    lost = expected - heard.keys()
    doubled = [key for key, count in heard.items() if count > 1]
    sys.stdout.write(
        f"killed after {durable} messages; {left} were under way; "
        f"lost {len(lost)}, doubled {len(doubled)}\n"
    )
    assert killed_after <= durable < len(expected)
    assert not lost
    assert not doubled


def test_a_killed_process_publishes_each_push_once(tmp_path: Path) -> None:
    SqliteDatabases(tmp_path, secrets_in(tmp_path)).create(tmp_path)
    _queue_pushes(tmp_path)
    _work_until_killed(tmp_path, after=1)
    town = town_in(tmp_path)
    town.publish()

    def read(uow: UnitOfWork) -> list[Delivery]:
        return list(uow.session.query(Delivery).filter_by(stream=Stream.PUSH))

    pushes = town.database.read(read)
    town.database.close()
    assert len(pushes) == PUSHES
    assert {row.status for row in pushes} == {DeliveryStatus.ACCEPTED}
    assert {row.attempts for row in pushes} == {1}
    assert len({(row.address_id, row.cursor) for row in pushes}) == PUSHES


def _queue_pushes(folder: Path) -> None:
    town = town_in(folder)

    def queue(uow: UnitOfWork) -> None:
        for number in range(PUSHES):
            address = uow.addresses.find_or_add(
                town.account_id, f"p{number % PEOPLE}", language="zh", now=town.clock.now()
            )
            draft = Draft("test", Body("new vacancy"), f"push:{number}", DeliveryKind.VACANCY)
            push(uow, address, draft, now=town.clock.now())

    town.database.run(queue)
    town.database.close()


def _work_until_killed(folder: Path, *, after: int) -> set[str]:
    """Return the ids that the process had acknowledged when it was killed."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.channels.killed_process", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    with process:
        acknowledged = {process.stdout.readline().strip() for _ in range(after)}
        os.kill(process.pid, signal.SIGKILL)
        acknowledged |= {line.strip() for line in process.stdout}
    assert process.returncode == -signal.SIGKILL
    return acknowledged


async def _finish(town: SmallTown, acknowledged: set[str]) -> None:
    """Let the pages send again what nobody acknowledged."""
    left = [
        [inbound for inbound in conversation(person) if inbound.external_id not in acknowledged]
        for person in range(PEOPLE)
    ]
    await answer(town, left, acknowledge=acknowledged.add)


def _heard(town: SmallTown) -> Counter[tuple[str, int]]:
    """Return how often the page of each person shows the answer to each message."""

    def read(uow: UnitOfWork) -> list[tuple[ContactAddress, str]]:
        rows = uow.session.query(Delivery).filter(Delivery.cursor.is_not(None))
        return [(uow.addresses.need(row.address_id), body_of(row).text) for row in rows]

    answers = [text.split() for _address, text in town.database.read(read) if "heard" in text]
    return Counter((words[4], int(words[2])) for words in answers)
