"""The pay a worker asks for."""

from __future__ import annotations

from bot.understanding.messages.polarity import Clause, clause_at
from bot.understanding.pay.wages import TimeUnit, Wage, find_wages
from bot.understanding.values import Context, Intent
from bot.understanding.writing.numerals import find_amounts

_SPEAKS_OF_MONEY: frozenset[Intent] = frozenset(
    ("complain_wages", "policy_question", "training", "checkin_reply", "delete_my_data")
)
_LEAST_BARE: tuple[tuple[TimeUnit, int], ...] = (("month", 800), ("day", 50), ("hour", 10))


def find_wanted_pay(
    text: str, clauses: list[Clause], intent: Intent, context: Context
) -> Wage | None:
    """Find the pay asked for in folded text: not what was earned, owed or inquired about."""
    if intent in _SPEAKS_OF_MONEY:
        return None
    for wage in find_wages(text):
        if not clause_at(clauses, wage.end - 1).past:
            return wage
    if (context.question or "").endswith(("wage", "wage_min")):
        return _bare_wage(text)
    return None


def _bare_wage(text: str) -> Wage | None:
    """Read the bare answer to the question of pay: 200 is a day's, 20 an hour's."""
    for amount in find_amounts(text):
        unit = next((unit for unit, least in _LEAST_BARE if amount.low >= least), None)
        if unit is None:
            return None
        return Wage(
            low=amount.low,
            high=amount.high,
            bound="exact",
            unit=unit,
            unit_said=False,
            weight=0,
            start=amount.start,
            end=amount.end,
        )
    return None
