"""Working on one case: its outcome, a note, another officer."""

from __future__ import annotations

import uuid

from bot.conversations.officer.cases import case_of, my_officer
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.cases import case_outcomes, cases
from bot.services.follow_up import employments
from bot.services.people import workers
from storage.models import Case
from storage.states import CaseStatus, EndReason, Matter, Source, WorkerStatus

script = Script("case_work")
OUTCOMES = (
    CaseStatus.RE_EMPLOYED,
    CaseStatus.TRAINING,
    CaseStatus.NOT_WILLING,
    CaseStatus.FALSE_ALARM,
)
STATUS_AFTER = {
    CaseStatus.TRAINING: WorkerStatus.TRAINING,
    CaseStatus.NOT_WILLING: WorkerStatus.NOT_LOOKING,
    CaseStatus.UNREACHABLE: WorkerStatus.UNREACHABLE,
}
OFFICERS_SHOWN = 8
LONGEST_NOTE = 1_000


@script.asks("outcome")
def ask_outcome(turn: Turn) -> None:
    """Ask what came of the talk; what only words can settle is settled by words."""
    case = case_of(turn)
    if case is None:
        return
    values = [outcome.value for outcome in OUTCOMES]
    if case_outcomes.can_be_settled(case):
        values = ["settled", CaseStatus.FALSE_ALARM.value]
    choices = [turn.choice(value, f"case_work.outcome.{value}") for value in [*values, "later"]]
    turn.ask("case_work.outcome.question", choices, reference=cases.reference(case))


@script.answers("outcome")
def keep_outcome(turn: Turn, answer: Answer) -> bool | None:
    """Close the case with the outcome, or leave it open."""
    case, officer = case_of(turn), turn.officer
    if case is None or officer is None:
        return True
    if answer.choice is None:
        return False
    if answer.choice == "later":
        turn.say("case_work.done.left_open", reference=cases.reference(case))
        _to_queue(turn)
        return True
    if answer.choice == "settled":
        case_outcomes.settle(turn.uow, turn.deployment, case, officer)
    else:
        _close(turn, case, CaseStatus(answer.choice))
    turn.say(
        "case_work.done.closed",
        reference=cases.reference(case),
        outcome=turn.text(f"case_work.outcome.{answer.choice}"),
    )
    _to_queue(turn)
    return True


@script.asks("sure_unreachable")
def ask_unreachable(turn: Turn) -> None:
    """Ask before a person is counted as out of reach; nothing does so by itself."""
    case = case_of(turn)
    if case is None:
        return
    count = len(case_outcomes.attempts(turn.uow, case))
    choices = [
        turn.choice("yes", "case_work.choice.unreachable"),
        turn.choice("no", "case_work.choice.call_again"),
    ]
    turn.ask("case_work.unreachable.question", choices, count=count)


@script.answers("sure_unreachable")
def keep_unreachable(turn: Turn, answer: Answer) -> bool | None:
    """Close as unreachable on the officer's word."""
    case = case_of(turn)
    if case is None:
        return True
    if answer.choice not in {"yes", "no"}:
        return False
    if answer.choice == "no":
        turn.go("cases.one")
        return True
    _close(turn, case, CaseStatus.UNREACHABLE)
    turn.say(
        "case_work.done.closed",
        reference=cases.reference(case),
        outcome=turn.text("cases.outcome.unreachable"),
    )
    _to_queue(turn)
    return True


@script.asks("note", WORDS, keeps_words=True)
def ask_note(turn: Turn) -> None:
    """Ask for the officer's own words."""
    turn.ask("case_work.note.question", [turn.choice("back", "common.choice.back")])


@script.answers("note")
def keep_note(turn: Turn, answer: Answer) -> bool | None:
    """Keep the words in the case's history."""
    case, officer = case_of(turn), turn.officer
    if case is None or officer is None:
        return True
    if answer.choice != "back":
        if not answer.text.strip():
            return False
        case_outcomes.note(turn.uow, turn.deployment, case, officer, answer.text[:LONGEST_NOTE])
        turn.say("case_work.done.noted", reference=cases.reference(case))
    turn.go("cases.one")
    return True


@script.asks("pass_on")
def ask_officer(turn: Turn) -> None:
    """Ask which other officer takes the case over."""
    case = case_of(turn)
    if case is None:
        return
    found = case_outcomes.possible_owners(turn.uow, case)[:OFFICERS_SHOWN]
    if not found:
        turn.say("case_work.pass_on.nobody")
        turn.go("cases.one")
        return
    choices = [Choice(officer.id.hex, officer.name) for officer in found]
    turn.ask("case_work.pass_on.question", [*choices, turn.choice("back", "common.choice.back")])


@script.answers("pass_on")
def pass_on(turn: Turn, answer: Answer) -> bool | None:
    """Give the case to the chosen officer."""
    case, officer = case_of(turn), turn.officer
    if case is None or officer is None:
        return True
    if answer.choice is None:
        return False
    if answer.choice == "back":
        turn.go("cases.one")
        return True
    to = turn.uow.officers.need(uuid.UUID(answer.choice))
    case_outcomes.hand_on(turn.uow, turn.deployment, case, officer, to=to)
    turn.say("case_work.done.passed_on", reference=cases.reference(case), officer=to.name)
    _to_queue(turn)
    return True


def _close(turn: Turn, case: Case, outcome: CaseStatus) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    case_outcomes.close(turn.uow, turn.deployment, case, officer, outcome)
    worker = turn.uow.workers.get(case.worker_id) if case.worker_id is not None else None
    if worker is None or worker.status is WorkerStatus.LEFT:
        return
    if outcome in STATUS_AFTER:
        workers.set_status(turn.uow, worker, STATUS_AFTER[outcome], now=turn.deployment.now)
    spells = turn.uow.employments.of_worker(worker.id)
    last = spells[-1] if spells else None
    if outcome is CaseStatus.RE_EMPLOYED and (last is None or last.ended_on is not None):
        employments.open_spell(
            turn.uow,
            turn.deployment,
            worker=worker,
            started_on=turn.deployment.today,
            source=Source.OFFICER,
        )
    is_about_work = Matter.UNEMPLOYMENT.value in case.matters
    was_lost = last is not None and last.end_reason is EndReason.LOST
    if outcome is CaseStatus.FALSE_ALARM and is_about_work and was_lost and last is not None:
        employments.resume_spell(turn.uow, turn.deployment, worker, last)


def _to_queue(turn: Turn) -> None:
    turn.finish()
    turn.go("cases.queue")
