"""A question that comes between, and the one it came between, asked again afterwards."""

from __future__ import annotations

import copy
from typing import cast

from bot.conversations.turn import Answers, Turn

STEP, ANSWERS = "interrupted_step", "interrupted_answers"


def interrupt(turn: Turn, step: str, **answers: object) -> None:
    """Ask `step` now, with these answers; `go_back` asks again what is open at present."""
    kept = {name: turn.answers[name] for name in (STEP, ANSWERS) if name in turn.answers}
    if not kept and turn.step is not None:
        kept = {STEP: turn.step, ANSWERS: copy.deepcopy(turn.answers)}
    turn.answers = {}
    turn.go(step, **kept, **answers)


def go_back(turn: Turn) -> bool:
    """Close the question that came between; return whether another is open now."""
    step, answers = turn.answers.get(STEP), turn.answers.get(ANSWERS)
    turn.finish()
    if not isinstance(step, str) or not turn.engine.router.knows(step):
        return False
    turn.answers = cast("Answers", answers if isinstance(answers, dict) else {})
    turn.go(step)
    return True
