from __future__ import annotations

import httpx
import pytest

from bot.messages import Body
from bot.web.cookies import NAME
from bot.web.ports import TokenUnknownError
from tests.web.conftest import ORIGIN, Site
from tests.web.presses import post
from tests.web.remembered_site import KEY, RememberedSite

ROLES = ("worker", "enterprise", "officer")
FORM = {"Origin": ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def demo(pages: Site) -> httpx.AsyncClient:
    return pages.client("demo")


@pytest.mark.parametrize("path", ["/demo/worker", "/demo/clock", "/demo/officer/messages"])
async def test_outside_the_demo_there_are_no_demo_pages(pages: Site, path: str) -> None:
    client = pages.client()

    assert (await client.get(path, params={"k": KEY})).status_code == 404


@pytest.mark.parametrize("path", ["/demo/worker", "/demo/clock", "/demo/worker/messages"])
async def test_the_demo_answers_only_this_computer(pages: Site, path: str) -> None:
    client = pages.client("demo", visitor="10.0.0.7")

    assert (await client.get(path, params={"k": KEY})).status_code == 404


async def test_a_foreign_name_for_this_computer_opens_no_demo(pages: Site) -> None:
    client = pages.client("demo", origin="http://rebound.example:8000")

    assert (await client.get("/demo/clock")).status_code == 404


@pytest.mark.parametrize("role", ROLES)
async def test_the_right_key_opens_a_role_and_leaves_the_address_bar(
    demo: httpx.AsyncClient, role: str
) -> None:
    response = await demo.get(f"/demo/{role}", params={"k": KEY})

    assert response.status_code == 303
    assert response.headers["Location"] == f"/demo/{role}"
    assert (await demo.get(f"/demo/{role}")).status_code == 200


async def test_one_key_for_all_lets_the_links_between_roles_work(
    demo: httpx.AsyncClient,
) -> None:
    await demo.get("/demo/worker", params={"k": KEY})

    assert (await demo.get("/demo/officer")).status_code == 200


@pytest.mark.parametrize("key", ["wrong", "", "x" * 5000])
async def test_a_wrong_key_opens_nothing(demo: httpx.AsyncClient, key: str) -> None:
    response = await demo.get("/demo/worker", params={"k": key})

    assert response.status_code == 403
    assert NAME not in response.cookies
    assert (await demo.get("/demo/worker")).status_code == 403


async def test_three_roles_live_side_by_side_in_one_browser(
    demo: httpx.AsyncClient, site: RememberedSite
) -> None:
    await demo.get("/demo/worker", params={"k": KEY})
    for role in ROLES:
        token = f"{role}-token-of-this-demo-db"
        site.say(site.address_of(token, path=f"/demo/{role}"), Body(role))

    for role in ROLES:
        answer = (await demo.get(f"/demo/{role}/messages")).json()
        assert [one["text"] for one in answer["messages"]] == [role]


async def test_a_role_can_speak(demo: httpx.AsyncClient, site: RememberedSite) -> None:
    await demo.get("/demo/officer", params={"k": KEY})

    assert (await post(demo, base="/demo/officer", text="1")).status_code == 202
    assert site.opened[-1][1] == "/demo/officer"


async def test_a_cookie_from_a_demo_that_was_reset_asks_for_the_link(
    demo: httpx.AsyncClient, site: RememberedSite
) -> None:
    await demo.get("/demo/worker", params={"k": KEY})
    site.fails_with = TokenUnknownError()

    response = await demo.get("/demo/worker/messages")

    assert response.status_code == 403
    assert response.json()["error"]["message"] == "请用启动时给的链接打开"


async def test_an_unknown_role_has_no_page(demo: httpx.AsyncClient) -> None:
    assert (await demo.get("/demo/mayor", params={"k": KEY})).status_code == 404


async def test_the_demo_says_that_all_is_invented(demo: httpx.AsyncClient) -> None:
    await demo.get("/demo/worker", params={"k": KEY})

    assert "人和厂都是编的" in (await demo.get("/demo/worker")).text
    assert "人和厂都是编的" not in (await demo.get("/chat")).text


@pytest.mark.parametrize(
    ("days", "date"), [("1", "2026-03-06"), ("7", "2026-03-12"), ("30", "2026-04-04")]
)
async def test_the_clock_jumps_by_a_button(demo: httpx.AsyncClient, days: str, date: str) -> None:
    assert "2026-03-05" in (await demo.get("/demo/clock")).text

    response = await demo.post("/demo/clock", content=f"days={days}", headers=FORM)

    assert response.status_code == 303
    assert date in (await demo.get("/demo/clock")).text


async def test_a_jump_under_way_tells_how_many_days_are_to_come(
    demo: httpx.AsyncClient, site: RememberedSite
) -> None:
    assert "refresh" not in (await demo.get("/demo/clock")).text
    site.days_left = 23
    page = (await demo.get("/demo/clock")).text
    assert "23天" in page
    assert 'http-equiv="refresh"' in page


@pytest.mark.parametrize("form", ["", "days=2", "days=-1", "days=1e9", "%ff=%ff"])
async def test_the_clock_takes_only_its_three_jumps(demo: httpx.AsyncClient, form: str) -> None:
    response = await demo.post("/demo/clock", content=form, headers=FORM)

    assert response.status_code == 400
    assert "2026-03-05" in (await demo.get("/demo/clock")).text


async def test_another_site_cannot_move_the_clock(demo: httpx.AsyncClient) -> None:
    headers = {**FORM, "Origin": "http://evil.example"}

    assert (await demo.post("/demo/clock", content="days=30", headers=headers)).status_code == 403
