"""Pay as people say it, in yuan a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.understanding.pay import wage_words as words
from bot.understanding.values import WageUnit
from bot.understanding.writing.numerals import Amount, find_amounts

TimeUnit = Literal["month", "day", "hour", "week", "year"]
Bound = Literal["exact", "at_least", "at_most"]

DAYS_A_MONTH = 26
HOURS_A_DAY = 8.0
DAYS_A_WEEK = 6
MONTHS_A_YEAR = 12
# How the statements of one job outrank each other, lowest first.
HOPED, TRIAL, BASE, PLAIN, RANGE, TOTAL = range(6)

_HEAD = 22
_UNIT_SPAN: dict[TimeUnit, tuple[float, float]] = {
    "month": (500, 99_999),
    "day": (30, 3_000),
    "hour": (5, 300),
    "week": (200, 20_000),
    "year": (10_000, 1_000_000),
}
# What a figure must reach when nothing beside it speaks of pay.
_PLAIN_SPAN: dict[TimeUnit, tuple[float, float]] = {
    "month": (1_000, 99_999),
    "day": (80, 999),
    "hour": (8, 60),
}
_LEAST = 5
_NOTE, _MOST_NOTES = 100, 30
_UNIT_OF_SIGN: tuple[tuple[str, TimeUnit], ...] = (
    ("年", "year"),
    ("周", "week"),
    ("星期", "week"),
    ("礼拜", "week"),
    ("月", "month"),
    ("时", "hour"),
    ("钟", "hour"),
    ("h", "hour"),
)
_TRIAL_WORDS = re.compile(
    r"(?:试用|实习|培训期|学徒|新手|生手|新人)[^,。;!?\n\d千百]{0,7}$", re.DOTALL
)
_REGULAR = re.compile(r"转正[^,。;!?\n\d千百]{0,6}$|(?:综合|合计)[^,。;!?\n\d千百]{0,4}$")
_TOTAL_WORDS = re.compile("综合|到手|实得|实发|净拿|税后|能做|能拿|能挣|能够?[拿挣赚]|可[拿挣]")
_BASE_WORDS = re.compile(
    r"(?:底薪|基本(?:工资|薪资)?|保底|无责|固定(?:工资|薪资)?)[^,。;!?\n\d千百]{0,4}$"
)
_BASE_BEHIND = re.compile(r" ?的?(?:底薪|保底|基本工资)(?!:? ?\d|[一二两三四五六七八九]千)")
_HOPED_WORDS = re.compile(
    r"(?:[好快多高]的?时候|(?:手艺|技术|生意|业绩|做得|干得|跑得|手)[好快多]的?|手快|最高|多的|高的|轻松)"
    r"[^,;。!?\n\d千百]{0,6}$"
)
_ONCE = re.compile(r"(?:是|为)?[^,。;\d]{0,5}(?:以前|之前|原来|过去|往年|去年)")
_POCKET_MONEY = re.compile(r" ?的?(?:生活费|生活补[贴助]|零花钱)")
_DEMANDS_MORE = re.compile(r"的?(?:话|都|就|我|活路?)?(?:不|莫|免|别)")
_YEARLIKE = re.compile(r"19[4-9]\d|20[0-3]\d")
_ROUND = 10
_BREAKS = ",。;!?\n"


@dataclass(frozen=True, slots=True)
class Wage:
    """One statement of pay: figures in the unit said, and what stood around them.

    `weight` orders several statements of one job: what comes to hand (综合, 到手, 转正)
    before a range, a single figure, the base pay, the pay on trial, and last what only the
    best reach or what was paid once. `figure` is where the number itself begins.
    """

    low: float
    high: float
    bound: Bound
    unit: TimeUnit
    unit_said: bool
    weight: int
    start: int
    figure: int
    end: int

    def monthly(self, hours: float = HOURS_A_DAY) -> tuple[int, int]:
        """Return (low, high) in yuan a month.

        A month is 26 days of `hours` hours; a week counts six of the days; a year's pay is
        divided by twelve, for lack of any rule.
        """
        factor = {
            "month": 1.0,
            "day": DAYS_A_MONTH,
            "hour": DAYS_A_MONTH * hours,
            "week": DAYS_A_MONTH / DAYS_A_WEEK,
            "year": 1 / MONTHS_A_YEAR,
        }[self.unit]
        return round(self.low * factor), round(self.high * factor)

    @property
    def wage_unit(self) -> WageUnit:
        """The unit of pay as a vacancy writes it, which knows neither week nor year."""
        units: dict[TimeUnit, WageUnit] = {"day": "元/天", "hour": "元/小时"}
        return units.get(self.unit, "元/月")


def find_wages(text: str, *, usual: TimeUnit = "month") -> list[Wage]:
    """Find statements of pay in folded text from which phones are blanked, in order.

    Counts of people, ages, dates, fees, deposits, allowances, turnover and money owed are
    no pay. A figure without unit is by the `usual` unit where that is plausible, else by
    the month; a plain one counts from 1,000 yuan a month on.
    """
    return list(_wages(text, usual))


def _wages(text: str, usual: TimeUnit) -> Iterator[Wage]:
    for amount in find_amounts(text):
        said = _in_notes(text, amount)
        if said.low < _LEAST:
            continue
        wage = _as_wage(text, said, usual)
        if wage is not None:
            yield wage


def _in_notes(text: str, amount: Amount) -> Amount:
    """Read 张 as hundreds; only a day's pay is said so: 三张一天."""
    if not text.startswith("张", amount.end) or amount.high > _MOST_NOTES:
        return amount
    after = words.AFTER.match(text, amount.end + 1)
    before = words.BEFORE.search(_head(text, amount.start))
    said = (after and after["unit"]) or (before and before["unit"])
    if not said or _unit_of(said) != "day":
        return amount
    return replace(amount, low=amount.low * _NOTE, high=amount.high * _NOTE, end=amount.end + 1)


def _as_wage(text: str, amount: Amount, usual: TimeUnit) -> Wage | None:
    if words.COUNTED_AFTER.match(text, amount.end):
        return None
    head = _head(text, amount.start)
    before = words.BEFORE.search(head)
    after = words.AFTER.match(text, amount.end)
    if before is None or after is None:
        return None
    unit_words = after["unit"] or before["unit"] or _last(words.UNIT_WORD.findall(before["mid"]))
    pay_word = words.PAY_WORD.search(before["mid"])
    if after["unit"] and not _is_rate(after, before, amount):
        return None
    evident = bool(unit_words or after["money"] or pay_word)
    clear = bool(unit_words or after["money"] or words.PAID.search(before["mid"]))
    if not clear and _is_year_or_code(text[amount.start : amount.end]):
        return None
    unit = _plausible_unit(amount, unit_words, usual, evident=evident)
    if unit is None or _is_other_money(text, amount, head):
        return None
    said = evident or words.AT_LEAST_BEFORE.search(before["mid"]) is not None
    return Wage(
        low=amount.low,
        high=amount.high,
        bound=_bound_of(text, before, after),
        unit=unit,
        unit_said=unit_words is not None,
        weight=_weight_of(text, head, before["mid"], after, amount),
        start=amount.start - (len(before.group().lstrip(" :(")) if said else 0),
        figure=amount.start,
        end=after.end() if after.group().strip() else amount.end,
    )


def _head(text: str, place: int) -> str:
    """Return the words of the clause in front of a place; 日结, keeps its comma."""
    head = text[max(0, place - _HEAD) : place]
    for sign in _BREAKS:
        front, found, rest = head.rpartition(sign)
        if found and not front.endswith(("日结", "天结", "日结!", "天结!")):
            head = rest
    return head


def _is_other_money(text: str, amount: Amount, head: str) -> bool:
    return bool(
        words.NOT_PAY_BEFORE.search(head)
        or words.HANDED_BEFORE.search(head)
        or words.NOT_PAY_AFTER.match(text, amount.end)
    )


def _last(found: list[str]) -> str | None:
    return found[-1] if found else None


def _is_rate(after: re.Match[str], before: re.Match[str], amount: Amount) -> bool:
    """Tell pay for a time (200一天, 20元/小时, 3000月) from a length of time (八小时, 30天)."""
    marked = re.match(r" ?(?:/|每|一|1|·|[日天]结|.薪)", after["unit"])
    by_month = _unit_of(after["unit"]) == "month" and amount.low >= _PLAIN_SPAN["month"][0]
    return bool(marked or by_month or after["money"] or words.PAID.search(before["mid"]))


def _unit_of(said: str) -> TimeUnit:
    return next((unit for sign, unit in _UNIT_OF_SIGN if sign in said), "day")


def _plausible_unit(
    amount: Amount, said: str | None, usual: TimeUnit, *, evident: bool
) -> TimeUnit | None:
    """Return the unit in which the amount can be pay, or None.

    A unit that stands before the figure may belong to something else (干一天休一天 4500).
    """
    if said is not None and _fits(amount, _UNIT_SPAN[_unit_of(said)]):
        return _unit_of(said)
    if said is not None and _unit_of(said) not in ("day", "hour"):
        return None
    spans = _UNIT_SPAN if evident else _PLAIN_SPAN
    tried: tuple[TimeUnit, ...] = ("month",) if said else (usual, "month")
    return next((unit for unit in tried if unit in spans and _fits(amount, spans[unit])), None)


def _fits(amount: Amount, span: tuple[float, float]) -> bool:
    return span[0] <= amount.low and amount.high <= span[1]


def _is_year_or_code(figure: str) -> bool:
    if not figure.isdigit():
        return False
    if int(figure) < _PLAIN_SPAN["month"][0]:
        return False
    return int(figure) % _ROUND != 0 or bool(_YEARLIKE.fullmatch(figure) and figure[2:] != "00")


def _bound_of(text: str, before: re.Match[str], after: re.Match[str]) -> Bound:
    tail = f"{after['fuzz'] or ''}{after['about']}{after['more']}"
    ceiling = words.AT_MOST.search(before["mid"]) or words.AT_MOST.search(tail)
    if ceiling and not _DEMANDS_MORE.match(text, after.end()):
        return "at_most"
    beyond = before["mid"].endswith(("上", "过")) and text[after.start() - 1] in "百千万"
    raised = (
        beyond or words.AT_LEAST_BEFORE.search(before["mid"]) or words.AT_LEAST_AFTER.search(tail)
    )
    return "at_least" if raised or ceiling else "exact"


def _weight_of(text: str, head: str, mid: str, after: re.Match[str], amount: Amount) -> int:
    if _REGULAR.search(head):
        return TOTAL
    if _HOPED_WORDS.search(head) or _ONCE.match(text, after.end()):
        return HOPED
    if _TRIAL_WORDS.search(head) or _POCKET_MONEY.match(text, after.end()):
        return TRIAL
    if _BASE_WORDS.search(head) or "保底" in f"{after['about']}{after['more']}":
        return BASE
    if _BASE_BEHIND.match(text, after.end()):
        return BASE
    if _TOTAL_WORDS.search(mid):
        return TOTAL
    return RANGE if amount.high > amount.low else PLAIN
