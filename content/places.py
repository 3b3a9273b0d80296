"""Provinces, cities, counties and towns: who lies in whom, how far apart, how they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import Literal

from content.place_names import NameRules, short_name, zone_names
from content.towns import TownRow, Towns, TownTable

Level = Literal["province", "city", "county", "town"]

EARTH_RADIUS_KM = 6371.0
# Farther from every seat than the widest counties are across: the position is abroad or at sea.
FARTHEST_SEAT_KM = 120.0
TOWN_CODE_LENGTH = 9
_COUNTY_ENDINGS = ("县", "市", "区", "旗")
_RANK = {"province": 0, "city": 1, "county": 2, "town": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative division.

    Attributes:
        code: GB/T 2260 code of six digits; nine for a town.
        name: Full official name.
        level: Municipalities (重庆市 500000) are provinces.
        parent: Code of the place it lies in; empty for a province. A county of a municipality,
            or one that its province governs directly, lies in the province.
        latitude: Degrees WGS-84 of the seat of government; None where only the seat of the
            place above is known, and for towns.
        longitude: As `latitude`.
    """

    code: str
    name: str
    level: Level
    parent: str
    latitude: float | None
    longitude: float | None


class Nearness(Enum):
    """How near a workplace is to home, in words that are always true; nearest first."""

    same_town = "same_town"
    same_county = "same_county"
    same_city = "same_city"
    same_province = "same_province"
    other_province = "other_province"


class Places:
    """The register of places, with lookups by code and by name.

    The 41,352 towns are read when one is first named; what lies in what is told by the codes.
    It is safe to use from several threads.
    """

    __slots__ = ("_by_code", "_by_name", "_names", "_same_name", "_towns", "rules")

    def __init__(self, places: Mapping[str, Place], rules: NameRules, towns: Towns) -> None:
        """Take provinces, cities and counties; `towns` is asked only when it has to be."""
        self._by_code = places
        self._towns = towns
        self.rules = rules
        full = _grouped((place.name, place.code) for place in places.values())
        self._same_name = _grouped((self.short_name(code), code) for code in places)
        meant = {name: self._meant(codes) for name, codes in self._same_name.items()}
        self._by_name = {**meant, **self._zones(), **full, **rules.settled, **rules.aliases}
        self._names = MappingProxyType(
            {
                name: codes
                for name, codes in self._by_name.items()
                if len(name) > 1 and name not in rules.unsearchable
            }
        )

    def warm(self) -> None:
        """Read the towns now, in some 0.3 seconds, instead of at the first need.

        Raises:
            ContentError: The register of towns is malformed.
        """
        self._towns.table()

    def town_table(self) -> TownTable:
        """Return the towns by their bare names; the first call reads them."""
        return self._towns.table()

    def get(self, code: str) -> Place | None:
        """Return the place of a current or abolished code, or None."""
        current = self.current_code(code)
        place = self._by_code.get(current)
        if place is not None or len(current) != TOWN_CODE_LENGTH:
            return place
        row = self._towns.table().row(current)
        return None if row is None else _town(row)

    def codes(self) -> tuple[str, ...]:
        """Return the codes of all provinces, cities and counties in force."""
        return tuple(self._by_code)

    def current_code(self, code: str) -> str:
        """Return the code in force for an abolished one; any other code comes back as it is.

        A town of an abolished county becomes the county's present code: which town it is today
        is not known.
        """
        if code in self._by_code:
            return code
        former = self.rules.former_codes
        return former.get(code) or former.get(code[:6], code)

    def county_of(self, code: str) -> str | None:
        """Return the county that `code` is or lies in.

        None for a province, for a city and for what lies in a city without counties
        (东莞 441900, 中山 442000).
        """
        return self._above(code, "county")

    def city_of(self, code: str) -> str | None:
        """Return the city that `code` is or lies in; None in a municipality."""
        return self._above(code, "city")

    def province_of(self, code: str) -> str | None:
        """Return the province that `code` is or lies in; None if the code is of nowhere."""
        return self._above(code, "province")

    def find(self, text: str) -> list[Place]:
        """Return the places that `text` as a whole names, larger ones first, then by code.

        Names count with and without 省市县区镇乡; old and everyday names count too. A bare
        short name means the largest place of that name (长沙 is the city, not 长沙县); several
        of one size all come back. Bare town names are tried last.
        """
        name = "".join(unicodedata.normalize("NFKC", text).split())
        found = [self._by_code[code] for code in self._by_name.get(name) or self._renamed(name)]
        if not found and len(name) > 1:
            towns = self._towns.table()
            found = [_town(row) for row in towns.called(name) or towns.bare(name)]
        return sorted(found, key=lambda place: (_RANK[place.level], place.code))

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of provinces, cities and counties worth searching in a sentence.

        Names of one character and names that are ordinary words are left out. Towns are asked
        for one by one: `called`.
        """
        return self._names

    def called(self, name: str) -> tuple[str, ...]:
        """Return the codes of the places a name in a sentence means; towns only in full (南华镇).

        The same rules as `names`; empty for what is no place's name.
        """
        larger = self._names.get(name)
        return larger or tuple(row.code for row in self._towns.table().called(name))

    def all_called(self, name: str) -> tuple[str, ...]:
        """Return every province, city and county of a name, small ones and 和平 too."""
        return tuple({**dict.fromkeys(self._by_name.get(name, ())), **self._of_short(name)})

    def short_name(self, code: str) -> str:
        """Return how the place is said: 中江, 石柱, 四川; towns keep 镇 or 乡 (南华镇).

        Raises:
            LookupError: There is no such place.
        """
        place = self.get(code)
        if place is None:
            raise LookupError(f"no place {code}")
        if place.level == "town":
            return place.name
        return self.rules.spoken.get(place.code) or short_name(place.name)

    def towns_in(self, county: str) -> tuple[Place, ...]:
        """Return the towns by code of a county, or of a city that has no counties."""
        return tuple(_town(row) for row in self._towns.table().in_county(self.current_code(county)))

    def nearness(self, home: str, work: str) -> Nearness:
        """Return how near `work` is to `home`, as far as both codes tell.

        A coarse code gives a coarse answer: from a county to its own province is
        `same_province`. Two places of one municipality but of different counties are in the
        same province.
        """
        home, work = self.current_code(home), self.current_code(work)
        if home == work and len(home) == TOWN_CODE_LENGTH:
            return Nearness.same_town
        for above, nearness in (
            (self.county_of, Nearness.same_county),
            (self.city_of, Nearness.same_city),
            (self.province_of, Nearness.same_province),
        ):
            shared = above(home)
            if shared is not None and shared == above(work):
                return nearness
        return Nearness.other_province

    def seat(self, code: str) -> tuple[float, float] | None:
        """Return (latitude, longitude) of the seat, a town's being its county's.

        None where the place is unknown or only the seat of the place above it is known.
        """
        place = self.get(code)
        if place is not None and place.level == "town":
            place = self._by_code.get(place.parent)
        if place is None or place.latitude is None or place.longitude is None:
            return None
        return place.latitude, place.longitude

    def seat_distance_km(self, a: str, b: str) -> float | None:
        """Return the great-circle kilometres between two seats, or None where one is unknown."""
        here, there = self.seat(a), self.seat(b)
        if here is None or there is None:
            return None
        return _great_circle_km(here, there)

    def nearest_county(self, latitude: float, longitude: float) -> Place | None:
        """Return the county whose seat is nearest, or None where none is within 120 km.

        Counties of which only the city's seat is known are left out.
        """
        here = (latitude, longitude)
        distances = [
            (_great_circle_km(here, (place.latitude, place.longitude)), place.code)
            for place in self._by_code.values()
            if place.level == "county"
            and place.latitude is not None
            and place.longitude is not None
        ]
        distance, code = min(distances)
        return self._by_code[code] if distance <= FARTHEST_SEAT_KM else None

    def _above(self, code: str, level: Level) -> str | None:
        place = self._nearest_known(self.current_code(code))
        while place is not None and place.level != level:
            place = self._by_code.get(place.parent)
        return None if place is None else place.code

    def _nearest_known(self, code: str) -> Place | None:
        # Towns wait in their file, and development zones come and go: the digits tell the
        # county, the city or at least the province.
        for known in (code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"):
            if known in self._by_code:
                return self._by_code[known]
        return None

    def _meant(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        largest = min(_RANK[self._by_code[code].level] for code in codes)
        return tuple(code for code in codes if _RANK[self._by_code[code].level] == largest)

    def _of_short(self, name: str) -> dict[str, None]:
        return dict.fromkeys(self._same_name.get(name, ()))

    def _renamed(self, name: str) -> tuple[str, ...]:
        """Return the counties of 双流县, 即墨市, 石柱县: the short name with another ending."""
        codes = self._names.get(name[:-1], ()) if name.endswith(_COUNTY_ENDINGS) else ()
        counties = [code for code in codes if self._by_code[code].level == "county"]
        return tuple(counties) if len(counties) == len(codes) else ()

    def _zones(self) -> dict[str, tuple[str, ...]]:
        zones: dict[str, Place] = {}
        for place in self._by_code.values():
            if place.level == "county":
                for name in zone_names(place.name, self.short_name(place.parent)):
                    # 合肥 has a second high-tech zone, with a name of its own in its name.
                    if name not in zones or len(place.name) < len(zones[name].name):
                        zones[name] = place
        return {name: (place.code,) for name, place in zones.items()}


def _town(row: TownRow) -> Place:
    return Place(row.code, row.name, "town", row.county, None, None)


def _great_circle_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    latitude, longitude = radians(there[0] - here[0]), radians(there[1] - here[1])
    chord = sin(latitude / 2) ** 2
    chord += cos(radians(here[0])) * cos(radians(there[0])) * sin(longitude / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, code in pairs:
        groups.setdefault(key, []).append(code)
    return {key: tuple(codes) for key, codes in groups.items()}
