from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Literal

import httpx
import pytest
from starlette.applications import Starlette

from bot.clock import FixedClock
from bot.web.routes import SiteOptions, create_app
from content.data_files import DataFolder
from content.texts import Texts, read_texts
from tests.web.remembered_site import RememberedSite

ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def texts() -> Texts:
    return read_texts(DataFolder())


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 5, 1, 0, tzinfo=UTC))


@pytest.fixture
def site(clock: FixedClock) -> RememberedSite:
    return RememberedSite(clock)


class Seconds:
    """A stopwatch that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


class Site:
    """Builds clients of one site, each with its own cookies."""

    def __init__(self, site: RememberedSite, texts: Texts, seconds: Seconds) -> None:
        self._site = site
        self._texts = texts
        self._seconds = seconds
        self._apps: dict[tuple[str, ...], Starlette] = {}
        self._clients: list[httpx.AsyncClient] = []

    def client(
        self,
        *options: Literal["demo", "secure"],
        visitor: str = "127.0.0.1",
        origin: str = ORIGIN,
    ) -> httpx.AsyncClient:
        """Return a browser; those with the same options talk to the same process."""
        transport = httpx.ASGITransport(app=self._app(options), client=(visitor, 50000))
        client = httpx.AsyncClient(transport=transport, base_url=origin)
        self._clients.append(client)
        return client

    def _app(self, options: tuple[str, ...]) -> Starlette:
        if options not in self._apps:
            self._apps[options] = create_app(
                self._site,
                texts=self._texts,
                clock=self._site.clock,
                options=SiteOptions(
                    secure="secure" in options,
                    demo="demo" in options,
                    bureau="中江县人社局",
                    phone="0838-0000000",
                ),
                monotonic=self._seconds,
            )
        return self._apps[options]

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()


@pytest.fixture
async def pages(site: RememberedSite, texts: Texts, seconds: Seconds) -> AsyncIterator[Site]:
    made = Site(site, texts, seconds)
    yield made
    await made.close()


@pytest.fixture
async def client(pages: Site) -> httpx.AsyncClient:
    """A visitor who has opened the chat page and so holds a cookie."""
    client = pages.client()
    assert (await client.get("/chat")).status_code == 200
    return client
