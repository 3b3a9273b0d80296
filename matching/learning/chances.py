"""How likely a showing leads to a job that is kept: applied × hired × stayed, each shrunk.

Small numbers say little, so a firm's rates lean on those of the trade, a trade's on those of
the whole city, and the city's on a guess. All in one form: (…, 3) for the three steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matching.tables.vacancies import VacancyTable

Floats = NDArray[np.float64]

STEPS = ("applied", "hired", "stayed")
GUESS = (0.15, 0.35, 0.7)
# So many cases of the wider group are mixed with a narrower one's own.
GUESS_STRENGTH, TRADE_STRENGTH, FIRM_STRENGTH = 10.0, 30.0, 20.0
# A complaint weighs against so many people hired, and against this many more.
COMPLAINT_ALLOWANCE = 5.0
# The record moves a vacancy at most so far from the usual, either way: four times from the worst
# to the best. Beyond that newcomers would never be shown, and never be known.
MOST_FACTOR = 2.0


@dataclass(frozen=True, slots=True)
class Record:
    """What was counted of one trade or firm.

    Attributes:
        tried: How often each step could be taken: shown, decided, known after the first weeks.
        done: How often it was: applied, hired, still there.
        complaints: Grievances against the firm.
    """

    tried: tuple[int, int, int] = (0, 0, 0)
    done: tuple[int, int, int] = (0, 0, 0)
    complaints: int = 0


def shrunk(tried: Floats, done: Floats, *, towards: Floats, strength: float) -> Floats:
    """Give the rates, mixed with `strength` cases at the rates `towards`; all (…, 3)."""
    return np.asarray((done + strength * towards) / (tried + strength))


def whole_rates(records: Sequence[Record]) -> Floats:
    """Give the rates over all records together, (3,)."""
    tried = np.array([one.tried for one in records], dtype=np.float64).reshape(-1, 3).sum(axis=0)
    done = np.array([one.done for one in records], dtype=np.float64).reshape(-1, 3).sum(axis=0)
    return shrunk(tried, done, towards=np.array(GUESS), strength=GUESS_STRENGTH)


def chance_of(rates: Floats, *, complaints: Floats, hired: Floats) -> Floats:
    """Multiply the steps, (…, 3) → (…); complaints lower it, never to zero."""
    standing = COMPLAINT_ALLOWANCE + hired
    return np.asarray(rates.prod(axis=-1) * standing / (standing + complaints))


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances of one bureau's vacancies.

    Attributes:
        trades: Records by trade.
        firms: Records by firm; complaints count here only.
        usual: The rates of the whole, (3,).
    """

    trades: Mapping[str, Record] = field(default_factory=dict)
    firms: Mapping[str, Record] = field(default_factory=dict)
    usual: Floats = field(default_factory=lambda: np.array(GUESS), repr=False)

    @classmethod
    def of(cls, trades: Mapping[str, Record], firms: Mapping[str, Record]) -> Chances:
        """Take records; every showing stands in one trade's record and in one firm's."""
        return cls(dict(trades), dict(firms), whole_rates(list(trades.values())))

    def many(self, vacancies: Sequence[tuple[str, str | None]]) -> Floats:
        """Give the chance of each (trade, firm), (N,), above 0 and below 1."""
        trades = [self.trades.get(trade, _UNKNOWN) for trade, _ in vacancies]
        firms = [self.firms.get(firm or "", _UNKNOWN) for _, firm in vacancies]
        usual = shrunk(*_arrays(trades), towards=self.usual, strength=TRADE_STRENGTH)
        tried, done = _arrays(firms)
        rates = shrunk(tried, done, towards=usual, strength=FIRM_STRENGTH)
        complaints = np.array([one.complaints for one in firms], dtype=np.float64)
        return chance_of(rates, complaints=complaints, hired=done[:, 1])

    def proportions(self, vacancies: Sequence[tuple[str, str | None]]) -> Floats:
        """Give what the ranking multiplies by, (N,): the chance beside the usual one.

        From 0.25 to 1, one half being as usual; so is everything where nothing was counted at
        all, for bureaus with figures and without stand in one list.
        """
        if not (self.trades or self.firms):
            return np.full(len(vacancies), 1 / MOST_FACTOR)
        beside = self.many(vacancies) / float(self.usual.prod())
        return np.asarray(np.clip(beside, 1 / MOST_FACTOR, MOST_FACTOR) / MOST_FACTOR)


def with_chances(table: VacancyTable, chances: Sequence[float]) -> VacancyTable:
    """Return the same vacancies with other chances, (V,); shares all other columns."""
    other = copy(table)
    column = np.array(chances, dtype=table.columns.chance.dtype)
    other.columns = replace(table.columns, chance=column)
    other.offers = None
    return other


_UNKNOWN = Record()


def _arrays(records: Sequence[Record]) -> tuple[Floats, Floats]:
    tried = np.array([one.tried for one in records], dtype=np.float64).reshape(-1, 3)
    done = np.array([one.done for one in records], dtype=np.float64).reshape(-1, 3)
    return tried, done
