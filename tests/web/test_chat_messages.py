from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from bot.errors import StorageUnavailableError
from bot.messages import Body, Option
from bot.web.cookies import NAME
from bot.web.limits import ARRIVALS_A_MINUTE
from tests.web.conftest import Seconds, Site
from tests.web.presses import ID, message_of, post, post_bytes
from tests.web.remembered_site import RememberedSite


async def test_a_typed_text_reaches_the_spine_as_one_message(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    response = await post(client, text="踩平车 要四千", sequence=7)

    assert response.status_code == 202
    (inbound,) = site.received
    assert (inbound.text, inbound.button, inbound.sequence) == ("踩平车 要四千", None, 7)
    assert inbound.address == site.address_of(client.cookies[NAME])


async def test_a_pressed_button_reaches_the_spine_without_its_label(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    await post(client, text="1 报名", button="apply:1")

    assert (site.received[0].text, site.received[0].button) == ("", "apply:1")


async def test_a_resend_is_the_same_message_to_the_spine(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    await post(client)
    await post(client)
    await post(client, press=ID.replace("0", "f"))

    first, again, other = (inbound.external_id for inbound in site.received)
    assert first == again != other


async def test_nobody_can_use_up_the_ids_of_another(pages: Site, site: RememberedSite) -> None:
    for client in (pages.client(), pages.client()):
        await client.get("/chat")
        await post(client)

    assert site.received[0].external_id != site.received[1].external_id


async def test_a_page_reads_only_its_own_address(pages: Site, site: RememberedSite) -> None:
    mine, other = pages.client(), pages.client()
    for client in (mine, other):
        await client.get("/chat")
    site.say(site.address_of(mine.cookies[NAME]), Body("只给你看"))

    assert [one["text"] for one in (await mine.get("/chat/messages")).json()["messages"]] == [
        "只给你看"
    ]
    assert (await other.get("/chat/messages")).json()["messages"] == []


async def test_a_message_comes_with_options_link_and_time(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    body = Body("报不报", (Option(1, "报名", "a:1"),), link="/poster/1.svg", closed=True)
    site.say(site.address_of(client.cookies[NAME]), body, edits="m0")

    answer = (await client.get("/chat/messages?after=0")).json()

    assert answer["cursor"] == 1
    assert answer["now"] == "2026-03-05T01:00:00.000Z"
    assert answer["messages"] == [
        {
            "cursor": 1,
            "id": "m1",
            "text": "报不报",
            "options": [{"number": 1, "label": "报名", "data": "a:1"}],
            "link": "/poster/1.svg",
            "edits": "m0",
            "closed": True,
            "at": "2026-03-05T01:00:00.000Z",
        }
    ]


async def test_reading_goes_on_behind_the_cursor(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    address = site.address_of(client.cookies[NAME])
    for text in ("一", "二", "三"):
        site.say(address, Body(text))

    answer = (await client.get("/chat/messages?after=2")).json()

    assert [one["text"] for one in answer["messages"]] == ["三"]
    assert (await client.get("/chat/messages?after=3")).json()["cursor"] == 3


async def test_a_waiting_page_gets_the_answer_when_it_is_said(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    waiting = asyncio.create_task(client.get("/chat/messages?after=0&wait=25"))
    await asyncio.sleep(0.05)
    site.say(site.address_of(client.cookies[NAME]), Body("来了"))

    assert (await asyncio.wait_for(waiting, 5)).json()["messages"][0]["text"] == "来了"


async def test_the_time_of_a_line_is_taken_before_it_is_answered(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    def answer_later(_inbound: object) -> list[Body]:
        site.clock.advance(timedelta(seconds=3))
        return [Body("好")]

    site.answers = answer_later
    sent = (await post(client)).json()
    answer = (await client.get("/chat/messages")).json()["messages"][0]

    assert sent == {"id": ID, "at": "2026-03-05T01:00:00.000Z"}
    assert answer["at"] > sent["at"]


@pytest.mark.parametrize("after", ["-1", "x", "٣", "9" * 400, "1.5"])
async def test_a_wrong_cursor_is_refused(client: httpx.AsyncClient, after: str) -> None:
    assert (await client.get("/chat/messages", params={"after": after})).status_code == 400


async def test_ten_thousand_characters_are_refused_by_size_before_anything_else(
    pages: Site, site: RememberedSite
) -> None:
    stranger = pages.client()

    response = await post(stranger, text="长" * 10_000, origin="http://elsewhere.example")

    assert response.status_code == 413
    assert message_of(response) == "太长了，分几次说"
    assert (site.received, site.opened) == ([], [])


async def test_a_long_body_without_a_length_is_read_no_further_than_the_limit(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    read = 0

    async def parts() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield b" " * 1024

    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    response = await client.post("/chat/messages", content=parts(), headers=headers)

    assert response.status_code == 413
    assert read <= 6
    assert site.received == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("工\x00资\x1b[31m\x7f", "工资[31m"),
        ("一行\n二行", "一行\n二行"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("😀", "😀"),
    ],
)
async def test_control_characters_are_dropped_and_the_rest_stays(
    client: httpx.AsyncClient, site: RememberedSite, typed: str, kept: str
) -> None:
    assert (await post(client, text=typed)).status_code == 202
    assert site.received[0].text == kept


async def test_half_a_character_becomes_a_mark_that_can_be_stored(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    body = b'{"id":"0123456789abcdef","text":"\\ud83d \\udc00","sequence":1}'

    assert (await post_bytes(client, body)).status_code == 202
    assert "�" in site.received[0].text.encode("utf-8").decode("utf-8")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 4000, b'{"id":1,"text":"a"}']
    + [
        b'{"id":"0123456789abcdef","text":%s}' % wrong
        for wrong in (b"1", b"null", b"[]", b'{"a":1}', b"true")
    ]
    + [
        b'{"id":"0123456789abcdef","text":"a","sequence":%s}' % wrong
        for wrong in (b"-1", b"true", b"1.5", b"NaN", b'"1"', b"9007199254740992")
    ]
    + [b'{"id":"../../etc","text":"a"}', b'{"id":"0123456789abcdef","text":"","button":7}'],
)
async def test_wrong_json_is_refused_and_says_what_to_do(
    client: httpx.AsyncClient, site: RememberedSite, body: bytes
) -> None:
    response = await post_bytes(client, body)

    assert response.status_code == 400
    assert response.json()["error"]["code"] == "wrong_message"
    assert site.received == []


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01"])
async def test_a_text_with_nothing_in_it_is_asked_for_again(
    client: httpx.AsyncClient, text: str
) -> None:
    response = await post(client, text=text)

    assert response.status_code == 400
    assert message_of(response) == "没看到字，再说一次"


async def test_button_data_longer_than_any_button_is_refused(client: httpx.AsyncClient) -> None:
    assert (await post(client, button="岗" * 22)).status_code == 400


async def test_the_21st_message_within_a_minute_waits(
    client: httpx.AsyncClient, site: RememberedSite, seconds: Seconds
) -> None:
    for number in range(20):
        seconds.now = float(number)
        assert (await post(client, press=f"press-{number:04d}")).status_code == 202

    seconds.now = 20.0
    response = await post(client, press="press-0020")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "40"
    assert message_of(response) == "发得太快了，40秒后再发"
    assert len(site.received) == 20
    seconds.now = 60.0
    assert (await post(client, press="press-0020")).status_code == 202


async def test_one_fast_visitor_does_not_slow_another(pages: Site) -> None:
    fast, calm = pages.client(), pages.client()
    for client in (fast, calm):
        await client.get("/chat")
    for number in range(21):
        last = await post(fast, press=f"press-{number:04d}")

    assert last.status_code == 429
    assert (await post(calm)).status_code == 202


async def test_a_database_that_is_down_is_told_with_a_code_and_a_time_to_retry(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    site.fails_with = StorageUnavailableError("disk full")

    response = await post(client)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert message_of(response).startswith("这会儿记不下来")


async def test_an_english_reader_gets_english_refusals(client: httpx.AsyncClient) -> None:
    await client.get("/chat?lang=en")

    assert message_of(await post(client, text="")) == "There was nothing in it. Say it again"


async def test_a_fresh_cookie_for_every_message_does_not_get_around_the_limit(
    pages: Site, site: RememberedSite
) -> None:
    statuses = []
    for _ in range(ARRIVALS_A_MINUTE + 1):
        stranger = pages.client()
        await stranger.get("/chat")
        statuses.append((await post(stranger)).status_code)

    assert statuses.count(202) == ARRIVALS_A_MINUTE
    assert statuses[-1] == 429
    assert len(site.received) == ARRIVALS_A_MINUTE
