"""What an officer reads of the phone list."""

from __future__ import annotations

from datetime import date

from bot.conversations.turn import Turn
from bot.messages import Option
from bot.services.cases.office_hours import spoken_moment
from bot.services.people.workers import short_name
from bot.services.phoning.call_reasons import CASE, SECOND_MISS
from bot.services.phoning.phone_list import DayList
from bot.services.sending.deliveries import action_data
from storage.models import PhoneCall, PhoneTask, Worker
from storage.states import CallOutcome, CallStatus

LISTED = 10
SHORTEST_MASKED = 8


def list_words(turn: Turn, days: DayList) -> str:
    """Return today's list, masked, at most ten lines of it."""
    if not days.tasks:
        return turn.text("phone_list.today.empty", called=days.called)
    lines = [turn.text("phone_list.today.head", count=len(days.tasks), called=days.called)]
    lines += [_line(turn, number, task) for number, task in enumerate(days.tasks[:LISTED], 1)]
    if len(days.tasks) > LISTED:
        lines.append(turn.text("phone_list.today.more", count=len(days.tasks) - LISTED))
    if days.waiting:
        lines.append(turn.text("phone_list.today.waiting", count=days.waiting))
    return "\n".join(lines)


def card_words(
    turn: Turn, task: PhoneTask, words: str, *, position: int, count: int, shown: bool
) -> str:
    """Return one card: which of how many, whom, what to ask, how often it was tried."""
    worker = turn.uow.workers.need(task.worker_id)
    lines = [
        turn.text("phone_list.card.head", position=position, count=count, mark=_mark(turn, task)),
        _person(turn, worker, shown=shown),
        turn.text("phone_list.card.ask", words=words),
    ]
    tries = [call for call in turn.uow.phone_tasks.calls_of(worker.id) if call.task_id == task.id]
    if tries:
        moment = spoken_moment(turn.deployment, tries[-1].at, turn.language)
        lines.append(turn.text("phone_list.card.tried", count=len(tries), moment=moment))
    return "\n".join(lines)


def masked_phone(phone: str | None) -> str:
    """Return a number of which only the ends are shown: 139****1234."""
    digits = phone or ""
    if len(digits) < SHORTEST_MASKED:
        return "*" * len(digits)
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"


def say_outcome(turn: Turn, task: PhoneTask, call: PhoneCall) -> None:
    """Say what was written down, with a button that takes it back for ten minutes."""
    purpose = call.outcome.value
    if call.outcome is CallOutcome.NO_ANSWER and task.status is CallStatus.DONE:
        purpose = "given_up"
    options = [
        Option(1, turn.text("phone_list.choice.undo"), action_data("call_undo", call.id.hex))
    ]
    if task.kind == CASE and call.outcome is CallOutcome.TOLD and task.subject_id is not None:
        label = turn.text("phone_list.choice.case")
        options.append(Option(2, label, action_data("case", task.subject_id.hex)))
    name = short_name(turn.uow.workers.need(task.worker_id).name)
    turn.say(
        f"phone_list.outcome.{purpose}",
        options=options,
        name=name or turn.text("cases.person.nameless"),
        count=task.attempts,
        day=_spoken(turn, task.planned_on),
    )


def _line(turn: Turn, number: int, task: PhoneTask) -> str:
    worker = turn.uow.workers.need(task.worker_id)
    name = short_name(worker.name) or turn.text("cases.person.nameless")
    return turn.text(
        "phone_list.today.line",
        number=number,
        name=name,
        what=turn.text(f"phone_list.kind.{task.kind}"),
        mark=_mark(turn, task),
    )


def _mark(turn: Turn, task: PhoneTask) -> str:
    return turn.text("phone_list.card.urgent") if task.risk >= SECOND_MISS else ""


def _person(turn: Turn, worker: Worker, *, shown: bool) -> str:
    nameless = turn.text("cases.person.nameless")
    if shown:
        return turn.text(
            "phone_list.card.person", name=worker.name or nameless, phone=worker.phone or ""
        )
    return turn.text(
        "phone_list.card.person",
        name=short_name(worker.name) or nameless,
        phone=masked_phone(worker.phone),
    )


def _spoken(turn: Turn, day: date) -> str:
    return turn.text("phone_list.card.day", month=day.month, day=day.day)
