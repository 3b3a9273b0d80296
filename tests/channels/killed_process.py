"""A process that answers people on a page until somebody kills it: run as a module.

It prints the id of each message once that is durable, which is when a page may forget it.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.web_chat import WebChat
from bot.clock import FixedClock
from bot.messages import Inbound
from content.reader import read_catalogue
from storage.database import Database
from storage.secrets import read_or_create_key_file
from tests.channels.small_town import SmallTown, message
from tests.conftest import MONDAY_MORNING

PEOPLE = 12
MESSAGES = 25
PUSHES = 150
PAUSE = 0.05


def town_in(folder: Path) -> SmallTown:
    """Return the town whose database and keys lie in `folder`."""
    database = Database(
        f"sqlite:///{folder / 'wengong.db'}", read_or_create_key_file(folder / "keys")
    )
    return SmallTown(database, read_catalogue(), FixedClock(MONDAY_MORNING))


def conversation(person: int) -> list[Inbound]:
    """Return what one person writes, in order."""
    address = f"p{person}"
    return [
        message(number, f"word {number} of {address}", address=address)
        for number in range(1, MESSAGES + 1)
    ]


async def answer(
    town: SmallTown,
    conversations: Sequence[Sequence[Inbound]],
    *,
    acknowledge: Callable[[str], None],
) -> None:
    """Answer these conversations at once, each in its order, and publish meanwhile."""
    loop_sender = Sender(
        town.database,
        town.deployment,
        WebChat(),
        town.account_id,
        jitter=random.Random(1),  # noqa: S311 - spreads retries, hides nothing
    )
    receiver = Receiver(
        town.database,
        town.engine,
        wake=lambda _account, _address: loop_sender.wake(),
        pages=(town.account_id,),
    )
    sending = asyncio.ensure_future(loop_sender.run())

    async def talk(inbounds: Sequence[Inbound]) -> None:
        for inbound in inbounds:
            await receiver.receive(town.account_id, inbound)
            acknowledge(inbound.external_id)
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(talk(each) for each in conversations))
    await receiver.close()
    await loop_sender.send_due()
    loop_sender.close()
    await sending


def _print(external_id: str) -> None:
    sys.stdout.write(f"{external_id}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    home = town_in(Path(sys.argv[1]))
    everybody = [conversation(person) for person in range(PEOPLE)]
    asyncio.run(answer(home, everybody, acknowledge=_print))
    home.database.close()
