from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import cast

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.channels.telegram.api import PlainBot, connect
from bot.channels.telegram.errors import was_sent
from bot.channels.telegram.request import PooledRequest

TOKEN = "4711:AAH-test-test-test-test-test-test-test"
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def served(answer: Answer, **timeouts: float) -> AsyncIterator[tuple[PlainBot, list[bytes]]]:
    """Yield a bot whose requests are all answered by `answer`, and what it sent."""
    got: list[bytes] = []
    busy: set[asyncio.Task[object]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        busy.add(cast("asyncio.Task[object]", asyncio.current_task()))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        got.append(head + await reader.readexactly(length))
        await answer(writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bot = connect(
        TOKEN,
        api=f"http://127.0.0.1:{port}",
        request=lambda: PooledRequest(connections=2, trust_proxy=False, **timeouts),
    )
    await bot.request.initialize()
    try:
        yield bot, got
    finally:
        await bot.request.shutdown()
        server.close()
        await asyncio.gather(*busy)


def written(payload: bytes, status: str = "200 OK") -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
        writer.write(head + payload)
        await writer.drain()

    return answer


async def cut(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def silence(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.5)


async def test_a_request_is_json_with_its_words_as_they_are() -> None:
    accepted = {
        "ok": True,
        "result": {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}},
    }
    async with served(written(json.dumps(accepted).encode())) as (bot, got):
        message = await bot.send_message(5, "招焊工 🔧")
    assert message.message_id == 7
    head, _, body = got[0].partition(b"\r\n\r\n")
    assert head.startswith(f"POST /bot{TOKEN}/sendMessage".encode())
    assert json.loads(body) == {"chat_id": 5, "text": "招焊工 🔧"}


@pytest.mark.parametrize("answer", [cut, silence])
async def test_what_ends_after_sending_may_have_arrived(answer: Answer) -> None:
    async with served(answer, read_timeout=0.2) as (bot, _got):
        with pytest.raises(NetworkError) as failed:
            await bot.send_message(5, "x")
    assert isinstance(failed.value, TimedOut) is (answer is silence)
    assert was_sent(failed.value)


async def test_what_finds_nobody_was_not_sent() -> None:
    bot = connect(TOKEN, api="http://127.0.0.1:9")
    await bot.request.initialize()
    with pytest.raises(NetworkError) as failed:
        await bot.send_message(5, "x")
    await bot.request.shutdown()
    assert not was_sent(failed.value)
    assert TOKEN not in str(failed.value)


@pytest.mark.parametrize("payload", [b"<html>", b"[]", b"\xff\xfe", b""])
async def test_garbage_may_hide_that_it_was_taken(payload: bytes) -> None:
    async with served(written(payload)) as (bot, _got):
        with pytest.raises(TelegramError, match="Invalid server response"):
            await bot.send_message(5, "x")


async def test_garbage_with_a_servers_error_is_that_error() -> None:
    async with served(written(b"<html>", "502 Bad Gateway")) as (bot, _got):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(5, "x")


async def test_a_closed_pool_sends_nothing() -> None:
    request = PooledRequest(connections=1)
    with pytest.raises(NetworkError):
        await request.do_request("http://127.0.0.1:9/", "POST")
