"""An officer writes down a visit or a call: one question a message, then all of it once more."""

from __future__ import annotations

import uuid
from typing import cast

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.officer.visit_lines import (
    ask_categories,
    found_out,
    known_words,
    name_of,
    summary,
    tail_of,
    take_categories,
)
from bot.conversations.officer.visit_people import begin, find, worker_of
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.spoken_days import spoken_day
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.register import visits
from bot.services.register.facts import facts_of
from bot.services.sending.deliveries import action_data
from bot.understanding.writing.phones import find_phones
from storage.register_states import VisitKind
from storage.states import Role

script = Script("home_visit")
OFFICERS = frozenset({Role.OFFICER})
WISHES = ("work", "away", "home", "training", "none")
SAID = "家访"
UNDO = "visit_undo"


@script.command("visit", "家访", "走访", roles=OFFICERS)
def open_by_command(turn: Turn, argument: str) -> None:
    """Begin with a person: `/visit 王秀芳`, `/visit 139…`."""
    turn.finish()
    if my_officer(turn) is None:
        return
    if argument and find(turn, argument):
        return
    turn.go("home_visit.whom")


@script.intercept
def open_by_word(turn: Turn) -> bool:
    """Hear 家访 and 家访 王秀芳 where nothing else is asked."""
    words = turn.inbound.text.strip()
    is_free = turn.step in {None, "menu.officer"}
    if turn.officer is None or not is_free or not words.startswith(SAID):
        return False
    open_by_command(turn, words.removeprefix(SAID).strip())
    return True


@script.asks("whom", WORDS, keeps_words=True)
def ask_whom(turn: Turn) -> None:
    """Ask about whom, by name or number."""
    turn.ask("home_visit.whom.question", [turn.choice("back", "common.choice.back")])


@script.answers("whom")
def answer_whom(turn: Turn, answer: Answer) -> bool | None:
    """Find the person in one's own area."""
    if answer.choice == "back":
        open_menu(turn)
        return True
    if not find(turn, answer.text):
        turn.say("home_visit.whom.unknown")
        turn.ask_again()
    return True


@script.asks("which")
def ask_which(turn: Turn) -> None:
    """Let the officer point at one of several."""
    keys = cast("list[str]", turn.answers.get("found") or [])
    people = [turn.uow.workers.need(uuid.UUID(key)) for key in keys]
    choices = [
        turn.choice(one.id.hex, "home_visit.which.line", name=name_of(one), tail=tail_of(one))
        for one in people
    ]
    turn.ask("home_visit.which.question", choices)


@script.answers("which")
def answer_which(turn: Turn, answer: Answer) -> bool | None:
    """Go on with the chosen one."""
    if answer.choice is None:
        return False
    begin(turn, worker_of(turn, answer.choice))
    return True


@script.asks("kind")
def ask_kind(turn: Turn) -> None:
    """Ask how the officer learnt it."""
    worker = worker_of(turn)
    known = facts_of(turn.uow, turn.deployment, worker)
    turn.say_words(known_words(turn, worker, known), key="home_visit.known.head")
    choices = [turn.choice(kind.value, f"home_visit.kind.{kind.value}") for kind in VisitKind]
    turn.ask("home_visit.kind.question", choices)


@script.answers("kind")
def answer_kind(turn: Turn, answer: Answer) -> bool | None:
    """Note whether it was a visit or a call."""
    if answer.choice is None:
        return False
    turn.go("home_visit.day", kind=answer.choice)
    return True


@script.asks("day", WORDS, keeps_words=True)
def ask_day(turn: Turn) -> None:
    """Ask on which day."""
    choices = [turn.choice(one, f"home_visit.day.{one}") for one in ("today", "yesterday")]
    turn.ask("home_visit.day.question", choices)


@script.answers("day")
def answer_day(turn: Turn, answer: Answer) -> bool | None:
    """Note the day."""
    words = {"today": "今天", "yesterday": "昨天"}.get(answer.choice or "", answer.text)
    day = spoken_day(words, turn.deployment.today)
    if day is None:
        return False
    turn.go("home_visit.holds", day=day.isoformat())
    return True


@script.asks("holds", WORDS, keeps_words=True)
def ask_holds(turn: Turn) -> None:
    """Ask which categories are so."""
    ask_categories(turn, "holds")


@script.answers("holds")
def answer_holds(turn: Turn, answer: Answer) -> bool | None:
    """Note them; several numbers may be typed."""
    return take_categories(turn, answer, "holds", then="home_visit.fails")


@script.asks("fails", WORDS, keeps_words=True)
def ask_fails(turn: Turn) -> None:
    """Ask which categories are not so, or no more."""
    ask_categories(turn, "fails")


@script.answers("fails")
def answer_fails(turn: Turn, answer: Answer) -> bool | None:
    """Note them."""
    return take_categories(turn, answer, "fails", then="home_visit.works")


@script.asks("works")
def ask_works(turn: Turn) -> None:
    """Ask whether the person is at work."""
    choices = [turn.choice(one, f"home_visit.works.{one}") for one in ("yes", "no", "open")]
    turn.ask("home_visit.works.question", choices)


@script.answers("works")
def answer_works(turn: Turn, answer: Answer) -> bool | None:
    """Note it."""
    if answer.choice is None:
        return False
    turn.go("home_visit.wish", works=answer.choice)
    return True


@script.asks("wish")
def ask_wish(turn: Turn) -> None:
    """Ask what the person would like."""
    choices = [turn.choice(one, f"home_visit.wish.{one}") for one in (*WISHES, "open")]
    turn.ask("home_visit.wish.question", choices)


@script.answers("wish")
def answer_wish(turn: Turn, answer: Answer) -> bool | None:
    """Note it."""
    if answer.choice is None:
        return False
    turn.go("home_visit.phone", wish=answer.choice)
    return True


@script.asks("phone", WORDS, keeps_words=True)
def ask_phone(turn: Turn) -> None:
    """Ask for a new number."""
    turn.ask("home_visit.phone.question", [turn.choice("same", "home_visit.phone.same")])


@script.answers("phone")
def answer_phone(turn: Turn, answer: Answer) -> bool | None:
    """Note the number, if it is another."""
    if answer.choice == "same":
        turn.go("home_visit.sure", phone=None)
        return True
    numbers = find_phones(answer.text)
    if len(numbers) != 1:
        return False
    turn.go("home_visit.sure", phone=numbers[0].digits)
    return True


@script.asks("sure")
def ask_sure(turn: Turn) -> None:
    """Say all of it once more."""
    choices = [turn.choice(one, f"home_visit.sure.{one}") for one in ("yes", "again", "drop")]
    turn.ask_words(summary(turn), choices, key="home_visit.sure.head")


@script.answers("sure")
def answer_sure(turn: Turn, answer: Answer) -> bool | None:
    """Write it down, begin anew, or drop it."""
    if answer.choice is None:
        return False
    officer = my_officer(turn)
    if officer is None:
        return True
    if answer.choice == "again":
        turn.go("home_visit.kind")
    elif answer.choice == "drop":
        turn.say("home_visit.done.dropped")
        open_menu(turn)
    else:
        worker = worker_of(turn)
        visit = visits.record(turn.uow, turn.deployment, officer, worker, found_out(turn))
        turn.finish()
        label = turn.text("home_visit.done.undo")
        undo = Option(1, label, action_data(UNDO, visit.id.hex))
        turn.say("home_visit.done.written", options=[undo], name=name_of(worker))
    return True


@script.action(UNDO)
def undo_by_button(turn: Turn, argument: str) -> None:
    """Take a visit back."""
    officer = my_officer(turn)
    if officer is None:
        return
    try:
        visit = turn.uow.home_visits.get(uuid.UUID(argument))
    except ValueError:
        visit = None
    if visit is None:
        raise UserError("home_visit.refused.no_undo")
    visits.undo(turn.uow, turn.deployment, officer, visit)
    turn.say("home_visit.done.undone")
