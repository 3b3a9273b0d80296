from __future__ import annotations

import json

import httpx
import pytest
from structlog.testing import capture_logs

from bot.web.cookies import NAME
from tests.web.conftest import ORIGIN, Site
from tests.web.presses import message_of, post, post_bytes
from tests.web.remembered_site import RememberedSite

PRESS = b'{"id":"0123456789abcdef","text":"a","sequence":1}'


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/messages", "/healthz", "/nowhere"])
async def test_every_answer_forbids_foreign_content_and_caching(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


async def test_static_files_are_kept_by_the_browser(client: httpx.AsyncClient) -> None:
    assert "immutable" in (await client.get("/static/chat.js?v=1")).headers["Cache-Control"]


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(pages: Site) -> None:
    cookie = (await pages.client().get("/chat")).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/chat" in cookie
    assert "Secure" not in cookie


async def test_behind_https_the_cookie_never_travels_in_the_clear(pages: Site) -> None:
    client = pages.client("secure", origin="https://jobs.example")

    assert "Secure" in (await client.get("/chat")).headers["Set-Cookie"]


async def test_every_visitor_gets_a_token_of_128_bits(pages: Site) -> None:
    tokens = set()
    for _ in range(20):
        client = pages.client()
        await client.get("/chat")
        tokens.add(client.cookies[NAME])

    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {22}


async def test_a_second_visit_keeps_the_token(client: httpx.AsyncClient) -> None:
    token = client.cookies[NAME]
    await client.get("/chat")

    assert client.cookies[NAME] == token


async def test_the_token_never_stands_in_the_page(client: httpx.AsyncClient) -> None:
    assert client.cookies[NAME] not in (await client.get("/chat")).text


async def test_looking_at_the_page_opens_no_address(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    await client.get("/chat")

    assert site.opened == []


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_without_a_cookie_nothing_is_read_or_taken(
    pages: Site, site: RememberedSite, method: str
) -> None:
    client = pages.client()
    response = (
        await client.get("/chat/messages") if method == "GET" else await post_bytes(client, PRESS)
    )

    assert response.status_code == 401
    assert site.opened == []


@pytest.mark.parametrize("token", ["short", "a" * 65, "'; DROP TABLE x;--aaaaaaaaaaa"])
async def test_a_cookie_that_cannot_be_ours_counts_as_none(pages: Site, token: str) -> None:
    headers = {"Cookie": f'{NAME}="{token}"'}

    assert (await pages.client().get("/chat/messages", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("origin", "fetch_site"),
    [
        (None, None),
        ("http://evil.example", None),
        ("null", None),
        ("http://127.0.0.1:9000", None),
        ("http://127.0.0.1:8000.evil.example", None),
        (ORIGIN, "cross-site"),
        (ORIGIN, "same-site"),
        ("http://evil.example", "same-origin"),
        ("http://[", None),
    ],
)
async def test_a_message_from_another_site_is_refused(
    client: httpx.AsyncClient, site: RememberedSite, origin: str | None, fetch_site: str | None
) -> None:
    response = await post_bytes(client, PRESS, origin=origin, fetch_site=fetch_site)

    assert response.status_code == 403
    assert response.json()["error"]["code"] == "wrong_origin"
    assert site.received == []


async def test_a_browser_that_says_only_same_origin_is_believed(
    client: httpx.AsyncClient,
) -> None:
    response = await post_bytes(client, PRESS, origin=None, fetch_site="same-origin")

    assert response.status_code == 202


async def test_a_proxy_that_ends_tls_does_not_make_the_page_foreign(
    client: httpx.AsyncClient,
) -> None:
    response = await post_bytes(client, PRESS, origin=ORIGIN.replace("http:", "https:"))

    assert response.status_code == 202


async def test_a_form_of_another_site_cannot_pass_for_json(client: httpx.AsyncClient) -> None:
    assert (await post_bytes(client, PRESS, content_type="text/plain")).status_code == 415


async def test_a_defect_is_answered_with_the_code_that_stands_in_the_log(
    client: httpx.AsyncClient, site: RememberedSite
) -> None:
    site.fails_with = RuntimeError("桂芳说了啥")

    with capture_logs() as lines:
        response = await post(client, text="工资没给")

    (line,) = lines
    code = line["code"]
    assert response.status_code == 500
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert message_of(response).endswith(f"代号 {code}")
    assert "桂芳" not in json.dumps(line, ensure_ascii=False)
    assert "工资" not in json.dumps(line, ensure_ascii=False)


async def test_a_person_who_opens_a_wrong_page_gets_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/nowhere", headers={"Accept": "text/html"})

    assert response.status_code == 404
    assert "没有这一页" in response.text
    assert "0838-0000000" in response.text


async def test_a_script_that_asks_for_a_wrong_page_gets_json(client: httpx.AsyncClient) -> None:
    assert message_of(await client.get("/nowhere")) == "没有这一页"
    assert (await client.put("/chat/messages")).json()["error"]["code"] == "wrong_method"
