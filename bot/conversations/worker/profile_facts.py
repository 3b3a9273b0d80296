"""Facts about a person: where they are kept, and what one sentence adds to them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.prompts import FULL_WIDTH
from bot.conversations.spoken_names import name_stated
from bot.conversations.turn import Turn
from bot.services.people import workers
from bot.services.people.workers import ProfileDraft
from bot.understanding import WorkerReading

_BARE_YEAR = re.compile(r"19[4-9]\d|200\d|201[0-5]")
_CORRECTS = re.compile(r"^\s*(?:不是|不对|错了|说错了?|搞错了?|记错了?)(?=.*\S)", re.DOTALL)
RELATION, FAMILY = "relation", "family"


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
    after = with_all_said(turn, before)
    if after != before:
        store(turn, after)
        return True
    return tells_of_person(turn)


def with_all_said(turn: Turn, known: ProfileDraft) -> ProfileDraft:
    """Return `known` with every fact that the present message tells, its name included.

    In a correction a trade replaces the others, and what was wrong is not thereby refused.
    """
    reading = _without_bare_year(turn, known)
    if corrects(turn):
        reading = replace(reading, refused_skills=(), excluded_locations=())
        known = replace(known, trades=() if reading.skills else known.trades)
    after = workers.merged(known, reading, today=turn.deployment.today)
    name = name_in(turn)
    return after if name is None else replace(after, name=name)


def corrects(turn: Turn) -> bool:
    """Tell whether the message puts something right: 不是中江,是罗江."""
    return turn.inbound.button is None and _CORRECTS.match(turn.inbound.text) is not None


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
        or reading.home
    )


def tells_of_person(turn: Turn) -> bool:
    """Return whether the present message states a fact, a bare year and a name included."""
    is_year = _BARE_YEAR.fullmatch(_typed(turn)) is not None
    return states_facts(turn.reading) or is_year or name_in(turn) is not None


def name_in(turn: Turn) -> str | None:
    """Return the full name that the message introduces for the person spoken of, or None."""
    if turn.inbound.button is not None:
        return None
    return name_stated(turn.inbound.text, of_another=_is_about_another(turn))


def _is_about_another(turn: Turn) -> bool:
    if turn.reading.for_whom is not None:
        return True
    worker = turn.worker
    if worker is None:
        return turn.memory.get(RELATION) == FAMILY
    return turn.uow.workers.relation(worker.id, turn.address.id) == FAMILY


def _without_bare_year(turn: Turn, known: ProfileDraft) -> WorkerReading:
    """Return the reading in which 1974 alone is a year of birth: nobody was asked for pay."""
    typed = _typed(turn)
    if not _BARE_YEAR.fullmatch(typed):
        return turn.reading
    year = known.birth_year or turn.reading.birth_year or int(typed)
    return replace(turn.reading, wage_min=None, wage_raw=None, birth_year=year)


def _typed(turn: Turn) -> str:
    return turn.inbound.text.translate(FULL_WIDTH).strip()
