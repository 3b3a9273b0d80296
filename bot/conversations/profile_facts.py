"""Facts about a person: where they are kept, and what one sentence adds to them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.prompts import FULL_WIDTH
from bot.conversations.turn import Turn
from bot.services import workers
from bot.services.workers import ProfileDraft
from bot.understanding import WorkerReading
from content.places import Places

MOST_CHOICES = 6
LONGEST_SEARCHED = 200
_BARE_YEAR = re.compile(r"19[4-9]\d|200\d|201[0-5]")
TOWN_ENDINGS = ("街道", "镇", "乡")
_ORIGIN = re.compile(
    r"(?:我是|我们是|家在|老家(?:在|是)?|屋头在|住在|户口在|家住)(?P<place>[\u4e00-\u9fff]{2,16})"
)


def draft(turn: Turn) -> ProfileDraft:
    """Return what is known of the person this conversation is about."""
    return workers.draft_of(turn.worker, turn.memory)


def store(turn: Turn, known: ProfileDraft) -> None:
    """Keep `known`: on the worker's row, or in this address's memory before consent."""
    if turn.worker is not None:
        workers.change(turn.uow, turn.deployment, turn.worker, known)
    else:
        workers.keep_draft(turn.memory, known)


def take_in(turn: Turn) -> bool:
    """Register every fact of the present message; False when it states none."""
    before = draft(turn)
    reading = _without_bare_year(turn, before)
    after = workers.merged(before, reading, today=turn.deployment.today)
    home = home_said(turn)
    if home is not None:
        after = workers.with_home(after, home)
    if after == before:
        return states_facts(turn.reading) or home is not None
    store(turn, after)
    return True


def states_facts(reading: WorkerReading) -> bool:
    """Return whether a message says anything of the person to be placed."""
    return bool(
        reading.skills
        or reading.refused_skills
        or reading.locations
        or reading.excluded_locations
        or reading.migration
        or reading.wage_min
        or reading.wants_room_board is not None
        or reading.birth_year
        or reading.phone
    )


def home_said(turn: Turn) -> str | None:
    """Return the code of the home that the message names (我是中江南华镇的), or None."""
    match = _ORIGIN.search(turn.inbound.text[:LONGEST_SEARCHED])
    if match is None:
        return None
    codes = home_candidates(turn, match["place"])
    return codes[0] if len(codes) == 1 else None


def home_candidates(turn: Turn, text: str) -> list[str]:
    """Return every place that could be the home named in `text`; a town hides its county."""
    places = turn.deployment.catalogue.places
    named = named_places(places, text)
    certain = {codes[0] for _, codes in named if len(codes) == 1}
    counties: list[str] = []
    for name, codes in named:
        possible = _of_level(places, codes, "county")
        inside = [code for code in possible if _lies_in(places, code, certain)]
        for code in inside or possible:
            towns = _bare_towns(places, code, text.replace(name, " "))
            if towns:
                return towns
            counties.append(code)
    towns = [code for _, codes in named for code in _of_level(places, codes, "town")]
    return list(dict.fromkeys(towns or [*_towns_at_home(turn, counties, text), *counties]))


def named_places(places: Places, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the place names in `text` with their codes, longer names first taken."""
    rest = text[:LONGEST_SEARCHED]
    # Ten thousand names: only those that occur are put in order.
    occurring = [item for item in places.names().items() if item[0] in rest]
    found = []
    for name, codes in sorted(occurring, key=lambda item: -len(item[0])):
        if name in rest:
            found.append((name, codes))
            rest = rest.replace(name, "\n")
    return sorted(found, key=lambda item: text.find(item[0]))


def unsettled_place(turn: Turn) -> tuple[str, ...]:
    """Return the codes of the first wanted place name that the message leaves open."""
    text = turn.inbound.text
    if not text or turn.inbound.button or len(text) > LONGEST_SEARCHED:
        return ()
    known = {*turn.reading.locations, *turn.reading.excluded_locations}
    trades = turn.deployment.catalogue.trades.synonyms()
    for name, codes in named_places(turn.deployment.catalogue.places, text):
        is_open = len(codes) > 1 and not known & set(codes)
        if is_open and name not in trades and len(codes) <= MOST_CHOICES:
            return codes
    return ()


def _without_bare_year(turn: Turn, known: ProfileDraft) -> WorkerReading:
    """Return the reading in which 1974 alone is a year of birth: nobody was asked for pay."""
    typed = turn.inbound.text.translate(FULL_WIDTH).strip()
    if not _BARE_YEAR.fullmatch(typed):
        return turn.reading
    year = known.birth_year or turn.reading.birth_year or int(typed)
    return replace(turn.reading, wage_min=None, wage_raw=None, birth_year=year)


def _towns_at_home(turn: Turn, counties: list[str], text: str) -> list[str]:
    # Somebody who writes to the county's bureau may leave the county out: 南华, 仓山.
    places = turn.deployment.catalogue.places
    return [
        town
        for county in _counties_served(places, turn.deployment.bureau_adcode)
        if county not in counties
        for town in _bare_towns(places, county, text)
    ]


def _counties_served(places: Places, bureau: str) -> list[str]:
    if not bureau.endswith("00"):
        return [bureau]
    known = {code for codes in places.names().values() for code in codes}
    near = sorted(code for code in known if code.startswith(bureau.rstrip("0")))
    return _of_level(places, tuple(near), "county")


def _lies_in(places: Places, code: str, above: set[str]) -> bool:
    return bool({places.city_of(code), places.province_of(code)} & above)


def _of_level(places: Places, codes: tuple[str, ...], level: str) -> list[str]:
    found = [places.get(code) for code in codes]
    return [place.code for place in found if place is not None and place.level == level]


def _bare_towns(places: Places, county: str, text: str) -> list[str]:
    """Return the county's towns whose name stands in `text`, with or without 镇."""
    found = []
    for town in places.towns_in(county):
        bare = next(
            (town.name.removesuffix(end) for end in TOWN_ENDINGS if town.name.endswith(end)),
            town.name,
        )
        if town.name in text or (len(bare) > 1 and bare in text):
            found.append(town.code)
    return found
