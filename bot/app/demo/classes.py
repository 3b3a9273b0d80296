"""The invented county's courses: open, with seats, each leading to vacancies that are open."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.app.demo.figures import Table
from bot.services.deployment import Deployment
from bot.services.training.courses import create_course, open_course
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Officer
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:  # the city holds what is written here
    from bot.app.demo.city import Written

COUNTY = 6
WEEK = 7
TEXT, COUNT = (str, str, str, str, str), (int, int, int)


def write_courses(uow: UnitOfWork, deployment: Deployment, city: Written) -> None:
    """Create and open the courses of the figures as an officer does, and link their vacancies."""
    table = city.figures.register["courses"]
    officer = uow.session.get_one(Officer, city.officer_id)
    for row in table.rows("rows", *TEXT, *COUNT):
        facts = _facts(table, row, deployment.today)
        course = create_course(uow, deployment, facts, officer=officer)
        open_course(uow, deployment, course, officer)
        linked = _leads_to(city, facts, most=table.number("most_linked"))
        uow.courses.link(course.id, linked)


def _facts(table: Table, row: tuple[object, ...], today: date) -> CourseFacts:
    title, trade, town, daily, paper = (str(cell) for cell in row[: len(TEXT)])
    days_ahead, days, seats = (int(str(cell)) for cell in row[len(TEXT) :])
    first = today + timedelta(days=days_ahead)
    first += timedelta(days=-first.weekday() % WEEK)
    return CourseFacts(
        title=title,
        trade=trade,
        school=table.word("school"),
        adcode=town,
        starts_on=first,
        ends_on=first + timedelta(days=days - 1),
        daily=daily,
        seats=seats,
        living_allowance=True,
        subsidised=True,
        is_free=True,
        certificate=paper or None,
        contact=table.word("contact"),
    )


def _leads_to(city: Written, facts: CourseFacts, *, most: int) -> list[uuid.UUID]:
    """Return open vacancies of the course's trade, those of its county first."""
    county = (facts.adcode or "")[:COUNTY]
    fitting = [
        row
        for row in city.vacancies
        if row.trade == facts.trade and row.status is VacancyStatus.PUBLISHED
    ]
    fitting.sort(key=lambda row: (row.adcode != county, -row.number))
    return [row.id for row in fitting[:most]]
