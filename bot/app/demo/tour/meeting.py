"""Acts 1 to 3: a firm posts, an officer approves, Guifang comes and applies."""

from __future__ import annotations

import asyncio
import re

from bot.app.demo.stage import Heard
from bot.app.demo.tour.playing import Tour
from storage.models import Vacancy
from storage.repositories.demo_figures import DemoFigures

DIGITS = re.compile(r"\d+")
MARKS = "①②③"
QUESTIONS = {
    "birth_year": "profile.birth_year.ask",
    "name": "profile.name.ask",
    "phone": "profile.phone.ask",
}


async def post(tour: Tour) -> None:
    """Let the firm paste a post that breaks two laws, and mend it with one digit."""
    tour.act("post")
    heard = await tour.say("firm", tour.firm, "post")
    tour.expect(heard, "vacancy_posting.violation.ask")
    heard = await tour.choose("firm", tour.firm, 1)
    tour.expect(heard, "vacancy_posting.sent.fixed")


async def review(tour: Tour) -> None:
    """Let the officer approve it, and check that everybody was told or has a reason."""
    tour.act("review")
    await tour.stage.publish()
    tour.bot(await tour.officer.listens(), to="officer")
    heard = await tour.tap("officer", tour.officer, "review")
    tour.expect(heard, "review.vacancy.head")
    heard = await tour.choose("officer", tour.officer, 1)
    told = tour.expect(heard, "review.published.told")

    tour.vacancy, (chosen, left_out, workers) = await _counted(tour)
    values = {"chosen": chosen, "left_out": left_out, "workers": workers}
    tour.need(chosen + left_out == workers, "spread", **values)
    ways = _ways_told(tour, told.body.text)
    tour.need(ways == chosen, "ways", ways=ways, chosen=chosen)
    tour.note("review.closes", **values)
    await asyncio.to_thread(tour.app.refresh_board)


def _ways_told(tour: Tour, text: str) -> int:
    """Return the sum of the counts in the line that says how the vacancy travels."""
    head = tour.app.deployment.text("review.published.ways", tour.language, ways="")
    line = next((line for line in text.splitlines() if line.startswith(head.strip())), "")
    return sum(int(found) for found in DIGITS.findall(line))


async def arrive(tour: Tour) -> None:
    """Let Guifang find the vacancy with two answers, agree, and tap twice."""
    tour.act("arrival")
    tour.bot(await tour.worker.says("/start"))
    tour.expect(await tour.say("worker", tour.worker, "wishes"), "first_contact.understood.line")
    heard = await tour.say("worker", tour.worker, "yes")
    number = _place_of_vacancy(tour, heard)
    heard = await tour.choose("worker", tour.worker, number)
    tour.expect(heard, "job_search.detail.of_firm")
    heard = await tour.choose("worker", tour.worker, 1)
    tour.expect(heard, "first_contact.consent.question")
    heard = await tour.choose("worker", tour.worker, 1)
    for purpose in ("birth_year", "name", "phone"):
        tour.expect(heard, QUESTIONS[purpose])
        heard = await tour.say("worker", tour.worker, purpose)
    tour.expect(heard, "applications.pass_contact.ask")
    tour.expect(await tour.choose("worker", tour.worker, 1), "applications.sent.done")
    tour.expect(await tour.choose("worker", tour.worker, 1), "applications.sent.again")


def _place_of_vacancy(tour: Tour, heard: list[Heard]) -> int:
    """Return the digit of the firm's own vacancy among those shown."""
    tour.expect(heard, "job_search.list.which")
    wage = tour.app.deployment.text("vacancy_lines.wage.range", tour.language, low=4000, high=5500)
    places = [
        MARKS.index(each.body.text[0]) + 1
        for each in heard
        if wage in each.body.text and each.body.text[0] in MARKS
    ]
    tour.need(places, "offered")
    return places[0]


async def _counted(tour: Tour) -> tuple[Vacancy, tuple[int, int, int]]:
    """Return the newest vacancy with chosen, left out, and all who are registered."""

    def read(figures: DemoFigures) -> tuple[Vacancy, tuple[int, int, int]]:
        vacancy = figures.newest_vacancy()
        workers, _ = figures.size()
        return vacancy, (figures.chosen(vacancy.id), figures.left_out(vacancy.id), workers)

    return await tour.count(read)
