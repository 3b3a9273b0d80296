"""Posts to a server over connections that stay open, at as little cost as Python can have."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Mapping, Sequence

from tests.stand_ins.telegram.stand_in import system_seconds

CONNECTIONS = 40  # as many as Telegram opens to a webhook unless it is told otherwise


class Connection:
    """One open connection to a server; one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def post(self, head: bytes, body: bytes) -> int:
        """Post `body` under the prepared lines of `head`; return the status."""
        self._writer.write(head + str(len(body)).encode() + b"\r\n\r\n" + body)
        lines = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = lines.partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        if length.strip():
            await self._reader.readexactly(int(length))
        return int(lines.split(b" ", 2)[1])

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


class Poster:
    """Posts to one path of one server."""

    def __init__(self, port: int, path: str, headers: Mapping[str, str]) -> None:
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += ["Content-Type: application/json", "Content-Length: "]
        self._port = port
        self._head = "\r\n".join(lines).encode()

    async def post_all(self, bodies: Sequence[bytes], *, per_second: float) -> list[float]:
        """Post `bodies`; return when each was posted, in seconds since 1970.

        Args:
            bodies: In this order.
            per_second: How many are begun each second; infinite: as soon as a connection is free.

        Raises:
            RuntimeError: One was not taken.
        """
        posted = [0.0] * len(bodies)
        turns = itertools.count()
        began = time.monotonic()

        async def work(connection: Connection) -> None:
            while (number := next(turns)) < len(bodies):
                await asyncio.sleep(began + number / per_second - time.monotonic())
                posted[number] = system_seconds()
                status = await connection.post(self._head, bodies[number])
                if status >= 300:
                    raise RuntimeError(f"update {number} was answered {status}")

        async with self._connections(CONNECTIONS) as connections:
            await asyncio.gather(*(work(each) for each in connections))
        return posted

    async def post(self, body: bytes) -> int:
        """Post once over a connection of its own; return the status."""
        async with self._connections(1) as (connection,):
            return await connection.post(self._head, body)

    @contextlib.asynccontextmanager
    async def _connections(self, count: int) -> AsyncIterator[list[Connection]]:
        opened = [await asyncio.open_connection("127.0.0.1", self._port) for _ in range(count)]
        connections = [Connection(*pair) for pair in opened]
        try:
            yield connections
        finally:
            for each in connections:
                await each.close()
