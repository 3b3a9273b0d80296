"""Courses: made as a draft, opened, changed, called off."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta

from bot.clock import at_local
from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Course, Officer
from storage.training_states import CourseStatus
from storage.unit_of_work import UnitOfWork

REQUIRED = ("title", "starts_on", "ends_on", "seats")
FIELDS = tuple(field.name for field in fields(CourseFacts))
# What the columns hold; longer words are cut.
LONGEST: Mapping[str, int] = {
    "title": 60, "trade": 24, "school": 60, "address": 120, "daily": 40, "certificate": 24,
    "contact": 20,
}  # fmt: skip
MOST_SEATS = 1_000
LONGEST_COURSE = timedelta(days=366)
# For so long everybody may ask before the seats are given by the lawful order.
GATHERING = timedelta(days=2)
GIVEN_AT_HOUR = 9
# Whoever gets a seat needs this long to get ready: a course that begins sooner is first come.
LEAST_NOTICE = timedelta(days=2)


def reference(course: Course) -> str:
    """Return the number by which people name a course, such as K-0012."""
    return f"K-{course.number:04d}"


def facts_of(course: Course) -> CourseFacts:
    """Return a stored course as it could have been announced."""
    return CourseFacts(**{name: getattr(course, name) for name in FIELDS})


def missing_in(facts: CourseFacts) -> tuple[str, ...]:
    """Return what a course cannot do without and was not said, in the order of asking."""
    return tuple(name for name in REQUIRED if getattr(facts, name) is None)


def create_course(
    uow: UnitOfWork,
    deployment: Deployment,
    facts: CourseFacts,
    *,
    officer: Officer | None,
    enterprise_id: uuid.UUID | None = None,
    batch_id: uuid.UUID | None = None,
    text: str | None = None,
) -> Course:
    """Return a new draft of this bureau; nobody is offered it before `open_course`.

    Args:
        uow: The transaction.
        deployment: The bureau.
        facts: What is known; words longer than their column are cut.
        officer: Who looks after it; None where a school or firm proposed it.
        enterprise_id: The school or firm that holds it and may take its roll.
        batch_id: The sheet it was read from.
        text: The words it was read from.

    Raises:
        UserError: Title, first day, last day or seats are missing or cannot be right.
    """
    check(facts)
    now = deployment.now
    return uow.courses.add(
        Course(
            bureau_adcode=deployment.bureau_adcode,
            number=uow.records.next_number(f"K:{deployment.bureau_adcode}"),
            **_columns(facts),
            enterprise_id=enterprise_id,
            officer_id=officer.id if officer is not None else None,
            batch_id=batch_id,
            text=text,
            status=CourseStatus.DRAFT,
            created_at=now,
            changed_at=now,
        )
    )


def check(facts: CourseFacts) -> None:
    """Refuse what cannot be a course.

    Raises:
        UserError: Something it needs is missing, the days stand the wrong way round or lie
            more than a year apart, or the seats are no sensible number.
    """
    if missing_in(facts) or not (facts.title or "").strip():
        raise UserError("courses.refused.incomplete")
    if facts.starts_on is None or facts.ends_on is None:
        raise UserError("courses.refused.incomplete")
    if facts.ends_on < facts.starts_on:
        raise UserError("courses.refused.days_reversed")
    if facts.ends_on - facts.starts_on > LONGEST_COURSE:
        raise UserError("courses.refused.too_long")
    if not 1 <= (facts.seats or 0) <= MOST_SEATS:
        raise UserError("courses.refused.seats", most=MOST_SEATS)


def open_course(
    uow: UnitOfWork, deployment: Deployment, course: Course, officer: Officer
) -> datetime | None:
    """Let people ask for seats.

    Returns:
        When the seats are given, by the lawful order: whoever belongs to a group that comes
        first gets one at once, everybody else hears then. None where the course begins so soon
        that seats are given as people come.

    Raises:
        UserError: It is not a draft, or it has begun: whoever came now would have missed days.
    """
    held = uow.courses.lock(course.id)
    if held is None or held.status is not CourseStatus.DRAFT:
        raise UserError("courses.refused.not_draft", number=reference(course))
    if held.starts_on <= deployment.today:
        raise UserError("courses.refused.begun", number=reference(course))
    held.status, held.changed_at = CourseStatus.OPEN, deployment.now
    held.officer_id = held.officer_id or officer.id
    held.allots_at = _closing(deployment, held.starts_on)
    uow.records.audit(
        officers.actor_of(officer),
        "open_course",
        subject_kind="course",
        subject_id=held.id,
        scope=held.adcode or held.bureau_adcode,
        at=deployment.now,
    )
    return held.allots_at


def write(course: Course, facts: CourseFacts, *, now: datetime) -> None:
    """Write these facts into a course; whoever has a seat is told elsewhere.

    Raises:
        UserError: As `check`.
    """
    check(facts)
    for name, value in _columns(facts).items():
        setattr(course, name, value)
    course.changed_at = now


def is_over(course: Course, today: date) -> bool:
    """Tell whether its last day has passed or it was called off."""
    return course.status in {CourseStatus.DONE, CourseStatus.CANCELLED} or course.ends_on < today


def _columns(facts: CourseFacts) -> dict[str, object]:
    found: dict[str, object] = asdict(facts)
    for name, most in LONGEST.items():
        value = found[name]
        found[name] = (str(value).strip()[:most] or None) if value is not None else None
    return found


def _closing(deployment: Deployment, starts_on: date) -> datetime | None:
    """Return the morning on which the seats are given; None where it would be too late."""
    local = deployment.now.astimezone(deployment.clock.timezone)
    day = (local + GATHERING).date()
    if day + LEAST_NOTICE > starts_on:
        return None
    return at_local(day, GIVEN_AT_HOUR, timezone=deployment.clock.timezone)
