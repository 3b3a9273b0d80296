"""A course on show: its line, what there is to know beside it, whether it is still open."""

from __future__ import annotations

from typing import cast

from bot.conversations.turn import Turn
from bot.conversations.worker.profile_facts import draft
from bot.conversations.worker.search_session import key_in
from bot.services.training import fitting, guarantee
from bot.services.training.course_words import course_line, hours_words
from storage.models import Course
from storage.training_states import CourseStatus

COURSE, LISTED = "course", "courses"


def say_promise(turn: Turn) -> None:
    """Say once in a list that a free course of this year is still to be had."""
    worker = turn.worker
    if worker is not None and guarantee.is_promised(turn.uow, turn.deployment, worker):
        turn.say("training.free.promised")


def more_words(turn: Turn, course: Course) -> str:
    """Return hours, paper and what it leads to, as far as anybody knows."""
    parts = [hours_words(turn.deployment, course, language=turn.language)]
    if course.certificate:
        parts.append(turn.text("training.detail.paper", paper=course.certificate))
    count = fitting.leads_to(turn.uow, turn.deployment, course)
    if count:
        parts.append(turn.text("training.detail.leads", count=count))
    return turn.text("course_lines.line.comma").join(part for part in parts if part)


def line_of(turn: Turn, course: Course) -> str:
    """Return a course in one line, its nearness true for this person's home."""
    return course_line(turn.deployment, course, home=draft(turn).home, language=turn.language)


def listed_courses(turn: Turn) -> list[Course]:
    """Return the courses that stand before the person now, in the order shown."""
    keys = [key_in(one) for one in cast("list[str]", turn.answers.get(LISTED) or [])]
    rows = [turn.uow.courses.get(key) for key in keys if key is not None]
    return [row for row in rows if row is not None]


def chosen_course(turn: Turn) -> Course | None:
    """Return the course of this conversation, or None where there is none of this bureau."""
    key = key_in(turn.answers.get(COURSE))
    course = turn.uow.courses.get(key) if key is not None else None
    if course is None or course.bureau_adcode != turn.deployment.bureau_adcode:
        return None
    return course


def is_still_open(turn: Turn, course: Course) -> bool:
    """Tell whether seats may still be asked for."""
    return course.status is CourseStatus.OPEN and course.starts_on > turn.deployment.today
