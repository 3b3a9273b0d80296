"""Where a sub-question goes on to once it is answered."""

from __future__ import annotations

from bot.conversations.profile_facts import draft, store
from bot.conversations.summary import draft_parts, joined
from bot.conversations.turn import Turn
from bot.services.workers import ProfileDraft

THEN, OTHERWISE = "then", "otherwise"


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


def go_on(turn: Turn, *, declined: bool = False) -> bool:
    """Go to `otherwise` when `declined`, else to `then`; False when neither was named."""
    then = turn.answers.pop(THEN, None)
    otherwise = turn.answers.pop(OTHERWISE, None)
    target = otherwise or then if declined else then
    if not isinstance(target, str):
        return False
    turn.go(target)
    return True
