"""Where the work of a post is: not where one signs up, meets, comes from or goes on to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.places.finder import PlaceFinder, PlaceMention
from bot.understanding.posts.stretches import Offer

# Words right behind or right before a place that is no workplace.
_OTHER_BEHIND = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:报名|集合|上车|出发|面试|咨询|人社局|就业局|总部)|(?:籍|户口|户籍|口味|风味|老乡|话)|"
    r"[^,。;\n]{0,3}(?:那边的?[厂店][^,。;]{0,3}(?:搬|不招|先不|停)|(?:过去|过来|来)的?(?:[^,。;]{0,3}报销|不|路费|[^,。;]{0,5}不[收要招]))|"
    r"(?:籍|人|的|那边的?|那块的?)?(?!民|家|工业|厂)[^,。;\n有]{0,3}(?:不要|不招|不收|勿|除外|也不|都不|一律不)|以外|人(?!民|和|力|社|才|家)|(?:也|都)(?:行|可|要得)"
)
_OTHER_BEFORE = re.compile(
    r"(?:报名|集合|面试|咨询|上车|总部|户籍|籍贯|注册地|投递|乘车|接站|公司成立于|冒充|办公|办事处)"
    r"(?:地点|地址|点|处|时间|地)?[^,。;\n]{0,8}$|(?:人在|找|班车(?:到|去|接)|车(?:到|去))[^,。;\n]{0,2}$"
)
_DESTINATION = re.compile(r"(?:到|至|-|往返|开往|→|>)$")
_WORK_BEFORE = re.compile(
    r"(?:工作|上班|项目|上岗|服务|干活|用工|上户|做工|工地|厂|店|活路?|作业|施工|岗位|公司|厂区|就业|实际|车|车停)(?:地点|地址|区域|地|所在地|部|位置)?"
    r"(?:就|都|也)?(?:是)?(?:在|位于|[:：])[^,。;\n]{0,6}$|(?:地点|地址|位置|厂址|店址|坐落|位于|地方|工作地|地)(?:就)?(?:在|[:：])?[^,。;\n]{0,6}$"
)
_WORKS = re.compile("上班|上岗|工作|干活|做工")
_HEAD = 16


class Workplaces:
    """Finds workplaces over one catalogue's places."""

    def __init__(self, places: PlaceFinder) -> None:
        self._places = places

    def mentioned(self, text: str, home: str | None) -> list[PlaceMention]:
        """Return every place of a folded post, workplaces or not, in order."""
        return self._places.find(text, home=home)

    def of_offers(
        self, text: str, mentions: Sequence[PlaceMention], offers: Sequence[Offer]
    ) -> list[PlaceMention | None]:
        """Return the workplace of each offer, the finest that is named, or None.

        Offers share the post's workplace unless at least two of them name their own.
        """
        found = [place for place in mentions if not _is_elsewhere(text, place, mentions)]
        shared = self._choose(text, found)
        if len(offers) == 1:
            return [shared]
        own = [self._choose(text, _inside(found, offer)) for offer in offers]
        differ = len({place.code for place in own if place is not None}) > 1
        return [place or shared for place in own] if differ else [shared] * len(offers)

    def adcode(self, place: PlaceMention) -> str:
        """Return the county of a place that is a town, and any other code as it is."""
        return self._places.adcode(place.code)

    def _choose(self, text: str, found: Sequence[PlaceMention]) -> PlaceMention | None:
        """Choose the first of the finest: among labelled places and what lies in them."""
        if not found:
            return None
        named = [place for place in found if _WORK_BEFORE.search(_before(text, place))]
        first = (named or list(found))[0]
        inside = [
            place
            for place in found
            if first.code not in self._places.finest([first.code, place.code])
        ]
        candidates = inside or [first]
        finest = self._places.finest([place.code for place in candidates])
        return next(place for place in candidates if place.code == finest[0])


def _inside(found: Sequence[PlaceMention], offer: Offer) -> list[PlaceMention]:
    return [
        place for place in found if any(start <= place.start < end for start, end in offer.near)
    ]


def _is_elsewhere(text: str, place: PlaceMention, mentions: Sequence[PlaceMention]) -> bool:
    before = _before(text, place)
    other = _OTHER_BEFORE.search(before)
    if other is not None:
        return _WORKS.search(before, other.start()) is None
    if _WORK_BEFORE.search(before):
        return False
    if _OTHER_BEHIND.match(text, place.end):
        return True
    route = _DESTINATION.search(before)
    if route is None:
        return False
    return any(other.end == place.start - len(route.group()) for other in mentions)


def _before(text: str, place: PlaceMention) -> str:
    return text[max(0, place.start - _HEAD) : place.start]
