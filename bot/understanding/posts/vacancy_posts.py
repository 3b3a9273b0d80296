"""A recruitment post, cut into the kinds of work it offers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.law.violations import find_violations
from bot.understanding.occupations.trades import TradeFinder, TradeMention
from bot.understanding.pay.minimum_pay import find_low_pay
from bot.understanding.pay.offered_pay import Pay, pays_of
from bot.understanding.pay.wages import find_wages
from bot.understanding.pay.working_hours import read_hours, read_payday
from bot.understanding.places.finder import PlaceFinder, PlaceMention
from bot.understanding.posts import conditions
from bot.understanding.posts.headcounts import find_headcount
from bot.understanding.posts.unread_clauses import find_unread
from bot.understanding.values import JobReading, MissingPart, PostGender, PostReading
from bot.understanding.writing.folding import blank, fold
from bot.understanding.writing.phones import find_phones
from content.minimum_wages import MinimumWages
from content.places import TOWN_CODE_LENGTH

LONGEST = 2_000
_UNKNOWN_TITLES = (
    re.compile(
        r"(?:急?招聘?|直招|诚聘|聘请?|请|找|需要|要)(?:一?个|几个)?(?P<title>[\u4e00-\u9fff]{2,8}?)"
        r"(?=\d|[一二两三四五六七八九十]{1,3}(?:名|个|人|位)|若干|多名|数名|[,。;、\s:]|$)"
    ),
    re.compile(r"(?P<title>[\u4e00-\u9fff]{1,4}(?:工|员|师|司机|师傅))(?= ?\d{1,3}(?:人|名|个))"),
)
_SIGN_UP = re.compile(r" ?(?:报名|集合|上车|出发|面试)")
_NATIVES = re.compile(r"(?:籍|人|的)(?!民|家)[^,。;]{0,3}(?:不要|不招|不收|勿|除外|也不|都不)")
_DESTINATION = re.compile(r"(?:到|至|-)$")


@dataclass(frozen=True, slots=True)
class _Segment:
    """The stretches of a post that belong to one trade, joined by `;`."""

    title: str | None
    raw: str
    text: str


class VacancyPosts:
    """Reads posts over one catalogue's places, trades and minimum wages."""

    def __init__(
        self, places: PlaceFinder, trades: TradeFinder, minimum_wages: MinimumWages
    ) -> None:
        self._places = places
        self._trades = trades
        self._minimum_wages = minimum_wages

    def read(self, original: str, *, home: str | None, today: date | None) -> PostReading:
        """Read one post; beyond `LONGEST` characters nothing is read, only handed on."""
        folded = fold(original[:LONGEST])
        phones = find_phones(folded)
        text = blank(folded, [(phone.start, phone.end) for phone in phones])
        contact = phones[0].digits if phones else None
        mentions = self._trades.find_offered(text)
        segments = _segments(text, mentions) or _unknown_segment(text)
        place = self._workplace(text, home)
        jobs = _jobs(text, segments, place, self._places)
        if contact is None:
            jobs = tuple(replace(job, not_said=(*job.not_said, "contact")) for job in jobs)
        low_pay = find_low_pay(text, jobs, self._minimum_wages, today)
        violations = find_violations(text) + (() if low_pay is None else (low_pay,))
        return PostReading(
            contact=contact,
            violations=tuple(
                replace(found, excerpt=_as_written(original, text, found.excerpt))
                for found in violations
            ),
            jobs=tuple(_in_own_words(job, original, text) for job in jobs),
            not_understood=find_unread(
                original[:LONGEST], text, [*mentions, *([place] if place else [])]
            )
            + ((original[LONGEST:],) if original[LONGEST:].strip() else ()),
        )

    def _workplace(self, text: str, home: str | None) -> PlaceMention | None:
        """Return the finest place that is the workplace, the first one of several."""
        found = [
            mention
            for mention in self._places.find(text, home=home)
            if not _SIGN_UP.match(text, mention.end)
            and not _NATIVES.match(text, mention.end)
            and not _DESTINATION.search(text[: mention.start])
        ]
        finest = self._places.finest([mention.code for mention in found])
        return next((mention for mention in found if mention.code in finest[:1]), None)


def _segments(text: str, mentions: list[TradeMention]) -> list[_Segment]:
    """Give each trade the text from its mentions to the next other trade's."""
    order: dict[str, list[str]] = {}
    raws: dict[str, str] = {}
    for place, mention in enumerate(mentions):
        end = mentions[place + 1].start if place + 1 < len(mentions) else len(text)
        raws.setdefault(mention.word, mention.raw)
        order.setdefault(mention.word, []).append(text[mention.end : end])
    return [_Segment(word, raws[word], ";".join(parts)) for word, parts in order.items()]


def _unknown_segment(text: str) -> list[_Segment]:
    """Take the words of a trade that no lexicon has; a post with pay offers some work."""
    for pattern in _UNKNOWN_TITLES:
        match = pattern.search(text)
        if match is not None:
            return [_Segment(None, match["title"], text[match.end() :])]
    return [_Segment(None, "", text)] if find_wages(text) else []


def _jobs(
    text: str, segments: list[_Segment], place: PlaceMention | None, places: PlaceFinder
) -> tuple[JobReading, ...]:
    shared = _shared_conditions(text, place, places)
    alone = len(segments) == 1
    pays = pays_of(text, [segment.text for segment in segments])
    jobs = []
    for segment, pay in zip(segments, pays, strict=True):
        low_age, high_age = conditions.read_ages(text)
        job = replace(
            shared,
            title=segment.title,
            title_raw=segment.raw or None,
            headcount=find_headcount(text, segment.raw, segment.text, alone=alone),
            age_min=low_age,
            age_max=high_age,
            gender=_gender(segment, text, alone=alone),
        )
        jobs.append(_with_gaps(_with_pay(job, pay)))
    return tuple(jobs)


def _shared_conditions(text: str, place: PlaceMention | None, places: PlaceFinder) -> JobReading:
    town = place.code if place is not None and len(place.code) == TOWN_CODE_LENGTH else None
    return JobReading(
        title=None,
        title_raw=None,
        board=conditions.read_board(text),
        lodging=conditions.read_lodging(text),
        insurance=conditions.read_insurance(text),
        adcode=None if place is None else places.adcode(place.code),
        town=town,
        hours=read_hours(text),
        payday=read_payday(text),
        certificates=conditions.read_certificates(text),
        valid_until=conditions.read_valid_until(text),
    )


def _gender(segment: _Segment, text: str, *, alone: bool) -> PostGender | None:
    # "不限男女" stands behind one trade of several; "限女" in front of the trade: 女服务员.
    if alone:
        return conditions.read_gender(text)
    start = text.find(segment.raw)
    before = text[max(0, start - 2) : start]
    return conditions.read_gender(before + segment.raw + segment.text)


def _with_pay(job: JobReading, pay: Pay) -> JobReading:
    return replace(
        job,
        wage_min=pay.low,
        wage_max=pay.high,
        wage_unit=pay.unit,
        wage_raw=pay.raw,
        estimated=pay.estimated,
    )


def _with_gaps(job: JobReading) -> JobReading:
    """Name what workers ask about and the post leaves open; the contact is the post's."""
    parts: tuple[tuple[MissingPart, object], ...] = (
        ("wage", job.wage_max if job.wage_min is None else job.wage_min),
        ("headcount", job.headcount),
        ("place", job.adcode),
        ("lodging", job.lodging),
        ("board", job.board),
        ("payday", job.payday),
        ("hours", job.hours),
    )
    return replace(job, not_said=tuple(part for part, value in parts if value is None))


def _as_written(original: str, text: str, words: str) -> str:
    """Return the post's own words for folded ones, so that they can be found in the post."""
    start = text.find(words)
    return original[start : start + len(words)] if start >= 0 else words


def _in_own_words(job: JobReading, original: str, text: str) -> JobReading:
    def own(words: str | None) -> str | None:
        return None if words is None else _as_written(original, text, words)

    return replace(
        job,
        title_raw=own(job.title_raw),
        wage_raw=own(job.wage_raw),
        hours=own(job.hours),
        payday=own(job.payday),
    )
