"""Vacancies as bubbles: a line each, and one question about all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.messages import Option
from bot.services.ranking.recommendations import Recommended
from bot.services.sending.deliveries import action_data
from bot.services.vacancies.vacancy_words import durable_options, vacancy_line, why_line

script = Script("vacancy_lines")
POSITIONS = ("first", "second", "third")

__all__ = ["POSITIONS", "offer", "said_with_why", "say_list", "script", "vacancy_line", "why_line"]


def offer(turn: Turn, recommended: Sequence[Recommended], *, home: str | None = None) -> None:
    """Say at most three vacancies with buttons that work at any time.

    One vacancy carries its own buttons. Of several each is a numbered bubble, and one last
    bubble asks which: so a typed digit means the same as the sign before the line.
    """
    if len(recommended) == 1:
        only = recommended[0]
        options = durable_options(turn.deployment, only.vacancy, language=turn.language)
        words = said_with_why(turn, only, home=home)
        turn.say_words(words, key="vacancy_lines.line.with_why", options=options)
        return
    say_list(turn, recommended, home=home)
    if recommended:
        turn.say("vacancy_lines.offer.which", options=_which(turn, recommended))


def say_list(turn: Turn, recommended: Sequence[Recommended], *, home: str | None) -> None:
    """Say each vacancy as a bubble ①, ②, ③ with its reasons, without buttons."""
    for position, item in zip(POSITIONS, recommended, strict=False):
        words = said_with_why(turn, item, home=home)
        turn.say(f"vacancy_lines.line.{position}", line=words)


def said_with_why(turn: Turn, item: Recommended, *, home: str | None) -> str:
    """Return a vacancy's line with the line below it that says why."""
    home = home or (turn.worker.home if turn.worker else None)
    return turn.text(
        "vacancy_lines.line.with_why",
        line=vacancy_line(turn.deployment, item.vacancy, home=home, language=turn.language),
        why=why_line(turn.deployment, item.match, language=turn.language),
    )


def _which(turn: Turn, recommended: Sequence[Recommended]) -> list[Option]:
    options = [
        Option(
            number,
            turn.text(f"vacancy_lines.choice.{position}"),
            action_data("look", item.vacancy.id.hex),
        )
        for number, (position, item) in enumerate(
            zip(POSITIONS, recommended, strict=False), start=1
        )
    ]
    more = turn.text("vacancy_lines.choice.more")
    return [*options, Option(len(options) + 1, more, action_data("more"))]
