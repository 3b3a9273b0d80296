"""Where a sub-question goes on to once it is answered."""

from __future__ import annotations

from bot.conversations.interrupting import STEP, go_back, interrupt
from bot.conversations.summary import draft_parts, joined_short, reading_parts
from bot.conversations.turn import Turn
from bot.conversations.worker.open_places import OPEN, ask_open, note_open
from bot.conversations.worker.profile_facts import draft, store, take_in, tells_of_person
from bot.services.people.workers import ProfileDraft
from bot.understanding import WorkerReading

THEN, OTHERWISE = "then", "otherwise"
# The step that repeats everything back itself.
WEIGHED = "first_contact.weigh"
SURE = 0.8
# So often a question is put again while other facts are given, before a person is fetched.
MOST_REPEATS = 2
REPEATS = "repeats"


def keep_and_go_on(turn: Turn, known: ProfileDraft) -> None:
    """Keep `known` and go on; what was said beyond the one answer is repeated back in a line.

    A place that the words leave open is asked about first. With nothing to go on to, what
    changed is repeated back.
    """
    before = draft_parts(turn, draft(turn))
    store(turn, known)
    note_open(turn)
    new = [part for part in draft_parts(turn, known, said=turn.reading) if part not in before]
    goes_on = THEN in turn.answers
    if goes_on and len(new) > 1 and turn.answers[THEN] != WEIGHED:
        say_saved(turn, new)
    if ask_open(turn) or go_on(turn):
        return
    say_saved(turn, new)
    if STEP in turn.answers:
        go_back(turn)
    else:
        turn.finish(again="profile.saved.again")


def say_saved(turn: Turn, parts: list[str]) -> None:
    """Repeat back in one line what is now on record."""
    if parts:
        turn.say("profile.saved.line", parts=joined_short(turn, parts))
    else:
        turn.say("profile.saved.again")


def is_wish(reading: WorkerReading) -> bool:
    """Return whether the words clearly want something, and are no answer to a question."""
    return reading.intent != "other" and reading.confidence >= SURE


def hear_besides(turn: Turn) -> bool:
    """Keep facts that do not answer the open question, and put it again.

    False when the words are a wish or state nothing: then they are heard elsewhere. A question
    that was put again twice is not put a third time: a person is fetched.
    """
    if is_wish(turn.reading) or not tells_of_person(turn):
        return False
    repeats = int(str(turn.answers.get(REPEATS, 0))) + 1
    turn.answers[REPEATS] = repeats
    before = draft_parts(turn, draft(turn))
    take_in(turn)
    new = [part for part in draft_parts(turn, draft(turn)) if part not in before]
    say_saved(turn, new or reading_parts(turn, turn.reading))
    note_open(turn)
    if OPEN in turn.answers:
        waiting = turn.answers.pop(OPEN)
        interrupt(turn, "profile.still_open", **{OPEN: waiting})
        return True
    if repeats > MOST_REPEATS and turn.engine.router.fetch_person(turn):
        return True
    turn.ask_again()
    return True


def go_on(turn: Turn, *, declined: bool = False) -> bool:
    """Go to `otherwise` when `declined`, else to `then`; False when neither was named."""
    then = turn.answers.pop(THEN, None)
    otherwise = turn.answers.pop(OTHERWISE, None)
    turn.answers.pop(REPEATS, None)
    target = otherwise or then if declined else then
    if not isinstance(target, str):
        return False
    turn.go(target)
    return True
