"""A vacancy in one line as its firm and the officer read it: what was understood, what not."""

from __future__ import annotations

from bot.conversations.firm.requirement_words import (
    REQUIREMENTS,
    other_parts,
    required_part,
    requirement_part,
)
from bot.services.deployment import Deployment
from bot.services.vacancies import posts
from bot.services.vacancies.vacancy_drafts import GENDER, gaps
from storage.models import Vacancy

FIGURED_UNITS = {"计件": "piece", "元/天": "day", "元/小时": "hour"}
PAY_MARKS = ("发", "结", "付")
INSURANCES = frozenset(
    {"five_insurances", "five_insurances_one_fund", "social_insurance", "commercial", "none"}
)


def draft_line(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return what is known of a vacancy in one line, parted by bars; wages are monthly."""
    parts = [
        wanted_part(deployment, vacancy, language),
        wage_part(deployment, vacancy, language),
        place_part(deployment, vacancy),
        *_yes_no_parts(deployment, vacancy, language),
        age_part(deployment, vacancy, language),
        required_part(deployment, vacancy, language),
        *_said_parts(deployment, vacancy, language),
        *other_parts(deployment, vacancy, language),
        *_lawful_parts(deployment, vacancy, language),
    ]
    return " | ".join(part for part in parts if part)


def gap_words(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return what workers ask about and the vacancy does not say, as a list; empty for none."""
    comma = deployment.text("vacancy_posting.part.comma", language)
    return comma.join(
        deployment.text(f"vacancy_posting.gap.{gap}", language) for gap in gaps(vacancy)
    )


def changed_part(deployment: Deployment, vacancy: Vacancy, field: str, language: str) -> str:
    """Return the piece of the line that one corrected field made."""
    if field in REQUIREMENTS:
        return requirement_part(deployment, vacancy, field, language)
    part = {
        "wage": wage_part(deployment, vacancy, language),
        "headcount": wanted_part(deployment, vacancy, language),
        "title": wanted_part(deployment, vacancy, language),
        "place": place_part(deployment, vacancy),
        "age": age_part(deployment, vacancy, language),
    }.get(field)
    if field in {"board", "lodging"}:
        is_given = vacancy.board if field == "board" else vacancy.lodging
        answer = "yes" if is_given else "no"
        part = deployment.text(f"vacancy_posting.part.{field}_{answer}", language)
    if field in {"hours", "payday", "contact"}:
        said = {"hours": vacancy.hours, "payday": vacancy.payday, "contact": vacancy.contact}
        part = said_part(deployment, field, said[field] or "", language)
    unsaid = "negotiable" if field == "wage" else "open"
    return part or deployment.text(f"vacancy_posting.part.{unsaid}", language)


def wanted_part(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return the trade in the firm's words and how many are wanted."""
    title = vacancy.title or vacancy.trade
    if not title:
        return ""
    purpose = "wanted" if vacancy.headcount else "wanted_open"
    return deployment.text(
        f"vacancy_posting.part.{purpose}", language, title=title, count=vacancy.headcount or 0
    )


def wage_part(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return the pay a month, with how it is paid; empty when no figure is known."""
    low, high = vacancy.wage_min, vacancy.wage_max
    if low is None and high is None:
        return ""
    if low is None:
        purpose = "wage_to"
    elif high is None:
        purpose = "wage_from"
    else:
        purpose = "wage" if low == high else "wage_range"
    wage = deployment.text(f"vacancy_posting.part.{purpose}", language, low=low, high=high)
    unit = FIGURED_UNITS.get(vacancy.wage_unit or "")
    if unit is None:
        return wage
    return deployment.text(f"vacancy_posting.part.by_{unit}", language, wage=wage)


def place_part(deployment: Deployment, vacancy: Vacancy) -> str:
    """Return the finest place known, as it is said."""
    code = vacancy.town or vacancy.adcode
    if code is None or deployment.catalogue.places.get(code) is None:
        return ""
    return deployment.catalogue.places.short_name(code)


def age_part(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return the ages wanted; empty when all are."""
    low, high = vacancy.age_min, vacancy.age_max
    if low is None and high is None:
        return ""
    purpose = "age_to" if low is None else "age_from" if high is None else "age_range"
    return deployment.text(f"vacancy_posting.part.{purpose}", language, low=low, high=high)


def said_part(deployment: Deployment, name: str, words: str, language: str) -> str:
    """Return the firm's own words, labelled where they do not say themselves what they tell."""
    if name == "hours" or (name == "payday" and any(mark in words for mark in PAY_MARKS)):
        return words
    return deployment.text(f"vacancy_posting.part.{name}", language, words=words)


def minimum_wage_line(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return the minimum wage of the workplace for the officer, or that it is not known."""
    row = posts.minimum_wage_of(deployment, vacancy)
    if row is None or row.per_month is None:
        return deployment.text("vacancy_posting.officer.minimum_unknown", language)
    return deployment.text(
        "vacancy_posting.officer.minimum_known",
        language,
        wage=f"{row.per_month:g}",
        source=row.source,
    )


def violation_lines(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return each open violation with its clause, numbered with circled figures."""
    findings = [
        deployment.text(f"legality.{code}.finding", language, words=words)
        for code, words in vacancy.violations
    ]
    return "\n".join(f"{chr(0x2460 + place)}{words}" for place, words in enumerate(findings))


def rewrite_words(deployment: Deployment, vacancy: Vacancy, language: str) -> str:
    """Return what the open violations would be changed to."""
    comma = deployment.text("vacancy_posting.part.comma", language)
    return comma.join(
        deployment.text(f"legality.{code}.rewrite", language) for code, _ in vacancy.violations
    )


def _yes_no_parts(deployment: Deployment, vacancy: Vacancy, language: str) -> list[str]:
    return [
        deployment.text(f"vacancy_posting.part.{name}_{'yes' if value else 'no'}", language)
        for name, value in (("board", vacancy.board), ("lodging", vacancy.lodging))
        if value is not None
    ]


def _said_parts(deployment: Deployment, vacancy: Vacancy, language: str) -> list[str]:
    said = (
        ("hours", vacancy.hours),
        ("payday", vacancy.payday),
        ("contact", vacancy.contact),
    )
    parts = [said_part(deployment, name, words, language) for name, words in said if words]
    if vacancy.insurance in INSURANCES:
        parts.append(deployment.text(f"vacancy_posting.insurance.{vacancy.insurance}", language))
    return parts


def _lawful_parts(deployment: Deployment, vacancy: Vacancy, language: str) -> list[str]:
    codes = [*vacancy.rewrites]
    if vacancy.gender == "any" and GENDER not in codes:
        return [
            deployment.text("vacancy_posting.part.gender_any", language),
            *(deployment.text(f"legality.{code}.rewrite", language) for code in codes),
        ]
    return [deployment.text(f"legality.{code}.rewrite", language) for code in codes]
