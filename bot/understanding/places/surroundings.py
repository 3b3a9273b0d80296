"""What stands around a hit: the place before it, words of going and being, clauses."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.understanding.places.gazetteer import Hit
from content.places import TOWN_CODE_LENGTH

_GOING = frozenset("在去到回来往从离赴走克切奔想是拢")
_LISTING = frozenset(
    (
        "和",
        "跟",
        "及",
        "或",
        "、",
        "/",
        ",",
        "与",
        "同",
        "或者",
        "或是",
        "还是",
        "以及",
        "跟到",
        "、或者",
    )
)
_AND_NEXT = _LISTING - {","}
_GAP = frozenset(("", " ", "的", "-", "·", "/", ">", ":", "(", "  ", "省", "市"))
_SIDE_BY_SIDE = frozenset(("", " "))
_BOTH = re.compile(r"[都也两这哪]")
_BREAK = re.compile(r"[,。;!?:、()/\s\[\]\-|·]")
_PLACE_BEHIND = re.compile(
    r"那边|这边|那里|这里|那儿|那块|那一片|那一带|那片|附近|周边|周围|一带|镇上|街上|场上|场镇|乡下"
    r"|县城|城头|城里|城区|市区|老街|工业|产业园|物流|园区|码头|高速|车站|机场|本地|当地|片区"
)
_WORK_BEHIND = re.compile(
    r"上班|打工|干活|做活|做工|做事|找活|找工|找事|找个|招|有没|有冇|的厂|厂头|厂里"
)


class Accepted(NamedTuple):
    """A place already read: its codes (several for an area) and its stretch of the text."""

    codes: tuple[str, ...]
    start: int
    end: int


class Surroundings(NamedTuple):
    """How the words around a hit speak for a place.

    Attributes:
        beside: Codes of the place right in front (中江 of 中江仓山), of a town's county too
            (中江仓山、南华); empty without one.
        neighbour: Only a space, or nothing, stands between that place and the hit.
        touching: That place stands without a sign between.
        going: 去, 在 or another word of place in front, or the next of a list.
        behind: 那边, 附近, 县城 or another word of place behind.
        work: 上班, 招 or another word of work behind; firms have such words behind too.
        ends: A clause ends with the hit.
        closes: `ends`, or 都, 也, 两 speak of it and the place in front together.
        alone: The hit is a clause by itself.
    """

    beside: tuple[str, ...]
    neighbour: bool
    touching: bool
    going: bool
    behind: bool
    work: bool
    ends: bool
    closes: bool
    alone: bool

    @property
    def marked(self) -> bool:
        """Something says that a place is meant."""
        return self.going or self.behind or self.work or self.alone


def look_around(
    text: str, hit: Hit, before: Accepted | None, after: Hit | None = None
) -> Surroundings:
    """Look at the text around `hit`.

    Args:
        text: The whole text.
        hit: What was found.
        before: The last place accepted in front of it.
        after: The next hit, where it names a place beyond doubt.
    """
    gap = None if before is None or before.end > hit.start else text[before.end : hit.start]
    listed = gap in _LISTING
    beside = before.codes if before is not None and gap in _GAP else ()
    if before is not None and (listed or beside):
        beside = (*beside, *_counties_of_towns(before.codes))
    first = text[hit.start - 1 : hit.start] if hit.start else ""
    starts = not first or bool(_BREAK.match(first))
    ends = hit.end >= len(text) or bool(_BREAK.match(text, hit.end))
    return Surroundings(
        beside=beside,
        neighbour=gap in _SIDE_BY_SIDE,
        touching=gap == "",
        going=first in _GOING or listed or _leads_a_list(text, hit, after),
        behind=bool(_PLACE_BEHIND.match(text, hit.end)),
        work=bool(_WORK_BEHIND.match(text, hit.end)),
        ends=ends,
        closes=ends or bool(_BOTH.match(text, hit.end)),
        alone=starts and ends,
    )


def _leads_a_list(text: str, hit: Hit, after: Hit | None) -> bool:
    """Tell whether a doubtful name stands first of two: 三台跟到长宁."""
    if after is None or hit.kind != "doubtful":
        return False
    return text[hit.end : after.start] in _AND_NEXT


def _counties_of_towns(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code[:6] for code in codes if len(code) == TOWN_CODE_LENGTH)
