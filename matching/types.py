"""What the ranking knows of a worker and a vacancy, and what it says of a pair.

None always means "not said" and is never read as zero or as no. Nothing here can hold a name,
a sex, an ethnic group or an illness, so no rule can depend on one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Migration(StrEnum):
    """How far a worker is willing to go, from the narrowest to no limit."""

    NEAR_HOME = "near_home"
    IN_COUNTY = "in_county"
    IN_PROVINCE = "in_province"
    OUT_OF_PROVINCE = "out_of_province"
    ANYWHERE = "anywhere"


class Education(StrEnum):
    """Schooling completed; `vocational` counts as much as `senior_high`."""

    NONE = "none"
    PRIMARY = "primary"
    JUNIOR_HIGH = "junior_high"
    SENIOR_HIGH = "senior_high"
    VOCATIONAL = "vocational"
    COLLEGE = "college"


class ExclusionCode(StrEnum):
    """Why a vacancy is impossible for a worker, in the order in which exclusions are listed."""

    EXPIRED = "expired"
    TRADE = "trade"
    AGE = "age"
    CERTIFICATE = "certificate"
    MIGRATION = "migration"
    EXCLUDED_PLACE = "excluded_place"
    WAGE = "wage"
    ROOM_BOARD = "room_board"
    RESERVED = "reserved"
    EDUCATION = "education"
    AVAILABILITY = "availability"
    GIG_FAR = "gig_far"
    NEARBY_ONLY = "nearby_only"


class ReasonCode(StrEnum):
    """What speaks for a vacancy (reasons) or costs it one grade (misses)."""

    TRADE_SAME = "trade_same"
    TRADE_NEAR = "trade_near"
    TRADE_OPEN = "trade_open"  # needs no trade, and the worker has none
    PLACE_SAME_TOWN = "place_same_town"
    PLACE_SAME_COUNTY = "place_same_county"
    PLACE_CLOSE = "place_close"  # the county seats lie at most 30 km apart
    PLACE_SAME_CITY = "place_same_city"
    PLACE_SAME_PROVINCE = "place_same_province"
    PLACE_WANTED = "place_wanted"
    WAGE_ENOUGH = "wage_enough"
    LODGING_GIVEN = "lodging_given"
    BOARD_GIVEN = "board_given"
    RESERVED_FOR_GROUP = "reserved_for_group"
    # misses
    TRADE_TRANSFERABLE = "trade_transferable"
    TRADE_OTHER = "trade_other"
    TRADE_PAY_LOW = "trade_pay_low"  # and it pays less than the worker's own trade usually does
    EXPERIENCE_SHORT = "experience_short"
    PLACE_UNWANTED = "place_unwanted"
    WAGE_BELOW = "wage_below"
    WAGE_UNSTATED = "wage_unstated"
    LODGING_UNSTATED = "lodging_unstated"
    LODGING_DENIED = "lodging_denied"
    TEMPORARY = "temporary"  # ten days at most


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerProfile:
    """A worker as the ranking sees one.

    Attributes:
        id: Any stable key; ties are broken by it.
        home: Six digits (county) or nine (town).
        trades: Occupation words as the caller's TradeRelations knows them.
        refused_trades: Trades given up or refused; each excludes the trade itself only.
        locations: Wanted places of any level; empty means none was named.
        excluded_locations: Refused places of any level.
        wage_min: Yuan a month.
        age: Completed years on the day of ranking.
        certificates: What is held, already widened by what each licence includes (a B2 driver
            holds C1 too); None means never asked.
        groups: Codes that reserved vacancies are open to; they never touch a score. None means
            that nobody told.
        experience: (trade, years); a trade that is absent has none. None means never asked.
        available_from: The first day on which work can begin; None means any day.
    """

    id: str
    home: str | None = None
    trades: tuple[str, ...] = ()
    refused_trades: tuple[str, ...] = ()
    migration: Migration | None = None
    locations: tuple[str, ...] = ()
    excluded_locations: tuple[str, ...] = ()
    wage_min: int | None = None
    age: int | None = None
    wants_room_board: bool | None = None
    certificates: tuple[str, ...] | None = None
    groups: frozenset[str] | None = frozenset()
    education: Education | None = None
    experience: tuple[tuple[str, int], ...] | None = None
    available_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """An open vacancy as the ranking sees one.

    Attributes:
        trade: One occupation word.
        adcode: Six digits, the finest level known (county, city or province); the county
            where a town is given.
        town: Nine digits.
        wage_min: Yuan a month, whatever the unit of the post.
        wage_max: Yuan a month.
        wage_unit: As the post pays; only for showing.
        age_min: Completed years, inclusive.
        age_max: Completed years, inclusive.
        certificates: All are required; "A|B" is met by either. What can be had within days
            (a health certificate) is left out by the caller.
        reserved_for: Any one of these groups is enough; empty means open to all.
        valid_until: The last day on which the vacancy is open.
        employer: Any stable key of the firm.
        education: The least schooling that is required, not preferred.
        experience_years: The least years that are asked for.
        needs_skill: True where only people of the trade are wanted, False where beginners are
            taught; None leaves it to the trade.
        starts_on: The day by which work has to begin.
        lasts_days: Days of work, for short jobs.
        nearby_only: Only people within commuting distance are wanted.
        chance: How likely a showing leads to a kept job, above 0 and at most 1. Only the
            proportion between vacancies counts.
    """

    id: str
    trade: str
    adcode: str | None = None
    town: str | None = None
    wage_min: int | None = None
    wage_max: int | None = None
    wage_unit: str = "元/月"
    headcount: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    board: bool | None = None
    lodging: bool | None = None
    certificates: tuple[str, ...] = ()
    reserved_for: frozenset[str] = frozenset()
    valid_until: date | None = None
    published_on: date | None = None
    night_shift: bool | None = None
    employer: str | None = None
    education: Education | None = None
    experience_years: int | None = None
    needs_skill: bool | None = None
    starts_on: date | None = None
    lasts_days: int | None = None
    nearby_only: bool = False
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a vacancy, or one soft miss.

    `value` is the trade, the code of the workplace, or yuan a month, by the code's first word.
    """

    code: ReasonCode
    value: str | int | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One thing that makes a pair impossible; `value` is what the vacancy demands or offers."""

    code: ExclusionCode
    value: str | int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A feasible pair.

    Attributes:
        score: 0 to 1. Without a soft miss it lies in the upper third, with one in the middle
            third, with more in the lower; within a third it is the weighted mean of `terms`.
        terms: (name, 0 to 1) for each term that is known; unknown ones are absent.
        needs: What must still be asked because it decides: "birth_year", "certificate",
            "home" (of the worker), "workplace" (of the enterprise).
    """

    vacancy_id: str
    worker_id: str
    score: float
    reasons: tuple[Reason, ...]
    misses: tuple[Reason, ...]
    terms: tuple[tuple[str, float], ...]
    needs: tuple[str, ...] = ()
