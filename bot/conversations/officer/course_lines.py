"""A course in the lines that officers, schools and firms read, and the draft of a pasted one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from bot.conversations.turn import Turn
from bot.services.cases.office_hours import spoken_moment
from bot.services.training import courses, fitting
from bot.services.training.course_words import allowance_words, cost_words, day_words
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Course
from storage.training_states import CourseStatus, EnrolmentStatus

FACTS = "facts"
DAYS = ("starts_on", "ends_on")
# In the order in which they are shown; title and days stand in the first line.
SHOWN = ("trade", "school", "place", "daily", "seats", "certificate", "contact")


def keep_facts(turn: Turn, facts: CourseFacts) -> None:
    """Keep a course that is being put together in the conversation's answers."""
    kept: dict[str, object] = {}
    for name in courses.FIELDS:
        value = getattr(facts, name)
        if value is not None:
            kept[name] = value.isoformat() if isinstance(value, date) else value
    turn.answers[FACTS] = kept


def kept_facts(turn: Turn) -> CourseFacts:
    """Return the course that is being put together."""
    kept = dict(cast("Mapping[str, object]", turn.answers.get(FACTS) or {}))
    for name in DAYS:
        if name in kept:
            kept[name] = date.fromisoformat(str(kept[name]))
    return CourseFacts(**kept)  # type: ignore[arg-type]


def facts_lines(turn: Turn, facts: CourseFacts) -> list[str]:
    """Return what is known, a line each, and one line of what is missing or was not said."""
    lines = [turn.text("courses.shown.title", title=facts.title or turn.text("courses.shown.gap"))]
    lines.append(turn.text("courses.shown.days", days=_days(turn, facts)))
    for name in SHOWN:
        value = _place(turn, facts) if name == "place" else getattr(facts, name)
        if value is not None:
            lines.append(turn.text(f"courses.shown.{name}", value=value))
    lines.append(turn.text("courses.shown.money", words=_money(turn, facts)))
    missing = [turn.text(f"courses.field.{name}") for name in courses.missing_in(facts)]
    comma = turn.text("common.list.comma")
    if missing:
        lines.append(turn.text("courses.shown.missing", names=comma.join(missing)))
    unsaid = [turn.text(f"courses.field.{name}") for name in _unsaid(facts)]
    if unsaid:
        lines.append(turn.text("courses.shown.unsaid", names=comma.join(unsaid)))
    return lines


def course_lines(turn: Turn, course: Course) -> list[str]:
    """Return everything an officer needs of a stored course, with its counts."""
    lines = [
        turn.text(
            "courses.shown.head",
            number=courses.reference(course),
            state=turn.text(f"courses.state.{course.status.value}"),
        ),
        *facts_lines(turn, courses.facts_of(course)),
    ]
    if course.status is not CourseStatus.DRAFT:
        lines.append(_counts(turn, course))
    if course.allots_at is not None:
        moment = spoken_moment(turn.deployment, course.allots_at, turn.language)
        lines.append(turn.text("courses.shown.allots", moment=moment))
    titles = fitting.linked_titles(turn.uow, course)
    if titles:
        comma = turn.text("common.list.comma")
        lines.append(turn.text("courses.shown.leads", titles=comma.join(titles)))
    return lines


def list_line(turn: Turn, course: Course, taken: int) -> str:
    """Return one course of a list in one line."""
    return turn.text(
        "courses.list.line",
        number=courses.reference(course),
        title=course.title,
        day=day_words(turn.deployment, course.starts_on, language=turn.language),
        state=turn.text(f"courses.state.{course.status.value}"),
        taken=taken,
        seats=course.seats,
    )


def _counts(turn: Turn, course: Course) -> str:
    rows = turn.uow.enrolments.holding(course.id)
    waiting = sum(row.status is EnrolmentStatus.WAITLISTED for row in rows)
    taken = turn.uow.enrolments.seats_taken([course.id]).get(course.id, 0)
    return turn.text("courses.shown.counts", taken=taken, seats=course.seats, waiting=waiting)


def _days(turn: Turn, facts: CourseFacts) -> str:
    def spoken(day: date | None) -> str:
        if day is None:
            return turn.text("courses.shown.gap")
        return turn.text("courses.shown.day", year=day.year, month=day.month, day=day.day)

    first, last = spoken(facts.starts_on), spoken(facts.ends_on)
    return turn.text("courses.shown.span", first=first, last=last)


def _place(turn: Turn, facts: CourseFacts) -> str | None:
    places = turn.deployment.catalogue.places
    known = facts.adcode is not None and places.get(facts.adcode) is not None
    name = places.short_name(facts.adcode) if facts.adcode is not None and known else ""
    words = facts.address or ""
    if name and name not in words:
        words = f"{name} {words}".strip()
    return words or None


def _money(turn: Turn, facts: CourseFacts) -> str:
    # The two readers ask a course only for these two facts.
    course = Course(living_allowance=facts.living_allowance, is_free=facts.is_free)
    parts = [
        allowance_words(turn.deployment, course, language=turn.language),
        cost_words(turn.deployment, course, language=turn.language),
    ]
    return turn.text("common.list.comma").join(part for part in parts if part)


def _unsaid(facts: CourseFacts) -> list[str]:
    asked = ("trade", "adcode", "address", "daily", "living_allowance", "is_free", "certificate")
    return [name for name in asked if getattr(facts, name) is None]
