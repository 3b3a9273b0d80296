"""Which of the places of one name is meant: by what stands near, by home, by size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.places.gazetteer import Gazetteer, Hit
from bot.understanding.places.surroundings import Surroundings
from content.places import TOWN_CODE_LENGTH, Places

_COUNTY_LENGTH = 6
_FARTHEST_KM = 1e5
# 成都南部 is the south of 成都.
_QUARTERS = frozenset({"南部"})


def lies_in(code: str, outer: str) -> bool:
    """Tell by the digits whether `code` lies in another place, which is not itself."""
    if code == outer:
        return False
    return code.startswith(_digits(outer))


class Settler:
    """Chooses among the places of a hit; the order of the reasons is the order of the methods."""

    def __init__(self, places: Places, gazetteer: Gazetteer) -> None:
        self._places = places
        self._gazetteer = gazetteer
        self._rules = places.rules
        self._served = places.rules.served

    def settle(
        self, hit: Hit, around: Surroundings, *, named: Sequence[str], home: str | None
    ) -> tuple[str, ...]:
        """Return the code meant, several when the name stays open, none when it is no place.

        Args:
            hit: What was found.
            around: The words next to it.
            named: Codes of the places that the text names beyond doubt.
            home: Where the speaker lives, of any level.
        """
        beside = self.beside(hit, around)
        if len(beside) == 1:
            return beside
        if hit.kind == "bare":
            return self._one_for_a_county(self._bare(hit, around, named, home))
        pool = beside or self._pool(hit, around, named, home)
        if len(pool) > 1:
            return self._one_for_a_county(self._nearest(hit, pool, named, home))
        return self._town_instead(hit, pool, named, home) or pool

    def _one_for_a_county(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Take the first of towns that share a name in one county: nobody asks which of them."""
        counties = {code[:_COUNTY_LENGTH] for code in codes}
        return codes[:1] if len(counties) == 1 else codes

    def _town_instead(
        self, hit: Hit, pool: tuple[str, ...], named: Sequence[str], home: str | None
    ) -> tuple[str, ...]:
        """Return the town at home, or in a county of the text, for a far county of its name.

        Somebody of 中江 who says 仓山 means the town, not a district of 福州.
        """
        if not hit.towns or not pool or pool[0].endswith("00"):
            return ()
        outer = [code for code in named if not code.endswith("00")]
        if home is not None and self._is_city_or_county(home):
            outer.append(home[:_COUNTY_LENGTH])
        if any(one[:2] == pool[0][:2] for one in outer):
            return ()
        towns = _inside(hit.towns, outer)
        return towns if len(towns) == 1 else ()

    def beside(self, hit: Hit, around: Surroundings) -> tuple[str, ...]:
        """Keep what lies in the place right in front; larger places hide towns (中江仓山)."""
        outer = around.beside
        if not outer:
            return ()
        meant = _inside(hit.codes, outer)
        if hit.kind == "bare":
            return meant[:1] if self._fits_beside(hit, around, meant) else ()
        if not meant and _is_province(hit):
            # 天津河北 are two provinces; only 河北区 is the district.
            return tuple(code for code in self._cities(hit) if _inside((code,), outer))
        inside = meant or _inside(dict.fromkeys(self._every(hit)), outer)
        towns = () if inside else _inside(hit.towns, outer)
        if towns and any(self._is_narrow(code) for code in outer):
            return towns[:1]
        return inside

    def _fits_beside(self, hit: Hit, around: Surroundings, codes: tuple[str, ...]) -> bool:
        """Tell whether a bare town behind a place is meant: 中江太平, but not 四川太平."""
        ordinary = self._gazetteer.is_ordinary(hit.name)
        if codes and any(self._is_narrow(code) for code in around.beside):
            return around.touching or around.alone or not ordinary
        return len(codes) == 1 and not ordinary

    def _pool(
        self, hit: Hit, around: Surroundings, named: Sequence[str], home: str | None
    ) -> tuple[str, ...]:
        """Return the places a name may mean here; none where it is an ordinary word."""
        every = tuple(dict.fromkeys(self._every(hit)))
        if hit.kind in {"name", "town"}:
            return every if hit.name in self._rules.settled else hit.codes
        if hit.name in self._rules.aliases:
            return self._everyday(hit, around, named, home)
        if not around.marked:
            return self._unmarked(hit, around, named) if hit.kind == "doubtful" else ()
        related = tuple(code for code in every if self._is_related(code, named, home))
        return related or (hit.codes if hit.kind == "doubtful" else ())

    def _everyday(
        self, hit: Hit, around: Surroundings, named: Sequence[str], home: str | None
    ) -> tuple[str, ...]:
        """Read a nickname that every large city may have: 主城 is 重庆 for its own people."""
        if around.beside and not _inside(around.beside, hit.codes):
            return hit.codes if set(around.beside) & set(hit.codes) else ()
        if home is None:
            return hit.codes
        return tuple(code for code in hit.codes if self._is_related(code, named, home))

    def _unmarked(self, hit: Hit, around: Surroundings, named: Sequence[str]) -> tuple[str, ...]:
        """Read a doubtful name side by side with a place of its city, or of its province."""
        every = tuple(dict.fromkeys(self._every(hit)))
        inside = _inside(every, named)
        if inside or not around.neighbour:
            return inside
        digits = 2 if around.closes and hit.name not in _QUARTERS else 4
        heads = {code[:digits] for code in around.beside}
        return tuple(code for code in every if code[:digits] in heads)

    def _bare(
        self, hit: Hit, around: Surroundings, named: Sequence[str], home: str | None
    ) -> tuple[str, ...]:
        """Read a bare town that a place in the text, home or the whole country makes clear."""
        near = [outer for outer in named if self._is_city_or_county(outer)]
        scopes = [near, *_scopes(home)]
        if self._gazetteer.is_ordinary(hit.name):
            # 保安 and 太平 alone are a trade and a wish; 去太平 is a way in the home county.
            goes = around.going and (around.behind or around.work or around.ends)
            return _inside(hit.codes, [*near, *(scopes[1] if home else ())]) if goes else ()
        if not around.marked:
            return ()
        for outer in scopes:
            inside = _inside(hit.codes, outer)
            if inside:
                return inside
        # Behind the name of a firm stands 招 too: that alone names no town of nowhere near.
        if not (around.going or around.behind or around.alone):
            return ()
        return _inside(hit.codes, self._served) or (hit.codes if len(hit.codes) == 1 else ())

    def _nearest(
        self, hit: Hit, pool: tuple[str, ...], named: Sequence[str], home: str | None
    ) -> tuple[str, ...]:
        """Narrow several places of one name by the text, home, the served areas and size."""
        for outer in [list(named), *_scopes(home), list(self._served)]:
            inside = _inside(pool, outer) or tuple(code for code in pool if code in outer)
            if len(inside) == 1:
                return inside
            if inside:
                pool = inside
                break
        return self._by_distance(self._largest(hit, pool), home)

    def _by_distance(self, pool: tuple[str, ...], home: str | None) -> tuple[str, ...]:
        if home is None or len(pool) == 1:
            return pool
        far = {code: self._places.seat_distance_km(home, code) for code in pool}
        known = {code: _FARTHEST_KM if km is None else km for code, km in far.items()}
        return tuple(sorted(pool, key=known.__getitem__))

    def _largest(self, hit: Hit, pool: tuple[str, ...]) -> tuple[str, ...]:
        known = self._rules.known_towns.get(hit.name)
        if known in pool:
            return (str(known),)
        short = {self._short(code) for code in pool}
        settled = self._rules.settled.get(short.pop(), ()) if len(short) == 1 else ()
        return tuple(code for code in settled if code in pool) or pool

    def _short(self, code: str) -> str:
        return self._places.short_name(code)

    def _every(self, hit: Hit) -> Iterable[str]:
        if hit.kind in ("town", "bare"):
            return hit.codes
        return (*hit.codes, *self._places.all_called(hit.name))

    def _cities(self, hit: Hit) -> Iterable[str]:
        return (code for code in dict.fromkeys(self._every(hit)) if code.endswith("00"))

    def _is_related(self, code: str, named: Sequence[str], home: str | None) -> bool:
        """Tell whether the text or home's province speaks of the land around a place."""
        if any(lies_in(code, one) or lies_in(one, code) for one in named):
            return True
        if home is not None:
            return code[:2] == home[:2]
        return not named and any(code[:2] == one[:2] for one in self._served)

    def _is_narrow(self, code: str) -> bool:
        """Tell whether towns hang right below a place: a county, or 东莞."""
        return not code.endswith("00") or bool(self._places.towns_in(code))

    def _is_city_or_county(self, code: str) -> bool:
        return not code.endswith("0000")


def _is_province(hit: Hit) -> bool:
    return bool(hit.codes) and hit.codes[0].endswith("0000")


def _digits(code: str) -> str:
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") and len(code) == _COUNTY_LENGTH else code


def _inside(codes: Iterable[str], outer: Iterable[str]) -> tuple[str, ...]:
    areas = list(outer)
    return tuple(code for code in codes if any(lies_in(code, one) for one in areas))


def _scopes(home: str | None) -> list[list[str]]:
    """Return home's county, city and province, nearest first."""
    if home is None:
        return []
    digits = home[:_COUNTY_LENGTH] if len(home) == TOWN_CODE_LENGTH else home
    around = [digits, f"{digits[:4]}00", f"{digits[:2]}0000"]
    return [[one] for one in dict.fromkeys(around)]
