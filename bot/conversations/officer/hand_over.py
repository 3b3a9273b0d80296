"""An officer talks with a person here; the bot carries the lines and says nothing."""

from __future__ import annotations

import contextlib
import uuid

from bot.conversations.answering import is_bare_number, resolve
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.conversations.worker.loss import person_of
from bot.conversations.worker.loss_words import is_only_leave, matters_of
from bot.messages import Option
from bot.services.cases import case_messages, cases, hand_over
from bot.services.people.officers import NoOfficerError
from bot.services.sending.deliveries import action_data
from storage.models import Case, ContactAddress
from storage.states import Role

script = Script("hand_over")
COMMAND_SIGNS = ("/", "／")
HEARD_ANYWAY = frozenset({"unsubscribe", "delete_my_data"})
MATTERS = frozenset({"complain_wages", "report_unemployed"})
DONE = "hand_over_done"


@script.intercept
def carry(turn: Turn) -> bool:
    """Carry a typed line to the other side; buttons and commands stay with the bot."""
    typed = turn.inbound.text.strip()
    if turn.inbound.button is not None or not typed or typed.startswith(COMMAND_SIGNS):
        return False
    if hand_over.TALKING_TO in turn.memory:
        return _officer_speaks(turn, typed)
    if hand_over.is_in_hand_over(turn.address) and not _is_for_the_bot(turn):
        hand_over.relay_to_officer(
            turn.uow, turn.deployment, turn.address, typed, origin=turn.context_key
        )
        _note_matters(turn, typed)
        turn.silently()
        return True
    return False


@script.command("done")
def done(turn: Turn, _argument: str) -> None:
    """End the talk on the officer's word."""
    _end(turn)


@script.action(DONE)
def done_by_button(turn: Turn, _argument: str) -> None:
    """End the talk by its button."""
    _end(turn)


def begin_talk(turn: Turn, case: Case) -> None:
    """Let this officer talk with the person of `case` from the next line on."""
    officer = turn.officer
    if officer is None:
        turn.say("hand_over.refused.nobody")
        return
    hand_over.take(turn.uow, turn.deployment, officer, case, turn.memory, origin=turn.context_key)
    turn.finish()
    turn.about = case.worker_id
    person = case_messages.person_of(turn.uow, turn.deployment, case, turn.language)
    button = Option(1, turn.text("hand_over.choice.done"), action_data(DONE))
    turn.say("hand_over.officer.begun", options=(button,), name=person)


def _officer_speaks(turn: Turn, typed: str) -> bool:
    if _means_done(turn, typed):
        _end(turn)
        return True
    partner = hand_over.partner_of(turn.uow, turn.memory)
    officer = turn.officer
    case = _case(turn)
    if officer is None or partner is None or partner.handed_over_to != turn.address.id:
        hand_over.forget(turn.memory)
        turn.say("hand_over.officer.over")
        return True
    if case is not None and hand_over.is_gone(turn.uow, case):
        _release(turn, partner, purpose=None)
        turn.say("hand_over.refused.gone")
        return True
    hand_over.relay_to_person(
        turn.uow, turn.deployment, officer, partner, typed, origin=turn.context_key
    )
    turn.silently()
    return True


def _means_done(turn: Turn, typed: str) -> bool:
    """The button's words end the talk; its number does while the button is the last message."""
    if typed.strip("。.!！ ") == turn.text("hand_over.choice.done"):
        return True
    pressed = resolve(turn).action if is_bare_number(typed) else None
    return pressed is not None and pressed[0] == DONE


def _note_matters(turn: Turn, typed: str) -> None:
    """Write lost work and wrongs down although a person listens: a talk may end without a word."""
    said = {turn.reading.intent, turn.reading.also}
    if turn.role is not Role.WORKER or not said & MATTERS or is_only_leave(typed):
        return
    worker = person_of(turn)
    spell = turn.uow.employments.open_of(worker.id) if worker is not None else None
    # Where nobody can own a case, the officer who talks has read the line all the same.
    with contextlib.suppress(NoOfficerError):
        cases.open_case(
            turn.uow,
            turn.deployment,
            address=turn.address,
            worker=worker,
            matters=matters_of(turn.reading),
            words=typed,
            enterprise_id=spell.enterprise_id if spell is not None else None,
        )


def _is_for_the_bot(turn: Turn) -> bool:
    """退订, erasing and 0 are heard; so is the answer to what such a wish made us ask."""
    if turn.reading.choice == 0 or turn.reading.intent in HEARD_ANYWAY:
        return True
    is_open = turn.step is not None and hand_over.was_asked_since(turn.address)
    return is_open and resolve(turn).choice is not None


def _end(turn: Turn) -> None:
    partner = hand_over.partner_of(turn.uow, turn.memory)
    case = _case(turn)
    if partner is None or partner.handed_over_to != turn.address.id:
        hand_over.forget(turn.memory)
        turn.say("hand_over.officer.nobody")
        return
    _release(turn, partner)
    turn.say("hand_over.officer.ended")
    if case is not None and turn.officer is not None:
        turn.uow.cases.add_event(
            case, "talk_ended", at=turn.deployment.now, officer_id=turn.officer.id
        )
        turn.go("cases.one", case=case.id.hex)


def _release(turn: Turn, partner: ContactAddress, *, purpose: str | None = "ended") -> None:
    hand_over.forget(turn.memory)
    held = turn.uow.addresses.lock(partner.id)
    if held is not None and held.handed_over_to == turn.address.id:
        hand_over.release(turn.uow, turn.deployment, held, origin=turn.context_key, purpose=purpose)


def _case(turn: Turn) -> Case | None:
    key = turn.memory.get(hand_over.ABOUT)
    return turn.uow.cases.get(uuid.UUID(key)) if isinstance(key, str) else None
