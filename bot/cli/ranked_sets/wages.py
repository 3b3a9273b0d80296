"""Posted pay as yuan a month."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cli.pipes import Record, text_or_none
from bot.cli.ranked_sets.fields import Number, number_or_none
from bot.understanding import JobReading
from bot.understanding.pay.wages import HOURS_A_DAY
from bot.understanding.pay.working_hours import hours_a_day
from bot.understanding.writing.folding import fold

DAYS, MONTHS = 26, 12
MONTH, DAY, HOUR, PIECE, AGREED = "元/月", "元/天", "元/小时", "计件", "面议"
_UNITS = {
    "元/月": MONTH, "元/天": DAY, "元/日": DAY, "元/小时": HOUR, "元/时": HOUR, "计件": PIECE,
    "面议": AGREED, "元/年": "元/年",
}  # fmt: skip
_MOST_AN_HOUR, _MOST_A_DAY = 120, 1_000  # what a figure without a unit is taken for


@dataclass(frozen=True, slots=True)
class MonthlyWage:
    """Yuan a month, and the unit in which the post pays."""

    low: int | None
    high: int | None
    unit: str


class WageReader:
    """Reads the pay of one post."""

    def __init__(self, text: str, job: JobReading) -> None:
        self._text = text
        self._job = job

    def read(self, record: Record) -> MonthlyWage:
        """Return the pay of fields and text; a figure that the fields leave open is filled.

        The fields hold the figures as posted. An open end is filled from the text only where
        the other end is the same in both.

        Raises:
            LineError: A figure is no number.
        """
        low, high = number_or_none(record, "wage_min"), number_or_none(record, "wage_max")
        unit = text_or_none(record, "wage_unit") or self._job.wage_unit or _guessed(low, high)
        months = self._months(unit)
        first, last = _monthly(low, months), _monthly(high, months)
        job = self._job
        if first is None and last is None:
            return MonthlyWage(job.wage_min, job.wage_max, unit)
        if last is None and job.wage_min == first:
            last = job.wage_max
        if first is None and job.wage_max == last:
            first = job.wage_min
        return MonthlyWage(first, last, unit)

    def _months(self, unit: str) -> float:
        """Return by what a posted figure is multiplied; 0 for a unit that is not known."""
        known = _UNITS.get(unit)
        if known == HOUR:
            return DAYS * (hours_a_day(fold(self._text)) or HOURS_A_DAY)
        if known == "元/年":
            return 1 / MONTHS
        return DAYS if known == DAY else float(known is not None)


def _monthly(figure: Number | None, months: float) -> int | None:
    return None if figure is None or not months else round(figure * months)


def _guessed(low: Number | None, high: Number | None) -> str:
    figure = low if high is None else high
    if figure is None or figure > _MOST_A_DAY:
        return MONTH
    return HOUR if figure <= _MOST_AN_HOUR else DAY
