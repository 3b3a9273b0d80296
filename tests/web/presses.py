"""What the page's script posts."""

from __future__ import annotations

import json

import httpx

from tests.web.conftest import ORIGIN

ID = "0123456789abcdef0123456789abcdef"


async def post(
    client: httpx.AsyncClient,
    *,
    text: object = "你好",
    button: object = None,
    press: object = ID,
    sequence: object = 1,
    base: str = "/chat",
    origin: str | None = ORIGIN,
) -> httpx.Response:
    fields = {"id": press, "text": text, "button": button, "sequence": sequence}
    return await post_bytes(client, json.dumps(fields).encode(), base=base, origin=origin)


async def post_bytes(
    client: httpx.AsyncClient,
    body: bytes,
    *,
    base: str = "/chat",
    origin: str | None = ORIGIN,
    content_type: str = "application/json",
    fetch_site: str | None = None,
) -> httpx.Response:
    headers = {"Content-Type": content_type}
    if origin is not None:
        headers["Origin"] = origin
    if fetch_site is not None:
        headers["Sec-Fetch-Site"] = fetch_site
    return await client.post(f"{base}/messages", content=body, headers=headers)


def message_of(response: httpx.Response) -> str:
    message: str = response.json()["error"]["message"]
    return message
