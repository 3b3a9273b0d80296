"""What every check-in question needs: its row, whose it is, and whether a digit still counts."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

from bot.conversations.script import Answer
from bot.conversations.turn import Turn
from bot.services.follow_up.check_in_silence import SILENCE, heard_again
from bot.services.follow_up.check_ins import WORKER_KINDS, settle
from bot.services.people.workers import short_name
from bot.understanding.choices import read_choice
from storage.models import CheckIn, Employment
from storage.repositories.check_ins import OPEN
from storage.states import CheckInStatus

ORIGIN = "turn:"
LONGEST_FIRM = 12
_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|公司)$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,7}?[省市县区]")


def question_row(turn: Turn) -> CheckIn | None:
    """Return the check-in that is being asked.

    None when it was erased, and when its worker is not reached here any more: whoever holds an
    abandoned number must not answer for somebody else.
    """
    key = turn.answers.get("check_in")
    row = turn.uow.check_ins.get(uuid.UUID(key)) if isinstance(key, str) else None
    if row is None or row.kind not in WORKER_KINDS or is_reached(turn, row.worker_id):
        return row
    return None


def is_reached(turn: Turn, worker_id: uuid.UUID) -> bool:
    """Return whether this worker is one of the people at this address."""
    return any(worker.id == worker_id for worker in turn.workers)


def receipt_id(turn: Turn) -> uuid.UUID | None:
    """Return the message that is being answered; an answer is applied once for each."""
    if not turn.origin.startswith(ORIGIN):
        return None
    return uuid.UUID(turn.origin.removeprefix(ORIGIN))


def record(turn: Turn, row: CheckIn, status: CheckInStatus) -> bool:
    """Write an answer down; False when the question was answered before."""
    if not settle(turn.uow, turn.deployment, row, status, receipt_id=receipt_id(turn)):
        return False
    heard_again(turn.uow, turn.deployment, row)
    return True


def note_unclear(row: CheckIn) -> None:
    """Note that something was said that did not answer the question."""
    if row.status in OPEN:
        row.status = CheckInStatus.UNCLEAR


def asked_anew(turn: Turn, row: CheckIn, answer: Answer) -> bool:
    """Ask the question again when a bare digit comes too late to know what it answers.

    A digit means something for 72 hours; words and a button, which show what they say, always.
    """
    is_digit = bool(answer.text) and read_choice(answer.text) is not None
    asked_at = turn.address.asked_at
    if not is_digit or asked_at is None or turn.deployment.now - asked_at < SILENCE:
        return False
    if row.status in {*OPEN, CheckInStatus.NO_REPLY}:
        row.status, row.sent_at = CheckInStatus.SENT, turn.deployment.now
    turn.say("check_in.late.asked_anew")
    if turn.step is not None:
        turn.go(turn.step)
    return True


def close_as_outdated(turn: Turn) -> None:
    """Say that this question needs no answer any more."""
    turn.say("check_in.late.outdated")
    turn.finish(again="check_in.late.outdated")


def whose(turn: Turn, row: CheckIn) -> str:
    """Return the words that name the person asked about, empty when only one is reached here."""
    if len(turn.workers) <= 1:
        return ""
    name = short_name(turn.uow.workers.need(row.worker_id).name)
    return turn.text("check_in.whose.name", name=name) if name else ""


def firm_of(turn: Turn, spell: Employment) -> str:
    """Return the firm's name as people say it: 宏达制衣, or the words for 'the factory'."""
    if spell.employer:
        return spell.employer[:LONGEST_FIRM]
    firm = turn.uow.enterprises.get(spell.enterprise_id) if spell.enterprise_id else None
    return spoken_firm(firm.name) if firm is not None else turn.text("check_in.whose.firm")


def spoken_firm(name: str) -> str:
    """Return a registered name without its place and legal form.

    中江县宏达制衣有限公司 is said as 宏达制衣; a name that would vanish stays whole.
    """
    short = _LEGAL_FORM.sub("", name.strip())
    while (rest := _PLACE.sub("", short, count=1)) != short and len(rest) > 1:
        short = rest
    return (short if len(short) > 1 else name)[:LONGEST_FIRM]


def days_since(turn: Turn, spell: Employment) -> timedelta:
    """Return how long the spell has lasted, in whole days."""
    return turn.deployment.today - spell.started_on
