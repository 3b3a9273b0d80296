"""An officer acts for a worker: what is typed and tapped runs in the worker's conversation."""

from __future__ import annotations

import uuid

from bot.conversations.answering import is_bare_number, resolve
from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import NUMBER, my_officer
from bot.conversations.officer.relaying import relay
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.speaking_for import (
    ACT,
    ACT_DONE,
    END_NUMBER,
    TYPED,
    begin_acting,
    speak_as,
)
from bot.services.cases import hand_over
from bot.services.people import acting
from bot.services.people.workers import short_name
from bot.services.phoning import phone_list
from bot.services.sending.deliveries import ACTION_PREFIX, action_data
from bot.understanding.writing.phones import find_phones
from storage.models import Officer, Worker
from storage.states import Role

script = Script("acting")
OFFICERS = frozenset({Role.OFFICER})
DONE_COMMANDS = frozenset({"/done", "／done"})
OWN_BUTTONS = (f"{ACTION_PREFIX}:{ACT}:", f"{ACTION_PREFIX}:{ACT_DONE}:")
BY_PHONE = "by_phone"


@script.intercept
def carry(turn: Turn) -> bool:
    """Take every line while an officer acts for somebody; a command or another button ends it."""
    begun = acting.current(turn.memory)
    if begun is None or turn.inbound.event is not None:
        return False
    typed = turn.inbound.text.strip()
    is_own = (turn.inbound.button or "").startswith(OWN_BUTTONS)
    if begun.until <= turn.deployment.now:
        acting.end(turn.uow, turn.deployment, turn.officer, turn.memory)
        turn.say("acting.done.hour_over")
        return is_own or bool(typed and not typed.startswith(("/", "／")))
    if is_own:
        return False
    if _ends(turn, begun, typed):
        _end(turn)
        return True
    if turn.inbound.button is not None or typed.startswith(("/", "／")):
        acting.end(turn.uow, turn.deployment, turn.officer, turn.memory)
        turn.say("acting.done.over")
        return False
    return bool(typed) and _typed(turn, typed)


@script.action(ACT)
def press(turn: Turn, data: str) -> None:
    """Press one of the worker's buttons."""
    if acting.current(turn.memory) is None:
        turn.say("acting.done.nobody")
    elif data.startswith(TYPED):
        relay(turn, text=data.removeprefix(TYPED))
    else:
        relay(turn, button=data)


@script.action(ACT_DONE)
def press_done(turn: Turn, _argument: str) -> None:
    """Stop acting for somebody."""
    _end(turn)


@script.command("act", roles=OFFICERS)
def act_command(turn: Turn, argument: str) -> None:
    """Act for a worker by phone number or case: `/act 139…`, `/act C-0007`."""
    turn.finish()
    if argument and _found(turn, argument):
        return
    turn.go("acting.whom")


@script.action("act_for")
def act_by_button(turn: Turn, argument: str) -> None:
    """Act for the worker of a card or a case."""
    try:
        worker = turn.uow.workers.get(uuid.UUID(argument))
    except ValueError:
        worker = None
    if worker is None or my_officer(turn) is None:
        turn.say("acting.refused.unknown")
    else:
        act_for(turn, worker)


@script.asks("whom", WORDS, keeps_words=True)
def ask_whom(turn: Turn) -> None:
    """Ask for whom, by phone number or case."""
    if my_officer(turn) is not None:
        turn.ask("acting.whom.question", [turn.choice("back", "common.choice.back")])


@script.answers("whom")
def answer_whom(turn: Turn, answer: Answer) -> bool | None:
    """Find the person; a number that nobody gave may be registered."""
    if answer.choice == "back":
        open_menu(turn)
        return True
    return _found(turn, answer.text)


@script.asks("which")
def ask_which(turn: Turn) -> None:
    """Ask which member of a family that shares the number."""
    officer = my_officer(turn)
    if officer is None:
        return
    choices = [
        Choice(one.id.hex, short_name(one.name) or turn.text("cases.person.nameless"))
        for one in _people(turn, str(turn.answers.get("phone")))
        if acting.looks_after(turn.uow, turn.deployment, officer, one)
    ]
    turn.ask("acting.whom.which", [*choices, turn.choice("new", "acting.choice.somebody_else")])


@script.answers("which")
def answer_which(turn: Turn, answer: Answer) -> bool | None:
    """Act for the chosen one, or register another."""
    if answer.choice is None:
        return False
    if answer.choice == "new":
        turn.go("newcomer.name")
        return True
    act_for(turn, turn.uow.workers.need(uuid.UUID(answer.choice)))
    return True


def act_for(turn: Turn, worker: Worker, *, then: str | None = None) -> None:
    """Act for a worker in scope, from the menu on; say why where it is not possible."""
    officer = turn.officer
    if officer is None or not acting.may_act_for(turn.uow, turn.deployment, officer, worker):
        turn.say("acting.refused.unknown")
        return
    found = phone_list.phone_address(turn.uow, turn.deployment, worker)
    if found is None:
        turn.say("acting.refused.no_phone")
        return
    if hand_over.TALKING_TO in turn.memory:
        turn.say("acting.refused.talking")
        return
    address = turn.uow.addresses.lock(found.id) or found
    replies = speak_as(turn, address, worker.id, button=action_data(BY_PHONE))
    begin_acting(turn, address, worker, replies=replies, then=then)


def _found(turn: Turn, words: str) -> bool:
    """Go on with whom these words name; False when they name nobody and no number."""
    officer = my_officer(turn)
    if officer is None:
        return True
    by_number = NUMBER.fullmatch(words.strip())
    if by_number is not None:
        case = turn.uow.cases.of_number(
            int(by_number[1]), scope=officer.scope, bureau_adcode=turn.deployment.bureau_adcode
        )
        worker = turn.uow.workers.get(case.worker_id) if case and case.worker_id else None
        if worker is None:
            turn.say("acting.refused.unknown")
            turn.ask_again()
        else:
            act_for(turn, worker)
        return True
    numbers = find_phones(words)
    if not numbers:
        return False
    _by_phone(turn, officer, numbers[0].digits)
    return True


def _by_phone(turn: Turn, officer: Officer, phone: str) -> None:
    """Go on with whoever gave this number; of others an officer learns nothing but a refusal."""
    people = _people(turn, phone)
    own = [one for one in people if acting.may_act_for(turn.uow, turn.deployment, officer, one)]
    if len(own) > 1:
        turn.go("acting.which", phone=phone)
    elif own:
        act_for(turn, own[0])
    elif people:
        turn.say("acting.refused.unknown")
    else:
        turn.go("newcomer.name", phone=phone)


def _people(turn: Turn, phone: str) -> list[Worker]:
    return turn.uow.phone_tasks.people_of_number(phone, bureau_adcode=turn.deployment.bureau_adcode)


def _ends(turn: Turn, begun: acting.Acting, typed: str) -> bool:
    """Tell whether this line ends it: the command, the word, or its number where it has one."""
    if typed == str(END_NUMBER):
        address = turn.uow.addresses.get(begun.address_id)
        return address is None or len(turn.engine.context(address).options) < END_NUMBER
    return typed.lower() in DONE_COMMANDS or typed.strip("。.!！ ") == turn.text(
        "acting.choice.done"
    )


def _typed(turn: Turn, typed: str) -> bool:
    """Pass words on; a bare number means a button of the bubble read out last."""
    action = resolve(turn).action if is_bare_number(typed) else None
    name, argument = action or ("", "")
    if name == ACT_DONE:
        _end(turn)
    elif name == ACT:
        press(turn, argument)
    else:
        relay(turn, text=typed)
    return True


def _end(turn: Turn) -> None:
    begun = acting.end(turn.uow, turn.deployment, turn.officer, turn.memory)
    turn.finish()
    if begun is None:
        turn.say("acting.done.nobody")
        return
    turn.say("acting.done.over")
    if begun.then is not None:
        turn.go(begun.then)
