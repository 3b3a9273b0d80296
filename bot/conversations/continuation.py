"""Where a sub-question goes on to once it is answered."""

from __future__ import annotations

from bot.conversations.profile_facts import draft, states_facts, store, take_in
from bot.conversations.summary import draft_parts, joined
from bot.conversations.turn import Turn
from bot.services.workers import ProfileDraft
from bot.understanding import WorkerReading

THEN, OTHERWISE = "then", "otherwise"
SURE = 0.8


def keep_and_go_on(turn: Turn, known: ProfileDraft) -> None:
    """Keep `known`, then go on; with nothing to go on to, what changed is repeated back."""
    before = draft_parts(turn, draft(turn))
    store(turn, known)
    if go_on(turn):
        return
    say_saved(turn, [part for part in draft_parts(turn, known) if part not in before])
    turn.finish(again="profile.saved.again")


def say_saved(turn: Turn, parts: list[str]) -> None:
    """Repeat back in one line what is now on record."""
    if parts:
        turn.say("profile.saved.line", parts=joined(turn, parts))
    else:
        turn.say("profile.saved.again")


def is_wish(reading: WorkerReading) -> bool:
    """Return whether the words clearly want something, and are no answer to a question."""
    return reading.intent != "other" and reading.confidence >= SURE


def hear_besides(turn: Turn) -> bool:
    """Keep facts that do not answer the open question, and put it again.

    False when the words are a wish or state nothing: then they are heard elsewhere.
    """
    if is_wish(turn.reading) or not states_facts(turn.reading):
        return False
    before = draft_parts(turn, draft(turn))
    take_in(turn)
    say_saved(turn, [part for part in draft_parts(turn, draft(turn)) if part not in before])
    turn.ask_again()
    return True


def go_on(turn: Turn, *, declined: bool = False) -> bool:
    """Go to `otherwise` when `declined`, else to `then`; False when neither was named."""
    then = turn.answers.pop(THEN, None)
    otherwise = turn.answers.pop(OTHERWISE, None)
    target = otherwise or then if declined else then
    if not isinstance(target, str):
        return False
    turn.go(target)
    return True
