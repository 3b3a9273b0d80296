"""没搞了 工资也没给: recorded, handed to an officer with a deadline, and work shown at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.conversations.vacancy_lines import offer
from bot.conversations.worker.check_in_questions import receipt_id
from bot.conversations.worker.loss_words import (
    Wrong,
    is_only_leave,
    matters_of,
    takes_back,
    wrong_of,
)
from bot.conversations.worker.profile_facts import take_in
from bot.conversations.worker.training_wish import offer_beside_loss
from bot.messages import Option
from bot.services.cases import cases
from bot.services.cases.office_hours import spoken_deadline
from bot.services.follow_up.check_ins import WORKER_KINDS, settle
from bot.services.follow_up.employments import confirm
from bot.services.follow_up.losses import Reported, fresh_vacancies, note_leave, report, take_back
from bot.services.people.officers import spoken_name
from bot.services.people.workers import draft_of
from bot.services.sending.deliveries import action_data
from storage.models import Case, Worker
from storage.repositories.check_ins import OPEN
from storage.states import CheckInStatus, Matter, Role

script = Script("loss")


@script.intent("report_unemployed", "complain_wages")
def tell_loss(turn: Turn) -> None:
    """Answer a lost job, a grievance or both, wherever in a conversation they are said."""
    words = turn.inbound.text.strip()
    matters = matters_of(turn.reading)
    worker = person_of(turn)
    if matters == [Matter.UNEMPLOYMENT] and is_only_leave(words):
        _hear_of_leave(turn, worker)
        return
    wrong = wrong_of(words) if Matter.GRIEVANCE in matters else None
    if Matter.UNEMPLOYMENT in matters and turn.reading.for_whom is None and worker is turn.worker:
        _take_wishes(turn)
    tell_officer_of(turn, worker, matters, words=words, wrong=wrong)


def _take_wishes(turn: Turn) -> None:
    """Keep what is wished for beside a loss: 厂垮了,给我找个保安.

    A phone named here is the boss's as often as the worker's own.
    """
    heard = turn.reading
    turn.reading = replace(heard, phone=None, home=None, birth_year=None, age=None)
    take_in(turn)
    turn.reading = heard


@script.intercept
def take_back_typed(turn: Turn) -> bool:
    """Hear "it is only a holiday" after a loss was recorded, whatever is open."""
    typed = turn.inbound.text.strip()
    if turn.role is not Role.WORKER or not typed or not takes_back(typed):
        return False
    worker = person_of(turn)
    case = turn.uow.cases.find_open(
        worker_id=worker.id if worker else None, address_id=turn.address.id
    )
    return case is not None and _take_back(turn, case, worker)


@script.action("loss_taken_back")
def take_back_pressed(turn: Turn, argument: str) -> None:
    """Undo a loss that was none, from the button under its record."""
    case = _own_case(turn, argument)
    worker = turn.uow.workers.get(case.worker_id) if case and case.worker_id else None
    if case is None or not _take_back(turn, case, worker):
        turn.say("loss.taken_back.too_late")


def tell_on_the_way(turn: Turn) -> None:
    """Record a loss or a grievance and say who calls; what else was said goes on from there."""
    words = turn.inbound.text.strip()
    matters = matters_of(turn.reading)
    if matters == [Matter.UNEMPLOYMENT] and is_only_leave(words):
        return
    worker = person_of(turn)
    wrong = wrong_of(words) if Matter.GRIEVANCE in matters else None
    reported = _record(turn, worker, matters, words=words, wrong=wrong)
    if Matter.UNEMPLOYMENT not in matters:
        _note_grievance_in_check_in(turn, worker)
    _say_call(turn, reported)


def tell_officer_of(
    turn: Turn,
    worker: Worker | None,
    matters: Sequence[Matter],
    *,
    words: str,
    wrong: Wrong | None = None,
) -> None:
    """Record matters, name the officer and the hour, and show work where it was lost."""
    reported = _record(turn, worker, matters, words=words, wrong=wrong)
    is_lost = Matter.UNEMPLOYMENT in matters
    turn.finish(again="loss.recorded.again")
    if is_lost:
        _show_work(turn, reported, worker)
    else:
        _note_grievance_in_check_in(turn, worker)
        _say_call(turn, reported)


def person_of(turn: Turn) -> Worker | None:
    """Return whom the words are about, where a family shares the address.

    Who was asked last; else whom this conversation is for; else the only one who works.
    """
    people = turn.workers
    if len(people) <= 1 or turn.address.acting_for is not None:
        return turn.worker
    ids = [person.id for person in people]
    asked = turn.uow.check_ins.newest_open(ids, WORKER_KINDS)
    if asked is not None:
        return turn.uow.workers.need(asked.worker_id)
    working = turn.uow.employments.open_of_workers(ids)
    return turn.uow.workers.need(working[0].worker_id) if len(working) == 1 else turn.worker


def _record(
    turn: Turn,
    worker: Worker | None,
    matters: Sequence[Matter],
    *,
    words: str,
    wrong: Wrong | None,
) -> Reported:
    reported = report(
        turn.uow,
        turn.deployment,
        address=turn.address,
        worker=worker,
        matters=matters,
        words=words,
        urgent=wrong is Wrong.HURT,
        receipt_id=receipt_id(turn),
    )
    _say_recorded(turn, reported, wrong, is_lost=Matter.UNEMPLOYMENT in matters)
    return reported


def _say_recorded(turn: Turn, reported: Reported, wrong: Wrong | None, *, is_lost: bool) -> None:
    wrongs = turn.text(f"loss.wrong.{wrong.value}") if wrong is not None else ""
    options: list[Option] = []
    if is_lost:
        label = turn.text("loss.choice.only_leave")
        options = [Option(1, label, action_data("loss_taken_back", reported.opened.case.id.hex))]
    if wrong is None:
        turn.say("loss.recorded.lost", options=options)
    elif is_lost:
        turn.say("loss.recorded.both", options=options, wrong=wrongs)
    else:
        turn.say("loss.recorded.wrong", wrong=wrongs)
    if wrong is Wrong.HURT:
        turn.say("loss.recorded.hurt")


def _say_call(turn: Turn, reported: Reported, *, offers: int = 0) -> None:
    opened = reported.opened
    officer = spoken_name(turn.deployment, opened.officer, turn.language)
    deadline = spoken_deadline(turn.deployment, opened.due_at, turn.language)
    if offers:
        turn.say("loss.recorded.call_and_work", officer=officer, deadline=deadline, count=offers)
    else:
        turn.say("loss.recorded.call", officer=officer, deadline=deadline)


def _show_work(turn: Turn, reported: Reported, worker: Worker | None) -> None:
    draft = draft_of(worker, turn.memory)
    found = fresh_vacancies(
        turn.uow,
        turn.deployment,
        worker=worker,
        draft=draft,
        key=(worker.id if worker else turn.address.id).hex,
        left=reported.spell,
    )
    if not found or not (draft.trades or draft.locations or draft.migration or draft.home):
        _say_call(turn, reported)
        offer_beside_loss(turn, worker)
        if worker is None:
            turn.go("job_search.start")
        return
    _say_call(turn, reported, offers=len(found))
    offer(turn, found)
    offer_beside_loss(turn, worker)
    cases.note_offer(turn.uow, turn.deployment, reported.opened.case)


def _note_grievance_in_check_in(turn: Turn, worker: Worker | None) -> None:
    """Take 还在,工资没给 as an answer too; a grievance alone leaves the question unclear."""
    row = turn.uow.check_ins.newest_open([worker.id], WORKER_KINDS) if worker else None
    if row is None:
        return
    spell = turn.uow.employments.get(row.employment_id) if row.employment_id else None
    if spell is not None and turn.reading.workplace_status == "working":
        settle(turn.uow, turn.deployment, row, CheckInStatus.SAME, receipt_id=receipt_id(turn))
        confirm(turn.uow, turn.deployment, spell)
    elif row.status in OPEN:
        row.status = CheckInStatus.UNCLEAR


def _hear_of_leave(turn: Turn, worker: Worker | None) -> None:
    if worker is not None:
        note_leave(turn.uow, turn.deployment, worker, receipt_id=receipt_id(turn))
    turn.say("loss.leave.heard")
    turn.finish(again="loss.leave.heard")


def _take_back(turn: Turn, case: Case, worker: Worker | None) -> bool:
    if not take_back(turn.uow, turn.deployment, case, worker):
        return False
    turn.say("loss.taken_back.done")
    turn.finish(again="loss.taken_back.done")
    return True


def _own_case(turn: Turn, argument: str) -> Case | None:
    try:
        case = turn.uow.cases.get(uuid.UUID(argument))
    except ValueError:
        return None
    if case is None:
        return None
    is_own = case.address_id == turn.address.id
    return case if is_own or case.worker_id in {one.id for one in turn.workers} else None
