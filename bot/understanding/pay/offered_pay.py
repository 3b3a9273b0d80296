"""What a post pays for each kind of work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.pay.wages import HOURS_A_DAY, TimeUnit, Wage, find_wages
from bot.understanding.pay.working_hours import hours_a_day
from bot.understanding.values import WageUnit

_PIECE = re.compile(r"计件|按件|件算|按个算|多劳多得|多做多得")
_NEGOTIABLE = re.compile(r"面议|面谈|详谈|当面谈|电话谈|电议")
_COMMISSION = re.compile(r" ?(?:\+|加|有|,)? ?(?:\+)?(?:提成|加班费?|绩效|业绩|奖金|计件|抽成)")
_COMPARED = re.compile(r"都是|都|每人|各|均")


@dataclass(frozen=True, slots=True)
class Pay:
    """Figures in yuan a month, the unit as the post pays, and the words."""

    low: int | None = None
    high: int | None = None
    unit: WageUnit | None = None
    raw: str | None = None
    estimated: bool = False


def pays_of(text: str, segments: list[str]) -> list[Pay]:
    """Return the pay of each segment of a folded post, in order.

    A segment without a figure takes the next one's (护林员2名、环卫工3名,600元), the last
    ones take the first figure of the post.
    """
    hours = hours_a_day(text) or HOURS_A_DAY
    piece = bool(_PIECE.search(text))
    chosen = [_best(segment) for segment in segments]
    whole = _best(text)
    usual: TimeUnit = whole.wage.unit if whole and whole.wage.unit == "day" else "month"
    pays: list[Pay] = []
    for place, own in enumerate(chosen):
        later = next((said for said in chosen[place + 1 :] if said), None)
        found = own or _best(segments[place], usual=usual) or later or whole
        pays.append(_as_pay(found, hours=hours, piece=piece, text=text))
    return pays


@dataclass(frozen=True, slots=True)
class _Said:
    wage: Wage
    raw: str
    min_only: bool


def _best(text: str, *, usual: TimeUnit = "month") -> _Said | None:
    wages = find_wages(text, usual=usual)
    if not wages:
        return None
    wage = max(wages, key=lambda found: found.weight)
    min_only = wage.bound == "at_least" or _COMMISSION.match(text, wage.end) is not None
    if wage.high > wage.low:
        min_only = wage.bound == "at_least"
    return _Said(wage, text[wage.start : wage.end].strip(" :,"), min_only)


def _as_pay(said: _Said | None, *, hours: float, piece: bool, text: str) -> Pay:
    if said is None:
        if piece:
            return Pay(unit="计件")
        return Pay(unit="面议") if _NEGOTIABLE.search(text) else Pay()
    low, high = said.wage.monthly(hours)
    unit: WageUnit = "计件" if piece else said.wage.wage_unit
    if said.wage.bound == "at_most":
        return Pay(None, high, unit, said.raw, estimated=piece)
    return Pay(low, None if said.min_only else high, unit, said.raw, estimated=piece)
