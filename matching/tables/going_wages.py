"""What each trade pays at present, read off the open vacancies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.tables.knowledge import SKILLS, Knowledge
from matching.tables.vacancies import NOT_SAID, VacancyTable

FEWEST = 3  # fewer posts than this tell nothing about a trade


class GoingWages(NamedTuple):
    """By trade number, (T,) each.

    Attributes:
        yuan: Median of the posts' middle pay, yuan a month; nan below FEWEST posts.
        posts: How many posts named their pay.
    """

    yuan: NDArray[np.float32]
    posts: NDArray[np.int32]


def going_wages(table: VacancyTable, knowledge: Knowledge) -> GoingWages:
    """Read what each trade pays off a table of open vacancies; unknown trades stay nan."""
    columns = table.columns
    low, high = columns.wage_low, columns.wage_high
    first = np.where(low == NOT_SAID, high, low).astype(np.float32)
    last = np.where(high == NOT_SAID, low, high).astype(np.float32)
    said = np.flatnonzero(first != NOT_SAID)
    trade = (columns.craft // len(SKILLS))[said]
    middle = ((first + last) / 2)[said]
    posts = np.bincount(trade, minlength=len(knowledge.trades)).astype(np.int32)
    yuan = np.full(len(posts), np.nan, dtype=np.float32)
    ordered = middle[np.lexsort((middle, trade))]
    ends = np.cumsum(posts)
    for number in np.flatnonzero(posts >= FEWEST):
        yuan[number] = np.median(ordered[ends[number] - posts[number] : ends[number]])
    yuan[-1] = np.nan
    return GoingWages(yuan, posts)
