from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.webhook import SECRET_HEADER, secret_for, why_unreachable
from bot.errors import SettingsError, StorageUnavailableError
from tests.channels.telegram.shapes import membership, message, press
from tests.channels.telegram.wire import Ear, Wire, listening, make_wire
from tests.chat import City
from tests.stand_ins.telegram import TelegramStandIn

URL = "https://wengong.example"
SECRET = "only-telegram-knows"


@pytest.fixture
def wire(city: City, telegram: TelegramStandIn) -> Wire:
    return make_wire(city, telegram, telegram.bot(), url=URL, webhook=True, secret=SECRET)


@pytest.fixture
async def site(wire: Wire) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the site; it sends the right secret."""
    app = Starlette(routes=[*wire.line.routes()])
    transport = httpx.ASGITransport(app=app)
    headers = {SECRET_HEADER: SECRET}
    async with httpx.AsyncClient(transport=transport, base_url=URL, headers=headers) as client:
        yield client


def path(wire: Wire) -> str:
    return f"/telegram/{wire.account_id.hex}"


async def test_an_update_is_answered_once_it_is_durable(
    wire: Wire, site: httpx.AsyncClient
) -> None:
    ear = Ear()
    async with listening(wire, ear):
        answer = await site.post(path(wire), json=message(text="想找活"))
        assert answer.status_code == 200
        assert ear.texts == ["想找活"]


async def test_without_a_database_the_platform_is_told_to_come_again(
    wire: Wire, site: httpx.AsyncClient
) -> None:
    ear = Ear()
    ear.troubles = [StorageUnavailableError("away")]
    async with listening(wire, ear):
        first = await site.post(path(wire), json=message(text="想找活"))
        second = await site.post(path(wire), json=message(text="想找活"))
    assert (first.status_code, second.status_code) == (503, 200)
    assert ear.texts == ["想找活"]


@pytest.mark.parametrize("given", [None, "", "wrong", SECRET + "x", SECRET[:-1]])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    wire: Wire, site: httpx.AsyncClient, given: str | None
) -> None:
    ear = Ear()
    async with listening(wire, ear):
        site.headers.pop(SECRET_HEADER)
        if given is not None:
            site.headers[SECRET_HEADER] = given
        answer = await site.post(path(wire), json=message(text="想找活"))
        assert answer.status_code == 403
    assert ear.heard == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "seven"}', 400),
        (b"\xff\xfe\x00", 400),
        (b"x" * 1_000_001, 413),
        (json.dumps({"update_id": 5, "unknown_kind": {}}).encode(), 200),
        (json.dumps({"update_id": 5, "message": {"text": "x"}}).encode(), 200),
        (json.dumps(press(None)).encode(), 200),
        (json.dumps(membership("left", chat={"id": -5, "type": "group"})).encode(), 200),
    ],
)
async def test_what_is_no_message_never_comes_again_and_again(
    wire: Wire, site: httpx.AsyncClient, body: bytes, status: int
) -> None:
    ear = Ear()
    async with listening(wire, ear):
        assert (await site.post(path(wire), content=body)).status_code == status
    assert ear.heard == []


async def test_an_update_that_can_never_be_stored_does_not_come_again(
    wire: Wire, site: httpx.AsyncClient, log_lines: io.StringIO
) -> None:
    ear = Ear()
    ear.troubles = [ValueError("想找活")]
    async with listening(wire, ear):
        answer = await site.post(path(wire), json=message(text="想找活"))
    assert answer.status_code == 200
    assert "想找活" not in log_lines.getvalue()


async def test_before_the_start_and_after_the_stop_it_has_to_come_again(
    wire: Wire, site: httpx.AsyncClient
) -> None:
    assert (await site.post(path(wire), json=message(text="x"))).status_code == 503
    async with listening(wire, Ear()):
        pass
    assert (await site.post(path(wire), json=message(text="x"))).status_code == 503


async def test_the_platform_is_told_where_to_bring_updates(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    async with listening(wire, Ear()):
        pass
    [told] = [it for it in telegram.received if it.method == "setWebhook"]
    assert told.params["url"] == URL + path(wire)
    assert told.params["secret_token"] == SECRET
    assert told.params["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    assert "getUpdates" not in telegram.methods_got(wire.bot)


async def test_polling_has_no_route(city: City, telegram: TelegramStandIn) -> None:
    wire = make_wire(city, telegram, telegram.bot())
    assert wire.line.routes() == []
    await asyncio.sleep(0)


def test_a_webhook_without_a_public_address_stops_the_start(
    city: City, telegram: TelegramStandIn
) -> None:
    with pytest.raises(SettingsError, match="WENGONG_PUBLIC_URL"):
        make_wire(city, telegram, telegram.bot(), url="http://10.0.0.5", webhook=True, api="")


@pytest.mark.parametrize(
    ("url", "own_api", "problem"),
    [
        ("https://wengong.example", False, None),
        ("https://wengong.example:8443", False, None),
        ("https://wengong.example:8444", False, "port"),
        ("http://wengong.example", False, "https"),
        ("", False, "missing"),
        ("wengong.example", False, "missing"),
        ("http://10.0.0.5:9000", True, None),
    ],
)
def test_an_address_is_one_that_the_platform_brings_updates_to(
    url: str, own_api: bool, problem: str | None
) -> None:
    assert why_unreachable(url, own_api=own_api) == problem


def test_a_secret_that_was_not_chosen_follows_from_the_token() -> None:
    assert secret_for("1:a", "chosen") == "chosen"
    assert secret_for("1:a") == secret_for("1:a") != secret_for("1:b")
    assert "1:a" not in secret_for("1:a")
