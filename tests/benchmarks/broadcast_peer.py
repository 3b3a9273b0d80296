"""A bare loop that sends to many with `telegram.Bot`: a bucket of tokens, gathered, not durable."""

from __future__ import annotations

import asyncio
import sys
import time

from telegram import Bot
from telegram.request import HTTPXRequest

from tests.benchmarks.telegram_town import FIRST_CHAT

WORDS = "▸陈师傅您好，德阳市人社局周明：县里周五上午有招聘会，管午饭，不收钱。"
CONNECTIONS = 100
TIMEOUT = 60.0


async def send_all(api: str, token: str, count: int, per_second: float) -> None:
    """Send one message to each of `count` chats, `per_second` begun each second."""
    request = HTTPXRequest(
        connection_pool_size=CONNECTIONS, read_timeout=TIMEOUT, pool_timeout=TIMEOUT
    )
    room = asyncio.Semaphore(CONNECTIONS)
    async with Bot(token, base_url=f"{api}/bot", request=request) as bot:
        began = time.perf_counter()

        async def send(number: int) -> None:
            await asyncio.sleep(began + number / per_second - time.perf_counter())
            async with room:
                await bot.send_message(FIRST_CHAT + number, WORDS)

        await asyncio.gather(*(send(number) for number in range(count)))


if __name__ == "__main__":
    _program, api, token, count, per_second = sys.argv
    asyncio.run(send_all(api, token, int(count), float(per_second)))
