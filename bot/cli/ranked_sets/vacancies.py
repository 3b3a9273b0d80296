"""Vacancies of a ranking set: what the fields leave open is read from the free text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.cli.pipes import LineError, Record, id_of, text_or_none
from bot.cli.ranked_sets.fields import (
    day_or_none,
    flag_or_none,
    one_of,
    texts_or_none,
    whole_or_none,
)
from bot.cli.ranked_sets.wages import WageReader
from bot.cli.ranked_sets.words import groups
from bot.services.people import licences
from bot.understanding import JobReading, TextReader
from bot.understanding.occupations.trades import GENERAL, TradeFinder
from bot.understanding.posts.requirements import is_waived, nameless_licence, read_waived
from bot.understanding.writing.folding import fold
from content.catalogue import Catalogue
from content.places import TOWN_CODE_LENGTH, Places
from matching.types import Education, Vacancy

SCHOOLING = tuple(level.value for level in Education)
# Titles that name no trade of their own; a clear one in the text says what the work is.
_VAGUE = re.compile(
    "(?:熟练|一线|车间|生产|普通|急招|长期|男女?|女)*(?:操作工|操作员|作业员|工人|员工|师傅|技工|技术工|"
    "技术员|司机|驾驶员|熟练工|熟手|学徒工?|生产工|临时工|杂工|帮工|护理员|人员|人手|短工|零工)"
)
_LINKED = 0.5  # at this score the linker is more often right than wrong
_HONORIFIC = re.compile("(?:阿姨|嬢嬢|大姐|大嫂|大哥|师傅|老师|小妹|兄弟|女工|男工|人员)$")
_DUTIES = re.compile(r"[^,，。;；!！、\n ]{2,20}")
_OF_FIRM = re.compile("厂|公司|店|集团|中心|学校|项目|优先|经验|不|包吃|包住|[0-9]{3}")
_NO_JOB = JobReading(title=None, title_raw=None)


class VacancyReader:
    """Reads vacancies with one reader and catalogue, as of one day."""

    def __init__(self, reader: TextReader, catalogue: Catalogue, *, today: date) -> None:
        self._reader = reader
        self._places = catalogue.places
        self._trades = TradeFinder(catalogue.trades)
        self._today = today

    def read(self, record: Record) -> Vacancy:
        """Return the vacancy of a line; fields win over the text, except where the text is finer.

        Raises:
            LineError: A field is of the wrong kind.
        """
        text = text_or_none(record, "text") or ""
        published = day_or_none(record, "published_at")
        jobs = self._jobs(record, text, published)
        title = text_or_none(record, "title") or ""
        trade = self._trade(title, text, jobs)
        words = fold(f"{title},{text}")
        job = next((one for one in jobs if one.title == trade), jobs[0] if jobs else _NO_JOB)
        adcode, town = _workplace(self._places, text_or_none(record, "adcode"), job)
        wage = WageReader(text, job).read(record)
        age_min, age_max = whole_or_none(record, "age_min"), whole_or_none(record, "age_max")
        board, lodging = flag_or_none(record, "board"), flag_or_none(record, "lodging")
        offer = Vacancy(
            id=str(id_of(record)),
            trade=trade,
            adcode=adcode,
            town=town,
            wage_min=wage.low,
            wage_max=wage.high,
            wage_unit=wage.unit,
            headcount=whole_or_none(record, "headcount") or job.headcount,
            age_min=job.age_min if age_min is None else age_min,
            age_max=job.age_max if age_max is None else age_max,
            board=job.board if board is None else board,
            lodging=job.lodging if lodging is None else lodging,
            published_on=published,
            night_shift="night" in job.shifts or None,
            employer=text_or_none(record, "employer"),
        )
        return self._with_requirements(offer, record, job, words=words)

    def _with_requirements(
        self, offer: Vacancy, record: Record, job: JobReading, *, words: str
    ) -> Vacancy:
        """Return the vacancy with what it asks of people beside trade and age."""
        named = _required(texts_or_none(record, "certificates") or (), job, words)
        return replace(
            offer,
            certificates=named or nameless_licence(words, offer.trade),
            reserved_for=groups(texts_or_none(record, "reserved_for") or job.reserved_for),
            valid_until=_earliest(day_or_none(record, "valid_until"), job.valid_until),
            education=_schooling(record, job),
            experience_years=job.experience_years,
            needs_skill=job.needs_skill,
            # Who starts at once starts today, however long ago the post was written.
            starts_on=job.starts_on and max(job.starts_on, self._today),
            lasts_days=job.lasts_days,
            nearby_only=job.nearby_only,
        )

    def _jobs(self, record: Record, text: str, published: date | None) -> tuple[JobReading, ...]:
        """Read the text as of the day it was published: its dates have no year."""
        home = text_or_none(record, "adcode")
        day = self._today if published is None else min(published, self._today)
        jobs = self._reader.read_post(text, home=home, today=day).jobs
        if jobs or not text.strip():
            return jobs
        whole = f"招{text_or_none(record, 'title') or ''},{text}"
        return self._reader.read_post(whole, home=home, today=day).jobs

    def _trade(self, title: str, text: str, jobs: tuple[JobReading, ...]) -> str:
        """Return the trade of a title, else of the text, else the likeliest, else the title."""
        vague = _VAGUE.fullmatch(title.strip()) is not None
        own = self._named(title)
        if own is not None and not vague:
            # The post settles its own word: 木工 of a furniture maker makes furniture.
            bare = _HONORIFIC.sub("", title.strip())
            return next((job.title for job in jobs if job.title and job.title_raw == bare), own)
        clear = (job.title for job in jobs if job.title is not None and job.title != GENERAL)
        said = next(clear, None) or self._done(title, text, jobs) or own
        said = said or next((job.title for job in jobs if job.title), None)
        return said or next(self._linked(title), title.strip())

    def _done(self, title: str, text: str, jobs: tuple[JobReading, ...]) -> str | None:
        """Return the trade whose work a post describes without naming it: 操作工, 开冲床的."""
        titles = [job.title_raw for job in jobs if job.title is None and job.title_raw]
        for name in (title, *titles):
            stem = _HONORIFIC.sub("", name)
            if stem and stem != name:
                found = self._reader.read_post(f"招{stem}员,{text}").jobs
                spoken = (self._trades.canonical(stem + ending) for ending in "工员师")
                trades = (*(job.title for job in found), *spoken)
                clear = next((trade for trade in trades if trade and trade != GENERAL), None)
                if clear is not None:
                    return clear
        for clause in _DUTIES.findall(text):
            if not _OF_FIRM.search(clause):
                skills = self._reader.read_worker_text(clause).skills
                if skills and skills[0] != GENERAL:
                    return skills[0]
        return None

    def _named(self, title: str) -> str | None:
        exact = self._trades.canonical(title)
        if exact is not None:
            return exact
        posted = (job.title for job in self._reader.read_post(f"招{title}").jobs)
        spoken = self._reader.read_worker_text(title).skills
        return next((trade for trade in (*posted, *spoken) if trade), None)

    def _linked(self, title: str) -> Iterator[str]:
        for found in self._reader.rank_occupations(title, limit=1):
            if found.score >= _LINKED and found.everyday is not None:
                yield found.everyday


def check_place(places: Places, code: str | None, key: str) -> None:
    """Accept the code of a place, abolished ones included.

    Raises:
        LineError: It is the code of nothing.
    """
    if code is not None and places.province_of(code) is None:
        raise LineError("wrong_field", f'"{key}": {code} is the code of no place')


def _workplace(places: Places, code: str | None, job: JobReading) -> tuple[str | None, str | None]:
    """Return county and town; the text counts where it is inside what the field names."""
    check_place(places, code, "adcode")
    said = job.town or job.adcode
    if code is None:
        return job.adcode, job.town
    code = places.current_code(code)
    if said is not None and code in _chain(places, said):
        return job.adcode, job.town
    if len(code) == TOWN_CODE_LENGTH:
        return places.county_of(code), code
    return code, None


def _chain(places: Places, code: str) -> tuple[str | None, ...]:
    return code[:6], places.county_of(code), places.city_of(code), places.province_of(code)


def _required(stated: tuple[str, ...], job: JobReading, text: str) -> tuple[str, ...]:
    """Return the licences of field and folded text; a choice there replaces its parts."""
    said = licences.required(job.certificates)
    parts = {part for one in said if "|" in one for part in one.split("|")}
    waived = read_waived(text)
    asked = (*(one for one in licences.required(stated) if one not in parts), *said)
    return tuple(dict.fromkeys(one for one in asked if not is_waived(one, waived)))


def _schooling(record: Record, job: JobReading) -> Education | None:
    level = one_of(record, "education_min", SCHOOLING) or job.education
    return None if level is None else Education(level)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
