"""What a worker answered to earlier vacancies changes the very next list.

What was answered never comes back; what has the fault that was named comes later, by one step
for each fault. Plain rules, so that an officer can tell a worker why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.tables.knowledge import SKILLS, UNKNOWN, Knowledge, Spot
from matching.tables.vacancies import NOT_SAID, VacancyTable
from matching.tables.workplaces import Workplaces
from matching.types import WorkerProfile

TOO_FAR, WAGE_LOW, CANNOT = "too_far", "wage_low", "cannot"
NOT_WANTED, FILLED = "not_wanted", "filled"
LEFT_OUT = np.iinfo(np.int8).max  # not to be listed at all

Counts = NDArray[np.int8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one vacancy, with what of the vacancy it may have been about.

    Attributes:
        vacancy_id: The vacancy, which may be closed by now.
        response: One of the words above; any other changes nothing but that it was answered.
        trade: Its trade.
        wage: The most it paid, yuan a month.
        place: The finest code of its workplace.
        employer: The firm's key as in `Vacancy.employer`.
    """

    vacancy_id: str
    response: str
    trade: str = ""
    wage: int | None = None
    place: str | None = None
    employer: str | None = None


def later_counts(
    answers: Sequence[Answer], worker: WorkerProfile, table: VacancyTable, knowledge: Knowledge
) -> Counts:
    """Count for each vacancy the faults it shares with what was refused, (V,).

    LEFT_OUT stands for what was answered itself, and for trades the worker cannot do and never
    named. The list is ordered by this number first, then by score. Of 太远 and 工资低 the newest
    counts; of the others every one does.

    Args:
        answers: The oldest first.
        worker: Whose answers they are; a worker without home is measured from the first wanted
            place.
        table: The open vacancies.
        knowledge: The one the table was made with.
    """
    later = np.zeros(len(table), dtype=np.int8)
    if not answers:
        return later
    newest = {answer.response: answer for answer in answers}
    _too_far(later, newest.get(TOO_FAR), worker, table, knowledge)
    _wage_low(later, newest.get(WAGE_LOW), table)
    _same_trade_and_county(later, _said(answers, NOT_WANTED), table, knowledge)
    _same_firm_and_trade(later, _said(answers, FILLED), table, knowledge)
    cannot = {answer.trade for answer in _said(answers, CANNOT)}
    if named := cannot & set(worker.trades):
        _add(later, _of_trades(named, table, knowledge))
    if unnamed := cannot - set(worker.trades):
        np.putmask(later, _of_trades(unnamed, table, knowledge), LEFT_OUT)
    later[table.rows({answer.vacancy_id for answer in answers})] = LEFT_OUT
    return later


def _said(answers: Iterable[Answer], response: str) -> list[Answer]:
    return [answer for answer in answers if answer.response == response]


def _too_far(
    later: Counts,
    answer: Answer | None,
    worker: WorkerProfile,
    table: VacancyTable,
    knowledge: Knowledge,
) -> None:
    home = worker.home or next(iter(worker.locations), None)
    if answer is None or answer.place is None or home is None:
        return
    start, there = knowledge.spot(home), knowledge.spot(answer.place)
    if UNKNOWN in (start.unit, there.unit):
        return
    at = _with_one_more(table.workplaces_at, there, knowledge)
    in_town = (start.town != 0) & (at.town == start.town)
    not_nearer = _is_not_nearer(start.unit, at, knowledge) & (in_town[-1] | ~in_town)
    _add(later, np.take(not_nearer[:-1], table.columns.workplace))


def _is_not_nearer(home: int, at: Workplaces, knowledge: Knowledge) -> Flags:
    """Compare all workplaces with the last, (B,).

    In kilometres between seats where both are known, else by county, city and province.
    """
    county = int(knowledge.county[home])
    km = knowledge.km_from(county)[np.where(at.county != UNKNOWN, at.county, at.city)]
    # The seat of a city that was named as a whole tells nothing to whoever lives in it.
    is_own_city = (at.county == UNKNOWN) & (at.city == knowledge.city[home])
    km = np.where(is_own_city, np.float32(np.nan), km)
    by_km = np.nan_to_num(km, nan=-1.0) >= km[-1]
    level = np.where(at.province == UNKNOWN, UNKNOWN, 0)
    for column, own in ((at.province, knowledge.province), (at.city, knowledge.city)):
        level += (column == own[home]) & (column != UNKNOWN)
    level += (at.county == county) & (at.county != UNKNOWN)
    by_level = (level != UNKNOWN) & (level[-1] != UNKNOWN) & (level <= level[-1])
    return np.asarray(np.where(np.isnan(km) | np.isnan(km[-1]), by_level, by_km))


def _with_one_more(at: Workplaces, spot: Spot, knowledge: Knowledge) -> Workplaces:
    unit = np.array([spot.unit], dtype=np.int32)
    return Workplaces(
        np.concatenate([at.unit, unit]),
        np.concatenate([at.county, knowledge.county[unit]]),
        np.concatenate([at.city, knowledge.city[unit]]),
        np.concatenate([at.province, knowledge.province[unit]]),
        np.append(at.town, np.int32(spot.town)),
    )


def _wage_low(later: Counts, answer: Answer | None, table: VacancyTable) -> None:
    if answer is None or answer.wage is None:
        return
    low, high = table.columns.wage_low, table.columns.wage_high
    is_low = (low <= answer.wage) & (low != NOT_SAID)
    _add(later, (high <= answer.wage) & ((high != NOT_SAID) | is_low))


def _of_trades(trades: Iterable[str], table: VacancyTable, knowledge: Knowledge) -> Flags:
    by_craft = np.zeros(len(knowledge.trades) * len(SKILLS), dtype=np.bool_)
    for number in _known(trades, knowledge):
        by_craft[number * len(SKILLS) : (number + 1) * len(SKILLS)] = True
    return np.take(by_craft, table.columns.craft)


def _known(trades: Iterable[str], knowledge: Knowledge) -> set[int]:
    """Number trades; a word in no list is no trade that another vacancy could share."""
    other = len(knowledge.trades) - 1
    return {knowledge.trade(word) for word in trades} - {other}


def _same_trade_and_county(
    later: Counts, answers: Sequence[Answer], table: VacancyTable, knowledge: Knowledge
) -> None:
    county = table.workplaces_at.county
    pairs = set[tuple[int, int]]()
    for answer in answers:
        spot = knowledge.spot(answer.place)
        if spot.unit != UNKNOWN and knowledge.county[spot.unit] != UNKNOWN:
            trades = _known([answer.trade], knowledge)
            pairs |= {(trade, int(knowledge.county[spot.unit])) for trade in trades}
    _add_pairs(later, pairs, table, knowledge, groups=county, of_row=table.columns.workplace)


def _same_firm_and_trade(
    later: Counts, answers: Sequence[Answer], table: VacancyTable, knowledge: Knowledge
) -> None:
    pairs = {
        (trade, firm)
        for answer in answers
        for firm in _firm(answer.employer, table)
        for trade in _known([answer.trade], knowledge)
    }
    firms = np.arange(len(table.employers), dtype=np.int32)
    _add_pairs(later, pairs, table, knowledge, groups=firms, of_row=table.columns.employer)


def _firm(key: str | None, table: VacancyTable) -> list[int]:
    return [table.employers.index(key)] if key and key in table.employers else []


def _add_pairs(
    later: Counts,
    pairs: set[tuple[int, int]],
    table: VacancyTable,
    knowledge: Knowledge,
    *,
    groups: NDArray[np.integer],
    of_row: NDArray[np.int32],
) -> None:
    """Add one where trade and group of a row are one of `pairs`.

    Rows of the few groups are found first, and their trades are looked at after.
    """
    if not pairs:
        return
    some = np.isin(groups, [group for _, group in pairs])
    rows = np.flatnonzero(np.take(some, of_row))
    trades = table.columns.craft[rows] // len(SKILLS)
    wide = max(int(groups.max(initial=0)), *(group for _, group in pairs)) + 1
    keys = trades.astype(np.int64) * wide + groups[of_row[rows]]
    later[rows[np.isin(keys, [trade * wide + group for trade, group in pairs])]] += 1


def _add(later: Counts, flags: Flags) -> None:
    np.add(later, flags.view(np.int8), out=later)
