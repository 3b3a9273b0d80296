"""What shuts people out of a vacancy: the columns, and what one line makes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bot.understanding import Correction
from storage.models import Vacancy


def _education(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.education = correction.education


def _experience(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.needs_skill = correction.yes
    # 要熟手 says nothing of the years that were asked for before; 不要经验 does.
    if correction.number is not None or not correction.yes:
        vacancy.experience_years = correction.number


def _certificates(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.certificates = _changed(vacancy.certificates, correction)


def _shifts(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.shifts = _changed(vacancy.shifts, correction)


def _nearby(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.nearby_only = correction.yes is True


def _start(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.starts_on = correction.day


def _length(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.lasts_days = correction.number


def _reserved(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.reserved_for = list(correction.named)


def _changed(before: Iterable[str], correction: Correction) -> list[str]:
    if correction.yes is None:
        return list(correction.named)
    kept = [one for one in before if one not in correction.named]
    return [*kept, *correction.named] if correction.yes else kept


REQUIREMENT_WRITERS: Mapping[str, Callable[[Vacancy, Correction], None]] = {
    "education": _education,
    "experience": _experience,
    "certificates": _certificates,
    "nearby": _nearby,
    "start": _start,
    "length": _length,
    "reserved": _reserved,
    "shifts": _shifts,
}
