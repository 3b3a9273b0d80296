"""The quality rules of the national system, under its own numbers, and our own beside them.

A row is refused where taking it over would write down something false that decides on a person's
money or work; what is only incomplete, or may be true, is a warning. Ages count by the day, not
by the year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.services.people.workers import OLDEST_AGE, WORKING_AGE
from bot.services.register.cells import YES
from bot.services.register.place_words import PlaceWords, is_outside
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.sheet_tables import SheetTable
from bot.services.register.worker_rows import Meaning
from matching.types import Education

POST_AGE = 70
MOST_WAGE, LEAST_WAGE, LOW_WAGE = 30_000, 100, 400
SCHOOLING = frozenset(Education) - {Education.COLLEGE}
# Who is at work has these said (5_01_007, 5_12_006), where the sheet has the column at all.
TOLD_OF_WORK = ("wage", "employer", "industry", "channel", "point_to_point")
NUMBERS = ("id_number", "person_number")
Rule = Callable[["Quality", SheetRow, Meaning], None]


@dataclass(slots=True)
class Quality:
    """Judges the rows of one sheet, the first of two alike standing.

    Attributes:
        table: Which columns there are.
        places: What is a county.
        scope: Homes outside this code prefix are none of this bureau's or officer's.
    """

    table: SheetTable
    places: PlaceWords
    scope: str
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _numberless: dict[str, SheetRow] = field(default_factory=dict)
    _phones: dict[tuple[str, str], str] = field(default_factory=dict)
    _told: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Look once which columns the sheet has."""
        self._told = tuple(name for name in TOLD_OF_WORK if self.table.has(name))

    def judge(self, row: SheetRow, meaning: Meaning) -> None:
        """Write into the row what is wrong with it; wages that cannot be are taken out."""
        _identity(self, row, meaning)
        if row.is_refused:
            return
        for rule in RULES:
            rule(self, row, meaning)
        if not row.is_refused:
            self._keep(row)

    def is_repeated(self, kind: str, value: str) -> bool:
        """Tell whether an earlier row of the sheet that is taken over had this value."""
        return (kind, value) in self._seen

    def _keep(self, row: SheetRow) -> None:
        """Note by what later rows may be the same; of two the one with a number stands."""
        cells = row.cells
        numbers = {(name, cells[name]) for name in NUMBERS if name in cells}
        self._seen |= numbers
        if "phone" not in cells:
            return
        alike = _phone_and_name(row)
        self._seen.add(("phone", alike))
        if not numbers:
            self._numberless[alike] = row
        elif alike in self._numberless:
            self._numberless.pop(alike).refuse("duplicate_phone", "phone")

    def other_county(self, household: str, phone: str, county: str) -> bool:
        """Tell whether somebody of the household has this phone and works in another county."""
        return self._phones.setdefault((household, phone), county) != county

    def untold(self, row: SheetRow) -> list[str]:
        """Return what is not said of somebody's work though the sheet has a column for it."""
        return [name for name in self._told if name not in row.cells]


def _identity(quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    cells = row.cells
    number, person = cells.get("id_number"), cells.get("person_number")
    if number is None and person is None and "phone" not in cells:
        row.refuse("no_identity")
    elif number is not None and quality.is_repeated("id_number", number):
        row.refuse("duplicate_id", "id_number")
    elif person is not None and quality.is_repeated("person_number", person):
        row.refuse("duplicate_person", "person_number")
    elif not (number or person) and quality.is_repeated("phone", _phone_and_name(row)):
        row.refuse("duplicate_phone", "phone")
    _contradictions(row, meaning)
    if is_outside(meaning.home, quality.scope):
        row.refuse("outside_area", "county")


def _phone_and_name(row: SheetRow) -> str:
    return f"{row.cells.get('phone')} {row.cells.get('name')}"


def _contradictions(row: SheetRow, meaning: Meaning) -> None:
    """Refuse whose ID number and columns tell of two people; a child is not kept at all."""
    cells = row.cells
    if "id_number" in cells:
        if "sex" in cells and (cells["sex"] == "男") is not meaning.is_male:
            row.refuse("id_sex", "sex")
        said, born = cells.get("born"), meaning.born
        # Sheets often give the month alone; then the day stands as the first.
        days = (said, f"{said[:8]}01") if said else ()
        if said and born and born.isoformat() not in days and f"{born:%Y-%m}-01" != said:
            row.refuse("id_born", "born")
    age = meaning.age
    if age is None:
        return
    if age < 0:
        row.refuse("born_future", "born")
    elif age > OLDEST_AGE + POST_AGE // 2:
        row.refuse("born_long_ago", "born")
    elif age < WORKING_AGE:
        row.refuse("under_age")


def _places(quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    cells = row.cells
    if meaning.home is None and ("county" in cells or "place_code" in cells):
        row.warn("unknown_place", "county")
    elif "town" in cells and meaning.home is not None and len(meaning.home) == 6:  # noqa: PLR2004
        row.warn("unknown_town", "town")
    if meaning.is_abroad or not ("work_place" in cells or "work_county" in cells):
        return
    if meaning.work is None:
        row.warn("unknown_workplace", "work_place")
    elif quality.places.county_of(meaning.work) is None:
        row.warn("5_01_005", "work_place")


def _school(_quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    if meaning.works and meaning.is_at_school and meaning.education in {None, *SCHOOLING}:
        row.refuse("4_01_006", "student")


def _hardship(_quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    if row.cells.get("special_hardship") == YES and meaning.works and meaning.is_outside:
        row.refuse("5_01_004", "special_hardship")


def _posts(_quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    if meaning.has_public_post and meaning.age is not None and meaning.age >= POST_AGE:
        row.refuse("5_01_006", "public_post")
    near_home = meaning.has_public_post or meaning.venue is not None
    if near_home and meaning.work is not None and meaning.is_outside:
        row.refuse("5_12_002", "channel")


def _work(quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    cells = row.cells
    if meaning.works and quality.untold(row):
        row.warn("5_01_007", quality.untold(row)[0])
    if meaning.months and not meaning.has_public_post:
        if "work_place" not in cells and "work_county" not in cells:
            row.warn("months_no_place", "work_place")
        if "employer" not in cells and quality.table.has("employer"):
            row.warn("months_no_employer", "employer")
    if cells.get("plans_away") == YES and "needs" not in cells and quality.table.has("needs"):
        row.warn("5_15_008", "needs")


def _wages(_quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    if not meaning.wage:
        return
    if meaning.wage > MOST_WAGE:
        row.warn("5_16_001", "wage")
    elif meaning.wage < LEAST_WAGE:
        row.warn("5_16_002", "wage")
    elif meaning.wage < LOW_WAGE:
        row.warn("1111_12", "wage")


def _households(quality: Quality, row: SheetRow, meaning: Meaning) -> None:
    cells = row.cells
    household, phone = cells.get("household_number"), cells.get("phone")
    if household is None or phone is None or meaning.work is None:
        return
    county = quality.places.county_of(meaning.work)
    if county is not None and quality.other_county(household, phone, county):
        row.warn("5_15_021", "phone")


RULES: tuple[Rule, ...] = (_places, _school, _hardship, _posts, _work, _wages, _households)
