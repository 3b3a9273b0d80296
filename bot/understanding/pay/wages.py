"""Pay as people say it, in yuan a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.understanding.values import WageUnit
from bot.understanding.writing.numerals import AMOUNT, Amount, amount_of

TimeUnit = Literal["month", "day", "hour"]
Bound = Literal["exact", "at_least", "at_most"]

DAYS_A_MONTH = 26
HOURS_A_DAY = 8.0
_DAY = r"(?:/|每|一|1)?(?:天|日)"
_HOUR = r"(?:/|每|一|1)?(?:个?(?:小时|钟头|钟)|h(?![a-z]))"
_MONTH = r"(?:/|每|一|1)?(?:个?月)"
_AFTER = re.compile(
    "(?P<money> ?(?:元|块钱|块|圆|rmb))?(?P<about> ?(?:左右|上下|以上|往上|起步|起|打底|"
    r"\+|多|以下|以内|之内|之间))?"
    rf" ?(?P<unit>{_HOUR}|{_DAY}(?!结|内|后|前)|{_MONTH}(?!底|后|前|内|\d))?(?P<more>以上|"
    r"往上|起步|起|\+)?"
)
_BEFORE = re.compile(
    rf"(?P<unit>日结|日薪|时薪|{_HOUR}|{_DAY}|月薪|月入|{_MONTH})?[:： ]?"
    "(?P<word>综合|到手|工资|薪资|薪水|工钱|待遇|底薪|无责|计件|保底|跑单|补贴|能做|能拿|"
    "能挣|拿到?|挣|要|给|开|都是|按|差不多|大概|大约|约)?"
    "[:： ]?(?P<bound>(?:不能|不得|不可以|莫|没得|不)?(?:低于|少于|下于)|至少|最少|起码|"
    "保底|不超过|最多)?[:： ]?$"
)
_NOT_PAY = re.compile(
    "(?:押金|保证金|费|餐补|饭补|罚|奖金?|扣|赔|流水|贷|借|欠|差|补贴每|房租|路费|"
    r"满)[^,;。!?\n]{0,6}$"
)
_COUNTED = re.compile(
    r" ?(?:-|到)?\d{0,2} ?(?:周?岁|人|名(?!义)|个(?!月|小时|钟)|位|年|号|点|度|斤|公里|"
    r"里路|米|层|楼|路|班|次|证|级|件|栋|期|%|月(?=[\d一二三到至底-]))"
)
_PLAIN_LEAST, _PLAIN_MOST = 1_000, 99_999
_UNIT_SPAN = {"month": (800, 99_999), "day": (50, 3_000), "hour": (5, 300)}
_BEST, _GOOD, _PLAIN, _BASE = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Wage:
    """One statement of pay: figures in the unit said, and what stood around them.

    `weight` orders several statements of one job: 综合 and 到手 before a plain figure before
    the base pay.
    """

    low: float
    high: float
    bound: Bound
    unit: TimeUnit
    unit_said: bool
    weight: int
    start: int
    end: int

    def monthly(self, hours: float = HOURS_A_DAY) -> tuple[int, int]:
        """Return (low, high) in yuan a month, 26 days of `hours` hours."""
        factor = {"month": 1.0, "day": DAYS_A_MONTH, "hour": DAYS_A_MONTH * hours}[self.unit]
        return round(self.low * factor), round(self.high * factor)

    @property
    def wage_unit(self) -> WageUnit:
        """The unit of pay as a vacancy writes it."""
        units: dict[str, WageUnit] = {"month": "元/月", "day": "元/天", "hour": "元/小时"}
        return units[self.unit]


def find_wages(text: str, *, usual: TimeUnit = "month") -> list[Wage]:
    """Find statements of pay in folded text from which phones are blanked, in order.

    Counts of people, ages, dates, fees, deposits, allowances and turnover are no pay. A
    figure without unit is by the `usual` unit; as a monthly one it counts from 1,000 yuan on.
    """
    found = []
    for match in AMOUNT.finditer(text):
        amount = amount_of(match)
        if amount is not None and amount.low >= _UNIT_SPAN["hour"][0]:
            wage = _as_wage(text, amount, usual)
            if wage is not None:
                found.append(wage)
    return found


def _as_wage(text: str, amount: Amount, usual: TimeUnit) -> Wage | None:
    head = text[max(0, amount.start - 14) : amount.start]
    if _NOT_PAY.search(head) or _COUNTED.match(text, amount.end):
        return None
    before = _BEFORE.search(head)
    after = _AFTER.match(text, amount.end)
    if before is None or after is None:
        return None
    said = after["unit"] or before["unit"]
    unit = usual if said is None else _unit_of(said)
    if after["unit"] and not _is_rate(after, before):
        return None
    said_pay = bool(said or after["money"] or before["word"])
    if not _plausible(amount, unit, said_pay=said_pay):
        return None
    start = amount.start - (len(before.group()) if said_pay or before["bound"] else 0)
    return Wage(
        low=amount.low,
        high=amount.high,
        bound=_bound_of(before, after),
        unit=unit,
        unit_said=said is not None,
        weight=_weight_of(before["word"], amount),
        start=start,
        end=after.end() if after.group().strip() else amount.end,
    )


def _is_rate(after: re.Match[str], before: re.Match[str]) -> bool:
    """Tell pay for a time (200一天, 20元/小时) from a length of time (八小时, 30天)."""
    paid = after["money"] or before["word"] or before["unit"]
    return bool(paid) or after["unit"][0] in "/每一1"


def _unit_of(words: str) -> TimeUnit:
    if "月" in words:
        return "month"
    if "天" in words or "日" in words:
        return "day"
    return "hour"


def _plausible(amount: Amount, unit: TimeUnit, *, said_pay: bool) -> bool:
    least, most = _UNIT_SPAN[unit]
    if not said_pay and unit == "month":
        least, most = _PLAIN_LEAST, _PLAIN_MOST
    elif unit == "month":
        least = 500
    return least <= amount.low and amount.high <= most


def _bound_of(before: re.Match[str], after: re.Match[str]) -> Bound:
    words = (
        f"{before['word'] or ''}{before['bound'] or ''}|{after['about'] or ''}{after['more'] or ''}"
    )
    if re.search(r"以下|以内|之内|不超过|最多", words):
        return "at_most"
    if re.search(r"低于|少于|下于|至少|最少|起码|保底|底薪|以上|往上|起|\+|打底", words):
        return "at_least"
    return "exact"


def _weight_of(word: str | None, amount: Amount) -> int:
    if word in ("综合", "到手", "能做", "能拿", "能挣"):
        return _BEST
    if word in ("底薪", "无责"):
        return _BASE
    return _GOOD if amount.high > amount.low else _PLAIN
