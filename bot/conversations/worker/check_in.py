"""Asking a worker who started: still there? and, once payday has passed, was the pay given?"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from bot.conversations.answering import SURE_ENOUGH
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.spoken_days import spoken_day
from bot.conversations.turn import Turn
from bot.conversations.worker.check_in_questions import (
    asked_anew,
    close_as_outdated,
    days_since,
    firm_of,
    is_reached,
    note_unclear,
    question_row,
    receipt_id,
    record,
    whose,
)
from bot.conversations.worker.loss import tell_officer_of
from bot.conversations.worker.loss_words import Wrong
from bot.services.follow_up.employments import confirm, open_spell
from bot.services.follow_up.losses import note_leave
from bot.services.follow_up.spell_dates import ONE_DAY, correct_start
from bot.understanding.choices import read_choice
from storage.models import CheckIn, Employment
from storage.states import CheckInStatus, Matter, Source

script = Script("check_in")

# Domain A4.2: pay is asked about only after a payday.
FIRST_PAYDAY = 30
NAMED_DAYS = (3, 7, 30, 90, 180)
LONGEST_EMPLOYER = 40
STATUSES = {
    "working": "same",
    "on_leave": "temp_leave",
    "changed": "changed",
    "not_working": "not_working",
}
RECENT = {"today": 0, "yesterday": 1, "two_days": 2}


@script.asks("still_there")
def ask_still_there(turn: Turn) -> None:
    """Ask whether the work goes on; wages are never part of it."""
    row = question_row(turn)
    spell = _spell(turn, row)
    if row is None or spell is None:
        close_as_outdated(turn)
        return
    # A question that was held up must not say a number of days that is wrong.
    is_on_time = row.day in NAMED_DAYS and days_since(turn, spell).days == row.day
    key = f"check_in.still_there.{f'day{row.day}' if is_on_time else 'later'}"
    turn.ask_words(
        whose(turn, row) + turn.text(key, firm=firm_of(turn, spell)),
        [
            turn.choice("same", "check_in.choice.same", "还在", "在的", "在做", "在干"),
            turn.choice("changed", "check_in.choice.changed", "换厂了", "换工作了"),
            turn.choice("not_working", "check_in.choice.not_working", "没干了", "不做了"),
            turn.human_choice(),
        ],
        key=key,
    )


@script.answers("still_there")
def answer_still_there(turn: Turn, answer: Answer) -> bool:
    """Take a digit, a button or plain words; what is none of them stays unclear."""
    row = question_row(turn)
    spell = _spell(turn, row)
    if row is None or spell is None or spell.ended_on is not None:
        close_as_outdated(turn)
        return True
    is_sure = answer.reading.confidence >= SURE_ENOUGH
    said = STATUSES.get(answer.reading.workplace_status or "") if is_sure else None
    outcome = answer.choice or said
    follow = OUTCOMES.get(outcome or "")
    if follow is None:
        note_unclear(row)
        return False
    if not asked_anew(turn, row, answer):
        follow(turn, row, spell)
    return True


@script.asks("wages")
def ask_wages(turn: Turn) -> None:
    """Ask about pay, after a payday only."""
    turn.ask(
        "check_in.wages.question",
        [
            turn.choice("yes", "check_in.choice.paid", "发了", "拿到了"),
            turn.choice("no", "check_in.choice.unpaid", "没发", "没拿到", "没得"),
            turn.choice("wait", "check_in.choice.payday_ahead", "还没到", "没到时候"),
            turn.human_choice(),
        ],
    )


@script.answers("wages")
def answer_wages(turn: Turn, answer: Answer) -> bool:
    """Hand unpaid wages to an officer."""
    row = question_row(turn)
    if row is None:
        close_as_outdated(turn)
        return True
    if answer.choice is None:
        return False
    if asked_anew(turn, row, answer):
        return True
    if answer.choice == "no":
        worker = turn.uow.workers.need(row.worker_id)
        words = turn.text("check_in.wages.said_unpaid")
        tell_officer_of(turn, worker, [Matter.GRIEVANCE], words=words, wrong=Wrong.PAY)
        return True
    turn.say("check_in.thanks.noted")
    turn.finish(again="check_in.thanks.again")
    return True


@script.asks("new_employer", WORDS)
def ask_new_employer(turn: Turn) -> None:
    """Ask where the new work is, in free words."""
    turn.ask(
        "check_in.new_employer.question",
        [turn.choice("unknown", "check_in.choice.unknown"), turn.human_choice()],
    )


@script.answers("new_employer")
def answer_new_employer(turn: Turn, answer: Answer) -> bool:
    """Keep the name as it was said."""
    spell = _new_spell(turn)
    if spell is None:
        close_as_outdated(turn)
        return True
    if answer.choice is None:
        said = answer.text.strip()
        if not any(character.isalpha() for character in said):
            return False
        spell.employer = said[:LONGEST_EMPLOYER]
        turn.uow.employments.record(spell, at=turn.deployment.now)
    turn.go("check_in.new_start")
    return True


@script.asks("new_start", WORDS)
def ask_new_start(turn: Turn) -> None:
    """Ask since when; the check-ins follow that day."""
    turn.ask(
        "check_in.new_start.question",
        [
            turn.choice("today", "check_in.choice.today"),
            turn.choice("yesterday", "check_in.choice.yesterday"),
            turn.choice("two_days", "check_in.choice.two_days"),
            turn.choice("unknown", "check_in.choice.unknown"),
            turn.human_choice(),
        ],
    )


@script.answers("new_start")
def answer_new_start(turn: Turn, answer: Answer) -> bool:
    """Move the start to the day said, today where nobody knows."""
    spell = _new_spell(turn)
    if spell is None:
        close_as_outdated(turn)
        return True
    today = turn.deployment.today
    day = spoken_day(answer.text, today) if answer.choice is None else None
    if answer.choice in RECENT:
        day = today - ONE_DAY * RECENT[answer.choice]
    if day is None and answer.choice != "unknown":
        return False
    if day is not None and not correct_start(turn.uow, turn.deployment, spell, day):
        turn.say("check_in.new_start.too_early")
        turn.go("check_in.new_start")
        return True
    turn.say("check_in.thanks.changed", firm=firm_of(turn, spell))
    turn.finish(again="check_in.thanks.again")
    return True


def _same(turn: Turn, row: CheckIn, spell: Employment) -> None:
    if not record(turn, row, CheckInStatus.SAME):
        turn.say("check_in.thanks.again")
        turn.finish(again="check_in.thanks.again")
        return
    confirm(turn.uow, turn.deployment, spell)
    if days_since(turn, spell).days >= FIRST_PAYDAY:
        turn.go("check_in.wages", check_in=row.id.hex)
        return
    turn.say("check_in.thanks.same")
    turn.finish(again="check_in.thanks.again")


def _temp_leave(turn: Turn, row: CheckIn, spell: Employment) -> None:
    worker = turn.uow.workers.need(spell.worker_id)
    if record(turn, row, CheckInStatus.TEMP_LEAVE):
        note_leave(turn.uow, turn.deployment, worker, receipt_id=receipt_id(turn))
    turn.say("check_in.thanks.temp_leave")
    turn.finish(again="check_in.thanks.again")


def _changed(turn: Turn, row: CheckIn, spell: Employment) -> None:
    worker = turn.uow.workers.need(spell.worker_id)
    record(turn, row, CheckInStatus.CHANGED)
    new = open_spell(
        turn.uow,
        turn.deployment,
        worker=worker,
        started_on=turn.deployment.today,
        source=Source.WORKER,
    )
    turn.go("check_in.new_employer", spell=new.id.hex)


def _not_working(turn: Turn, row: CheckIn, spell: Employment) -> None:
    worker = turn.uow.workers.need(spell.worker_id)
    record(turn, row, CheckInStatus.NOT_WORKING)
    typed = turn.inbound.text.strip()
    is_bare = not typed or read_choice(typed) is not None
    # The officer reads the case's words, to whom a digit says nothing.
    words = turn.text("check_in.choice.not_working") if is_bare else typed
    tell_officer_of(turn, worker, [Matter.UNEMPLOYMENT], words=words)


OUTCOMES: dict[str, Callable[[Turn, CheckIn, Employment], None]] = {
    "same": _same,
    "changed": _changed,
    "not_working": _not_working,
    "temp_leave": _temp_leave,
}


def _spell(turn: Turn, row: CheckIn | None) -> Employment | None:
    if row is None or row.employment_id is None:
        return None
    return turn.uow.employments.get(row.employment_id)


def _new_spell(turn: Turn) -> Employment | None:
    key = turn.answers.get("spell")
    spell = turn.uow.employments.get(uuid.UUID(key)) if isinstance(key, str) else None
    return spell if spell is not None and is_reached(turn, spell.worker_id) else None
