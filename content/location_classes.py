"""Where somebody works, seen from home: the classes of the employment tables, cut by city.

The same workplace is 省内县外 in one table and 省内市外 in another, so that only codes are stored
and the classes are derived (domain S-STAT). Which boundaries part a table is data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from content.data_files import DataFile, DataFolder, tables_of
from content.places import TOWN_CODE_LENGTH, Places

Boundary = Literal["town", "county", "city", "province"]
# Inner ones first.
BOUNDARIES: tuple[Boundary, ...] = get_args(Boundary)
EMPLOYED, RELOCATED = "employed", "relocated"
PUBLIC_POST, ABROAD, UNKNOWN = "public_post", "abroad", "unknown"
# 台湾, 香港 and 澳门 stand in the tables of work outside the border (境外), not of other provinces.
OUTSIDE_THE_BORDER = ("71", "81", "82")
FILE = "location_classes.toml"
_COUNTY = 6
_PREFIX = 2
_KEYS = frozenset({"boundaries", "public_post_apart"})


@dataclass(frozen=True, slots=True)
class Cut:
    """The boundaries that part one table.

    Attributes:
        name: `employed`, `relocated`, or one that a bureau added.
        boundaries: Inner ones first.
        public_post_apart: A public post is a class of its own, wherever it is (domain S-STAT:
            not among 外出务工).
    """

    name: str
    boundaries: tuple[Boundary, ...]
    public_post_apart: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        """The columns of the table, the farthest first; unknown places come last."""
        return (
            *self.away,
            f"in_{self.boundaries[0]}",
            *((PUBLIC_POST,) if self.public_post_apart else ()),
            ABROAD,
            UNKNOWN,
        )

    @property
    def away(self) -> tuple[str, ...]:
        """The classes of work beyond the innermost boundary, inside the border."""
        pairs = zip(self.boundaries, self.boundaries[1:], strict=False)
        between = [f"{outer}_outside_{inner}" for inner, outer in pairs]
        return (f"outside_{self.boundaries[-1]}", *reversed(between))


class Cuts:
    """The cut of each table, for the country and for the places that count otherwise."""

    __slots__ = ("_cuts",)

    def __init__(self, cuts: Mapping[str, Cut]) -> None:
        """Take cuts by name, or by name and adcode with a dot between."""
        self._cuts = cuts

    def names(self) -> tuple[str, ...]:
        """Return the names of the tables, in the order of the file."""
        return tuple(dict.fromkeys(name.partition(".")[0] for name in self._cuts))

    def of(self, name: str, bureau_adcode: str) -> Cut:
        """Return how a bureau cuts a table: by its own rule, its city's, its province's, or all's.

        Raises:
            LookupError: There is no such table.
        """
        areas = (bureau_adcode, f"{bureau_adcode[:4]}00", f"{bureau_adcode[:_PREFIX]}0000")
        for key in (*(f"{name}.{area}" for area in areas), name):
            if key in self._cuts:
                return self._cuts[key]
        raise LookupError(f"no table {name}")


class LocationClasses:
    """Tells the class of a workplace; it is safe to use from several threads."""

    __slots__ = ("_places", "_undivided")

    def __init__(self, places: Places) -> None:
        """Take the register of places; abolished codes are mapped by its history."""
        self._places = places
        parents = {place.parent for code in places.codes() if (place := places.get(code))}
        self._undivided = frozenset(
            code
            for code in places.codes()
            if code not in parents and (place := places.get(code)) and place.level == "city"
        )

    def classify(
        self, home: str | None, work: str | None, cut: Cut, *, abroad: bool = False
    ) -> str:
        """Return which of `cut.classes` a workplace is in, `public_post` apart.

        Args:
            home: Code of six or nine digits, abolished ones too; None where it is not known.
            work: The workplace's code, likewise.
            cut: The table.
            abroad: The work is abroad, whatever `work` says.

        Returns:
            `unknown` where a code is missing, is of nowhere, or is too coarse to tell: a
            workplace that is only known to be in the home city may lie in the home county or not.
        """
        if abroad or (work or "").startswith(OUTSIDE_THE_BORDER):
            return ABROAD
        if home is None or work is None or not (self._known(home) and self._known(work)):
            return UNKNOWN
        inner: Boundary | None = None
        for boundary in cut.boundaries:
            same = self._is_same(home, work, boundary)
            if same is None:
                return UNKNOWN
            if same:
                return f"in_{boundary}" if inner is None else f"{boundary}_outside_{inner}"
            inner = boundary
        return f"outside_{inner}"

    def area(self, home: str | None, level: Boundary) -> str | None:
        """Return the county or town that a home is counted in; None where it is not known."""
        return self._division(home, level) if home else None

    def is_outside_county(self, home: str | None, work: str | None) -> bool:
        """Tell whether a workplace is certainly not in the home county."""
        if not home or not work or not (self._known(home) and self._known(work)):
            return False
        return self._is_same(home, work, "county") is False

    def _known(self, code: str) -> bool:
        return self._places.province_of(code) is not None

    def _is_same(self, home: str, work: str, boundary: Boundary) -> bool | None:
        """Tell whether two places share a division; None where a code is too coarse to tell."""
        start = BOUNDARIES.index(boundary)
        here, there = self._division(home, boundary), self._division(work, boundary)
        if here is not None and there is not None:
            return here == there
        for wider in BOUNDARIES[start + 1 :]:
            here, there = self._division(home, wider), self._division(work, wider)
            if here is not None and there is not None and here != there:
                return False
        return None

    def _division(self, code: str, boundary: Boundary) -> str | None:
        places = self._places
        if boundary == "province":
            return places.province_of(code)
        if boundary == "city":
            return places.city_of(code) or self._city_of_its_own(code)
        if boundary == "county":
            city = places.city_of(code)
            return places.county_of(code) or (city if city in self._undivided else None)
        current = places.current_code(code)
        return current if len(current) == TOWN_CODE_LENGTH else None

    def _city_of_its_own(self, code: str) -> str | None:
        """Return what stands for a city where there is none.

        A municipality is its own city; a county that its province governs directly is, too.
        """
        province = self._places.province_of(code)
        if province is None or self._is_municipality(province):
            return province
        return self._places.county_of(code)

    def _is_municipality(self, province: str) -> bool:
        place = self._places.get(province)
        return place is not None and place.name.endswith("市")

    def is_municipal(self, bureau_adcode: str) -> bool:
        """Tell whether a bureau lies in a municipality, whose province is a city (重庆)."""
        province = self._places.province_of(bureau_adcode)
        return province is not None and self._is_municipality(province)


def read_cuts(folder: DataFolder) -> Cuts:
    """Read `location_classes.toml`: `[table]`, and `["table.ADCODE"]` for who cuts otherwise.

    Raises:
        ContentError: A boundary is unknown or stands in the wrong order, a table that the
            product needs is missing, or an adcode is none.
    """
    file = folder.read(FILE)
    cuts = {name: _cut(file, name, row) for name, row in tables_of(file).items()}
    for name in (EMPLOYED, RELOCATED, *(one.partition(".")[0] for one in cuts)):
        if name not in cuts:
            raise file.error(
                1, f"the table {name} is missing", f'Write [{name}] with boundaries = ["county"].'
            )
    return Cuts(MappingProxyType(cuts))


def _cut(file: DataFile, name: str, row: Mapping[str, object]) -> Cut:
    table, dot, adcode = name.partition(".")
    line = file.line_of(name)
    if dot and not (len(adcode) == _COUNTY and adcode.isdecimal()):
        raise file.error(line, f"{adcode} is no adcode", f'Write ["{table}.500000"].')
    if unknown := sorted(row.keys() - _KEYS):
        raise file.error(file.line_of(name, unknown[0]), f"unknown key {unknown[0]}", "Delete it.")
    apart = row.get("public_post_apart", False)
    if not isinstance(apart, bool):
        raise file.error(
            file.line_of(name, "public_post_apart"),
            "neither true nor false",
            "Write true or false.",
        )
    return Cut(table, _boundaries(file, name, row.get("boundaries")), public_post_apart=apart)


def _boundaries(file: DataFile, name: str, value: object) -> tuple[Boundary, ...]:
    listed = value if isinstance(value, list) else []
    known = [one for one in listed if one in BOUNDARIES]
    in_order = sorted(set(known), key=BOUNDARIES.index)
    if not listed or known != listed or in_order != listed:
        raise file.error(
            file.line_of(name, "boundaries"),
            f"[{name}] boundaries are not of {', '.join(BOUNDARIES)}, inner ones first",
            'Write boundaries = ["county", "province"].',
        )
    return cast("tuple[Boundary, ...]", tuple(listed))
