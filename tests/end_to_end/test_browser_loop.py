"""Worker, enterprise and officer at their pages, against `wengong run` as it is installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from content.catalogue import Catalogue
from content.texts import Texts
from tests.end_to_end.browser import PHONE, Chat, debian_chromium
from tests.end_to_end.loop import Loop
from tests.end_to_end.presses import page_weight, percentile, press_and_time
from tests.end_to_end.served_city import ServedCity, serving

pytestmark = pytest.mark.browser

WISHES = "踩平车 只在中江 要四千"
TWICE_AS_LARGE = ViewportSize(width=180, height=370)
PRESSES, PRESSES_EACH = 30, 10
LINK = re.compile(r"http://\S+/join/(o_\S+)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with debian_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCity]:
    with serving(tmp_path_factory.mktemp("county")) as city:
        yield city


@pytest.fixture
def texts(catalogue: Catalogue) -> Texts:
    return catalogue.texts


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


def visitor(phone: BrowserContext, city: ServedCity, texts: Texts) -> Chat:
    chat = Chat(phone.new_page(), texts)
    chat.opens(f"{city.origin}/chat")
    return chat


def test_three_people_walk_the_whole_loop(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    loop = Loop(phone, county, texts)
    loop.post()
    loop.approve()
    loop.arrive()
    loop.apply()
    loop.hire()
    loop.work()
    loop.lose()


def test_an_open_page_goes_on_by_itself_after_the_server_was_killed(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    worker = visitor(phone, county, texts)
    worker.says("你好")
    worker.hears("first_contact.start.question")
    worker.says(WISHES)
    worker.hears("first_contact.understood.line")
    county.kill()
    expect(worker.page.locator("#offline")).to_be_visible()
    worker.says("要得")
    county.start()

    worker.hears("job_search.list.which")
    expect(worker.page.locator("#offline")).to_be_hidden()
    expect(worker.page.locator(".own.sent")).to_have_count(3)


def test_an_invitation_makes_one_visitor_an_officer(
    browser: Browser, tmp_path: Path, texts: Texts
) -> None:
    with serving(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/wengong.db") as city:
        found = LINK.search(city.command("officer", "invite", "--scope", "5106", "--name", "周明"))
        assert found is not None
        first, second, third = (
            Chat(browser.new_context(viewport=PHONE).new_page(), texts) for _ in range(3)
        )
        first.opens(found.group(0))
        first.hears("officer_joining.accept.question", name="周明", place="德阳市")
        first.taps("officer_joining.choice.accept")
        first.hears("officer_joining.name.question")
        first.taps("officer_joining.choice.same_name")
        first.hears("officer_joining.phone.question")
        first.taps("officer_joining.choice.later")
        first.hears("officer_joining.done.welcome", name="周明")
        first.hears("menu.officer.ask")
        second.opens(found.group(0))
        second.hears("officer_joining.refused.used")
        third.opens(f"{city.origin}/join/o_{'x' * 22}")
        third.hears("officer_joining.refused.unknown")
        for chat in (first, second, third):
            assert "o_" not in (chat.page.text_content("#lines") or "")
        picture = first.page.goto(f"{city.origin}/qr/{found.group(1)}.svg")
        assert picture is not None
        assert picture.headers["content-type"] == "image/svg+xml"


def test_a_press_is_answered_at_once_and_the_page_is_light(
    browser: Browser, county: ServedCity, texts: Texts, capsys: pytest.CaptureFixture[str]
) -> None:
    kilobytes = page_weight(browser, f"{county.origin}/chat")
    took: list[float] = []
    for _ in range(PRESSES // PRESSES_EACH):
        context = browser.new_context(viewport=PHONE)
        worker = visitor(context, county, texts)
        worker.says(WISHES)
        worker.hears("first_contact.understood.line")
        took += press_and_time(worker, PRESSES_EACH)
        context.close()

    middle, slow = percentile(took, 50), percentile(took, 95)
    with capsys.disabled():
        sys.stdout.write(
            f"\npage {kilobytes:.0f} KB; from press to answer, {len(took)} presses: "
            f"p50 {middle:.0f} ms, p95 {slow:.0f} ms\n"
        )
    assert kilobytes <= 100
    assert middle < 2_000


def test_two_tabs_of_one_chat_show_the_same_lines(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    first = visitor(phone, county, texts)
    first.says("你好")
    first.hears("first_contact.start.question")
    second = visitor(phone, county, texts)
    second.hears("first_contact.start.question")
    first.says(WISHES)
    second.hears("first_contact.understood.line")
    second.taps("common.choice.yes")
    first.hears("job_search.list.which")

    expect(second.page.locator(".own .said")).to_have_text(["你好", WISHES, "1 对"])
    expect(first.page.locator(".own .said")).to_have_text(["你好", WISHES, "1 对"])
    expect(first.page.locator(".option.chosen .label").first).to_have_text("对")


def test_a_conversation_is_held_with_the_keyboard_alone(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    worker = visitor(phone, county, texts)
    keyboard = worker.page.keyboard
    worker.page.focus("#start")
    keyboard.press("Enter")
    worker.hears("first_contact.start.question")
    # The question can be answered by a choice (我登记过), so the choices have the focus.
    expect(worker.page.locator(".options.open .option").first).to_be_focused()
    worker.page.focus("#text")
    keyboard.type(WISHES)
    keyboard.press("Enter")
    worker.hears("first_contact.understood.line")
    worker.page.locator(".options.open .option").first.focus()
    keyboard.press("Enter")
    worker.hears("job_search.list.which")

    expect(worker.page.locator(".options.open .option").first).to_be_focused()


def test_letters_twice_as_large_leave_room_to_type_and_show_where_to_go_on(
    browser: Browser, county: ServedCity, texts: Texts
) -> None:
    context = browser.new_context(viewport=TWICE_AS_LARGE)
    worker = visitor(context, county, texts)
    worker.says(WISHES)
    worker.hears("first_contact.understood.line")
    worker.says("要得")
    worker.hears("job_search.list.which")
    pointer = worker.page.locator("#newest")

    expect(pointer).to_contain_text(texts.render("web.script.choose", "zh"))
    assert not worker.is_answerable()
    pointer.click()
    expect(worker.page.locator(".options.open .option").last).to_be_in_viewport()
    assert worker.page.evaluate("document.body.scrollWidth") == TWICE_AS_LARGE["width"]
    assert worker.page.locator("#text").evaluate("box => box.clientWidth") >= 140
    context.close()


def test_a_line_written_without_a_connection_goes_out_once_it_is_back(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    worker = visitor(phone, county, texts)
    worker.says("你好")
    worker.hears("first_contact.start.question")
    phone.set_offline(True)
    worker.says(WISHES)
    phone.set_offline(False)
    phone.set_offline(True)
    phone.set_offline(False)

    worker.hears("first_contact.understood.line")
    expect(worker.page.locator(".own.sent")).to_have_count(2)
    assert len(worker.unread) == 1
