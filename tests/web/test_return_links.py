"""The address in a text message or on a card."""

from __future__ import annotations

from tests.web.conftest import Site


async def test_a_return_link_opens_the_chat_with_its_token(pages: Site) -> None:
    answer = await pages.client().get("/r/abcdefghijklmnopqrstuv-_")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/chat?start=r_abcdefghijklmnopqrstuv-_"


async def test_what_no_token_may_hold_opens_nothing(pages: Site) -> None:
    for path in ("/r/a.b", "/r/%0d%0a", "/r/" + "a" * 65, "/r/中"):
        assert (await pages.client().get(path)).status_code == 404
