"""The three roles of the demo at their pages, and the acts they go through together."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page

from content.texts import Texts
from tests.end_to_end.browser import Chat
from tests.end_to_end.served_city import ServedCity

NAME, NUMBER = "陈桂芳", "13900000123"
MOST_DAYS = 9


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
        first, reasons, ways, *_advice = told.splitlines()
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

    def hire(self) -> None:
        """Let the firm say that it takes her; she hears it at once."""
        self.firm.taps("applications.firm.open")
        self.firm.hears("applicants.person.ask", name=NAME)
        self.worker.reads()
        self.firm.taps("applicants.person.hired")
        self.firm.hears("applicants.first_day.ask")
        self.firm.taps("applicants.first_day.today")
        self.firm.hears("applicants.marked.hired", name=NAME)
        self.worker.hears("applications.told.hired", firm="宏达制衣")

    def work(self) -> None:
        """Let days pass: she is asked whether she works, says so, and is asked after it."""
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
