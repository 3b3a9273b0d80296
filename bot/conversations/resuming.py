"""A wish that waits while something else is asked first."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.answering import Resolved, resolve
from bot.conversations.turn import Answers, Turn
from bot.services.sending.deliveries import ACTION_PREFIX
from bot.understanding import Context

WORDS, ACTION = "set_aside_words", "set_aside_action"


def set_aside(turn: Turn) -> Answers:
    """Return the present message as answers that `take_up` understands."""
    if turn.inbound.button is not None:
        return {ACTION: turn.inbound.button}
    return {WORDS: turn.inbound.text}


def pressed_action(turn: Turn) -> str | None:
    """Return the name of the lasting button that this message presses, or None."""
    prefix, _, rest = (turn.inbound.button or "").partition(":")
    return rest.partition(":")[0] if prefix == ACTION_PREFIX else None


def take_up(turn: Turn) -> None:
    """Run the message that was set aside as if it came now; the menu where it says nothing."""
    words = turn.answers.pop(WORDS, None)
    button = turn.answers.pop(ACTION, None)
    turn.finish()
    turn.inbound = replace(
        turn.inbound,
        text=str(words) if words else "",
        button=str(button) if button else None,
    )
    context = Context(home=turn.deployment.bureau_adcode, today=turn.deployment.today)
    turn.reading = turn.deployment.reader.read_worker_text(turn.inbound.text, context)
    message = resolve(turn) if button else Resolved()
    if not turn.engine.router.route(turn, message):
        turn.go(f"menu.{turn.role.value}")
