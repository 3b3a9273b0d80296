"""What a post pays for each kind of work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.understanding.pay.piece_rates import find_piece_rates, names_piece_work, pays_by_piece
from bot.understanding.pay.wages import (
    BASE,
    HOPED,
    HOURS_A_DAY,
    PLAIN,
    RANGE,
    TimeUnit,
    Wage,
    find_wages,
)
from bot.understanding.pay.working_hours import hours_a_day
from bot.understanding.values import WageUnit

_NEGOTIABLE = re.compile(
    "面议|面谈|详谈|当面谈|电话谈|电议|面聊|来电(?:详)?谈|私聊|"
    "(?:工资|待遇|薪资|价格|工价|薪酬)(?:好|可以|再)?(?:商量|协商|从优|另议|好说|可谈)"
)
_COMMISSION = re.compile(
    r"[)/月天 ]{0,3}(?:\+|加上?|有|,|另有|外加)? ?\+?"
    "(?:(?:高额?|销售|服务|项目|业务)?提成|绩效|业绩|奖金|计件|抽成|提点|小费)"
    r"|[)/月天 ]{0,3}(?:\+|加) ?加班费?(?!少|多)"
)
_BY_DAY = re.compile(
    "日结|天结|点工|按天|按日|天工|日薪|一天一结|工价|是一天|一天的[价工]|"
    r"一天[^,。;\n]{0,8}(?:小时|钟)[, ]?给?\d{2,3}(?:元|块)"
)


_VARIANTS = "白班|夜班|中班|晚班|早班|男|女|淡季|旺季|平时|农忙|周末"
_NAMES_VARIANT = re.compile(_VARIANTS)
_VARIANT = re.compile(
    rf"(?:{_VARIANTS})(?:工|的)?"
    r"[^,。;!?\n\d千百]{0,4}$"
)
_SHARED = re.compile(r"(?:统一|一律|均为?|都是|全部|其余|其他|各)[^,。;!?\n\d千百]{0,4}$")
_NOW = re.compile("(?:涨到|加到|提到|调到|现按|现为|现在)$")
_ALL_BY_PIECE = re.compile("(?:均|都|全部|统一|一律)(?:是|为|按)?计件")
_RESPECTIVELY = re.compile(
    r"(?:分别|依次)(?:是|为|:)?|(?:前头|前面|前)(?:那个|一个|者)(?=[^,。;]{0,6}\d)"
)
_HEAD = 10
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Pay:
    """Figures in yuan a month, the unit as the post pays, and the (folded) words.

    `base` is the guaranteed part (底薪, 基本工资, 保底), alone or beside the whole.
    `estimated` marks the month of piece work, which nobody promises.
    """

    low: int | None = None
    high: int | None = None
    unit: WageUnit | None = None
    raw: str | None = None
    estimated: bool = False
    base: int | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """The best statement of one stretch of text, beside its base pay."""

    wage: Wage
    raw: str
    min_only: bool
    base: Wage | None
    hours: float


def pays_of(text: str, segments: list[str]) -> list[Pay]:
    """Return the pay of each segment of a folded post, in order.

    A segment without a figure takes the next one's (护林员2名、环卫工3名,600元), the last
    ones take the best figure of the post; pay by the piece and pay to be agreed need none.
    What comes to hand beats a range, a single figure, base pay and pay on trial: of
    "试用期3000,转正4500" the regular 4,500 is the wage. Hourly pay counts the hours that
    the segment, else the post, states; else eight.
    """
    hours = hours_a_day(text) or HOURS_A_DAY
    by_piece = [pays_by_piece(segment) for segment in segments]
    if not any(by_piece) or _ALL_BY_PIECE.search(text):
        by_piece = [pays_by_piece(text)] * len(segments)
    chosen = [_best(segment, hours) for segment in segments]
    in_order = _in_order(text, segments, hours)
    if in_order:
        chosen = in_order
    elif not all(chosen):
        chosen = _completed(text, segments, chosen, hours)
    return [
        _as_pay(said, piece=piece, words=(segment, text))
        for said, piece, segment in zip(chosen, by_piece, segments, strict=True)
    ]


def _in_order(text: str, segments: list[str], hours: float) -> list[_Said | None]:
    """Deal out pay that is said of several titles one after the other.

    分别3800、3200、3600; 前头那个3200,后头那个3000; or as many figures as titles in one run.
    """
    if len(segments) < _PAIR:
        return []
    sign = _RESPECTIVELY.search(text)
    wages = find_wages(text[sign.end() :] if sign else segments[-1])
    run = wages[: len(segments)]
    if len(run) < len(segments) or len({wage.unit for wage in run}) > 1:
        return []
    if sign is None and not _is_run(segments, run):
        return []
    words = text[sign.end() :] if sign else segments[-1]
    return [_said(words, wage, [wage], hours) for wage in run]


def _is_run(segments: list[str], run: Sequence[Wage]) -> bool:
    """Tell 3000元、5000元 behind the last title from the pay of that title alone."""
    together = len(set(segments)) == 1
    last = segments[-1]
    gaps = [last[one.end : other.start] for one, other in pairwise(run)]
    return together and all(gap.strip() in ("、", "/", "和", "") for gap in gaps)


def _completed(
    text: str, segments: list[str], chosen: list[_Said | None], hours: float
) -> list[_Said | None]:
    """Fill the gaps from the figures of the other segments and of the whole post."""
    whole = _best(text, hours)
    by_day = _BY_DAY.search(text) or (whole is not None and whole.wage.unit == "day")
    usual: TimeUnit = "day" if by_day else "month"
    shared = _shared(text, hours)
    read = [
        said or _best(segment, hours, usual=usual)
        for said, segment in zip(chosen, segments, strict=True)
    ]
    return [
        said or (None if _needs_no_figure(segment) else shared or _first(read[place:]) or whole)
        for place, (said, segment) in enumerate(zip(read, segments, strict=True))
    ]


def _first(said: Sequence[_Said | None]) -> _Said | None:
    return next((one for one in said if one is not None), None)


def _needs_no_figure(segment: str) -> bool:
    return pays_by_piece(segment) or _NEGOTIABLE.search(segment) is not None


def _best(text: str, usual_hours: float, *, usual: TimeUnit = "month") -> _Said | None:
    wages = find_wages(text, usual=usual)
    if not wages:
        return None
    wage = max(wages, key=lambda found: found.weight)
    if wage.weight == HOPED:
        wage = _raised(text, wage)
    if wage.weight in (PLAIN, RANGE):
        wage = _over_variants(text, wage)
    return _said(text, wage, wages, usual_hours)


def _said(text: str, wage: Wage, wages: Sequence[Wage], usual_hours: float) -> _Said:
    return _Said(
        wage=wage,
        raw=text[wage.start : wage.end].strip(" :,"),
        min_only=_is_open(text, wage),
        base=next((found for found in wages if found.weight == BASE), None),
        hours=hours_a_day(text) or usual_hours,
    )


def _raised(text: str, wage: Wage) -> Wage:
    """Return the figure that took the place of an old one: 10元/小时是以前的价,现在涨到15."""
    later = find_wages(text, usual=wage.unit)
    new = (one for one in later if one.unit == wage.unit and _NOW.search(_head(text, one)))
    return next(new, wage)


def _over_variants(text: str, wage: Wage) -> Wage:
    """Span what is paid by day and by night, to men and to women, in and off season."""
    if not _NAMES_VARIANT.search(text):
        return wage
    variants = [
        found
        for found in find_wages(text, usual=wage.unit)
        if found.unit == wage.unit and _VARIANT.search(_head(text, found))
    ]
    if len(variants) < _PAIR:
        return wage
    low = min(variants, key=lambda found: found.low)
    high = max(found.high for found in variants)
    return replace(
        wage, low=low.low, high=high, start=variants[0].start, end=variants[-1].end, weight=RANGE
    )


def _head(text: str, wage: Wage) -> str:
    return text[max(0, wage.figure - _HEAD) : wage.figure]


def _shared(text: str, usual_hours: float) -> _Said | None:
    """Return pay that is said for several kinds of work at once: 其余统一2900."""
    wages = find_wages(text)
    shared = next((found for found in wages if _SHARED.search(_head(text, found))), None)
    return None if shared is None else _said(text, shared, wages, usual_hours)


def _is_open(text: str, wage: Wage) -> bool:
    """Tell whether more than the figure is earned: X起, 底薪X, X+提成.

    Commission on top of a range leaves the range as it is, unless that is the base pay.
    """
    if wage.high > wage.low and wage.weight != BASE:
        return wage.bound == "at_least"
    more = _COMMISSION.match(text, wage.end) is not None
    return wage.bound == "at_least" or wage.weight == BASE or more


def _as_pay(said: _Said | None, *, piece: bool, words: Sequence[str]) -> Pay:
    if said is None:
        if piece:
            rates = [(text, rate) for text in words for rate in find_piece_rates(text)[:1]]
            raw = next((text[rate.start : rate.end] for text, rate in rates), None)
            return Pay(unit="计件", raw=raw)
        agreed = any(_NEGOTIABLE.search(text) for text in words)
        return Pay(unit="面议") if agreed else Pay()
    low, high = said.wage.monthly(said.hours)
    base = None if said.base is None else said.base.monthly(said.hours)[0]
    by_piece = piece and said.wage.unit == "month" and _is_piece_work(said, words)
    return Pay(
        low=None if said.wage.bound == "at_most" else low,
        high=None if said.min_only else high,
        unit="计件" if by_piece else said.wage.wage_unit,
        raw=said.raw,
        estimated=by_piece,
        base=base,
    )


def _is_piece_work(said: _Said, words: Sequence[str]) -> bool:
    """Tell piece work from a base pay with a price on each piece (底薪3000,一台3块)."""
    return said.base is None or any(names_piece_work(text) for text in words)
