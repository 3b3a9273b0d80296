"""What is said when nobody understood: what was understood, one question, and a person."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.summary import understood_line
from bot.conversations.turn import Turn

VARIANTS = 3
LONGEST_READ = 1_000


def fall_back(turn: Turn) -> None:
    """Answer a message that was not understood, never twice in the same words.

    The first time the open question is put again, the second time the way to answer is shown,
    the third time a person is fetched.
    """
    turn.replies.clear()
    count = turn.address.fallbacks
    turn.address.fallbacks = count + 1
    if count % VARIANTS == VARIANTS - 1 and turn.engine.router.fetch_person(turn):
        return
    variant = f"variant{count % VARIANTS + 1}"
    if len(turn.inbound.text) > LONGEST_READ:
        turn.say("fallback.long.read")
    place = "lost" if turn.step is None else "again"
    turn.say(f"fallback.{place}.{variant}", understood=understood_line(turn))
    said = len(turn.replies)
    if turn.step is None:
        turn.go(f"menu.{turn.role.value}")
    else:
        turn.ask_again()
    _lead(turn, said, variant)


def _lead(turn: Turn, first: int, variant: str) -> None:
    """Put other words before the question each time; its own words are the same."""
    if len(turn.replies) == first:
        return
    key, body = turn.replies[-1]
    lead = turn.text(f"fallback.lead.{variant}")
    turn.replies[-1] = (key, replace(body, text=f"{lead}{body.text}"))
