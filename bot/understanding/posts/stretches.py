"""A post cut into its offers: which words speak of which kind of work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.understanding.occupations.trades import TradeMention
from bot.understanding.pay.wages import find_wages
from bot.understanding.posts.headcounts import Headcounts, find_each

Span = tuple[int, int]

_NUMBERING = (
    r"(?:(?<=[\s,。;:])|^)(?:\d{1,2} ?[.、)](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|"
    r"[一二三四五六七八九十]、|[①-⑳])"
)
_STRONG = re.compile(rf"[\n;。!]|{_NUMBERING}")
_WEAK = re.compile(r"[\n;。!,、]|[①-⑳]")
_TOGETHER = re.compile(
    r"[ 、,/&+和及与或\n]{0,3}(?:(?:以|还)?及"
    r"|还有)?(?:(?<=[、和及与])(?:食堂|厨房|车间|仓库|门店|前厅|后厨))?"
)
# The mention's own clause; what stands in brackets belongs to it.
_CLAUSE = re.compile(r"(?:\([^()\n]*\)|[^,。;、!\n ])*")
_FOR_ALL = re.compile(
    r"[,(]?(?:(?<![年岁月天人名个中科专历学\d])以上(?!经验|工作经)|均(?!可)|其余|其他(?!要求)|全部|全员|统一|一律|所有|[两三]个?(?:样|岗位?|工种)|各岗|都(?:包|管|买|交|缴|是|有|要求|提供|要\d))"
)
_TO_ALL = re.compile(
    r"\n[^\w\n]*\n|\n[^\w\n]{0,4}(?:工作)?(?:地址|地点|地方|联系|电话|报名|咨询|以上|上班地|公司地)"
)
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十]{1,3}[名个人位千百]")
_ONLY = re.compile(r"(?:只有|仅有|唯有|只给)$")
_LEAD = 6
_BEFORE = re.compile(r"(?:(?:熟练|熟手|持证|资深|有经验)的?)?[男女]?$")


@dataclass(slots=True)
class Offer:
    """One kind of work and the stretches of the post that speak of it.

    Attributes:
        title: Canonical trade, or None when it is in no lexicon.
        raw: The post's (folded) words for it.
        headcount: The figure beside the title.
        pay: Where its pay is to be looked for.
        own: What is said here is said of this offer alone.
        near: What is said here is its own if other offers say the like of themselves.
        is_only_one: Somewhere it is singled out: 只有厨师包住.
    """

    title: str | None
    raw: str
    headcount: int | None = None
    pay: list[Span] = field(default_factory=list)
    own: list[Span] = field(default_factory=list)
    near: list[Span] = field(default_factory=list)
    is_only_one: bool = False
    has_pay: bool = False
    stands_apart: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Titles said in one breath, and the stretch behind them."""

    mentions: tuple[TradeMention, ...]
    end: int
    near_end: int
    until: int
    far_end: int
    stands_apart: bool
    is_alone: bool


def cut(text: str, mentions: Sequence[TradeMention]) -> list[Offer]:
    """Give each offer of a folded post the stretches behind its mentions, in order.

    A trade named again belongs to its first mention, unless both have a headcount or a pay
    of their own: day shift and night shift, master and apprentice.
    """
    headcounts = Headcounts(text)
    offers: list[Offer] = []
    for group in _groups(text, mentions):
        _place(text, group, offers, headcounts)
    return offers


def words_of(text: str, spans: Sequence[Span]) -> str:
    """Join the words of several stretches."""
    return ";".join(text[start:end] for start, end in spans)


def _groups(text: str, mentions: Sequence[TradeMention]) -> list[_Group]:
    clusters: list[list[TradeMention]] = []
    for mention in mentions:
        if clusters and _TOGETHER.fullmatch(text, clusters[-1][-1].end, mention.start):
            clusters[-1].append(mention)
        else:
            clusters.append([mention])
    starts = [cluster[0].start for cluster in clusters[1:]]
    # 女裁剪工: the sex belongs to the title behind it.
    ends = [start - _lead_length(text, start) for start in starts] + [len(text)]
    ends = ends[: len(clusters)]
    groups: list[_Group] = []
    broken = True
    for cluster, end in zip(clusters, ends, strict=True):
        is_last = end == len(text)
        start = cluster[-1].end
        first = _STRONG.search(text, start, end)
        until = end if is_last else _lead(text, start, end)
        near_end = min(first.start() if first else end, until)
        apart = broken and (is_last or first is not None) and len(clusters) > 1
        broken = first is not None
        far_end = until if not is_last else near_end
        groups.append(
            _Group(tuple(cluster), start, near_end, until, far_end, apart, len(clusters) == 1)
        )
    return _with_last_block(text, groups)


def _with_last_block(text: str, groups: list[_Group]) -> list[_Group]:
    """Let the last title of a form (岗位… newline 人数… newline 工资…) have its lines too."""
    if (
        not groups
        or groups[0].is_alone
        or any(_FIGURE.search(text, group.end, group.near_end) for group in groups)
    ):
        return groups
    last = groups[-1]
    shared = _TO_ALL.search(text, last.end)
    end = shared.start() if shared else len(text)
    return [*groups[:-1], replace(last, far_end=end, stands_apart=True)]


def _lead(text: str, start: int, end: int) -> int:
    """Return where the words in front of the next title begin: 另招2名|保洁."""
    cuts = [match.end() for match in _WEAK.finditer(text, start, end)]
    if not cuts:
        return end
    lead = text[cuts[-1] : end]
    return end if find_wages(lead) else cuts[-1]


def _place(text: str, group: _Group, offers: list[Offer], headcounts: Headcounts) -> None:
    near = (group.end, group.near_end)
    has_pay = not group.is_alone and bool(find_wages(text[near[0] : near[1]]))
    each = find_each(text[near[0] : near[1]]) if len(group.mentions) > 1 else None
    starts = [mention.start for mention in group.mentions[1:]]
    for mention, until in zip(group.mentions, [*starts, group.until], strict=True):
        count = headcounts.beside(mention.start, mention.end, until)
        offer = _offer_of(offers, mention, count if each is None else each, group, has_pay=has_pay)
        pay_end = group.until
        if group.until == len(text) and has_pay:
            pay_end = group.near_end
        offer.pay.append((group.end, pay_end))
        own = _own(text, mention, group)
        offer.own.append(own)
        offer.near.append((own[0], max(own[1], _shared_from(text, group))))
        offer.is_only_one = offer.is_only_one or bool(_ONLY.search(text, 0, mention.start))


def _offer_of(
    offers: list[Offer], mention: TradeMention, count: int | None, group: _Group, *, has_pay: bool
) -> Offer:
    title = mention.word or None
    same = [
        offer
        for offer in offers
        if offer.title == title and (title is not None or offer.raw == mention.raw)
    ]
    if same:
        last = same[-1]
        counted = last.headcount is not None and count is not None
        paid = last.has_pay and has_pay and last.stands_apart and group.stands_apart
        if not (counted or (paid and count is None)):
            first = next((offer for offer in same if offer.raw == mention.raw), last)
            first.headcount = first.headcount if first.headcount is not None else count
            first.has_pay = first.has_pay or has_pay
            return first
    offers.append(
        Offer(title, mention.raw, count, has_pay=has_pay, stands_apart=group.stands_apart)
    )
    return offers[-1]


def _lead_length(text: str, start: int) -> int:
    """Return how many characters in front of a title belong to it: 熟练|车工, 女|裁剪工."""
    match = _BEFORE.search(text[max(0, start - _LEAD) : start])
    return len(match.group()) if match else 0


def _own(text: str, mention: TradeMention, group: _Group) -> Span:
    start = mention.start - _lead_length(text, mention.start)
    clause = _CLAUSE.match(text, group.end)
    end = clause.end() if clause else group.end
    if group.stands_apart:
        end = min(group.near_end, _shared_from(text, group))
    return start, max(min(end, group.until), mention.end)


def _shared_from(text: str, group: _Group) -> int:
    """Return where words for all offers begin (均, 以上, 其余), else the end of its own."""
    end = max(group.near_end, group.far_end)
    match = _FOR_ALL.search(text, group.end, end)
    return match.start() if match else end
