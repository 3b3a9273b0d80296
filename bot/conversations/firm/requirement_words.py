"""What a vacancy asks of people, in the words its firm and the officer read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bot.services.deployment import Deployment
from storage.models import Vacancy

EDUCATIONS = frozenset({"primary", "junior_high", "senior_high", "vocational", "college"})
SHIFTS = frozenset({"day", "night", "two_shifts", "three_shifts", "half_day", "flexible"})
# Groups as posts name them, and the names of their texts.
GROUPS = {
    "边缘易致贫户": "near_poverty",
    "零就业家庭": "jobless_household",
    "脱贫户": "out_of_poverty",
    "建档立卡": "registered_poor",
    "低保": "minimum_living",
    "特困": "extreme_hardship",
    "残疾": "disabled",
    "易迁": "relocated",
    "就业困难人员": "hard_to_place",
    "退役军人": "veteran",
    "高校毕业生": "graduate",
}
_DRIVING = re.compile(r"[ABC][1-3](?:\|[ABC][1-3])*")


def required_part(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return everything that shuts people out, as one piece; empty when nothing was read."""
    words = [words_of(deployment, vacancy, language) for words_of in _EXCLUDING.values()]
    said = _text_list(deployment, words, language)
    return _part(deployment, "required", language, words=said) if said else ""


def other_parts(deployment: Deployment, vacancy: Vacancy, language: str) -> list[str]:
    """Return what the ranking reads beside the requirements: beginners, base pay, shifts."""
    parts = []
    if vacancy.needs_skill is False:
        parts.append(_part(deployment, "beginners", language))
    if vacancy.base_pay:
        parts.append(_part(deployment, "base_pay", language, wage=vacancy.base_pay))
    return [*parts, *_shifts(deployment, vacancy, language)]


def requirement_part(deployment: Deployment, vacancy: Vacancy, field: str, language: str) -> str:
    """Return what one corrected requirement says now, or that it is asked no longer."""
    if field == "shifts":
        words = _text_list(deployment, _shifts(deployment, vacancy, language), language)
    else:
        words = _EXCLUDING[field](deployment, vacancy, language)
    if field == "experience" and vacancy.needs_skill is False:
        words = words or _part(deployment, "beginners", language)
    return words or deployment.text(f"vacancy_posting.lifted.{field}", language)


def _text_list(deployment: Deployment, words: Iterable[str], language: str) -> str:
    return _part(deployment, "comma", language).join(one for one in words if one)


def _part(deployment: Deployment, name: str, language: str, **values: object) -> str:
    return deployment.text(f"vacancy_posting.part.{name}", language, **values)


def _either(deployment: Deployment, words: Iterable[str], language: str) -> str:
    return _part(deployment, "either", language).join(words)


def _education(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    if vacancy.education not in EDUCATIONS:
        return ""
    return deployment.text(f"vacancy_posting.education.{vacancy.education}", language)


def _experience(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    years = vacancy.experience_years
    words = [
        _part(deployment, "experience", language, count=years) if years else "",
        _part(deployment, "practised", language) if vacancy.needs_skill else "",
    ]
    return _text_list(deployment, words, language)


def _certificates(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    words = []
    for licence in vacancy.certificates:
        either = _either(deployment, licence.split("|"), language)
        is_driving = _DRIVING.fullmatch(licence) is not None
        words.append(_part(deployment, "driving", language, words=either) if is_driving else either)
    return _text_list(deployment, words, language)


def _nearby(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    return _part(deployment, "nearby", language) if vacancy.nearby_only else ""


def _reserved(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    names = [
        deployment.text(f"vacancy_posting.group.{GROUPS[group]}", language)
        if group in GROUPS
        else group
        for group in vacancy.reserved_for
    ]
    if not names:
        return ""
    return _part(deployment, "reserved", language, groups=_either(deployment, names, language))


def _start(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    day = vacancy.starts_on
    if day is None:
        return ""
    purpose = "start" if day.year == deployment.today.year else "start_year"
    return _part(deployment, purpose, language, year=day.year, month=day.month, day=day.day)


def _length(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    days = vacancy.lasts_days
    return _part(deployment, "length", language, count=days) if days else ""


def _shifts(deployment: Deployment, vacancy: Vacancy, language: str) -> list[str]:
    return [
        deployment.text(f"vacancy_posting.shift.{shift}", language)
        for shift in vacancy.shifts
        if shift in SHIFTS
    ]


_EXCLUDING: Mapping[str, Callable[[Deployment, Vacancy, str], str]] = {
    "education": _education,
    "experience": _experience,
    "certificates": _certificates,
    "nearby": _nearby,
    "reserved": _reserved,
    "start": _start,
    "length": _length,
}
REQUIREMENTS = frozenset({*_EXCLUDING, "shifts"})
