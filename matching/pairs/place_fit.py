"""How workplaces lie to homes, and whether they lie in places that were wanted or refused."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.tables.knowledge import UNKNOWN, Knowledge
from matching.tables.workers import TIERS, AreaColumns, Areas, area_columns
from matching.tables.workplaces import Workplaces, of_units
from matching.types import Migration

CLOSE_KM = 30.0  # between county seats: commuting, by the rubric of the graded sample
NOT_KNOWN, NO, YES = -1, 0, 1
Answers = NDArray[np.int8]  # YES, NO or NOT_KNOWN
# By tier.
_IN_COUNTY = np.array([tier in (Migration.NEAR_HOME, Migration.IN_COUNTY) for tier in TIERS])
_IN_PROVINCE = np.array([tier is Migration.IN_PROVINCE for tier in TIERS])


class Nearness(IntEnum):
    """How near a workplace is to the worker's home; a higher number is nearer."""

    ELSEWHERE = 0
    PROVINCE = 1
    CITY = 2
    CLOSE = 3
    COUNTY = 4
    TOWN = 5


class HomeFit(NamedTuple):
    """Home counties against workplaces, (A, B) each.

    Attributes:
        same_county: Same county.
        same_province: Same province.
        nearness: A number of Nearness, never TOWN; -1 where it is not known.
        km: Between the seats; nan where it is not known.
        commute: Same county, or seats at most 30 km apart.
    """

    same_county: Answers
    same_province: Answers
    nearness: Answers
    km: NDArray[np.float32]
    commute: Answers


def home_fit(homes: NDArray[np.int16], at: Workplaces, knowledge: Knowledge) -> HomeFit:
    """Compare homes, (A,) units of any level, with workplaces."""
    county = of_units(knowledge.county, homes)[:, None]
    city = of_units(knowledge.city, homes)[:, None]
    province = of_units(knowledge.province, homes)[:, None]
    same_province = _agree(province, at.province)
    same_county = _agree(county, at.county)
    apart = (same_county == NOT_KNOWN) & (_agree(city, at.city) == NO)
    same_county[apart | (same_province == NO)] = NO
    km = _kilometres(county[:, 0], city, at, knowledge)
    is_county = (county != UNKNOWN) & (county == at.county)
    with np.errstate(invalid="ignore"):
        is_close = km <= CLOSE_KM
    nearness = np.select(
        [same_province == NOT_KNOWN, is_county, is_close, _agree(city, at.city) == YES,
         same_province == YES],
        [NOT_KNOWN, Nearness.COUNTY, Nearness.CLOSE, Nearness.CITY, Nearness.PROVINCE],
        Nearness.ELSEWHERE,
    ).astype(np.int8)  # fmt: skip
    measured = np.where(np.isnan(km), NOT_KNOWN, NO)
    commute = np.where(is_county | is_close, YES, measured).astype(np.int8)
    return HomeFit(same_county, same_province, nearness, km, commute)


def reach(tier: NDArray[np.int8], fit_county: Answers, fit_province: Answers) -> Answers:
    """Tell whether a workplace lies within the limit a worker set; all arrays broadcast."""
    in_province = np.where(_IN_PROVINCE.take(tier), fit_province, np.int8(YES))
    return np.where(_IN_COUNTY.take(tier), fit_county, in_province)


def inside(areas: AreaColumns, at: Workplaces, knowledge: Knowledge) -> Answers:
    """Tell for each set of areas whether a workplace lies in any of it, (A, B).

    NOT_KNOWN where no area contains it but one might, if the workplace were known more finely;
    an empty set contains nothing.
    """
    found = np.zeros((len(areas.counts), len(at.unit)), dtype=np.int8)
    for position in range(areas.counts.max(initial=0)):
        column = slice(position, position + 1)
        answer = _inside(areas.units[:, column], areas.towns[:, column], at, knowledge)
        is_set = position < areas.counts[:, None]
        found = np.where(is_set & (answer != NO) & (found != YES), answer, found)
    return found


def containing(spots: Areas, at: Workplaces, knowledge: Knowledge) -> NDArray[np.int32]:
    """Give the position of the first area that contains each workplace, (B,); -1 for none."""
    each = [inside(area_columns([(spot,)]), at, knowledge)[0] == YES for spot in spots]
    none = np.zeros(len(at.unit), dtype=np.bool_)
    contains = np.array([*each, none])
    return np.where(contains.any(axis=0), contains.argmax(axis=0), -1).astype(np.int32)


def _inside(
    unit: NDArray[np.int32], town: NDArray[np.int32], at: Workplaces, knowledge: Knowledge
) -> Answers:
    """Compare one area of each set, (A, 1), with all workplaces."""
    levels = (at.unit, at.county, at.city, at.province)
    in_unit = np.logical_or.reduce([level == unit for level in levels])
    is_in = np.where(town > 0, at.town == town, in_unit) & (unit != UNKNOWN)
    wider = (of_units(knowledge.city, unit), of_units(knowledge.province, unit))
    coarse = np.logical_or.reduce([(at.unit == level) & (level != unit) for level in wider])
    coarse = np.where(town > 0, (coarse | (at.unit == unit)) & (at.town == 0), coarse)
    unknown = (coarse & (unit != UNKNOWN)) | (at.unit == UNKNOWN)
    return np.where(is_in, YES, np.where(unknown, NOT_KNOWN, NO)).astype(np.int8)


def _kilometres(
    county: NDArray[np.int16], city: NDArray[np.int16], at: Workplaces, knowledge: Knowledge
) -> NDArray[np.float32]:
    """Measure to the county's seat, else to a city's that has no counties (东莞).

    Within one city the city's seat would tell nothing.
    """
    seat = np.where(at.county != UNKNOWN, at.county, at.city)
    rows = [knowledge.km_from(int(one)).take(seat) for one in county]
    km = np.array(rows, dtype=np.float32).reshape(len(county), len(seat))
    same_city = (at.county == UNKNOWN) & (at.city == city)
    return np.where(same_city, np.float32(np.nan), km)


def _agree(a: NDArray[np.int16], b: NDArray[np.int16]) -> Answers:
    known = (a != UNKNOWN) & (b != UNKNOWN)
    return np.where(known, (a == b).astype(np.int8), np.int8(NOT_KNOWN))
