"""What sheets and people say differently, one at a time: theirs, ours, and a way back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import cast

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.register import differences
from bot.services.register.chunk_rows import PERSON
from bot.services.register.comparing import CATEGORY
from bot.services.register.differences import OURS, THEIRS, WORK
from bot.services.sending.deliveries import action_data
from storage.models import RegisterDifference, Worker
from storage.states import Role

script = Script("register_differences")
UNDO = "difference_undo"
SHOWN_DIGITS = 4
NEXT = "later"


@script.command("differences", "差异", "不一样", roles=frozenset({Role.OFFICER}))
def open_by_command(turn: Turn, _argument: str) -> None:
    """Show the first one that waits."""
    turn.finish()
    turn.go("register_differences.one")


@script.action("differences")
def open_by_button(turn: Turn, _argument: str) -> None:
    """Show the first one from the message that told of them."""
    turn.finish()
    turn.go("register_differences.one")


@script.asks("one")
def show_one(turn: Turn) -> None:
    """Show the oldest that was not put off: what the sheet says, what we know."""
    officer = my_officer(turn)
    if officer is None:
        return
    later = cast("list[str]", turn.answers.get(NEXT) or [])
    waiting = differences.waiting(turn.uow, turn.deployment, officer, limit=len(later) + 1)
    row = next((one for one in waiting if one.id.hex not in later), None)
    if row is None:
        turn.say("register.difference.none")
        open_menu(turn)
        return
    held = differences.visible(turn.uow, turn.deployment, officer, row.id)
    worker = turn.uow.workers.need(held.worker_id)
    turn.about = worker.id
    turn.answers["row"] = held.id.hex
    count = turn.uow.import_batches.count_differences(
        turn.deployment.bureau_adcode, scope=officer.scope
    )
    _ask(turn, held, worker, count=count)


@script.answers("one")
def answer_one(turn: Turn, answer: Answer) -> bool | None:
    """Settle it with one tap, put it off, or go."""
    officer = my_officer(turn)
    if answer.choice is None or officer is None:
        return officer is None
    key = str(turn.answers.get("row"))
    if answer.choice == "back":
        open_menu(turn)
    elif answer.choice == NEXT:
        later = cast("list[str]", turn.answers.get(NEXT) or [])
        turn.go("register_differences.one", later=[*later, key])
    else:
        row = differences.visible(turn.uow, turn.deployment, officer, uuid.UUID(key))
        if differences.resolve(turn.uow, turn.deployment, officer, row, answer.choice):
            label = turn.text("register.difference.undo")
            undo = Option(1, label, action_data(UNDO, row.id.hex))
            turn.say("register.difference.done", options=[undo])
        else:
            turn.say("register.refused.changed_since")
        turn.go("register_differences.one")
    return True


@script.action(UNDO)
def undo_by_button(turn: Turn, argument: str) -> None:
    """Open a question again that was settled."""
    officer = my_officer(turn)
    if officer is None:
        return
    try:
        key = uuid.UUID(argument)
    except ValueError:
        raise UserError("register.refused.no_difference") from None
    row = differences.visible(turn.uow, turn.deployment, officer, key)
    differences.undo(turn.uow, turn.deployment, officer, row)
    turn.say("register.difference.undone")
    turn.finish()
    turn.go("register_differences.one")


def _ask(turn: Turn, row: RegisterDifference, worker: Worker, *, count: int) -> None:
    last = [
        turn.choice(NEXT, "register.difference.later"),
        turn.choice("back", "common.choice.back"),
    ]
    if row.name == PERSON:
        theirs = cast("Mapping[str, object]", row.theirs)
        words = turn.text(
            "register.difference.person",
            count=count,
            name=short_name(str(theirs.get("name", ""))),
            tail=str(theirs.get("phone", ""))[-SHOWN_DIGITS:],
        )
        turn.ask_words(words, [*_people(turn, row), *last], key="register.difference.person")
        return
    words = turn.text(
        "register.difference.head",
        count=count,
        name=short_name(worker.name) or "—",
        what=_what(turn, row.name),
        theirs=_said(turn, row.name, row.theirs),
        ours=_said(turn, row.name, row.ours),
    )
    choices = [turn.choice(one, f"register.difference.{one}") for one in (THEIRS, OURS)]
    turn.ask_words(words, [*choices, *last], key="register.difference.head")


def _is_mine(turn: Turn, worker: Worker) -> bool:
    code = officers.code_of_worker(worker, turn.deployment.bureau_adcode)
    return turn.officer is not None and officers.is_in_scope(turn.officer, code)


def _people(turn: Turn, row: RegisterDifference) -> list[Choice]:
    keys = cast("list[str]", row.ours)
    found = [turn.uow.workers.get(uuid.UUID(key)) for key in keys]
    choices = [
        turn.choice(
            one.id.hex,
            "register.difference.candidate",
            name=short_name(one.name),
            year=one.birth_year or "—",
        )
        for one in found
        if one is not None and _is_mine(turn, one)
    ]
    return [*choices, turn.choice(THEIRS, "register.difference.somebody_new")]


def _what(turn: Turn, name: str) -> str:
    if name.startswith(CATEGORY):
        return name.removeprefix(CATEGORY)
    return turn.text(f"register.field.{name}")


def _said(turn: Turn, name: str, value: object) -> str:
    """Return one side's word as people read it."""
    if name.startswith(CATEGORY):
        return turn.text(f"register.difference.{'holds' if value else 'fails'}")
    if name == WORK:
        work = cast("Mapping[str, object]", value)
        place = _place(turn, work.get("workplace"))
        return f"{place} {work.get('employer') or ''}".strip() or "—"
    return _place(turn, value) if name == "home" else str(value)


def _place(turn: Turn, code: object) -> str:
    place = turn.deployment.catalogue.places.get(str(code)) if code else None
    return place.name if place is not None else "—"
