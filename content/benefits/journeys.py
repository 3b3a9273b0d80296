"""How far a trip goes, told from the codes of its two ends."""

from __future__ import annotations

from dataclasses import dataclass

from content.benefits.facts import Journey
from content.places import Places


@dataclass(frozen=True, slots=True)
class _End:
    province: str | None
    city: str | None
    county: str | None


class Journeys:
    """Tells distances in counties and provinces; safe to share between threads."""

    __slots__ = ("_places", "_with_counties")

    def __init__(self, places: Places) -> None:
        self._places = places
        self._with_counties = {code[:4] for code in places.codes() if not code.endswith("00")}

    def between(self, start: str, end: str) -> Journey | None:
        """Return how far it is, or None where a code is too coarse to tell.

        From a city to one of its own counties may be within that county. Old codes count as the
        counties they became. A city without counties (东莞) is taken as one county.
        """
        here, there = self._end(start), self._end(end)
        if here.province != there.province:
            return Journey.OTHER_PROVINCE
        if here.city and there.city and here.city != there.city:
            return Journey.OTHER_COUNTY
        if here.county and there.county:
            return Journey.SAME_COUNTY if here.county == there.county else Journey.OTHER_COUNTY
        return None

    def is_place(self, code: str) -> bool:
        """Tell whether there is or was such a place."""
        return self._places.get(code) is not None

    def names_no_county(self, code: str) -> bool:
        """Tell whether a code is only a province's, or a city's with counties below it."""
        return self._end(code).county is None

    def _end(self, code: str) -> _End:
        city, county = self._places.city_of(code), self._places.county_of(code)
        if county is None and city is not None and city[:4] not in self._with_counties:
            county = city
        return _End(self._places.province_of(code), city, county)
