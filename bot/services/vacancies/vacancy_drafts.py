"""What a post or one line about it makes of a vacancy, and what the law forbids in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

from bot.services.deployment import Deployment
from bot.services.vacancies.vacancy_requirements import REQUIREMENT_WRITERS
from bot.understanding import Correction, JobReading, PostReading
from bot.understanding.law.violations import find_violations
from bot.understanding.pay.minimum_pay import find_low_pay
from bot.understanding.writing.folding import fold
from storage.models import Enterprise, Vacancy
from storage.states import VacancyStatus

VALID_FOR = timedelta(days=30)
LONGEST_TITLE, LONGEST_TRADE, LONGEST_WORDS = 40, 24, 40
LOW_PAY = "below_minimum_wage"
GENDER = "gender_discrimination"
PIECE, BY_MONTH, NEGOTIABLE = "计件", "元/月", "面议"
ESSENTIALS = ("trade", "place", "wage")
# What a reading and a vacancy call alike.
SAID = (
    "headcount", "wage_min", "wage_max", "wage_unit", "estimated", "adcode", "town", "board",
    "lodging", "age_min", "age_max", "gender", "insurance",
)  # fmt: skip
# What a reading and a vacancy call alike and what only the ranking asks for.
REQUIRED = (
    "occupation_code", "base_pay", "education", "experience_years", "needs_skill", "starts_on",
    "lasts_days", "nearby_only",
)  # fmt: skip
LISTED = ("certificates", "shifts", "reserved_for")
# What one line changes; undoing it writes these back.
WORDED = (
    "trade", "title", "headcount", "wage_min", "wage_max", "wage_unit", "estimated", "adcode",
    "town", "board", "lodging", "age_min", "age_max", "gender", "hours", "payday", "contact",
    "violations", "rewrites", *REQUIRED, *LISTED,
)  # fmt: skip


def draft_of(
    deployment: Deployment,
    enterprise: Enterprise,
    job: JobReading,
    *,
    number: int,
    post_text: str,
    reading: PostReading,
) -> Vacancy:
    """Return an unsaved draft of one kind of work of a post, valid for 30 days if not said."""
    today = deployment.today
    said_until = job.valid_until if job.valid_until and job.valid_until >= today else None
    return Vacancy(
        bureau_adcode=enterprise.bureau_adcode,
        number=number,
        enterprise_id=enterprise.id,
        post_text=post_text,
        trade=job.title or "",
        title=(job.title_raw or job.title or "")[:LONGEST_TITLE],
        **{name: getattr(job, name) for name in (*SAID, *REQUIRED)},
        **{name: list(getattr(job, name)) for name in LISTED},
        hours=_short(job.hours),
        payday=_short(job.payday),
        contact=reading.contact,
        violations=violations_of(reading, job),
        rewrites=[],
        valid_until=said_until or today + VALID_FOR,
        status=VacancyStatus.DRAFT,
        version=1,
        created_at=deployment.now,
    )


def violations_of(reading: PostReading, job: JobReading) -> list[list[str]]:
    """Return the post's violations that concern this kind of work, as [code, words]."""
    single_sex = [other for other in reading.jobs if other.gender in {"male", "female"}]
    concerns: dict[str, bool] = {
        GENDER: not single_sex or job in single_sex,
        "underage": True,
    }
    return [
        [found.code, found.excerpt]
        for found in reading.violations
        if concerns.get(found.code, True)
        and (found.code != LOW_PAY or job.wage_raw == found.excerpt)
    ]


def missing_essentials(vacancy: Vacancy) -> list[str]:
    """Return what no vacancy may lack: `trade`, `place`, `wage`, in the order to be asked."""
    said = {
        "trade": bool(vacancy.trade),
        "place": vacancy.adcode is not None,
        "wage": vacancy.wage_min is not None or vacancy.wage_max is not None,
    }
    return [part for part in ESSENTIALS if not said[part]]


def gaps(vacancy: Vacancy) -> list[str]:
    """Return what workers ask about and the vacancy leaves open, most asked first."""
    said = {
        "headcount": vacancy.headcount,
        "board": vacancy.board,
        "lodging": vacancy.lodging,
        "payday": vacancy.payday,
        "hours": vacancy.hours,
    }
    return [part for part, value in said.items() if value is None]


def apply_correction(deployment: Deployment, vacancy: Vacancy, correction: Correction) -> None:
    """Write one corrected field and look at the law again; the state is the caller's."""
    _WRITERS[correction.field](vacancy, correction)
    if correction.field == "title":
        vacancy.occupation_code = _occupation_of(deployment, vacancy)
    found = [[one.code, one.excerpt] for one in find_violations(fold(correction.text))]
    kept = [one for one in vacancy.violations if one[0] not in {LOW_PAY, *_codes(found)}]
    vacancy.violations = [*kept, *found, *low_pay(deployment, vacancy)]
    if found:
        vacancy.rewrites = [code for code in vacancy.rewrites if code not in _codes(found)]


def _occupation_of(deployment: Deployment, vacancy: Vacancy) -> str | None:
    """Return the code of the trade that a vacancy has now; None where none is known."""
    jobs = deployment.reader.read_post(f"招{vacancy.trade}").jobs
    return jobs[0].occupation_code if jobs else None


def low_pay(deployment: Deployment, vacancy: Vacancy) -> list[list[str]]:
    """Return the violation of the minimum wage of the workplace today, or nothing.

    Where no minimum was read at its source, only the floor that holds everywhere is checked.
    """
    figures = [figure for figure in (vacancy.wage_min, vacancy.wage_max) if figure is not None]
    if not figures:
        return []
    job = JobReading(
        title=vacancy.trade,
        title_raw=vacancy.title,
        wage_min=figures[0],
        wage_max=figures[-1],
        wage_unit="元/小时" if vacancy.wage_unit == "元/小时" else "元/月",
        wage_raw="—".join(str(figure) for figure in dict.fromkeys(figures)),
        adcode=vacancy.adcode,
    )
    text = fold(f"{vacancy.title} {vacancy.hours or ''}")
    found = find_low_pay(text, [job], deployment.catalogue.minimum_wages, deployment.today)
    return [] if found is None else [[found.code, found.excerpt]]


def rewrite_lawfully(vacancy: Vacancy, codes: Collection[str]) -> None:
    """Take the words behind these violations out of the vacancy.

    Pay below the minimum is taken out whole: what is paid instead only the firm can say.
    """
    if GENDER in codes:
        vacancy.gender = "any"
    if LOW_PAY in codes:
        vacancy.wage_min = vacancy.wage_max = None
    vacancy.violations = [one for one in vacancy.violations if one[0] not in codes]
    vacancy.rewrites = [*vacancy.rewrites, *(code for code in codes if code != LOW_PAY)]


def snapshot(vacancy: Vacancy) -> dict[str, object]:
    """Return the vacancy's wording as JSON, for undoing the next change."""
    values = {name: getattr(vacancy, name) for name in WORDED}
    begins = vacancy.starts_on
    return {**values, "starts_on": None if begins is None else begins.isoformat()}


def restore(vacancy: Vacancy, kept: Mapping[str, object]) -> None:
    """Write a kept wording back."""
    for name in WORDED:
        if name in kept:
            value = kept[name]
            is_day = name == "starts_on" and isinstance(value, str)
            setattr(vacancy, name, date.fromisoformat(str(value)) if is_day else value)


def _codes(found: list[list[str]]) -> set[str]:
    return {code for code, _ in found}


def _short(words: str | None) -> str | None:
    return words[:LONGEST_WORDS] if words else None


def _wage(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.wage_min, vacancy.wage_max = correction.wage_min, correction.wage_max
    if correction.wage_unit is not None:
        vacancy.wage_unit = correction.wage_unit
    elif vacancy.wage_unit in {None, NEGOTIABLE}:
        vacancy.wage_unit = BY_MONTH
    # Piece work stays an estimate when only its figures are put right.
    vacancy.estimated = correction.estimated or vacancy.wage_unit == PIECE


def _headcount(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.headcount = correction.number


def _place(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.adcode, vacancy.town = correction.adcode, correction.town


def _age(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.age_min, vacancy.age_max = correction.age_min, correction.age_max


def _lodging(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.lodging = correction.yes


def _board(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.board = correction.yes


def _contact(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.contact = correction.text


def _title(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.trade = correction.title or correction.text[:LONGEST_TRADE]
    vacancy.title = correction.text[:LONGEST_TITLE]


def _hours(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.hours = _short(correction.text)


def _payday(vacancy: Vacancy, correction: Correction) -> None:
    vacancy.payday = _short(correction.text)


_WRITERS: dict[str, Callable[[Vacancy, Correction], None]] = {
    "wage": _wage,
    "headcount": _headcount,
    "place": _place,
    "age": _age,
    "lodging": _lodging,
    "board": _board,
    "contact": _contact,
    "title": _title,
    "hours": _hours,
    "payday": _payday,
    **REQUIREMENT_WRITERS,
}
