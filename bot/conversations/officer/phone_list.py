"""Today's phone list: one card at a time, one tap an outcome."""

from __future__ import annotations

import uuid
from typing import cast

from bot.conversations.menu import open_menu
from bot.conversations.officer import phone_questions
from bot.conversations.officer.acting import act_for
from bot.conversations.officer.cases import my_officer
from bot.conversations.officer.paper import make_card
from bot.conversations.officer.phone_lines import card_words, list_words, say_outcome
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.speaking_for import OWN_CHANNELS, begin_acting, read_out, wants_answer
from bot.errors import UserError
from bot.services.people.officer_views import audit_view
from bot.services.phoning import phone_list, phone_outcomes
from bot.services.sending import documents
from storage.models import ContactAddress, Officer, PhoneTask
from storage.states import CallOutcome, CallStatus, Role

script = Script("phone_list")
NO_TALK = {
    "no_answer": CallOutcome.NO_ANSWER,
    "wrong_number": CallOutcome.WRONG_NUMBER,
    "no_more_calls": CallOutcome.NO_MORE_CALLS,
}


@script.command("phone", roles=frozenset({Role.OFFICER}))
def open_by_command(turn: Turn, _argument: str) -> None:
    """Open today's list."""
    _open(turn)


@script.action("phone_today")
def open_by_button(turn: Turn, _argument: str) -> None:
    """Open today's list from the morning's message."""
    _open(turn)


@script.asks("today")
def show_today(turn: Turn) -> None:
    """Say whom to phone today, masked, the gravest first."""
    officer = my_officer(turn)
    if officer is None:
        return
    days = phone_list.day_list(turn.uow, turn.deployment, officer)
    values = ["start", "page", "sheet"] if days.tasks else []
    choices = [turn.choice(one, f"phone_list.choice.{one}") for one in [*values, "register"]]
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words(list_words(turn, days), choices, key="phone_list.today.head")


@script.answers("today")
def answer_today(turn: Turn, answer: Answer) -> bool | None:
    """Begin to phone, print the list, or register somebody who only has a phone."""
    officer = my_officer(turn)
    if officer is None:
        return True
    if answer.choice == "start":
        turn.answers = {}
        turn.go("phone_list.card")
    elif answer.choice == "register":
        turn.answers = {}
        turn.go("acting.whom")
    elif answer.choice == "back":
        open_menu(turn)
    elif answer.choice in {"page", "sheet"}:
        kind = documents.PHONE_LIST if answer.choice == "page" else documents.PHONE_SHEET
        _say_link(turn, officer, kind)
        turn.go("phone_list.today")
    else:
        return False
    return True


@script.asks("card")
def show_card(turn: Turn) -> None:
    """Show the next person: masked first, then with name and number."""
    officer = my_officer(turn)
    if officer is None:
        return
    while (found := _next(turn, officer)) is not None:
        task, position, count = found
        address = turn.uow.addresses.lock(task.address_id) if task.address_id else None
        asked = phone_questions.asked(turn, task, address) if address is not None else None
        if asked is not None:
            break
        phone_list.let_go(turn.uow, turn.deployment, task, reason="answered")
    else:
        turn.say("phone_list.done.all")
        open_menu(turn)
        return
    is_shown = turn.answers.get("task") == task.id.hex and bool(turn.answers.get("shown"))
    turn.answers.update(task=task.id.hex, shown=is_shown)
    turn.about = task.worker_id
    first = [] if is_shown else [turn.choice("reveal", "phone_list.choice.reveal")]
    names = [*NO_TALK, "skip", "act", "card", "back"]
    rest = [turn.choice(one, f"phone_list.choice.{one}") for one in names]
    words = card_words(turn, task, asked.words, position=position, count=count, shown=is_shown)
    turn.ask_words(words, [*first, *asked.choices, *rest], key="phone_list.card.head")


@script.answers("card")
def answer_card(turn: Turn, answer: Answer) -> bool | None:
    """Do what one tap says."""
    officer, task = my_officer(turn), _task(turn)
    if officer is None or answer.choice is None:
        return officer is None
    if task is None:
        turn.say("phone_list.refused.done")
        turn.go("phone_list.card")
    elif answer.choice in NO_TALK:
        call = phone_outcomes.record(
            turn.uow, turn.deployment, officer, task, NO_TALK[answer.choice]
        )
        say_outcome(turn, task, call)
        turn.go("phone_list.card")
    elif not _beside(turn, officer, task, answer.choice):
        _talked(turn, officer, task, answer.choice)
    return True


@script.action("call_undo")
def undo_by_button(turn: Turn, argument: str) -> None:
    """Take back the last outcome, for ten minutes."""
    officer = my_officer(turn)
    call = turn.uow.phone_tasks.call(uuid.UUID(argument)) if officer is not None else None
    if officer is None:
        return
    if call is None or call.officer_id != officer.id:
        raise UserError("phone_list.refused.too_late")
    task = phone_outcomes.undo(turn.uow, turn.deployment, officer, call)
    turn.say("phone_list.done.undone")
    turn.finish()
    turn.go("phone_list.card", task=task.id.hex)


def _open(turn: Turn) -> None:
    turn.finish()
    turn.go("phone_list.today")


def _beside(turn: Turn, officer: Officer, task: PhoneTask, choice: str) -> bool:
    """Do what is no outcome; False when it is one."""
    if choice == "reveal":
        _reveal(turn, officer, task)
    elif choice == "skip":
        skipped = cast("list[str]", turn.answers.get("skipped") or [])
        turn.go("phone_list.card", skipped=[*skipped, task.id.hex])
    elif choice == "act":
        act_for(turn, turn.uow.workers.need(task.worker_id), then="phone_list.card")
    elif choice == "card":
        make_card(turn, turn.uow.workers.need(task.worker_id))
        turn.go("phone_list.card")
    elif choice == "back":
        turn.answers = {}
        turn.go("phone_list.today")
    else:
        return False
    return True


def _talked(turn: Turn, officer: Officer, task: PhoneTask, choice: str) -> None:
    address = _address(turn, task)
    outcome, replies = phone_questions.answered(turn, task, address, choice)
    call = phone_outcomes.record(turn.uow, turn.deployment, officer, task, outcome)
    say_outcome(turn, task, call)
    if wants_answer(address, replies):
        worker = turn.uow.workers.need(task.worker_id)
        begin_acting(turn, address, worker, replies=replies, then="phone_list.card")
        return
    read_out(turn, address, replies)
    turn.go("phone_list.card")


def _reveal(turn: Turn, officer: Officer, task: PhoneTask) -> None:
    if turn.channel not in OWN_CHANNELS:
        _say_link(turn, officer, documents.PHONE_LIST)
        turn.go("phone_list.card")
        return
    audit_view(
        turn.uow,
        turn.deployment,
        officer,
        "view_phone",
        subject_kind="worker",
        subject_id=task.worker_id,
    )
    turn.go("phone_list.card", shown=True)


def _say_link(turn: Turn, officer: Officer, kind: str) -> None:
    subject = turn.deployment.today.isoformat()
    path = documents.link(turn.uow, turn.deployment, officer, kind=kind, subject=subject)
    turn.say("phone_list.done.link", link=path, url=f"{turn.deployment.public_url}{path}")


def _next(turn: Turn, officer: Officer) -> tuple[PhoneTask, int, int] | None:
    """Return the card to show, which of how many today it is; skipped ones come last."""
    days = phone_list.day_list(turn.uow, turn.deployment, officer)
    skipped = cast("list[str]", turn.answers.get("skipped") or [])
    current = turn.answers.get("task")
    tasks = [task for task in days.tasks if task.id.hex not in skipped]
    tasks += sorted(
        (task for task in days.tasks if task.id.hex in skipped),
        key=lambda task: skipped.index(task.id.hex),
    )
    if not tasks:
        return None
    chosen = next(
        (one for one in tasks if one.id.hex == current and current not in skipped), tasks[0]
    )
    done = days.called + len([one for one in days.tasks if one.id.hex in skipped])
    return chosen, min(done, days.called + len(tasks) - 1) + 1, days.called + len(tasks)


def _task(turn: Turn) -> PhoneTask | None:
    """Return the card's call while it is still to be made and this officer's."""
    task = turn.uow.phone_tasks.get(uuid.UUID(str(turn.answers.get("task"))))
    is_open = task is not None and task.status is CallStatus.OPEN
    is_own = task is not None and turn.officer is not None and task.officer_id == turn.officer.id
    return task if is_open and is_own else None


def _address(turn: Turn, task: PhoneTask) -> ContactAddress:
    address = turn.uow.addresses.lock(task.address_id) if task.address_id is not None else None
    if address is None:
        raise UserError("phone_list.refused.done")
    return address
