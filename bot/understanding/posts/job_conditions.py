"""The conditions of each offer of a post, its own before the shared ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.pay.working_hours import read_hours, read_payday
from bot.understanding.posts.ages import Ages, read_ages
from bot.understanding.posts.allotment import allot
from bot.understanding.posts.board_and_lodging import read_board, read_lodging
from bot.understanding.posts.offers_beside_pay import read_insurance, read_shifts
from bot.understanding.posts.requirements import read_certificates, read_education
from bot.understanding.posts.sexes import read_gender
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


def read_conditions(text: str, offers: Sequence[Offer]) -> list[Conditions]:
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
        allot(text, offers, read_certificates),
        strict=True,
    )
    return [Conditions(*row) for row in columns]


def _denied_to_others(offers: Sequence[Offer], values: list[bool | None]) -> list[bool | None]:
    """Deny to the silent what only one offer has: 只有厨师包住."""
    singled_out = (offer.is_only_one and value for offer, value in zip(offers, values, strict=True))
    if not any(singled_out):
        return values
    return [False if value is None else value for value in values]
