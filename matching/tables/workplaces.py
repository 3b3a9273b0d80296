"""The units that workplaces lie in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.tables.knowledge import UNKNOWN, Knowledge


class Workplaces(NamedTuple):
    """Distinct workplaces, all (B,); -1 for units that are not known, 0 for no town."""

    unit: NDArray[np.int32]
    county: NDArray[np.int16]
    city: NDArray[np.int16]
    province: NDArray[np.int16]
    town: NDArray[np.int32]


def workplaces_at(
    units: NDArray[np.int32], towns: NDArray[np.int32], knowledge: Knowledge
) -> Workplaces:
    """Give county, city and province of workplaces."""
    return Workplaces(
        units,
        of_units(knowledge.county, units),
        of_units(knowledge.city, units),
        of_units(knowledge.province, units),
        towns,
    )


def of_units(column: NDArray[np.int16], units: NDArray[np.integer]) -> NDArray[np.int16]:
    """Read a column of `Knowledge` for some units; -1 for a unit that is not known."""
    return np.where(units == UNKNOWN, np.int16(UNKNOWN), column[units])
