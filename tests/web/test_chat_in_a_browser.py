"""The page in Debian's chromium, against a real server on a free port."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from bot.clock import FixedClock
from bot.messages import Body, Inbound, Option
from bot.web.routes import SiteOptions, create_app
from content.texts import Texts
from tests.web.remembered_site import KEY, RememberedSite

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATH = "/demo/worker"
ASKED = Body("听懂: 平车、就在中江。", (Option(1, "对", "yes"), Option(2, "改", "no")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def site() -> RememberedSite:
    return RememberedSite(FixedClock(datetime(2026, 3, 5, 1, 0, tzinfo=UTC)))


@pytest.fixture
def address(site: RememberedSite) -> str:
    return site.address_of("worker-token-of-this-demo-db", path=PATH)


@pytest.fixture
def origin(site: RememberedSite, texts: Texts) -> Iterator[str]:
    app = create_app(
        site,
        texts=texts,
        clock=site.clock,
        options=SiteOptions(secure=False, demo=True, bureau="中江县人社局", phone="0838-0000000"),
    )
    config = uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    site.closes = True
    server.should_exit = True
    thread.join()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, origin: str) -> Page:
    page = phone.new_page()
    page.goto(f"{origin}{PATH}?k={KEY}")
    return page


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#send")


def wait_until_received(site: RememberedSite, count: int) -> list[Inbound]:
    for _ in range(300):
        if len(site.received) >= count:
            break
        time.sleep(0.02)
    assert len(site.received) == count
    return site.received


def test_a_double_tap_sends_one_message_and_marks_the_choice(
    page: Page, site: RememberedSite, address: str
) -> None:
    site.say(address, ASKED)
    page.locator(".option").first.dblclick()

    expect(page.locator(".option.chosen .label")).to_have_text("对")
    expect(page.locator(".option").last).to_be_disabled()
    expect(page.locator(".own.sent .said")).to_have_text("1 对")
    assert [one.button for one in wait_until_received(site, 1)] == ["yes"]


def test_a_typed_number_marks_the_same_choice(
    page: Page, site: RememberedSite, address: str
) -> None:
    site.say(address, ASKED)
    expect(page.locator(".option")).to_have_count(2)
    page.fill("#text", "2")
    page.keyboard.press("Enter")

    expect(page.locator(".option.chosen .label")).to_have_text("改")
    assert wait_until_received(site, 1)[0].text == "2"


def test_a_real_person_is_one_tap_away_however_often_it_is_tapped(
    page: Page, site: RememberedSite
) -> None:
    page.locator("#person").dblclick()

    expect(page.locator(".own.sent")).to_have_count(1)
    assert wait_until_received(site, 1)[0].text == "0"


def test_a_line_that_was_not_sent_is_sent_again_under_the_same_id(
    page: Page, site: RememberedSite
) -> None:
    bodies: list[str] = []

    def lose(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.abort()

    page.route("**/messages", lose)
    say(page, "工资没给")
    page.locator(".again").wait_for(timeout=10_000)
    expect(page.locator(".again")).to_be_in_viewport()
    page.unroute("**/messages")
    with page.expect_request(lambda request: request.method == "POST") as resent:
        page.locator(".again").click()

    expect(page.locator(".own.sent .said")).to_have_text("工资没给")
    assert {*bodies, resent.value.post_data} == {bodies[0]}
    assert len(wait_until_received(site, 1)) == 1


def test_own_lines_survive_a_reload_between_the_answers(
    page: Page, site: RememberedSite, address: str
) -> None:
    site.say(address, Body("会做啥?"))
    expect(page.locator(".bot")).to_have_count(1)
    site.clock.advance(timedelta(minutes=1))
    say(page, "踩平车")
    wait_until_received(site, 1)
    site.clock.advance(timedelta(minutes=1))
    site.say(address, Body("记下了。"))
    expect(page.locator(".bot")).to_have_count(2)
    page.reload()

    expect(page.locator(".said")).to_have_text(["会做啥?", "踩平车", "记下了。"])


def test_erasing_clears_the_lines_kept_in_the_browser(
    page: Page, site: RememberedSite, address: str
) -> None:
    say(page, "我叫桂芳")
    wait_until_received(site, 1)
    site.say(address, Body("都删了。", link="#erased"))
    expect(page.locator(".said")).to_have_text(["都删了。"])

    assert "桂芳" not in page.evaluate("JSON.stringify(localStorage)")


def test_an_edit_replaces_the_earlier_bubble_and_closes_its_choices(
    page: Page, site: RememberedSite, address: str
) -> None:
    earlier = site.say(address, ASKED)
    site.say(address, Body("还有别的"))
    expect(page.locator(".bot")).to_have_count(2)
    site.say(address, Body("已招满。", ASKED.options, closed=True), edits=earlier)

    expect(page.locator(".said")).to_have_text(["已招满。", "还有别的"])
    expect(page.locator(".option").first).to_be_disabled()


def test_what_looks_like_markup_stays_text(page: Page, site: RememberedSite, address: str) -> None:
    site.say(address, Body("<img src=x onerror=alert(1)>", link="//evil.example/a.png"))

    expect(page.locator(".said")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".lines img, .lines a")).to_have_count(0)


def test_a_picture_of_this_site_is_shown_below_the_text(
    page: Page, site: RememberedSite, address: str
) -> None:
    site.say(address, Body("海报", link="/static/mark.svg"))

    expect(page.locator(".picture")).to_have_js_property("complete", True)
    assert page.locator(".picture").evaluate("picture => picture.naturalWidth") > 0


def test_a_text_that_is_too_long_is_told_before_it_is_sent(
    page: Page, site: RememberedSite
) -> None:
    say(page, "长" * 10_000)

    expect(page.locator("#hint")).to_have_text("太长了，分几次说")
    assert site.received == []


def test_a_reader_of_older_lines_is_not_moved(
    page: Page, site: RememberedSite, address: str
) -> None:
    for number in range(30):
        site.say(address, Body(f"第{number}条"))
    expect(page.locator(".bot")).to_have_count(30)
    page.locator("#scroll").evaluate("box => { box.scrollTop = 0; }")
    page.wait_for_timeout(100)
    site.say(address, Body("最新一条"))

    expect(page.locator("#newest")).to_be_visible()
    assert page.locator("#scroll").evaluate("box => box.scrollTop") == 0
    page.click("#newest")
    expect(page.get_by_text("最新一条")).to_be_in_viewport()


def test_a_lost_connection_is_shown_and_found_again(
    page: Page, phone: BrowserContext, site: RememberedSite, address: str
) -> None:
    site.say(address, Body("在"))
    expect(page.locator(".bot")).to_have_count(1)
    phone.set_offline(True)
    expect(page.locator("#offline")).to_have_text("网断了，正在重连…")
    phone.set_offline(False)
    site.say(address, Body("回来了"))

    expect(page.locator(".bot")).to_have_count(2, timeout=10_000)
    expect(page.locator("#offline")).to_be_hidden()


def test_dots_show_until_the_answer_comes(page: Page, site: RememberedSite, address: str) -> None:
    say(page, "有活没得")
    expect(page.locator("#typing")).to_be_visible()
    site.say(address, Body("有"))

    expect(page.locator("#typing")).to_be_hidden()


def test_a_page_with_nothing_said_offers_a_start(page: Page, site: RememberedSite) -> None:
    page.click("#start")

    expect(page.locator("#start")).to_be_hidden()
    assert wait_until_received(site, 1)[0].text == "你好"


def test_everything_fits_360_pixels_and_a_thumb(
    page: Page, site: RememberedSite, address: str
) -> None:
    site.say(address, ASKED)
    site.say(address, Body("w" * 300, (Option(1, "很长的选择" * 8, "a"),)))
    expect(page.locator(".options.open")).to_have_count(1)

    assert page.evaluate("document.body.scrollWidth") == 360
    assert page.locator("#scroll").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    for control in page.locator(".option, #person, #send, #text").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 48


def test_days_are_told_in_the_bureaus_time(page: Page, site: RememberedSite, address: str) -> None:
    site.say(address, Body("前天"))
    site.clock.advance(timedelta(days=2))
    site.say(address, Body("今天"))
    expect(page.locator(".bot")).to_have_count(2)

    expect(page.locator(".day")).to_have_text(["3月5日", "今天"])
    expect(page.locator(".at").first).to_have_text(re.compile("09:00"))
