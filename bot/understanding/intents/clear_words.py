"""The intents that clear words tell, and the state of the job; the rest is the model's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.understanding.intents import words
from bot.understanding.values import Context, DataRequest, Intent, WorkplaceStatus
from bot.understanding.writing.folding import fold

_STATUSES: tuple[tuple[WorkplaceStatus, re.Pattern[str]], ...] = (
    ("on_leave", words.ON_LEAVE),
    ("changed", words.CHANGED),
    ("working", words.CHECKED_IN),
    ("working", words.WORKING),
)
CLEAR, ANSWERED, LIKELY, NOTHING = 0.95, 0.9, 0.7, 0.2
# The order of harm to the worker: the first of these that is meant wins.
LEADING_FIRST: tuple[Intent, ...] = (
    "complain_wages",
    "report_unemployed",
    "delete_my_data",
    "unsubscribe",
    "talk_to_human",
)
LEADING = frozenset(LEADING_FIRST)


@dataclass(frozen=True, slots=True)
class IntentReading:
    """The decided intent and what was read on the way to it.

    `spans` are the clear words, as (start, end), to be cut out of the rest; `kinds` is every
    intent that they tell, the gravest first.
    """

    intent: Intent
    confidence: float
    also: Intent | None = None
    status: WorkplaceStatus | None = None
    spans: tuple[tuple[int, int], ...] = ()
    kinds: tuple[Intent, ...] = ()


def read_clear_words(text: str, context: Context) -> IntentReading:
    """Decide the intent of folded text without phones by its clear words alone.

    A check-in turns a state of the job into an intent.
    """
    found = _found_in(text)
    kinds = tuple(dict.fromkeys(intent for intent, _ in found))
    return replace(_decided(text, context, found), kinds=kinds)


def _decided(
    text: str, context: Context, found: list[tuple[Intent, tuple[int, int]]]
) -> IntentReading:
    status, said = read_status(text, context)
    if status is not None and status != "not_working" and not _names(found) & LEADING:
        spans = (said, *(span for _, span in found))
        return IntentReading("checkin_reply", ANSWERED, status=status, spans=spans)
    begun = _begun(text) if _names(found) <= {"find_job"} and status is None else None
    if begun is not None:
        return IntentReading("checkin_reply", ANSWERED, status="working", spans=(begun,))
    if not found:
        return _of_remainder(text)
    intents = list(dict.fromkeys(intent for intent, _ in found))
    also = next((intent for intent in intents[1:] if intent != "find_job"), None)
    spans = (said, *(span for _, span in found))
    return IntentReading(intents[0], CLEAR, also=also, status=status, spans=spans)


def read_status(text: str, context: Context) -> tuple[WorkplaceStatus | None, tuple[int, int]]:
    """Read the state of the present job and where it is said.

    Without a check-in only clear words of loss count.
    """
    lost = words.UNEMPLOYED.search(text)
    if lost is not None:
        return "not_working", lost.span()
    if _is_check_in(context):
        for status, pattern in _STATUSES:
            match = pattern.search(text)
            if match is not None:
                return status, match.span()
    return None, (0, 0)


def _begun(text: str) -> tuple[int, int] | None:
    """Return where somebody says, asked or not, that work has begun; wishes are no work."""
    match = words.STARTED.search(text)
    return None if match is None or words.NOT_STARTED.search(text) else match.span()


def tells_of_start(text: str) -> bool:
    """Tell whether words as typed say that work has begun or goes on; a bare 在 does not."""
    folded = fold(text)
    if words.NOT_STARTED.search(folded):
        return False
    return any(pattern.search(folded) for pattern in (words.STARTED, words.CHECKED_IN))


def speaks_gravely(text: str) -> bool:
    """Tell whether folded text has clear words of one of the five intents that lead."""
    return bool(_names(_found_in(text)) & LEADING)


def read_data_request(text: str, intent: Intent) -> DataRequest | None:
    """Read what is asked about the stored data: to see, carry away, change or pause it."""
    if intent == "update_profile":
        return "change"
    if words.EXPORT_DATA.search(text):
        return "export"
    if words.SEE_DATA.search(text):
        return "see"
    if words.PAUSE_DATA.search(text) and intent in ("unsubscribe", "other"):
        return "pause"
    return None


def _is_check_in(context: Context) -> bool:
    return (context.question or "").startswith("check_in")


def _found_in(text: str) -> list[tuple[Intent, tuple[int, int]]]:
    found: list[tuple[Intent, tuple[int, int]]] = []
    for intent, pattern in words.BY_PRECEDENCE:
        match = pattern.search(text)
        if match is not None:
            found.append((intent, match.span()))
    return _settle_learning(_drop_idle_talk(text, found), text)


def _drop_idle_talk(
    text: str, found: list[tuple[Intent, tuple[int, int]]]
) -> list[tuple[Intent, tuple[int, int]]]:
    # "机器人还是真人" asks about the bot; it does not ask for a person.
    if words.ABOUT_THE_BOT.search(text):
        return [entry for entry in found if entry[0] != "talk_to_human"]
    return found


def _settle_learning(
    found: list[tuple[Intent, tuple[int, int]]], text: str
) -> list[tuple[Intent, tuple[int, int]]]:
    # A course's allowance is a rule (饭钱, 补贴); its fee, place and start are the course.
    if {"training", "policy_question"} <= _names(found) and words.MONEY_FOR_LEARNING.search(text):
        policy = [entry for entry in found if entry[0] == "policy_question"]
        rest = [entry for entry in found if entry[0] not in LEADING | {"policy_question"}]
        return [entry for entry in found if entry[0] in LEADING] + policy + rest
    return found


def _of_remainder(text: str) -> IntentReading:
    if words.GREETING.fullmatch(text):
        return IntentReading("greeting", CLEAR, spans=((0, len(text)),))
    for pattern in (words.EXPORT_DATA, words.SEE_DATA):
        match = pattern.search(text)
        if match is not None:
            return IntentReading("other", CLEAR, spans=(match.span(),))
    asks = words.NOT_STARTED.search(text)
    still_there = words.STILL_HERE.search(text) if asks is None else None
    if still_there is not None:
        return IntentReading("checkin_reply", LIKELY, status="working", spans=(still_there.span(),))
    return IntentReading("other", NOTHING)


def _names(found: list[tuple[Intent, tuple[int, int]]]) -> frozenset[Intent]:
    return frozenset(intent for intent, _ in found)
