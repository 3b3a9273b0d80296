"""A course in the words workers read: what, when, where, and whether there is an allowance."""

from __future__ import annotations

from datetime import date

from bot.services.deployment import Deployment
from content.places import Nearness
from storage.models import Course

LONGEST_TITLE = 12
LONGEST_PLACE = 14
LONGEST_HOURS = 18


def course_line(deployment: Deployment, course: Course, *, home: str | None, language: str) -> str:
    """Return the course in one line; what nobody said is named, a sum is never."""
    parts = (
        course.title[:LONGEST_TITLE],
        days_words(deployment, course, language=language),
        place_words(deployment, course, home=home, language=language),
        allowance_words(deployment, course, language=language),
        cost_words(deployment, course, language=language),
    )
    return _text(deployment, "line.between", language).join(part for part in parts if part)


def days_words(deployment: Deployment, course: Course, *, language: str) -> str:
    """Return the days: 12月1日到10日, 12月28日到1月5日, or the only one."""
    first, last = course.starts_on, course.ends_on
    if first == last:
        return day_words(deployment, first, language=language)
    purpose = "same_month" if (first.year, first.month) == (last.year, last.month) else "months"
    return _text(
        deployment,
        f"days.{purpose}",
        language,
        month=first.month,
        day=first.day,
        last_month=last.month,
        last_day=last.day,
    )


def day_words(deployment: Deployment, day: date, *, language: str) -> str:
    """Return one day: 12月1日."""
    return _text(deployment, "days.one", language, month=day.month, day=day.day)


def place_words(deployment: Deployment, course: Course, *, home: str | None, language: str) -> str:
    """Return where it is held: the address as it was said, else the place, and how near."""
    places = deployment.catalogue.places
    code = course.adcode
    known = code if code is not None and places.get(code) is not None else None
    name = (course.address or "")[:LONGEST_PLACE]
    if known is not None and not name:
        name = places.short_name(known)
    if not name:
        return _text(deployment, "place.unsaid", language)
    if known is None or home is None:
        return name
    nearness = places.nearness(home, known)
    if nearness is Nearness.other_province:
        return name
    near = deployment.text(f"vacancy_lines.place.{nearness.value}", language)
    return _text(deployment, "place.near", language, place=name, near=near)


def allowance_words(deployment: Deployment, course: Course, *, language: str) -> str:
    """Return whether there is a living allowance; how much is never said here."""
    said = {None: "unsaid", True: "yes", False: "no"}[course.living_allowance]
    return _text(deployment, f"allowance.{said}", language)


def cost_words(deployment: Deployment, course: Course, *, language: str) -> str:
    """Return whether it is free; empty where nobody said so."""
    if course.is_free is None:
        return ""
    return _text(deployment, f"cost.{'free' if course.is_free else 'paid'}", language)


def hours_words(deployment: Deployment, course: Course, *, language: str) -> str:
    """Return the hours of a day, as they were announced, or that nobody said them."""
    if not course.daily:
        return _text(deployment, "hours.unsaid", language)
    return course.daily[:LONGEST_HOURS]


def _text(deployment: Deployment, key: str, language: str, **values: object) -> str:
    return deployment.text(f"course_lines.{key}", language, **values)
