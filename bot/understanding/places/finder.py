"""Place names in a text, settled to codes: the finest unit said, nearest to home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.writing.lexicon import Lexicon, Mention
from content.places import TOWN_CODE_LENGTH, Place, Places

# 前天全都 is a day, not 天全.
_DAYS = re.compile(r"[今昨前明后每天半整一两几当]天")
_TOWN_ENDINGS = ("街道", "镇", "乡")
_TOWN_NAME_LENGTHS = (4, 3, 2)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place at a stretch of the text; `code` has nine digits for a town, otherwise six."""

    code: str
    start: int
    end: int


class PlaceFinder:
    """Finds places by one pass over the text; ambiguous names are settled by their neighbours."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._names = places.names()
        self._lexicon = Lexicon(self._names)
        self._towns: dict[str, dict[str, str]] = {}

    def find(self, text: str, *, home: str | None = None) -> list[PlaceMention]:
        """Find the places of folded text in order.

        A name of several places means the one inside another place named in the text, else
        the one nearest to `home` (an adcode); a name that stays ambiguous is left out.
        """
        mentions = self._lexicon.find(_DAYS.sub(_spaces, text))
        certain = {
            self._names[mention.name][0]
            for mention in mentions
            if len(self._names[mention.name]) == 1
        }
        found: list[PlaceMention] = []
        for mention in mentions:
            code = self._settle(self._names[mention.name], certain, home)
            if code is None:
                continue
            found.append(PlaceMention(code, mention.start, mention.end))
            town = self._town_after(text, mention, code)
            if town is not None:
                found.append(town)
        return found

    def finest(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Drop each place that another of the codes lies in, and repeats; keep the order."""
        distinct = list(dict.fromkeys(codes))
        outer = {above for code in distinct for above in self._above(code) if above != code}
        return tuple(code for code in distinct if code not in outer)

    def adcode(self, code: str) -> str:
        """Return the county of a town, and any other code as it is."""
        if len(code) != TOWN_CODE_LENGTH:
            return code
        return self._places.county_of(code) or code[:6]

    def _settle(self, codes: tuple[str, ...], certain: set[str], home: str | None) -> str | None:
        if len(codes) == 1:
            return codes[0]
        inside = [code for code in codes if certain & set(self._above(code))]
        if len(inside) == 1:
            return inside[0]
        candidates = inside or list(codes)
        if home is not None:
            return self._nearest(candidates, home)
        # Without a home, the areas whose towns the register holds are the ones it serves.
        served = [code for code in candidates if self._is_served(code)]
        return served[0] if len(served) == 1 else None

    def _nearest(self, codes: Sequence[str], home: str) -> str | None:
        home_line = self._above(home)
        shared = {code: len(set(home_line) & set(self._above(code))) for code in codes}
        best = max(shared.values())
        nearest = [code for code in codes if shared[code] == best]
        return nearest[0] if len(nearest) == 1 and best else None

    def _is_served(self, code: str) -> bool:
        county = self._places.county_of(code)
        return county is not None and bool(self._places.towns_in(county))

    def _above(self, code: str) -> list[str]:
        line = [code]
        place = self._places.get(code)
        while isinstance(place, Place) and place.parent and place.parent not in line:
            line.append(place.parent)
            place = self._places.get(place.parent)
        return line

    def _town_after(self, text: str, mention: Mention, county: str) -> PlaceMention | None:
        """Read a bare town name right behind its county: 中江仓山, 旌阳孝泉."""
        towns = self._short_towns(county)
        if not towns:
            return None
        start = mention.end
        for length in _TOWN_NAME_LENGTHS:
            code = towns.get(text[start : start + length])
            if code is not None and not self._is_named(text[start:], length):
                return PlaceMention(code, start, start + length)
        return None

    def _is_named(self, rest: str, length: int) -> bool:
        # The lexicon reads the full name itself (南华镇).
        return rest[length:].startswith(_TOWN_ENDINGS)

    def _short_towns(self, county: str) -> dict[str, str]:
        if county not in self._towns:
            self._towns[county] = {
                _without_ending(town.name): town.code for town in self._places.towns_in(county)
            }
        return self._towns[county]


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _without_ending(name: str) -> str:
    for ending in _TOWN_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name
