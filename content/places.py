"""Provinces, cities, counties and towns: who lies in whom, how far apart, how they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import Literal

from content.place_names import NameRules, short_name, short_town_name

Level = Literal["province", "city", "county", "town"]

EARTH_RADIUS_KM = 6371.0
# Farther from every seat than the widest counties are across: the position is abroad or at sea.
FARTHEST_SEAT_KM = 120.0
TOWN_CODE_LENGTH = 9
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
    """The register of places, with lookups by code and by name."""

    __slots__ = ("_by_code", "_by_name", "_names", "_rules", "_town_names", "_towns_in")

    def __init__(self, places: Mapping[str, Place], rules: NameRules) -> None:
        self._by_code = places
        self._rules = rules
        towns = [place for place in places.values() if place.level == "town"]
        larger = [place for place in places.values() if place.level != "town"]
        self._towns_in = _grouped((town.parent, town.code) for town in towns)
        self._town_names = _grouped((short_town_name(town.name), town.code) for town in towns)
        full = _grouped((place.name, place.code) for place in (*larger, *towns))
        short = _grouped((self.short_name(place.code), place.code) for place in larger)
        meant = {name: self._meant(codes) for name, codes in short.items()}
        self._by_name = {**meant, **full, **rules.settled, **rules.aliases}
        self._names = MappingProxyType(
            {
                name: codes
                for name, codes in self._by_name.items()
                if len(name) > 1 and name not in rules.unsearchable
            }
        )

    def get(self, code: str) -> Place | None:
        """Return the place of a current or abolished code, or None."""
        return self._by_code.get(self.current_code(code))

    def current_code(self, code: str) -> str:
        """Return the code in force for an abolished one; any other code comes back as it is.

        An unknown town of an abolished county becomes the county's present code: which town
        it is today is not known.
        """
        if code in self._by_code:
            return code
        if code in self._rules.former_codes:
            return self._rules.former_codes[code]
        return self._rules.former_codes.get(code[:6], code)

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
        codes = self._by_name.get(name) or self._town_names.get(name, ())
        found = [self._by_code[code] for code in codes]
        return sorted(found, key=lambda place: (_RANK[place.level], place.code))

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Return every name worth searching for in a sentence, with its codes.

        Names of one character, names that are ordinary words and bare town names (石桥, 建设)
        are left out; a town is searched by its full name (南华镇).
        """
        return self._names

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
        return self._rules.spoken.get(place.code) or short_name(place.name)

    def towns_in(self, county: str) -> tuple[Place, ...]:
        """Return the county's towns by code; empty where the data holds no towns."""
        codes = self._towns_in.get(self.current_code(county), ())
        return tuple(self._by_code[code] for code in codes)

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
        # Only two provinces' towns are held, and development zones come and go: the digits
        # then tell the county, the city or at least the province.
        for known in (code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"):
            if known in self._by_code:
                return self._by_code[known]
        return None

    def _meant(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        largest = min(_RANK[self._by_code[code].level] for code in codes)
        return tuple(code for code in codes if _RANK[self._by_code[code].level] == largest)


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
