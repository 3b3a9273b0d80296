"""What a broadcast says: one open vacancy, or words of the officer's own."""

from __future__ import annotations

import uuid

from bot.conversations.officer.broadcast_audience import (
    DRAFT,
    broadcast_of,
    my_officer,
    next_step,
    script,
)
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice
from bot.conversations.turn import Turn
from bot.services.broadcasts import broadcast_vacancies, broadcasts
from bot.services.broadcasts.broadcast_words import (
    FIELDS,
    LONGEST,
    read_words,
    unlawful_words,
)
from bot.services.vacancies.vacancy_states import reference
from bot.services.vacancies.vacancy_words import vacancy_line
from storage.models import Broadcast, Vacancy
from storage.states import BroadcastStatus

TYPED = "typed"


@script.asks("compose", WORDS)
def ask_what(turn: Turn) -> None:
    """Ask what is to be sent; a draft that was left is offered first."""
    officer = my_officer(turn)
    own = broadcasts.newest(turn.uow, officer)
    choices: list[Choice] = []
    if own and own[0].status is BroadcastStatus.DRAFT:
        number = broadcasts.reference(own[0])
        choices.append(
            turn.choice(f"draft:{own[0].id.hex}", "broadcasting.compose.draft", number=number)
        )
    choices += [
        turn.choice("vacancy", "broadcasting.compose.vacancy", "招工", "活"),
        turn.choice("words", "broadcasting.compose.words", "通知", "写一段"),
    ]
    if own:
        choices.append(turn.choice("list", "broadcasting.compose.list", "发过的"))
    turn.ask("broadcasting.compose.ask", choices)


@script.answers("compose")
def take_what(turn: Turn, answer: Answer) -> bool | None:
    """Go to the list of vacancies or to the words; V-0201 names a vacancy at once."""
    if answer.choice is None:
        return take_vacancy_number(turn, answer.text)
    if answer.choice.startswith("draft:"):
        open_draft(turn, answer.choice.removeprefix("draft:"))
    else:
        turn.go(f"broadcasting.{answer.choice}")
    return None


@script.asks("vacancy", WORDS)
def ask_vacancy(turn: Turn) -> None:
    """List the open vacancies of the scope, the newest first."""
    officer = my_officer(turn)
    rows = broadcast_vacancies.open_vacancies(turn.uow, turn.deployment, officer)
    if not rows:
        turn.say("broadcasting.vacancy.none")
        turn.finish()
        return
    lines = [
        f"{reference(row)} " + vacancy_line(turn.deployment, row, home=None, language=turn.language)
        for row in rows
    ]
    choices = [Choice(row.id.hex, reference(row)) for row in rows]
    head = turn.text("broadcasting.vacancy.ask")
    turn.ask_words("\n".join([*lines, head]), choices, key="broadcasting.vacancy.ask")


@script.answers("vacancy")
def take_vacancy(turn: Turn, answer: Answer) -> bool | None:
    """Take one of those listed, or another by its number."""
    if answer.choice is None:
        return take_vacancy_number(turn, answer.text)
    keep_content(turn, vacancy=turn.uow.vacancies.need(uuid.UUID(answer.choice)))
    next_step(turn)
    return None


def take_vacancy_number(turn: Turn, text: str) -> bool | None:
    """Take the vacancy that V-0201 names; False where the words are no number of one."""
    officer = my_officer(turn)
    vacancy = broadcast_vacancies.vacancy_of_number(turn.uow, turn.deployment, officer, text)
    if vacancy is None:
        return False
    keep_content(turn, vacancy=vacancy)
    next_step(turn)
    return None


@script.asks("words", WORDS, keeps_words=True)
def ask_words(turn: Turn) -> None:
    """Ask for the words, and say what may stand in them."""
    known = " ".join(f"{{{name}}}" for name in FIELDS)
    turn.ask("broadcasting.words.ask", longest=LONGEST, known=known)


@script.answers("words")
def take_words(turn: Turn, answer: Answer) -> bool | None:
    """Check the words; what reads as unlawful is shown before anything else happens."""
    if not answer.text:
        return False
    read_words(turn.deployment, answer.text)
    unlawful = unlawful_words(turn.deployment, answer.text)
    if unlawful:
        turn.go("broadcasting.flagged", **{TYPED: answer.text, "unlawful": list(unlawful)})
        return None
    keep_content(turn, words=answer.text)
    next_step(turn)
    return None


@script.asks("flagged")
def ask_flagged(turn: Turn) -> None:
    """Show which words read as unlawful or as fraud, and ask what to do."""
    found = turn.answers.get("unlawful")
    words = turn.text("common.list.comma").join(found if isinstance(found, list) else [])
    choices = [
        turn.choice("rewrite", "broadcasting.flagged.rewrite", "改"),
        turn.choice("keep", "broadcasting.flagged.keep"),
    ]
    turn.ask("broadcasting.flagged.ask", choices, words=words)


@script.answers("flagged")
def take_flagged(turn: Turn, answer: Answer) -> bool | None:
    """Let the officer write anew, or keep the words on the officer's own account."""
    if answer.choice == "rewrite":
        turn.go("broadcasting.words")
        return None
    if answer.choice != "keep":
        return False
    broadcast = keep_content(turn, words=str(turn.answers.get(TYPED, "")))
    broadcasts.note_flagged(turn.uow, turn.deployment, my_officer(turn), broadcast)
    next_step(turn)
    return None


def open_draft(turn: Turn, key: str) -> None:
    """Go on with a draft where it was left."""
    broadcast = broadcast_of(turn, key)
    turn.answers = {DRAFT: broadcast.id.hex}
    if broadcast.places:
        turn.answers |= {
            "places": list(broadcast.places),
            "trades": list(broadcast.trades),
            "standings": list(broadcast.statuses),
        }
    next_step(turn)


def keep_content(
    turn: Turn, *, vacancy: Vacancy | None = None, words: str | None = None
) -> Broadcast:
    """Put what is to be sent into this conversation's draft, made where there is none."""
    officer = my_officer(turn)
    if DRAFT in turn.answers:
        broadcast = broadcast_of(turn)
        broadcasts.change_content(
            turn.uow, turn.deployment, officer, broadcast, vacancy=vacancy, words=words
        )
        return broadcast
    broadcast = broadcasts.draft(turn.uow, turn.deployment, officer, vacancy=vacancy, words=words)
    turn.answers[DRAFT] = broadcast.id.hex
    return broadcast
