"""Rows of a sheet of courses: each becomes a draft that an officer opens."""

from __future__ import annotations

from datetime import date

from bot.errors import UserError
from bot.services.register.cells import YES
from bot.services.register.deciding import Outcome
from bot.services.register.row_context import RowContext
from bot.services.register.sheet_rows import SheetRow
from bot.services.training import courses
from bot.understanding.courses.course_facts import CourseFacts
from storage.unit_of_work import UnitOfWork


def look(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Outcome:
    """Return what a row comes to; write nothing."""
    for name in ("starts_on", "ends_on", "seats"):
        if name not in row.cells:
            row.refuse("missing", name)
    if row.is_refused:
        return Outcome.REFUSED
    facts = facts_of(context, row)
    try:
        courses.check(facts)
    except UserError:
        row.refuse("days_reversed", "ends_on")
        return Outcome.REFUSED
    if facts.title is None or facts.starts_on is None:
        return Outcome.REFUSED
    known = uow.courses.same_as(
        context.deployment.bureau_adcode, facts.title, facts.starts_on, adcode=facts.adcode
    )
    return Outcome.NEW if known is None else Outcome.UNCHANGED


def take(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Outcome:
    """Make the draft of a row."""
    outcome = look(uow, context, row)
    if outcome is not Outcome.NEW:
        return outcome
    course = courses.create_course(
        uow,
        context.deployment,
        facts_of(context, row),
        officer=context.officer,
        batch_id=context.batch_id,
    )
    context.imported(uow, course.id, None)
    return outcome


def facts_of(context: RowContext, row: SheetRow) -> CourseFacts:
    """Return what a row says of a course."""
    say = row.cells.get
    place = say("course_place")
    trade = say("course_trade") or say("course") or ""
    seats, allowance, free = say("seats"), say("allowance"), say("free")
    return CourseFacts(
        title=say("course"),
        trade=context.deployment.catalogue.trades.synonyms().get(trade),
        school=say("provider"),
        adcode=context.places.work(place, "") if place else None,
        address=place,
        starts_on=_day(say("starts_on")),
        ends_on=_day(say("ends_on")),
        seats=int(seats) if seats else None,
        living_allowance=None if allowance is None else allowance == YES,
        is_free=None if free is None else free == YES,
        contact=say("course_phone"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
