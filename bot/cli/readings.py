"""Readings as JSON objects; only what was said stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.cli.pipes import Answer
from bot.understanding import JobReading, PostReading, Violation, WorkerReading
from bot.understanding.values import Intent
from content.catalogue import Catalogue
from content.occupations import Trades

if TYPE_CHECKING:
    from bot.understanding.occupations.linker import RankedOccupation

# Intents whose words are about the person's work; the others carry none of its facts.
ABOUT_WORK: frozenset[Intent] = frozenset(
    ("find_job", "register", "update_profile", "apply", "training", "report_unemployed")
)
WORK_SLOTS = (
    "skills", "refused_skills", "locations", "excluded_locations", "migration", "wage_min",
    "wage_raw", "age", "birth_year", "gender", "wants_room_board", "for_whom",
)  # fmt: skip
OTHER_SLOTS = ("phone", "choice", "yes_no", "data_request", "workplace_status", "not_understood")
JOB_KEYS = (
    "title", "title_raw", "occupation_code", "headcount", "wage_min", "wage_max", "wage_unit",
    "wage_raw", "base_pay", "age_min", "age_max", "gender", "board", "lodging", "insurance",
    "adcode", "town", "education", "certificates", "experience_years", "needs_skill", "lasts_days",
    "nearby_only", "reserved_for", "shifts", "hours", "payday", "not_said",
)  # fmt: skip


def worker_answer(reading: WorkerReading, trades: Trades) -> Answer:
    """Return intent and slots; `also` is a second intent with the slots that are its own."""
    work = _said(reading, WORK_SLOTS)
    answer: Answer = {"intent": reading.intent, "confidence": round(reading.confidence, 2), **work}
    if reading.skills:
        answer["occupations"] = occupations(reading.skills, trades)
    if reading.also is not None:
        own = work if reading.also in ABOUT_WORK else {}
        answer["also"] = {"intent": reading.also, **own}
    return {**answer, **_said(reading, OTHER_SLOTS)}


def post_answer(post: PostReading, catalogue: Catalogue) -> Answer:
    """Return contact, violation codes with clause and rewrite, one object a job, what is unread."""
    return {
        "contact": post.contact,
        "violations": [found.code for found in post.violations],
        "findings": [_finding(found, catalogue) for found in post.violations],
        "unknown": list(post.unknown),
        "jobs": [_job_answer(job) for job in post.jobs],
        "not_understood": list(post.not_understood),
    }


def occupations(skills: Iterable[str], trades: Trades) -> list[Answer]:
    """Return each canonical word with its code of the classification."""
    known = ((word, trades.get(word)) for word in skills)
    return [{"word": word, "code": trade.code if trade else None} for word, trade in known]


def _job_answer(job: JobReading) -> Answer:
    answer = {key: _plain(getattr(job, key)) for key in JOB_KEYS}
    answer["valid_until"] = job.valid_until.isoformat() if job.valid_until else None
    answer["starts_on"] = job.starts_on.isoformat() if job.starts_on else None
    answer["estimated"] = job.estimated
    return answer


def _finding(found: Violation, catalogue: Catalogue) -> Answer:
    rule = catalogue.violations.get(found.code)
    clauses = list(rule.citations) if rule else []
    rewrite = catalogue.texts.render(rule.rewrite, "zh") if rule else ""
    return {"code": found.code, "words": found.excerpt, "clauses": clauses, "rewrite": rewrite}


def _said(reading: WorkerReading, names: Iterable[str]) -> Mapping[str, object]:
    values = ((name, getattr(reading, name)) for name in names)
    return {name: _plain(value) for name, value in values if value not in (None, (), "")}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def ranked_answer(found: RankedOccupation) -> Answer:
    """Return a linked occupation; `everyday` is the word that workers know, where there is one."""
    answer: Answer = {"code": found.code, "name": found.name, "score": round(found.score, 4)}
    return answer if found.everyday is None else {**answer, "everyday": found.everyday}
