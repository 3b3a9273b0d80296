"""Which of the places a message names are wanted as workplaces, and which are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.messages.place_judge import PlaceJudge
from bot.understanding.messages.polarity import (
    Clause,
    clause_at,
    index_at,
    is_in_name,
)
from bot.understanding.messages.stances import Stance, stances
from bot.understanding.places.finder import OpenPlace, PlaceFinder, PlaceMention, PlacesRead
from bot.understanding.values import Context, Intent, Migration, OpenName

_TURNS_AWAY = re.compile(
    "^(?P<struck>(?:把)?(?:它|那个|这个|那[条项]|这[条项])?(?:就|也|都)?(?:作废|取消|"
    "不算数?|(?:划|去|删|勾)(?:掉|了|脱)))|(?<![是要])(?:不|莫)(?:想|得|愿意?|打算|"
    "准备|能)*(?:再)?"
    "(?:去|切|克|回去|过去)(?:那边|那里|那儿|那点)?(?:了|咯|啰)(?!$.)"
)
# 外头不去了 turns away from what is not named.
_OTHER_SUBJECT = re.compile(
    "(?:外头|外面|外地|外省|省外|别处|其[他它]|别的|远的?|远处|夜班|高空|工地|哪)[^,。;!?]{0,4}$"
)
# 广州房租贵不克, 江苏那边黑中介多不去了: a reason stands between a place and its refusal.
_LOOSELY_REFUSED = re.compile(
    "(?:[^,。;!? 想找可行能都]{0,9}?)(?:再也?|都|也|就|我|肯定|坚决|打死)*"
    "(?:不|莫|懒得)(?:想|得|愿意?|打算|准备|敢|要|会)*(?:再)?"
    "(?:去|克|切|考虑|安排|沾)(?:了|咯|啰|哒)?(?=[,。;!? ]|$)"
)
_DRAWN = re.compile("(?:想|要|打算|准备|愿意|可以|能|就)(?:去|到|在|回|克|切)$")
_OF_ONE_OFFER = re.compile("[^,。;!? ]{1,6}的不")
# 海南太晒,想去宁波: who names only a fault of one place and goes to another refuses the first.
_FAULT = re.compile(
    "(?:那边|这边|那个地方|那里)?(?:的?(?:活路?|厂|工资|房租|消费|天气|气候))?"
    "(?:太[^,。;!? 多]{1,2}|工资太?低|不好[做找干耍])了?(?=[,。;!? ]|$)"
)
_AND = re.compile("(?:市|县|区)?(?:、|和|跟|与|或者?|还有|以及|还是)")
_BEEN = re.compile("(?:那边|省|市|县)?(?:都|全|也|已经)*[待呆去跑做干打住混]{1,2}(?:工)?过")
_ONLY = re.compile(r"(?:只(?:想|愿意?)?(?:在|去|要)|不出)\Z")
_ONLY_REACH = 6


@dataclass(frozen=True, slots=True)
class WantedPlaces:
    """Codes of wanted and refused places, the finest unit said, and where any was named."""

    wanted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    limit: Migration | None = None
    open: tuple[OpenName, ...] = ()
    home: str | None = None
    home_open: tuple[str, ...] = ()


class PlaceWishes:
    """Reads the places of messages over one gazetteer."""

    def __init__(self, places: PlaceFinder) -> None:
        self._places = places

    def find(self, text: str, context: Context) -> PlacesRead:
        """Find the places of folded text, wanted or not."""
        return self._places.read(text, home=context.home)

    def read(
        self,
        text: str,
        clauses: list[Clause],
        intent: Intent,
        context: Context,
        *,
        read: PlacesRead,
    ) -> WantedPlaces:
        """Judge what `find` found; no place is wanted in an answer about home."""
        mentions = [
            one
            for one in read.mentions
            if not is_in_name(text, clause_at(clauses, one.start), one.start)
            and not any(one.end == origin.start for origin in read.origins)
        ]
        if not mentions and not read.open:
            return WantedPlaces()
        judged = _turned_away(text, clauses, mentions, _stances(text, mentions))
        judge = PlaceJudge(text, clauses, mentions, judged, intent, context)
        wanted, refused = self._judged(mentions, judged, judge)
        found = self._finest(text, mentions, wanted), self._places.finest(refused)
        homes = [one.code for one in mentions if judge.is_home(one)]
        home = max(homes, key=len, default=None)  # the town, not the county named beside it
        return WantedPlaces(
            *found,
            (*_spans(mentions), *_spans(read.open)),
            _limit_to(text, mentions, found[0]),
            _open_wishes(text, read.open, judge),
            home,
            _open_home(read.open, judge) if home is None else (),
        )

    def _judged(
        self, mentions: list[PlaceMention], judged: list[Stance], judge: PlaceJudge
    ) -> tuple[list[str], list[str]]:
        """Return the wanted and the refused adcodes; what is said last of a place counts."""
        wanted: dict[str, None] = {}
        refused: dict[str, None] = {}
        for one, stance in zip(mentions, judged, strict=True):
            code = self._places.adcode(one.code)
            if stance is Stance.refused and not judge.is_idle(one):
                refused[code] = None
                wanted.pop(code, None)
            elif judge.wants(one, stance) or judge.follows(one, stance):
                wanted[code] = None
                refused.pop(code, None)
        return list(wanted), list(refused)

    def _finest(self, text: str, mentions: list[PlaceMention], codes: list[str]) -> tuple[str, ...]:
        """Drop outer places, but not one that is said as another wish behind: 晋江和泉州."""
        finest = self._places.finest(codes)
        if len(finest) == len(codes):
            return finest
        pairs = [
            (self._places.adcode(before.code), self._places.adcode(after.code))
            for before, after in pairwise(mentions)
            if _AND.fullmatch(text, before.end, after.start)
        ]
        # Only the county may stand first: 泉州和晋江 still means the finer one.
        beside = {
            after
            for before, after in pairs
            if before != after and self._places.finest((after, before)) == (before,)
        }
        return tuple(code for code in codes if code in finest or code in beside)


def _spans(places: Sequence[PlaceMention | OpenPlace]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in places]


def _open_wishes(
    text: str, places: tuple[OpenPlace, ...], judge: PlaceJudge
) -> tuple[OpenName, ...]:
    return tuple(
        OpenName(one.name, one.codes, refused=stance is Stance.refused)
        for one, stance in zip(places, stances(text, places), strict=True)
        if stance is Stance.refused or judge.wants(one, stance)
    )


def _open_home(places: tuple[OpenPlace, ...], judge: PlaceJudge) -> tuple[str, ...]:
    return next((one.codes for one in places if judge.is_home(one)), ())


def _stances(text: str, mentions: list[PlaceMention]) -> list[Stance]:
    """Judge the mentions, refusals with a reason between included."""
    result = stances(text, mentions)
    last = len(text)
    for number in range(len(mentions) - 1, -1, -1):
        one = mentions[number]
        is_faulty = result[number] is Stance.named and _is_faulty(text, mentions, number)
        if is_faulty or _is_refused_loosely(text, one, last):
            result[number] = Stance.refused
        last = one.start
    return result


def _is_refused_loosely(text: str, one: PlaceMention, last: int) -> bool:
    match = _LOOSELY_REFUSED.match(text, one.end, max(one.end, last))
    if match is None or _OF_ONE_OFFER.match(text, one.end):
        return False
    return _DRAWN.search(text[max(0, one.start - 3) : one.start]) is None


def _is_faulty(text: str, mentions: list[PlaceMention], number: int) -> bool:
    one = mentions[number]
    return number + 1 < len(mentions) and bool(_FAULT.match(text, one.end))


def _turned_away(
    text: str, clauses: list[Clause], mentions: list[PlaceMention], found: list[Stance]
) -> list[Stance]:
    """Refuse what a later clause turns away from without naming it: 今年不去了, 作废."""
    places = [index_at(clauses, one.start) for one in mentions]
    result = list(found)
    for index, clause in enumerate(clauses):
        match = _TURNS_AWAY.search(text[clause.start : clause.end])
        earlier = [place for place in places if place is not None and place < index]
        if match is None or _OTHER_SUBJECT.search(text, clause.start, clause.start + match.start()):
            continue
        own = [number for number, place in enumerate(places) if place == index]
        if any(mentions[number].end > clause.start + match.start() for number in own):
            continue
        if not own and not earlier:
            continue
        stance = Stance.taken_out if match["struck"] else Stance.refused
        nearest = index if own else max(earlier)
        for number in reversed(range(len(places))):
            been = _BEEN.match(text, _end_of_list(mentions, number)) is not None
            if places[number] == nearest and (been or result[number] is Stance.named):
                result[number] = stance
            # 新疆去过,内蒙去过,再也不去了 turns away from both.
            if been and not own and nearest and places[number] == nearest:
                nearest -= _been_before(text, mentions, places, nearest)
    return result


def _end_of_list(mentions: list[PlaceMention], number: int) -> int:
    """Return where the places written right behind one another end: 慈溪余姚."""
    end = mentions[number].end
    for one in mentions[number + 1 :]:
        end = one.end if one.start == end else end
    return end


def _been_before(
    text: str, mentions: list[PlaceMention], places: list[int | None], nearest: int
) -> int:
    """Return 1 if the clause before also names a place as one where somebody has been."""
    before = (one for one, place in zip(mentions, places, strict=True) if place == nearest - 1)
    return int(any(_BEEN.match(text, one.end) for one in before))


def _limit_to(text: str, places: list[PlaceMention], wanted: tuple[str, ...]) -> Migration | None:
    """Return how far somebody goes who wants one place only: 只在中江, 不出四川."""
    only = any(_ONLY.search(text[max(0, one.start - _ONLY_REACH) : one.start]) for one in places)
    if not only or len(wanted) != 1:
        return None
    if wanted[0].endswith("0000"):
        return "in_province"
    # There is no limit of a whole city; the wanted place itself has to do.
    return None if wanted[0].endswith("00") else "in_county"
