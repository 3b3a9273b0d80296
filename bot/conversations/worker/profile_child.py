"""Whoever is too young to work is heard in any sentence, and nothing of a child is kept."""

from __future__ import annotations

import re

from bot.conversations.turn import Turn
from bot.conversations.worker import relatives
from bot.conversations.worker.profile_facts import draft
from bot.conversations.worker.profile_person import refuse_child_of_another, script, turn_child_away
from bot.services.people.workers import WORKING_AGE, birth_year_in
from storage.states import Role

LONGEST_LOOKED_AT = 40
# Ages below those that are read as a job seeker's.
_YOUNG = re.compile(
    r"(?<!\d)(?:([6-9]|1[0-5]) ?(?:周?岁|years? old)|"
    r"(?<=今年)([6-9]|1[0-5])(?=[\s,，。.!！?？了]|$))"
)
# A child of whom somebody speaks is not the person who speaks.
_CHILD = re.compile(r"娃|儿|女|孩|弟|妹|孙|侄|son|daughter|child|brother|sister|kid")
_THIRD_PERSON = re.compile(r"他|她")


@script.intercept
def child_said(turn: Turn) -> bool:
    """Hear that somebody is too young to work, whatever was asked."""
    if turn.role != Role.WORKER or (turn.step or "").startswith("profile.birth_year"):
        return False
    year = _year_said(turn)
    if year is None or turn.deployment.today.year - year >= WORKING_AGE:
        return False
    word = relatives.spoken_of(turn)
    if word is not None:
        return _hear_of_relative(turn, word, year)
    if _is_known_adult(turn, year) or _CHILD.search(turn.inbound.text):
        return False
    if _THIRD_PERSON.search(turn.inbound.text):
        return False
    if len(turn.workers) > 1 and turn.address.acting_for is None:
        return False
    turn_child_away(turn)
    return True


def _hear_of_relative(turn: Turn, word: str, year: int) -> bool:
    """他 is the relative for whom this conversation is; a child of the relative is not."""
    child = _CHILD.search(turn.inbound.text)
    is_named = turn.reading.for_whom is not None
    if not is_named and child is not None and child.group() not in word:
        return False
    if relatives.kept(turn) is not None and _is_known_adult(turn, year):
        if is_named:
            refuse_child_of_another(turn)
        return is_named
    turn_child_away(turn)
    return True


def _is_known_adult(turn: Turn, year: int) -> bool:
    person = relatives.kept(turn)
    known = person.birth_year if person is not None else draft(turn).birth_year
    return known is not None and known != year


def _year_said(turn: Turn) -> int | None:
    """Return the year of birth that the message tells, children's ages included."""
    year = birth_year_in(turn.reading, today=turn.deployment.today)
    young = _YOUNG.search(turn.inbound.text[:LONGEST_LOOKED_AT])
    if year is not None or young is None:
        return year
    return turn.deployment.today.year - int(young.group(1) or young.group(2))
