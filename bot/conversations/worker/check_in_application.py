"""Asking a worker who applied: did the firm call? and did the work begin?"""

from __future__ import annotations

import re
from datetime import date

from bot.conversations.script import Answer, Script
from bot.conversations.spoken_days import spoken_day
from bot.conversations.turn import Turn
from bot.conversations.worker.check_in_questions import (
    asked_anew,
    close_as_outdated,
    note_unclear,
    question_row,
    record,
    whose,
)
from bot.services.follow_up import applications
from bot.services.follow_up.application_checks import note_not_called, note_not_started
from bot.services.follow_up.employments import note_absence
from bot.understanding.intents.clear_words import tells_of_start
from bot.understanding.messages.calls import read_call
from storage.models import Application, CheckIn
from storage.states import ApplicationStatus, CheckInStatus, Source

script = Script("check_in_application")

BEGUN = frozenset({"called", "started"})
NOT_YET = re.compile(r"\s*(?:还|都)?(?:没|没有|没得|莫得|冇)(?:呢|嘞|啊|得|哦)?[。.!！\s]*")
WISHES_HEARD_FIRST = frozenset({"complain_wages", "talk_to_human", "unsubscribe", "delete_my_data"})


@script.asks("firm_called", keeps_words=True)
def ask_firm_called(turn: Turn) -> None:
    """Ask two days after the application was sent."""
    row = question_row(turn)
    if row is None:
        close_as_outdated(turn)
        return
    turn.ask_words(
        whose(turn, row) + turn.text("check_in.firm_called.question", title=_title(turn, row)),
        [
            turn.choice("called", "check_in.choice.called", "打了", "打过", "联系了"),
            turn.choice(
                "waiting", "check_in.choice.not_called", "没打", "没有打", "还没打", "没联系"
            ),
            turn.choice("gave_up", "check_in.choice.gave_up", "不想去", "不去了", "算了"),
            turn.human_choice(),
        ],
        key="check_in.firm_called.question",
    )


@script.answers("firm_called")
def answer_firm_called(turn: Turn, answer: Answer) -> bool:
    """Note the call, urge the firm, or take the application back."""
    row, application = _asked(turn)
    if row is None or application is None:
        close_as_outdated(turn)
        return True
    choice = _said(answer, has_called=read_call(answer.text))
    if choice is None:
        note_unclear(row)
        return False
    if asked_anew(turn, row, answer):
        return True
    if choice == "gave_up":
        _give_up(turn, row, application)
    elif choice == "started" and tells_of_start(answer.text):
        application.firm_called = True
        record_start(turn, row, application, spoken_day(answer.text, turn.deployment.today))
    elif choice in BEGUN:
        record(turn, row, CheckInStatus.SAME)
        application.firm_called = True
        _thank(turn, "check_in.thanks.called")
    else:
        if record(turn, row, CheckInStatus.NOT_WORKING):
            note_not_called(turn.uow, turn.deployment, application, row)
        _thank(turn, "check_in.thanks.not_called")
    return True


@script.asks("started_work", keeps_words=True)
def ask_started_work(turn: Turn) -> None:
    """Ask five days after the application, or the day after the firm said it hired."""
    row = question_row(turn)
    if row is None:
        close_as_outdated(turn)
        return
    turn.ask_words(
        whose(turn, row) + turn.text("check_in.started_work.question", title=_title(turn, row)),
        [
            turn.choice("started", "check_in.choice.started", "上班了", "去了", "在上班", "在做"),
            turn.choice(
                "waiting",
                "check_in.choice.not_started",
                "还没上班",
                "没上班",
                "没上",
                "没去",
                "还没去",
            ),
            turn.choice("gave_up", "check_in.choice.not_going", "不去", "不想去", "不想去了"),
            turn.human_choice(),
        ],
        key="check_in.started_work.question",
    )


@script.answers("started_work")
def answer_started_work(turn: Turn, answer: Answer) -> bool:
    """Open the spell on the worker's word, ask again later, or take the application back."""
    row, application = _asked(turn)
    if row is None or application is None:
        close_as_outdated(turn)
        return True
    day = spoken_day(answer.text, turn.deployment.today) if answer.choice is None else None
    choice = _said(answer, day, has_called=False if NOT_YET.fullmatch(answer.text) else None)
    if choice is None:
        if answer.reading.workplace_status == "working":
            note_start(turn, row, application, day)  # 去了，扣我身份证: both are heard
        note_unclear(row)
        return False
    if asked_anew(turn, row, answer):
        return True
    if choice == "gave_up":
        _give_up(turn, row, application)
    elif choice in BEGUN:
        record_start(turn, row, application, day)
    else:
        _not_started(turn, row, application)
    return True


def record_start(turn: Turn, row: CheckIn, application: Application, day: date | None) -> None:
    """Open the spell on the worker's word and thank; `day` is the first one, today if None."""
    note_start(turn, row, application, day)
    _thank(turn, "check_in.thanks.started")


def note_start(turn: Turn, row: CheckIn, application: Application, day: date | None) -> None:
    """Open the spell on the worker's word; an answer given before stays as it is."""
    if not record(turn, row, CheckInStatus.SAME):
        return
    applications.mark(
        turn.uow,
        turn.deployment,
        application,
        ApplicationStatus.HIRED,
        source=Source.WORKER,
        started_on=day,
    )


def _not_started(turn: Turn, row: CheckIn, application: Application) -> None:
    if record(turn, row, CheckInStatus.NOT_WORKING):
        note_not_started(turn.uow, turn.deployment, application, row)
    _thank(turn, "check_in.thanks.not_started")


def _give_up(turn: Turn, row: CheckIn, application: Application) -> None:
    if record(turn, row, CheckInStatus.CHANGED):
        is_disputed = note_absence(turn.uow, turn.deployment, application, source=Source.WORKER)
        if not is_disputed:
            applications.mark(
                turn.uow,
                turn.deployment,
                application,
                ApplicationStatus.WITHDRAWN,
                source=Source.WORKER,
            )
    _thank(turn, "check_in.thanks.gave_up")


def _said(answer: Answer, day: date | None = None, *, has_called: bool | None = None) -> str | None:
    """Return what was chosen or meant; None for what is not about the work or outranks it.

    `has_called` is what the words say to the very question, where they were read for it.
    """
    reading = answer.reading
    if answer.choice is not None:
        return answer.choice
    if reading.intent in WISHES_HEARD_FIRST or reading.also == "complain_wages":
        return None
    if has_called is not None and not tells_of_start(answer.text):
        return "called" if has_called else "waiting"
    if reading.workplace_status == "not_working" or reading.yes_no is False:
        return "waiting"
    if day is not None or reading.workplace_status == "working" or reading.yes_no:
        return "started"
    return None


def _asked(turn: Turn) -> tuple[CheckIn | None, Application | None]:
    row = question_row(turn)
    if row is None or row.application_id is None:
        return row, None
    application = turn.uow.applications.get(row.application_id)
    if application is None or application.status is ApplicationStatus.WITHDRAWN:
        return row, None
    return row, application


def _title(turn: Turn, row: CheckIn) -> str:
    application = turn.uow.applications.get(row.application_id) if row.application_id else None
    vacancy = turn.uow.vacancies.get(application.vacancy_id) if application else None
    return vacancy.title if vacancy is not None else ""


def _thank(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.finish(again="check_in.thanks.again")
