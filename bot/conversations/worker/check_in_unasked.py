"""我上班了, 还在的: a worker's own word that answers no open question."""

from __future__ import annotations

import uuid
from datetime import date

from bot.conversations.script import Answer, Script
from bot.conversations.spoken_days import spoken_day
from bot.conversations.turn import Turn
from bot.conversations.worker.check_in import OUTCOMES, STATUSES
from bot.conversations.worker.check_in_application import note_start, record_start
from bot.conversations.worker.check_in_questions import record
from bot.services.follow_up import applications
from bot.services.follow_up.check_in_rounds import is_meaningful
from bot.services.follow_up.check_ins import WORKER_KINDS
from bot.services.follow_up.employments import confirm, open_spell
from bot.understanding.intents.clear_words import tells_of_start
from storage.models import Application, CheckIn, Employment, Vacancy, Worker
from storage.states import ApplicationStatus, CheckInKind, CheckInStatus, Source

script = Script("check_in_unasked")
DAY = "day"
MOST_ASKED = 4
# The worker may have begun, whatever the firm says.
MAY_HAVE_BEGUN = (
    ApplicationStatus.SENT,
    ApplicationStatus.INTERVIEW,
    ApplicationStatus.NO_ANSWER,
    ApplicationStatus.NO_SHOW,
)


@script.intent("checkin_reply")
def hear(turn: Turn) -> None:
    """Take it as the late answer to the newest question, else as news; silent if it is none."""
    row = _unanswered(turn)
    if row is not None and _answer(turn, row):
        return
    is_start = tells_of_start(turn.inbound.text)
    worker = turn.worker
    if worker is None:
        if is_start:
            _close(turn, "check_in.unasked.good_news")
        return
    spell = turn.uow.employments.open_of(worker.id)
    begun = _may_have_begun(turn, worker) if is_start else []
    if not begun and spell is not None:
        _confirm(turn, spell)
    elif is_start:
        _hear_of_start(turn, worker, spell, begun)


def note_on_the_way(turn: Turn) -> None:
    """Note that the work goes on, as an answer where one is waited for, without a question."""
    row = _unanswered(turn)
    worker = turn.worker
    if row is not None and row.application_id is not None:
        if tells_of_start(turn.inbound.text) or turn.reading.workplace_status == "working":
            day = spoken_day(turn.inbound.text, turn.deployment.today)
            note_start(turn, row, turn.uow.applications.need(row.application_id), day)
        return
    if row is not None and row.kind is CheckInKind.STILL_THERE:
        record(turn, row, CheckInStatus.SAME)
        worker = turn.uow.workers.need(row.worker_id)
    spell = turn.uow.employments.open_of(worker.id) if worker is not None else None
    if spell is not None:
        confirm(turn.uow, turn.deployment, spell)
        turn.say("check_in.besides.same")


@script.asks("which")
def ask_which(turn: Turn) -> None:
    """Ask which of several places the work has begun at."""
    worker = turn.worker
    if worker is None:
        turn.finish()
        return
    choices = [
        turn.choice(application.id.hex, "check_in.unasked.title", title=vacancy.title)
        for application, vacancy in _may_have_begun(turn, worker)[:MOST_ASKED]
    ]
    if turn.uow.employments.open_of(worker.id) is not None:
        choices.append(turn.choice("same", "check_in.unasked.same", "原来那家", "老地方"))
    choices.append(turn.choice("other", "check_in.unasked.other", "别家", "另一家"))
    turn.ask("check_in.unasked.which", [*choices, turn.human_choice()])


@script.answers("which")
def answer_which(turn: Turn, answer: Answer) -> bool:
    """Write the start down where it belongs."""
    worker = turn.worker
    if answer.choice is None or worker is None:
        return False
    spell = turn.uow.employments.open_of(worker.id)
    if answer.choice == "same" and spell is not None:
        _confirm(turn, spell)
    elif answer.choice in {"same", "other"}:
        _open_elsewhere(turn, worker, _day(turn))
    else:
        application = turn.uow.applications.need(uuid.UUID(answer.choice))
        _mark_begun(turn, application, _day(turn))
    return True


def _unanswered(turn: Turn) -> CheckIn | None:
    """Return the newest question about the people here that still means something."""
    people = turn.workers
    if turn.address.acting_for is not None and turn.worker is not None:
        people = [turn.worker]
    rows = turn.uow.check_ins.unanswered([one.id for one in people], WORKER_KINDS)
    return next((row for row in rows if is_meaningful(turn.uow, row)), None)


def _answer(turn: Turn, row: CheckIn) -> bool:
    status = turn.reading.workplace_status
    if row.kind is CheckInKind.STILL_THERE and row.employment_id is not None:
        follow = OUTCOMES.get(STATUSES.get(status or "", ""))
        if follow is None:
            return False
        turn.answers.clear()
        follow(turn, row, turn.uow.employments.need(row.employment_id))
        return True
    if row.application_id is None or not tells_of_start(turn.inbound.text):
        return False
    turn.answers.clear()
    day = spoken_day(turn.inbound.text, turn.deployment.today)
    record_start(turn, row, turn.uow.applications.need(row.application_id), day)
    return True


def _may_have_begun(turn: Turn, worker: Worker) -> list[tuple[Application, Vacancy]]:
    """Return what the worker applied for and has not begun as far as is known."""
    return turn.uow.applications.active_of(worker.id, statuses=MAY_HAVE_BEGUN)


def _hear_of_start(
    turn: Turn,
    worker: Worker,
    spell: Employment | None,
    begun: list[tuple[Application, Vacancy]],
) -> None:
    day = spoken_day(turn.inbound.text, turn.deployment.today)
    turn.answers.clear()
    if not begun:
        _open_elsewhere(turn, worker, day)
    elif len(begun) == 1 and spell is None:
        _mark_begun(turn, begun[0][0], day)
    else:
        turn.go("check_in_unasked.which", **{DAY: day.isoformat() if day else ""})


def _mark_begun(turn: Turn, application: Application, day: date | None) -> None:
    applications.mark(
        turn.uow,
        turn.deployment,
        application,
        ApplicationStatus.HIRED,
        source=Source.WORKER,
        started_on=day,
    )
    _close(turn, "check_in.thanks.started")


def _open_elsewhere(turn: Turn, worker: Worker, day: date | None) -> None:
    """Open a spell at a firm that is asked for next, and then since when."""
    spell = open_spell(
        turn.uow,
        turn.deployment,
        worker=worker,
        started_on=day or turn.deployment.today,
        source=Source.WORKER,
    )
    turn.go("check_in.new_employer", spell=spell.id.hex)


def _confirm(turn: Turn, spell: Employment) -> None:
    confirm(turn.uow, turn.deployment, spell)
    _close(turn, "check_in.thanks.same")


def _close(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.finish(again="check_in.thanks.again")


def _day(turn: Turn) -> date | None:
    said = turn.answers.get(DAY)
    return date.fromisoformat(said) if isinstance(said, str) and said else None
