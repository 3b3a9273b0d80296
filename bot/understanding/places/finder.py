"""Place names in a text, settled to codes: the finest unit said, nearest to home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from bot.understanding.places.gazetteer import Gazetteer, Hit
from bot.understanding.places.settling import Settler
from bot.understanding.places.surroundings import Accepted, look_around
from bot.understanding.places.traps import (
    Reading,
    find_person_names,
    is_broken,
    is_person,
    reading_of,
)
from content.places import TOWN_CODE_LENGTH, Place, Places

_SHORTEST_TEXT = 2


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place at a stretch of the text; `code` has nine digits for a town, otherwise six."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A name that may mean several places: the one who wrote it has to be asked.

    Attributes:
        name: The name as the register or an everyday name has it.
        codes: What it may mean, the likeliest first where anything tells; never fewer than two.
        start: Where the name begins in the text.
        end: Where it ends.
    """

    name: str
    codes: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """The places of one text.

    Attributes:
        mentions: Settled places in order; a name of land in several counties (两江新区) gives
            one mention for each, its seat first, at the same stretch.
        open: Names that stay ambiguous, in order.
        origins: Places that tell where people come from (四川人); they are no mentions.
    """

    mentions: tuple[PlaceMention, ...] = ()
    open: tuple[OpenPlace, ...] = ()
    origins: tuple[PlaceMention, ...] = ()


class PlaceFinder:
    """Finds places by one pass over the text; ambiguous names are settled by their neighbours.

    Making it costs nothing: the names are put in order at the first text, or by `warm`. It is
    safe to use from several threads.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._lock = Lock()
        self._tools: tuple[Gazetteer, Settler] | None = None

    def warm(self) -> None:
        """Read the towns and put all names in order now; takes some 0.4 seconds."""
        self._made()

    def find(self, text: str, *, home: str | None = None) -> list[PlaceMention]:
        """Find the settled places of folded text in order; see `read`."""
        return list(self.read(text, home=home).mentions)

    def read(self, text: str, *, home: str | None = None) -> PlacesRead:
        """Find the places of folded text, and the names that stay ambiguous.

        A name of several places means the one in the place before it, else the one in another
        place named in the text, else the one nearest to `home` (a code of any level), else one
        in the areas served, else the largest. Ordinary words that are also names (和平, 石桥)
        count only where something around them speaks of a place.
        """
        if len(text) < _SHORTEST_TEXT:
            return PlacesRead()
        gazetteer, settler = self._made()
        hits = gazetteer.scan(text)
        if not hits:
            return PlacesRead()
        return _Pass(text, settler, self._places, home).read(hits)

    def finest(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Drop each place that another of the codes lies in, and repeats; keep the order."""
        distinct = list(dict.fromkeys(codes))
        outer = {above for code in distinct for above in self._above(code) if above != code}
        return tuple(code for code in distinct if code not in outer)

    def adcode(self, code: str) -> str:
        """Return the county of a town (its city where there are none), any other code as it is."""
        if len(code) != TOWN_CODE_LENGTH:
            return code
        return self._places.county_of(code) or self._places.city_of(code) or code[:6]

    def _made(self) -> tuple[Gazetteer, Settler]:
        if self._tools is None:
            with self._lock:
                if self._tools is None:
                    gazetteer = Gazetteer(self._places)
                    self._tools = gazetteer, Settler(self._places, gazetteer)
        return self._tools

    def _above(self, code: str) -> list[str]:
        line = [code]
        place = self._places.get(code)
        while isinstance(place, Place) and place.parent and place.parent not in line:
            line.append(place.parent)
            place = self._places.get(place.parent)
        return line


class _Pass:
    """One reading of one text."""

    def __init__(self, text: str, settler: Settler, places: Places, home: str | None) -> None:
        self._text = text
        self._settler = settler
        self._areas = places.rules.areas
        self._served = {code[:2] for code in places.rules.served}
        self._home = None if home is None else places.current_code(home)
        self._before: Accepted | None = None
        self._mentions: list[PlaceMention] = []
        self._open: list[OpenPlace] = []
        self._origins: list[PlaceMention] = []

    def read(self, hits: list[Hit]) -> PlacesRead:
        persons = find_person_names(self._text)
        kept = [hit for hit in hits if not is_person(self._text, hit, persons)]
        named = [hit.codes[0] for hit in kept if hit.kind == "name" and len(hit.codes) == 1]
        for place, hit in enumerate(kept):
            reading = reading_of(self._text, hit)
            if self._is_no_place(hit):
                continue
            sure = kept[place + 1].start if _next_is_sure(kept, place) else len(self._text)
            if reading == "nothing":
                continue
            if hit.longer is not None:
                self._take_beside(hit.longer)
            if hit.kind == "bare" and hit.end > sure:
                self._take_beside(hit)
            else:
                others = [code for code in named if code not in hit.codes]
                self._take(hit, reading, others, _sure_after(kept, place))
        return PlacesRead(tuple(self._mentions), tuple(self._open), tuple(self._origins))

    def _take_beside(self, hit: Hit) -> None:
        """Take a bare town that another name overlaps only right behind its county: 贡山独龙江."""
        before = self._before
        if before is None or before.end != hit.start:
            return
        codes = self._settler.beside(hit, look_around(self._text, hit, before))
        if len(codes) == 1:
            self._before = Accepted(codes, hit.start, hit.end)
            self._mentions.append(PlaceMention(codes[0], hit.start, hit.end))

    def _is_no_place(self, hit: Hit) -> bool:
        """Tell whether the text only seems to say a name, or a town its county does not have."""
        before = self._before
        if hit.kind == "town" and before is not None and before.end == hit.start:
            counties = [code for code in before.codes if not code.endswith("00")]
            strange = not any(code.startswith(tuple(counties)) for code in hit.codes)
            return bool(counties) and strange
        served = any(code[:2] in self._served for code in hit.codes)
        return not served and is_broken(self._text, hit)

    def _take(self, hit: Hit, reading: Reading, named: list[str], after: Hit | None) -> None:
        before = self._before
        if before is not None and hit.start < before.end:
            return
        around = look_around(self._text, hit, before, after)
        is_area = hit.name in self._areas
        codes = (
            hit.codes
            if is_area
            else self._settler.settle(hit, around, named=named, home=self._home)
        )
        if not codes:
            return
        self._before = Accepted(codes, hit.start, hit.end)
        if len(codes) > 1 and not is_area:
            self._open.append(OpenPlace(hit.name, codes, hit.start, hit.end))
            return
        kept = self._origins if reading == "origin" else self._mentions
        kept.extend(PlaceMention(code, hit.start, hit.end) for code in codes)


def _sure_after(hits: list[Hit], place: int) -> Hit | None:
    after = hits[place + 1] if place + 1 < len(hits) else None
    return after if after is not None and after.kind == "name" else None


def _next_is_sure(hits: list[Hit], place: int) -> bool:
    return place + 1 < len(hits) and hits[place + 1].kind != "bare"
