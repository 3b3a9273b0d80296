"""Every stretch of a text that may name a place, with the places it may name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.understanding.writing.lexicon import lengths_by_head
from content.place_names import short_town_name
from content.places import Places
from content.towns import TownRow

# name: nobody means anything else by it; doubtful, word: `NameRules` tells; town: 南华镇;
# bare: 南华, which is a place only where something near it says so.
Kind = Literal["name", "doubtful", "word", "town", "bare"]

_TOWN_ENDINGS = ("镇", "乡", "街道")
# What may stand behind a town's bare name in its full one: 镇, 乡, 街道, 土家族乡.
_MAY_FOLLOW = frozenset(
    "镇乡街民蒙回藏维苗彝壮布朝满侗瑶白土哈傣黎傈佤畲拉水东纳景柯达仫羌撒毛仡锡阿普塔怒鄂独保裕各"
)
_ENDINGS = "县市区旗州省"
# 成都市场 and 江北区域 end with the short name.
_NO_ENDING = re.compile(r"市(?:场|民|政|面|价|值|容)|区(?:域|间|别)|州(?:际)")
# 桃花乡村 is no town.
_NO_TOWN = re.compile(r"乡(?:村|镇|亲|愁|音|土|下)|镇(?:定|静|压)")
_WORKS = re.compile(r".{0,3}?(?:厂|公司|基地|集团|车间|场)")
_COUNTY_LEVEL = "县级"  # 德阳县级医院 is in no 德阳县
_SHORTEST_WHOLE = 3
_AND = frozenset("和同")
_ROWS_KEPT = 4096


class Hit(NamedTuple):
    """A stretch of the text that may name a place.

    Attributes:
        name: The name found, without an ending that the text gives it (罗江 of 罗江县).
        start: Where it begins.
        end: Where it ends, with its ending.
        kind: How sure it is.
        codes: Places of the name, six digits, or nine for kinds town and bare.
        towns: Towns of the bare name where `codes` are larger places (仓山).
        longer: A bare town that begins here and goes on beyond `end` (江川路 of 闵行).
    """

    name: str
    start: int
    end: int
    kind: Kind
    codes: tuple[str, ...]
    towns: tuple[str, ...] = ()
    longer: Hit | None = None


class Gazetteer:
    """All names of the country, searched in one pass; building it reads the towns."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._rules = places.rules
        self._towns = places.town_table()
        # Building the rows of 太平 costs more than all the rest of a pass.
        self._rows = lru_cache(maxsize=_ROWS_KEPT)(self._towns.bare)
        self._codes = lru_cache(maxsize=_ROWS_KEPT)(self._codes_of)
        self._names = {
            **{name: places.all_called(name) for name in self._rules.unsearchable},
            **places.names(),
        }
        self._known = self._rules.known_towns.keys()
        names = (*self._rules.words, *self._names, *self._known)
        # 重庆火锅底料厂 is in 重庆 all the same; inside 天南海北 no factory makes a place.
        self._brands = {word for word in self._rules.words if self._opens_with_a_place(word)}
        self._lengths = lengths_by_head((*names, *self._towns.bare_names()))

    def scan(self, text: str) -> list[Hit]:
        """Find the hits from left to right, the longest at each place.

        Only bare towns may overlap with what follows them.
        """
        lengths_of = self._lengths
        heads = [one for one in range(len(text) - 1) if text[one : one + 2] in lengths_of]
        hits: list[Hit] = []
        read_to = 0
        for place in heads:
            if place < read_to:
                continue
            hit = self._longest_at(text, place, lengths_of[text[place : place + 2]])
            if text[place] in _AND and hits and hits[-1].end == place:
                hit = self._behind_and(text, place, hit)
            elif isinstance(hit, Hit) and hits and hits[-1].end == place:
                hit = self._town_of_last(text, hit, hits[-1])
            if isinstance(hit, int):
                read_to = hit
                continue
            hits.append(hit)
            read_to = place + 1 if hit.kind == "bare" else hit.end
        return hits

    def is_ordinary(self, name: str) -> bool:
        """Tell whether a bare town's name is an ordinary word as well (太平, 建设)."""
        return name in self._towns.words

    def _behind_and(self, text: str, place: int, hit: Hit | int) -> Hit | int:
        """Read 乐山和平武 as two counties, not as 和平: a place beyond the first reading wins."""
        lengths = self._lengths.get(text[place + 1 : place + 3])
        later = None if lengths is None else self._longest_at(text, place + 1, lengths)
        if not isinstance(hit, Hit) or not isinstance(later, Hit):
            return hit
        return later if later.kind in ("name", "doubtful") and later.end > hit.end else hit

    def _town_of_last(self, text: str, hit: Hit, last: Hit) -> Hit:
        """Read 绵竹九龙镇康养 as the town that the county in front has, not as 九龙 and 镇康."""
        end = hit.start + len(hit.name) + 1
        if hit.kind == "town" or text[end - 1 : end] != "镇":
            return hit
        rows = [row for row in self._rows(hit.name) if row.name == text[hit.start : end]]
        inside = [row for row in rows if row.county in last.codes]
        return _town_hit(hit.name + "镇", hit.start, end, "town", inside) if inside else hit

    def _opens_with_a_place(self, word: str) -> bool:
        return any(word[:length] in self._names for length in (2, 3))

    def _longest_at(self, text: str, place: int, lengths: tuple[int, ...]) -> Hit | int:
        """Return the best hit at a place, or where to read on."""
        bare: Hit | None = None
        for length in lengths:
            name = text[place : place + length]
            if len(name) < length or text.startswith(_COUNTY_LEVEL, place + length - 1):
                continue
            if name in self._rules.words and not (
                name in self._brands and _WORKS.match(text, place + length)
            ):
                return place + length
            hit = self._town_at(text, place, name)
            codes = self._names.get(name)
            if codes is not None and (hit is None or hit.kind == "bare"):
                larger = self._larger(text, place, name, codes, hit)
                return larger if bare is None else larger._replace(longer=bare)
            if hit is not None and hit.kind == "town":
                return hit
            bare = bare or hit
        return place + 1 if bare is None else bare

    def _larger(
        self, text: str, place: int, name: str, codes: tuple[str, ...], town: Hit | None
    ) -> Hit:
        kind: Kind = "name"
        if name in self._rules.unsearchable:
            kind = "word"
        elif name in self._rules.doubtful:
            kind = "doubtful"
        end = place + len(name)
        towns = () if town is None else town.codes
        ending = text[end : end + 1]
        longer = ending and ending in _ENDINGS and name[-1] not in _ENDINGS
        if longer and not _NO_ENDING.match(text, end):
            named = self._with_ending(codes, ending)
            named = named or self._with_ending(self._places.all_called(name), ending)
            if named and kind != "word":
                return Hit(name, place, end + 1, "name", named)
        return Hit(name, place, end, kind, codes, towns)

    def _with_ending(self, codes: tuple[str, ...], ending: str) -> tuple[str, ...]:
        """Keep what a short name may mean with an ending of its own: 双流县, 甘南州."""
        level = "city" if ending == "州" else "county"
        found = [self._places.get(code) for code in codes]
        return tuple(place.code for place in found if place is not None and place.level == level)

    def _codes_of(self, name: str) -> tuple[str, ...]:
        return tuple(row.code for row in self._towns.bare(name))

    def _town_at(self, text: str, place: int, name: str) -> Hit | None:
        if name in self._known and not text.startswith(_TOWN_ENDINGS, place + len(name)):
            rows = self._rows(short_town_name(name))
            rows = [row for row in rows if row.name == name] or rows
            return _town_hit(name, place, place + len(name), "town", rows)
        codes = self._codes(name)
        whole = _is_whole(name)
        end = place + len(name)
        if not codes or not (whole or text[end : end + 1] in _MAY_FOLLOW):
            return Hit(name, place, end, "bare", codes) if codes else None
        full = [row for row in self._rows(name) if text.startswith(row.name, place)]
        longest = max((len(row.name) for row in full), default=0)
        if longest > len(name) or (longest and whole):
            named = [row for row in full if len(row.name) == longest]
            last = place + longest - 1
            # 南阳镇平 names a city and its county.
            inner = name in self._names and text[last : last + 2] in self._names
            if not inner and not _NO_TOWN.match(text, last):
                return _town_hit(named[0].name, place, place + longest, "town", named)
        return Hit(name, place, end, "bare", codes)


def _is_whole(name: str) -> bool:
    # 石臼镇 is as long as its bare name; 口镇 and 新镇 end other words.
    return name.endswith("镇") and len(name) >= _SHORTEST_WHOLE


def _town_hit(name: str, start: int, end: int, kind: Kind, rows: list[TownRow]) -> Hit:
    return Hit(name, start, end, kind, tuple(row.code for row in rows))
