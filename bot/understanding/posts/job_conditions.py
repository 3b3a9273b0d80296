"""The conditions of each offer of a post, its own before the shared ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.pay.working_hours import read_hours, read_payday
from bot.understanding.posts.ages import Ages, read_ages
from bot.understanding.posts.allotment import allot
from bot.understanding.posts.board_and_lodging import read_board, read_lodging
from bot.understanding.posts.durations import read_days
from bot.understanding.posts.experience import read_experience_years
from bot.understanding.posts.nearness import read_nearby_only
from bot.understanding.posts.offers_beside_pay import read_insurance, read_shifts
from bot.understanding.posts.practised_hands import read_needs_skill
from bot.understanding.posts.requirements import (
    asks_for_licence,
    nameless_licence,
    read_certificates,
    read_education,
)
from bot.understanding.posts.reserved_groups import read_reserved_for
from bot.understanding.posts.sexes import read_gender
from bot.understanding.posts.starts import read_start
from bot.understanding.posts.stretches import Offer
from bot.understanding.values import Education, Insurance, PostGender, Shift


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for one offer, in the terms of a job's reading; words are folded."""

    ages: Ages
    gender: PostGender | None
    board: bool | None
    lodging: bool | None
    insurance: Insurance | None
    hours: str | None
    shifts: tuple[Shift, ...]
    payday: str | None
    education: Education | None
    certificates: tuple[str, ...]
    reserved_for: tuple[str, ...]
    experience_years: int | None
    needs_skill: bool | None
    starts_on: date | None
    lasts_days: int | None
    nearby_only: bool


def read_conditions(text: str, offers: Sequence[Offer], today: date | None) -> list[Conditions]:
    """Read the conditions of each offer of a folded post, in order."""
    columns = zip(
        allot(text, offers, read_ages),
        allot(text, offers, read_gender),
        _denied_to_others(offers, allot(text, offers, read_board)),
        _denied_to_others(offers, allot(text, offers, read_lodging)),
        allot(text, offers, read_insurance),
        allot(text, offers, read_hours),
        allot(text, offers, read_shifts),
        allot(text, offers, read_payday),
        allot(text, offers, read_education),
        _licences(text, offers),
        allot(text, offers, read_reserved_for),
        allot(text, offers, read_experience_years),
        allot(text, offers, read_needs_skill),
        allot(text, offers, lambda words: read_start(words, today)),
        allot(text, offers, lambda words: read_days(words, today)),
        allot(text, offers, read_nearby_only),
        strict=True,
    )
    return [Conditions(*row) for row in columns]


def _denied_to_others(offers: Sequence[Offer], values: list[bool | None]) -> list[bool | None]:
    """Deny to the silent what only one offer has: 只有厨师包住."""
    singled_out = (offer.is_only_one and value for offer, value in zip(offers, values, strict=True))
    if not any(singled_out):
        return values
    return [False if value is None else value for value in values]


def _licences(text: str, offers: Sequence[Offer]) -> list[tuple[str, ...]]:
    """Read the licences of each offer; 要操作证 means the one of its trade."""
    named = allot(text, offers, read_certificates)
    if all(named) or "证" not in text:
        return named
    asked = allot(text, offers, asks_for_licence)
    return [
        said or (nameless_licence(text, offer.title) if asks else ())
        for offer, said, asks in zip(offers, named, asked, strict=True)
    ]
