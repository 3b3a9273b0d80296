"""What an officer asks on the phone, and what the answer does in the person's conversation."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.conversations.script import Choice
from bot.conversations.turn import Turn
from bot.conversations.worker.speaking_for import fit_to_show, speak_as
from bot.messages import Body
from bot.services.phoning.call_reasons import CASE, CHECK_IN, VACANCY
from bot.services.phoning.phone_sheets import words_of
from bot.services.sending.deliveries import action_data, answer_data
from storage.models import ContactAddress, PhoneTask
from storage.states import CallOutcome, CheckInStatus

ANSWER, TOLD, WANTS, REFUSES = "answer", "told", "wants", "refuses"
PRESSED = {WANTS: "apply", REFUSES: "refuse"}
OUTCOMES = {
    CheckInStatus.SAME: CallOutcome.STILL_THERE,
    CheckInStatus.CHANGED: CallOutcome.CHANGED,
    CheckInStatus.NOT_WORKING: CallOutcome.NOT_WORKING,
}
Replies = list[tuple[str, Body]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked on the phone.

    Attributes:
        words: Read out.
        choices: What the person may answer; their values are understood by `answered`.
    """

    words: str
    choices: tuple[Choice, ...]


def asked(turn: Turn, task: PhoneTask, address: ContactAddress) -> Asked | None:
    """Return what to ask in a call; None when the question has settled itself meanwhile.

    A check-in is asked in the person's own conversation, so its answers are those that the
    person would have been shown.
    """
    if task.kind == CHECK_IN and task.subject_id is not None:
        return _check_in(turn, task, task.subject_id, address)
    words = words_of(turn.uow, turn.deployment, task, turn.language)
    if task.kind == VACANCY:
        return Asked(words, tuple(_choice(turn, value) for value in (WANTS, REFUSES)))
    return Asked(words, (_choice(turn, "talked" if task.kind == CASE else TOLD),))


def answered(
    turn: Turn, task: PhoneTask, address: ContactAddress, choice: str
) -> tuple[CallOutcome, Replies]:
    """Let the person's conversation take an answer.

    Returns:
        What came of the call, and what is said back to the person.
    """
    if choice in PRESSED and task.subject_id is not None:
        button = action_data(PRESSED[choice], task.subject_id.hex)
        return CallOutcome.TOLD, speak_as(turn, address, task.worker_id, button=button)
    if not choice.startswith(f"{ANSWER}:") or task.subject_id is None:
        return CallOutcome.TOLD, []
    if _check_in(turn, task, task.subject_id, address) is None:
        return CallOutcome.TOLD, []
    number = int(choice.partition(":")[2])
    button = answer_data(address.question_serial, number)
    replies = speak_as(turn, address, task.worker_id, button=button)
    row = turn.uow.check_ins.get(task.subject_id)
    status = row.status if row is not None else None
    return OUTCOMES.get(status, CallOutcome.TOLD) if status else CallOutcome.TOLD, replies


def _check_in(turn: Turn, task: PhoneTask, key: uuid.UUID, address: ContactAddress) -> Asked | None:
    button = action_data("by_phone", key.hex)
    replies = fit_to_show(turn, address, speak_as(turn, address, task.worker_id, button=button))
    options = [option for _key, body in replies for option in body.options if option.number]
    if not options:
        return None
    choices = tuple(
        Choice(
            f"{ANSWER}:{option.number}",
            turn.text("phone_list.choice.answered", answer=option.label),
            (option.label,),
        )
        for option in options
    )
    return Asked("\n".join(body.text for _key, body in replies), choices)


def _choice(turn: Turn, value: str) -> Choice:
    return turn.choice(TOLD if value == "talked" else value, f"phone_list.choice.{value}")
