"""Two wishes in one message: one is served on the way, the other has the last word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.conversations.answering import (
    CLEAR,
    URGENT,
    in_own_words,
    unsubscribes,
)
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.conversations.worker import (
    check_in_unasked,
    family,
    help,  # noqa: A004 - the conversation is called so
    loss,
    my_information,
    policies,
    profile_changes,
    training,
)
from bot.conversations.worker.first_contact import introduce, is_stranger
from bot.conversations.worker.loss_words import says_for_good
from bot.understanding import WorkerReading
from bot.understanding.choices import read_choice
from bot.understanding.intents.clear_words import tells_of_start
from bot.understanding.values import Intent
from storage.states import Role

script = Script("two_wishes")

# Who of two has the last word: what asks something, for only one question stays open; then
# what closes. What stands later is served on the way.
LAST_WORD: tuple[Intent, ...] = (
    "delete_my_data",
    "apply",
    "report_unemployed",
    "find_job",
    "register",
    "unsubscribe",
    "complain_wages",
    "talk_to_human",
    "training",
    "policy_question",
    "update_profile",
    "checkin_reply",
)
# How a wish is served that opens no question and closes none.
ON_THE_WAY: dict[Intent, Callable[[Turn], None]] = {
    "report_unemployed": loss.tell_on_the_way,
    "complain_wages": loss.tell_on_the_way,
    "unsubscribe": my_information.unsubscribe_on_the_way,
    "talk_to_human": help.pass_on_the_way,
    "training": training.tell_on_the_way,
    "policy_question": policies.answer_beside,
    "update_profile": profile_changes.take_on_the_way,
    "checkin_reply": check_in_unasked.note_on_the_way,
}
# Pairs that one conversation serves by itself, with the wish by whose name it goes.
SERVED_AS: tuple[tuple[Intent, tuple[Intent, ...]], ...] = (
    (
        "report_unemployed",
        ("complain_wages", "find_job", "register", "checkin_reply", "talk_to_human"),
    ),
    ("complain_wages", ("talk_to_human",)),
    ("training", ("talk_to_human",)),
    ("policy_question", ("talk_to_human", "training")),
    ("apply", ("find_job",)),
    ("register", ("find_job", "update_profile")),
)
TOGETHER: dict[frozenset[Intent], Intent] = {
    frozenset((intent, other)): intent for intent, others in SERVED_AS for other in others
}
CLAUSES = re.compile(r"[,，。;；!！?？\s]+")
# What somebody who is at work says besides: 还在上班,就是工资拖了两个月.
BESIDE_WORK: frozenset[Intent] = frozenset({"complain_wages", "training", "policy_question"})
# Told by facts, not by words of their own.
OF_FACTS: frozenset[Intent] = frozenset({"find_job", "register", "update_profile"})


@script.intercept
def serve_first(turn: Turn) -> bool:
    """Serve the one of two wishes that needs no question; the other goes its usual way."""
    if turn.role is not Role.WORKER or not turn.inbound.text or _is_dictating(turn):
        return False
    if family.is_unsettled(turn) or turn.reading.for_whom is not None:
        return False  # whose facts these are is asked first
    if turn.reading.choice is not None:
        _serve_beside_choice(turn)
        return False
    second = _second(turn, turn.reading)
    if second is None:
        return False
    pair = sorted((turn.reading.intent, second), key=LAST_WORD.index)
    served_as = TOGETHER.get(frozenset(pair))
    if served_as is not None:
        _go_on_as(turn, served_as, also=second if served_as != second else turn.reading.intent)
        return False
    last, first = pair
    if not _serve(turn, first):
        last, first = first, last
        if not _serve(turn, first):
            return False
    _go_on_as(turn, last, also=None)
    return False


def _go_on_as(turn: Turn, intent: Intent, *, also: Intent | None) -> None:
    # A grave wish is heard at any question, however the words were weighed.
    sure = max(turn.reading.confidence, CLEAR) if intent in URGENT else turn.reading.confidence
    turn.reading = replace(turn.reading, intent=intent, also=also, confidence=sure)


def _is_dictating(turn: Turn) -> bool:
    """Tell whether the words belong to the open question alone, as a post that is pasted does."""
    if turn.step is None or turn.step.startswith("check_in"):
        return False
    return turn.engine.step(turn.step).keeps_words


def _serve_beside_choice(turn: Turn) -> None:
    """Serve what is said beside a chosen number: 报名第一个,再问下车费报不报."""
    if read_choice(turn.inbound.text.strip()) is not None:
        return
    chosen, said = turn.reading, in_own_words(turn)
    turn.reading = said
    for intent in (said.intent, _second(turn, said)):
        if intent is not None and intent not in OF_FACTS and _serve(turn, intent):
            break
    turn.reading = chosen


def _serve(turn: Turn, intent: Intent) -> bool:
    serve = ON_THE_WAY.get(intent)
    if serve is None:
        return False
    if is_stranger(turn):
        introduce(turn)
    serve(turn)
    turn.served.append(intent)
    return True


def _second(turn: Turn, reading: WorkerReading) -> Intent | None:
    """Return the second wish: what another clause wants, or what the state of the job tells."""
    if reading.intent not in LAST_WORD:
        return None
    if reading.also is None:
        return _told_by_state(turn, reading)
    is_wish = reading.also in LAST_WORD and reading.also != reading.intent
    return reading.also if is_wish else None


def _told_by_state(turn: Turn, reading: WorkerReading) -> Intent | None:
    """Return the second wish that the state of the present job tells: 厂垮了,找个保安."""
    text = turn.inbound.text
    if reading.intent != "unsubscribe" and any(map(unsubscribes, CLAUSES.split(text))):
        return "unsubscribe"
    is_lost = reading.workplace_status == "not_working"
    if is_lost and reading.intent != "report_unemployed" and says_for_good(text):
        return "report_unemployed"
    is_working = reading.workplace_status == "working" or tells_of_start(text)
    return "checkin_reply" if is_working and reading.intent in BESIDE_WORK else None
