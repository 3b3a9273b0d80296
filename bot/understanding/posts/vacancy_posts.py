"""A recruitment post, read into the kinds of work it offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.law.violations import find_violations
from bot.understanding.occupations.trades import TradeFinder
from bot.understanding.pay.minimum_pay import find_low_pay, unknown_checks
from bot.understanding.pay.offered_pay import Pay, pays_of
from bot.understanding.pay.piece_rates import pays_by_piece
from bot.understanding.pay.wages import find_wages
from bot.understanding.places.finder import PlaceFinder, PlaceMention
from bot.understanding.posts.contacts import choose_contact
from bot.understanding.posts.deadlines import read_valid_until
from bot.understanding.posts.headcounts import find_anywhere, says_many
from bot.understanding.posts.job_conditions import Conditions, read_conditions
from bot.understanding.posts.many_posts import LONGEST_MESSAGE, split_posts
from bot.understanding.posts.offered_trades import find_offers
from bot.understanding.posts.post_text import PostText, prepare
from bot.understanding.posts.settled_titles import driver_of
from bot.understanding.posts.stretches import Offer, cut, words_of
from bot.understanding.posts.unread_clauses import find_unread
from bot.understanding.posts.workplaces import Workplaces
from bot.understanding.values import JobReading, MissingPart, PostPart, PostReading, Violation
from content.minimum_wages import MinimumWages
from content.places import TOWN_CODE_LENGTH

LONGEST = 2_000
_UNKNOWN_TITLES = (
    re.compile(
        r"(?:急?招聘?|直招|诚聘|聘请?|请|找|需要|要|(?:岗位|职位|工种)[:])(?:一?个|几个)?"
        r"(?P<title>[\u4e00-\u9fff]{2,8}?)"
        r"(?=\d|[一二两三四五六七八九十]{1,3}(?:名|个|人|位)|若干|多名|数名|[,。;、\s:]|$)"
    ),
    re.compile(r"(?P<title>[\u4e00-\u9fff]{1,4}(?:工|员|师|司机|师傅))(?= ?\d{1,3}(?:人|名|个))"),
)
_NO_TITLE = frozenset({"工人", "人员", "员工", "多人", "几个人", "求职者", "有经验的", "会做的"})


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is settled for a job beside its pay and conditions."""

    occupation_code: str | None
    headcount: int | None
    valid_until: date | None
    not_said: tuple[MissingPart, ...]


CodeOf = Callable[[str, str | None], str | None]


class VacancyPosts:
    """Reads posts over one catalogue's places, trades and minimum wages."""

    def __init__(
        self,
        places: PlaceFinder,
        trades: TradeFinder,
        minimum_wages: MinimumWages,
        *,
        code_of: CodeOf | None = None,
    ) -> None:
        """Keep what is read with; `code_of` links a title and its trade to their code."""
        self._workplaces = Workplaces(places)
        self._trades = trades
        self._minimum_wages = minimum_wages
        self._code_of = code_of

    def read(self, original: str, *, home: str | None, today: date | None) -> PostReading:
        """Read one post; beyond `LONGEST` characters nothing is read, only handed on."""
        post = prepare(original[:LONGEST])
        contact = choose_contact(post.folded, post.phones)
        mentions = find_offers(post.facts, self._trades)
        places = self._workplaces.mentioned(post.facts, home)
        offers = cut(post.facts, mentions) or _untitled(post.facts)
        jobs = self._jobs(post, offers, places, contact=contact, today=today)
        low_pay = find_low_pay(post.folded, jobs, self._minimum_wages, today)
        violations = find_violations(post.folded) + (() if low_pay is None else (low_pay,))
        spots = [mention.start for mention in mentions] + [place.start for place in places]
        rest = (original[LONGEST:],) if original[LONGEST:].strip() else ()
        return PostReading(
            contact=contact,
            violations=tuple(
                Violation(found.code, post.as_written(found.excerpt)) for found in violations
            ),
            unknown=unknown_checks(post.folded, jobs, self._minimum_wages, today),
            jobs=tuple(_in_own_words(job, post) for job in jobs),
            not_understood=find_unread(post, spots) + rest,
        )

    def read_all(
        self, original: str, *, home: str | None, today: date | None
    ) -> tuple[PostPart, ...]:
        """Read a message of posts; beyond `LONGEST_MESSAGE` the last one is only handed on."""
        texts = list(split_posts(original[:LONGEST_MESSAGE], self._trades))
        parts = [PostPart(text, self.read(text, home=home, today=today)) for text in texts]
        rest = original[LONGEST_MESSAGE:]
        if rest.strip():
            last = parts.pop()
            unread = (*last.reading.not_understood, rest)
            parts.append(PostPart(last.text + rest, replace(last.reading, not_understood=unread)))
        return tuple(parts)

    def _jobs(
        self,
        post: PostText,
        offers: Sequence[Offer],
        places: Sequence[PlaceMention],
        *,
        contact: str | None,
        today: date | None,
    ) -> list[JobReading]:
        """Put together what is said of each offer, in folded words."""
        text, alone = post.facts, len(offers) == 1
        segments = [text if alone else words_of(text, offer.pay) for offer in offers]
        valid_until = read_valid_until(text, today)
        rows = zip(
            offers,
            segments,
            pays_of(text, segments),
            read_conditions(text, offers, today),
            self._workplaces.of_offers(text, places, offers),
            strict=True,
        )
        jobs = []
        for offer, segment, pay, said, place in rows:
            headcount = offer.headcount
            if headcount is None and alone and not says_many(segment):
                headcount = find_anywhere(text)
            gaps = _gaps(pay, headcount, place, said, contact)
            fixed = _Fixed(self._code(offer), headcount, valid_until, gaps)
            jobs.append(_job(offer, pay, said, self._where(place), fixed))
        return jobs

    def _where(self, place: PlaceMention | None) -> tuple[str | None, str | None]:
        """Return the adcode and the town of a workplace."""
        if place is None:
            return None, None
        town = place.code if len(place.code) == TOWN_CODE_LENGTH else None
        return self._workplaces.adcode(place), town

    def _code(self, offer: Offer) -> str | None:
        return self._code_of(offer.raw, offer.title) if self._code_of and offer.raw else None


def _untitled(text: str) -> list[Offer]:
    """Take the words of a trade that no lexicon has; a post with pay offers some work."""
    whole = (0, len(text))
    driver = driver_of(text)
    if driver is not None:
        return [Offer(driver.word, driver.raw, pay=[whole])]
    for pattern in _UNKNOWN_TITLES:
        for match in pattern.finditer(text):
            if match["title"] not in _NO_TITLE:
                return [Offer(None, match["title"], pay=[whole])]
    pays = find_wages(text) or pays_by_piece(text)
    return [Offer(None, "", pay=[whole])] if pays else []


def _job(
    offer: Offer,
    pay: Pay,
    said: Conditions,
    where: tuple[str | None, str | None],
    fixed: _Fixed,
) -> JobReading:
    return JobReading(
        title=offer.title,
        title_raw=offer.raw or None,
        occupation_code=fixed.occupation_code,
        headcount=fixed.headcount,
        wage_min=pay.low,
        wage_max=pay.high,
        wage_unit=pay.unit,
        wage_raw=pay.raw,
        base_pay=pay.base,
        estimated=pay.estimated,
        age_min=said.ages[0],
        age_max=said.ages[1],
        gender=said.gender,
        board=said.board,
        lodging=said.lodging,
        insurance=said.insurance,
        adcode=where[0],
        town=where[1],
        hours=said.hours,
        shifts=said.shifts,
        payday=said.payday,
        education=said.education,
        certificates=said.certificates,
        reserved_for=said.reserved_for,
        experience_years=said.experience_years,
        needs_skill=said.needs_skill,
        starts_on=said.starts_on,
        lasts_days=said.lasts_days,
        nearby_only=said.nearby_only,
        valid_until=fixed.valid_until,
        not_said=fixed.not_said,
    )


def _gaps(
    pay: Pay,
    headcount: int | None,
    place: PlaceMention | None,
    said: Conditions,
    contact: str | None,
) -> tuple[MissingPart, ...]:
    """Name what workers ask about and the post leaves open."""
    parts: tuple[tuple[MissingPart, object], ...] = (
        ("wage", pay.high if pay.low is None else pay.low),
        ("headcount", headcount),
        ("place", place),
        ("lodging", said.lodging),
        ("board", said.board),
        ("payday", said.payday),
        ("hours", said.hours),
        ("contact", contact),
    )
    return tuple(part for part, value in parts if value is None)


def _in_own_words(job: JobReading, post: PostText) -> JobReading:
    """Return the job with the post's own words for its folded ones."""
    folded = (job.title_raw, job.wage_raw, job.hours, job.payday)
    title, wage, hours, payday = own = tuple(
        None if words is None else post.as_written(words) for words in folded
    )
    if own == folded:
        return job
    return replace(job, title_raw=title, wage_raw=wage, hours=hours, payday=payday)
