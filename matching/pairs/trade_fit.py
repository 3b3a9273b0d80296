"""How the trades of workers serve in the trades of vacancies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.ports import NEAR, SKILLED, TRAINABLE
from matching.tables.knowledge import RELATIONS, SKILLS, UNKNOWN, Knowledge
from matching.tables.workers import WorkerTable

NEAR_NUMBER = RELATIONS.index(NEAR)
SKILLED_NUMBER = SKILLS.index(SKILLED)
TRAINABLE_NUMBER = SKILLS.index(TRAINABLE)


class TradeFit(NamedTuple):
    """Practices against some trades, (A, U) each, and what holds for a practice alone, (A,).

    Attributes:
        relation: The closest relation of any of the practice's trades, a number of RELATIONS.
        mastery: The same where a post wants people of the trade: what is only transferable
            from a trade that needs no skill is not worth enough there.
        refused: The trade is one that was refused or given up.
        named: (A,) a trade was named.
        idle: (A,) no trade was named, or only such as need no skill.
        usual: (A,) what the practice's skilled trades usually pay, the least of them; nan
            without a skilled trade or where nothing is known.
    """

    relation: NDArray[np.int8]
    mastery: NDArray[np.int8]
    refused: NDArray[np.bool_]
    named: NDArray[np.bool_]
    idle: NDArray[np.bool_]
    usual: NDArray[np.float32]


def trade_fit(
    workers: WorkerTable,
    trades: NDArray[np.int16],
    *,
    knowledge: Knowledge,
    going: NDArray[np.float32] | None,
) -> TradeFit:
    """Compare every distinct practice of a table with some trades.

    Args:
        workers: The table.
        trades: (U,) numbers of trades.
        knowledge: Relations and skills.
        going: (T,) yuan a month that each trade pays at present; nan unknown.
    """
    wanted = knowledge.relations[:, trades]
    relations = np.vstack([wanted, np.zeros_like(wanted[:1])])
    each = relations[workers.trades]  # -1 takes the row of zeros
    named = workers.trades != UNKNOWN
    skilled = named & (knowledge.skills[workers.trades] == SKILLED_NUMBER)
    unskilled = knowledge.skills[workers.trades] == 0
    mastered = np.where((unskilled[:, :, None]) & (each < NEAR_NUMBER), 0, each)
    return TradeFit(
        relation=each.max(axis=1),
        mastery=mastered.max(axis=1),
        refused=_refused(workers, trades),
        named=np.logical_or.reduce(named, axis=1),
        idle=(unskilled | ~named).all(axis=1),
        usual=_usual(workers.trades, skilled, going),
    )


def _refused(workers: WorkerTable, trades: NDArray[np.int16]) -> NDArray[np.bool_]:
    # What fills short rows up, -1, is no trade.
    each = [column[:, None] == trades for column in workers.refused_trades.T]
    return np.logical_or.reduce(each)


def _usual(
    trades: NDArray[np.int32], skilled: NDArray[np.bool_], going: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    if going is None:
        return np.full(len(trades), np.nan, dtype=np.float32)
    pay = np.where(skilled & ~np.isnan(going[trades]), going[trades], np.inf)
    least = pay.min(axis=1)
    return np.where(np.isinf(least), np.nan, least).astype(np.float32)
