"""A pasted post before it is a vacancy: which trade is meant, what is still to be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from rapidfuzz import fuzz, process

from bot.services.deployment import Deployment
from bot.understanding import Correction, JobReading, PostReading
from bot.understanding.posts.corrections import names_unit
from bot.understanding.posts.requirement_corrections import requirements_in
from bot.understanding.values import PostPart
from bot.understanding.writing.folding import fold
from content.minimum_wages import MinimumWage
from content.places import TOWN_CODE_LENGTH
from storage.models import Enterprise, Vacancy
from storage.unit_of_work import UnitOfWork

LONGEST_READ = 4_000
SAME_WITHIN = timedelta(hours=1)
LEAST_ALIKE = 28.0
SHORTEST_POST = 8
FEWEST_LINES, MOST_LINES = 2, 60
_CUTS = re.compile(r"[，,；;。\n]+")
_ENDINGS = re.compile(r"(?:师傅|人员|的)$")
_SPACES = re.compile(r"\s+")
_RECRUITS = re.compile(r"招|聘|要.{0,4}[人名个]|缺.{0,4}人|诚邀|找.{0,6}[工师员]")

_ASKS = re.compile(r"[?？吗嘛]|招不招|招.{0,4}不(?:招)?$|要不要|有没有")


def read_post(deployment: Deployment, text: str) -> PostReading:
    """Read a post with the bureau's home and today's law."""
    return deployment.reader.read_post(text, home=deployment.bureau_adcode, today=deployment.today)


def read_posts(deployment: Deployment, text: str) -> tuple[PostPart, ...]:
    """Read a message that may hold several posts, in its order; one post is one part.

    Besides what the splitter tells apart, a list is cut at its lines when at least two of
    them name work, pay or number, and a workplace each for itself.
    """
    parts = deployment.reader.read_posts(
        text, home=deployment.bureau_adcode, today=deployment.today
    )
    return tuple(one for part in parts for one in _by_lines(deployment, part))


def open_workplaces(deployment: Deployment, text: str) -> tuple[str, ...]:
    """Return what the first ambiguous place name in the words may mean, the likeliest first."""
    read = deployment.reader.read_places(text[:LONGEST_READ], home=deployment.bureau_adcode)
    return read.open[0].codes if read.open else ()


def place_correction(deployment: Deployment, code: str) -> Correction:
    """Return the correction that puts the workplace at a county or town."""
    places = deployment.catalogue.places
    is_town = len(code) == TOWN_CODE_LENGTH
    county = (places.county_of(code) or places.city_of(code) or code[:6]) if is_town else code
    place = places.get(code)
    name = place.name if place is not None else code
    return Correction("place", name, adcode=county, town=code if is_town else None)


def is_recruiting(text: str) -> bool:
    """Tell whether somebody is wanted in these words."""
    return _RECRUITS.search(text) is not None


def looks_like_post(text: str, reading: PostReading) -> bool:
    """Tell whether words sent without being asked are a post: work is named and offered."""
    if len(text.strip()) < SHORTEST_POST or not reading.jobs:
        return False
    says_more = any(job.headcount or job.wage_raw or job.adcode for job in reading.jobs)
    return says_more and is_recruiting(text)


def is_plain_post(text: str, reading: PostReading) -> bool:
    """Tell whether words are a post whoever wrote them: people are sought, and counted.

    Who hires says how many; who asks 招不招人 or names only the pay may look for work.
    """
    counted = any(job.headcount for job in reading.jobs)
    return counted and looks_like_post(text, reading) and _ASKS.search(text) is None


def empty_reading(reading: PostReading) -> PostReading:
    """Return a reading with one kind of work of which nothing is known yet."""
    return replace(reading, jobs=(JobReading(title=None, title_raw=None),))


def same_post(
    uow: UnitOfWork, deployment: Deployment, enterprise: Enterprise, text: str
) -> Vacancy | None:
    """Return the vacancy that the firm made of the very same words within the last hour."""
    words = _SPACES.sub("", text)
    for vacancy in uow.vacancies.created_since(enterprise.id, deployment.now - SAME_WITHIN):
        if vacancy.post_text is not None and _SPACES.sub("", vacancy.post_text) == words:
            return vacancy
    return None


def trade_of(deployment: Deployment, words: str) -> str | None:
    """Return the canonical trade that the words name, or None."""
    found = deployment.reader.read_correction(f"工种 {words}", home=deployment.bureau_adcode)
    return found.title if found is not None else None


def nearest_trades(deployment: Deployment, words: str, *, limit: int = 3) -> list[str]:
    """Return canonical trades whose everyday words look most like `words`, nearest first."""
    surface = deployment.catalogue.trades.synonyms()
    scored = process.extract(
        _ENDINGS.sub("", words),
        list(surface),
        scorer=fuzz.ratio,
        limit=limit * 4,
        score_cutoff=LEAST_ALIKE,
    )
    return list(dict.fromkeys(surface[word] for word, _, _ in scored))[:limit]


def corrections_in(
    deployment: Deployment, vacancy: Vacancy, text: str
) -> tuple[list[Correction], list[str]]:
    """Return what one message changes in a draft, and the parts that say nothing of it.

    A line names its field (工资 4500-5500), several stand with commas between them; words
    without a field's name are read as a piece of the post (有住的,每月15号发工资).
    """
    home = deployment.bureau_adcode
    found: list[Correction] = []
    unread: list[str] = []
    for part in (piece.strip() for piece in _CUTS.split(text)):
        if not part:
            continue
        correction = deployment.reader.read_correction(part, home=home, today=deployment.today)
        if correction is not None:
            found.append(correction)
            continue
        filled = _fills(deployment, vacancy, part)
        found += filled
        unread += [] if filled else [part]
    return found, unread


def minimum_wage_of(deployment: Deployment, vacancy: Vacancy) -> MinimumWage | None:
    """Return the minimum wage of the workplace today; None where no source was read."""
    if vacancy.adcode is None:
        return None
    return deployment.catalogue.minimum_wages.lookup(vacancy.adcode, deployment.today)


def _by_lines(deployment: Deployment, part: PostPart) -> list[PostPart]:
    lines = [line for line in part.text.splitlines() if line.strip()]
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        return [part]
    entries = [_is_entry(read_post(deployment, line)) for line in lines]
    if sum(names_place for is_entry, names_place in entries if is_entry) < FEWEST_LINES:
        return [part]
    pieces: list[list[str]] = [[]]
    has_entry = False
    for line, (is_entry, _) in zip(lines, entries, strict=True):
        if is_entry and has_entry:
            pieces.append([])
        has_entry = has_entry or is_entry
        pieces[-1].append(line)
    texts = ["\n".join(piece) for piece in pieces]
    return [PostPart(text, read_post(deployment, text)) for text in texts]


def _is_entry(reading: PostReading) -> tuple[bool, bool]:
    """Return whether a line offers work by itself, and whether it says where."""
    offers = any(job.wage_raw or job.headcount for job in reading.jobs)
    return offers, any(job.adcode for job in reading.jobs)


def _fills(deployment: Deployment, vacancy: Vacancy, part: str) -> list[Correction]:
    """Read words that name no field as a piece of the post; a headcount only where it is open."""
    # A trade's own name (学徒工) is no requirement: these are read without it.
    required = requirements_in(fold(part), deployment.today)
    reading = read_post(deployment, f"{vacancy.trade or vacancy.title}:{part}")
    if not reading.jobs:
        return required
    job = reading.jobs[0]
    wage = Correction(
        "wage",
        part,
        wage_min=job.wage_min,
        wage_max=job.wage_max,
        wage_unit=job.wage_unit if names_unit(part) else None,
        estimated=job.estimated,
    )
    candidates = (
        (job.wage_raw, wage),
        (job.adcode, Correction("place", part, adcode=job.adcode, town=job.town)),
        (
            job.age_min or job.age_max,
            Correction("age", part, age_min=job.age_min, age_max=job.age_max),
        ),
        (job.board, Correction("board", part, yes=job.board)),
        (job.lodging, Correction("lodging", part, yes=job.lodging)),
        (job.payday, Correction("payday", job.payday or "")),
        (job.hours, Correction("hours", job.hours or "")),
        (
            job.headcount if vacancy.headcount is None else None,
            Correction("headcount", part, number=job.headcount),
        ),
    )
    return [*(correction for said, correction in candidates if said is not None), *required]
