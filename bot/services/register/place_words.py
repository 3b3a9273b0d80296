"""Places as sheets write them: names of counties and towns, whole addresses, codes."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.services.people.officers import scope_of
from bot.understanding import TextReader
from content.places import TOWN_CODE_LENGTH, Place, Places

COUNTY_LENGTH = 6


@dataclass(slots=True)
class PlaceWords:
    """Turns the words of a sheet into codes; the same words are looked up once.

    Attributes:
        places: All places.
        reader: Reads whole addresses.
        bureau: Whose sheet it is; settles names that several places have.
    """

    places: Places
    reader: TextReader
    bureau: str
    _homes: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    _works: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def home(self, county: str, town: str, code: str) -> str | None:
        """Return the code of a home of six or nine digits, or None where no such place is.

        Args:
            county: Name of the county, or empty.
            town: Name of the town, or empty.
            code: A code of 6, 9 or 12 digits, or empty; it wins where it is of a place.

        Nothing said is no place: it is not the bureau's own.
        """
        key = (county, town, code)
        if key not in self._homes:
            self._homes[key] = self._by_code(code) or self._by_names(county, town)
        return self._homes[key]

    def work(self, words: str, county: str) -> str | None:
        """Return the code of a workplace as fine as the words tell, or None.

        Args:
            words: An address, a name or a code; may be empty.
            county: What the column of counties says; may be empty.
        """
        key = (words, county)
        if key not in self._works:
            found = [self._work(one) for one in (words, county) if one]
            known = [one for one in found if one is not None]
            self._works[key] = max(known, key=_fineness, default=None)
        return self._works[key]

    def county_of(self, code: str) -> str | None:
        """Return the county of a code; the city itself where it has no counties (东莞)."""
        county = self.places.county_of(code)
        if county is not None:
            return county
        city = self.places.city_of(code)
        return city if city is not None and self.places.towns_in(city) else None

    def _by_code(self, code: str) -> str | None:
        for length in (TOWN_CODE_LENGTH, COUNTY_LENGTH):
            if len(code) >= length and code.isdecimal():
                place = self.places.get(code[:length])
                if place is not None:
                    return place.code
        return None

    def _by_names(self, county: str, town: str) -> str | None:
        if not county and not town:
            return None
        best = self._county(county) if county else self.bureau
        if best is None or not town:
            return best
        return self._town(best, town) or best

    def _county(self, name: str) -> str | None:
        area = scope_of(self.bureau)
        found = [one.code for one in self.places.find(name) if one.level != "town"]
        inside = [code for code in found if code.startswith(area)]
        first = next(iter(inside or found), None)
        return first if first is not None else self._work(name)

    def _town(self, county: str, name: str) -> str | None:
        counties = [county] if not county.endswith("00") else self._counties_of(county)
        towns = [one for code in counties for one in self.places.towns_in(code)]
        whole = [one.code for one in towns if one.name == name]
        if whole:
            return whole[0] if len(whole) == 1 else None
        bare = [one.code for one in towns if _bare(one) == name.rstrip("镇乡")]
        return bare[0] if len(bare) == 1 else None

    def _counties_of(self, code: str) -> list[str]:
        area = scope_of(code)
        return [one for one in self.places.codes() if one.startswith(area)]

    def _work(self, words: str) -> str | None:
        if words.isdecimal():
            return self._by_code(words) or self._known(words[:COUNTY_LENGTH])
        whole = self.places.find(words)
        if len(whole) == 1:
            return whole[0].code
        read = self.reader.read_places(words, home=self.bureau)
        codes = [one.code for one in read.mentions]
        return max(codes, key=_fineness, default=None)

    def _known(self, code: str) -> str | None:
        place = self.places.get(code)
        return place.code if place is not None else None


def _bare(place: Place) -> str:
    return place.name.removesuffix("街道").rstrip("镇乡")


def _fineness(code: str) -> int:
    return len(code.rstrip("0")) if len(code) == COUNTY_LENGTH else len(code)


def is_outside(home: str | None, scope: str) -> bool:
    """Tell whether a home surely lies outside a code prefix; one known too roughly may not."""
    if home is None or home.startswith(scope):
        return False
    return not scope.startswith(home.rstrip("0"))
