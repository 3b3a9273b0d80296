"""Worker, enterprise and officer at their pages, against `wengong run` as it is installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from content.catalogue import Catalogue
from content.texts import Texts
from tests.end_to_end.browser import PHONE, Chat, debian_chromium
from tests.end_to_end.presses import page_weight, percentile, press_and_time
from tests.end_to_end.served_city import ServedCity, serving

pytestmark = pytest.mark.browser

NAME, NUMBER = "陈桂芳", "13900000123"
MOST_DAYS = 9
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


class Loop:
    """The three roles of the demo and its clock, each in a page of one phone."""

    def __init__(self, phone: BrowserContext, city: ServedCity, texts: Texts) -> None:
        self.texts = texts
        self.worker, self.firm, self.officer = (
            self._chat(phone, f"{city.origin}/demo/{role}?k={city.key}")
            for role in ("worker", "enterprise", "officer")
        )
        self.clock: Page = phone.new_page()
        self.clock.goto(f"{city.origin}/demo/clock")

    def post(self) -> None:
        """Let the firm paste a post, take the lawful words, and hear of the review."""
        self.firm.says(self.said("post"))
        self.firm.hears("vacancy_posting.read.understood")
        self.firm.hears("vacancy_posting.violation.found", count=2)
        self.firm.hears("vacancy_posting.violation.ask")
        self.firm.taps("vacancy_posting.violation.rewrite")
        self.firm.hears("vacancy_posting.sent.fixed")

    def approve(self) -> None:
        """Let the officer approve it and read how many get it and why others do not."""
        self.officer.hears("vacancy_posting.officer.in_review", firm="宏达制衣")
        self.officer.taps("vacancy_posting.officer.open")
        self.officer.hears("review.law.rewritten")
        self.officer.taps("review.choice.approve")
        told = self.officer.hears("review.published.told")
        first, reasons, ways = told.splitlines()
        chosen, left_out = (int(count) for count in re.findall(r"(?:先发|没发)(\d+)", first))
        assert chosen + left_out == 500
        assert sum(int(count) for count in re.findall(r"\d+", reasons)) == left_out
        assert sum(int(count) for count in re.findall(r"\d+", ways)) == chosen
        self.firm.hears("review.firm.published", count=chosen)

    def arrive(self) -> None:
        """Let a stranger say two things about herself and see three vacancies."""
        worker = self.worker
        worker.page.click("#start")
        worker.hears("first_contact.start.who")
        worker.hears("first_contact.start.question")
        worker.says(self.said("wishes"))
        worker.hears("first_contact.understood.line")
        worker.says(self.said("yes"))
        worker.hears("job_search.list.which")
        offered = [words for words in worker.unread if words[0] in "①②③"]
        assert len(offered) == 3
        assert worker.is_answerable()
        number = next(place for place, words in enumerate(offered, 1) if "4000—5500元" in words)
        worker.says(str(number))
        worker.hears("job_search.detail.of_firm", firm="宏达制衣")

    def apply(self) -> None:
        """Let her apply, agree, and say yes twice; the firm learns who only at the end."""
        worker, firm = self.worker, self.firm
        worker.taps("vacancy_lines.choice.apply")
        worker.hears("first_contact.consent.question")
        worker.taps("first_contact.consent.yes")
        worker.hears("profile.birth_year.ask")
        worker.says(self.said("birth_year"))
        worker.hears("profile.name.ask")
        worker.says(NAME)
        worker.hears("profile.phone.ask")
        worker.says(NUMBER)
        worker.hears("applications.pass_contact.ask")
        assert NUMBER not in (firm.page.text_content("#lines") or "")
        firm.reads()
        worker.says("1")
        worker.hears("applications.sent.done")
        worker.says("1")
        worker.hears("applications.sent.again")
        firm.hears("applications.firm.new", name=NAME, phone=NUMBER)
        assert len(firm.unread) == 1

    def work(self) -> None:
        """Let days pass: she is asked whether they called, whether she works, and after it."""
        self.days_until("check_in.firm_called.question")
        self.worker.taps("check_in.choice.called")
        self.days_until("check_in.started_work.question")
        self.worker.says(self.said("started"))
        self.worker.hears("check_in.thanks.started")
        self.days_until("check_in.still_there.day3")
        self.worker.taps("check_in.choice.same")
        self.worker.hears("check_in.thanks.same")

    def lose(self) -> None:
        """Let her say two things in one line: vacancies at once, and a case with a deadline."""
        self.officer.reads()
        self.worker.says(self.said("lost"))
        self.worker.hears("loss.recorded.both")
        promised = self.worker.hears("loss.recorded.call_and_work")
        self.worker.hears("job_search.list.which")
        assert "周干部" in promised
        line = self.officer.hears("cases.line.urgent", person="陈*芳")
        assert self.texts.render("cases.matter.unpaid", "zh") in line
        assert re.search(r" 限\S+", line)
        assert self.said("lost") in line

    def days_until(self, question: str) -> None:
        """Jump day by day until the worker is asked `question`."""
        for _ in range(MOST_DAYS):
            self.worker.reads()
            with self.clock.expect_navigation():
                self.clock.locator(".jumps button").first.click()
            if self.worker.is_told(question):
                return
        self.worker.hears(question)

    def said(self, purpose: str) -> str:
        """Return what the tour's people say."""
        return self.texts.render(f"demo.say.{purpose}", "zh")

    def _chat(self, phone: BrowserContext, address: str) -> Chat:
        chat = Chat(phone.new_page(), self.texts)
        chat.opens(address)
        return chat


def test_three_people_walk_the_whole_loop(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    loop = Loop(phone, county, texts)
    loop.post()
    loop.approve()
    loop.arrive()
    loop.apply()
    loop.work()
    loop.lose()


def test_an_open_page_goes_on_by_itself_after_the_server_was_killed(
    phone: BrowserContext, county: ServedCity, texts: Texts
) -> None:
    worker = visitor(phone, county, texts)
    worker.says("你好")
    worker.hears("first_contact.start.question")
    worker.says("踩平车 只在中江 要四千")
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
        worker.says("踩平车 只在中江 要四千")
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
