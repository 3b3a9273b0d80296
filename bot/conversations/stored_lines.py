"""Lines and choices below what is stored about a person."""

from __future__ import annotations

from bot.conversations.script import Choice
from bot.conversations.turn import Turn
from bot.services.people import unsubscribing


def is_paused(turn: Turn) -> bool:
    """Tell whether new vacancies wait until a day."""
    until = None if turn.worker is None else turn.worker.paused_until
    return until is not None and until > turn.deployment.today


def pushes_line(turn: Turn) -> str:
    """Return whether new vacancies come, and until when not."""
    if unsubscribing.is_stopped(turn.uow, turn.address, turn.worker):
        return turn.text("my_information.show.stopped")
    if is_paused(turn):
        return turn.text("my_information.show.paused", until=spoken_date(turn))
    return turn.text("my_information.show.pushes" if turn.worker else "my_information.show.open")


def shown_choices(turn: Turn, *, waits: bool) -> list[Choice]:
    """Return what can be done with what is stored; `waits`: a wish is open and may be ended."""
    silent = unsubscribing.is_stopped(turn.uow, turn.address, turn.worker) or is_paused(turn)
    values = ["change", "export", "delete"]
    if turn.worker is not None:
        values = ["change", "resume" if silent else "pause", "export", "delete", "family", "phone"]
    return [
        *(turn.choice(value, f"my_information.choice.{value}") for value in values),
        *([turn.choice("end_wish", "saved_wish.shown.end", "不等", "别等了")] if waits else []),
        turn.human_choice(),
    ]


def spoken_date(turn: Turn) -> str:
    """Return the day until which new vacancies wait, today where there is none."""
    day = (turn.worker.paused_until if turn.worker else None) or turn.deployment.today
    return turn.text("my_information.pause.date", month=day.month, day=day.day)
