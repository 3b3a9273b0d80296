"""我的报名: what became of each application, and the way out that was promised: 不想去随时说."""

from __future__ import annotations

import re
from uuid import UUID

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.applications import look_for_more
from bot.conversations.worker.loss import tell_officer_of
from bot.services.follow_up import applications
from bot.services.follow_up.check_ins import PRESENCE_KINDS
from bot.services.follow_up.employments import note_absence
from storage.models import Application, Vacancy
from storage.states import ApplicationStatus, CheckInStatus, Matter, Role, Source

script = Script("applications")
APPLICATION = "application"
LISTED_AT_MOST = 5
STILL_RUNNING = frozenset(
    {
        ApplicationStatus.INTERESTED,
        ApplicationStatus.CONSENTED,
        ApplicationStatus.SENT,
        ApplicationStatus.INTERVIEW,
        ApplicationStatus.NO_ANSWER,
        ApplicationStatus.HIRED,
    }
)
NOT_GOING = re.compile(
    r"(?:我|那家|那个厂?|这家)?(?:不想去|不去|去不成|去不了|不得去|莫去)(?:了|咯|啦|喽)?[。.!! ]*"
)


@script.asks("mine")
def ask_mine(turn: Turn) -> None:
    """List this person's applications in plain words, and ask what to do."""
    rows = _mine(turn)
    if not rows:
        turn.say("applications.mine.none", options=[look_for_more(turn)])
        turn.finish()
        return
    for _application, _vacancy, line in rows:
        turn.say_words(line, key="applications.mine.line")
    running = [row for row in rows if _can_be_left(turn, row[0])]
    choices = [
        turn.choice(application.id.hex, "applications.mine.not_going", title=vacancy.title)
        for application, vacancy, _line in running
    ]
    find = turn.choice("find", "applications.mine.find", "找活", "再看看")
    turn.ask("applications.mine.ask", [*choices, find, turn.human_choice()])


@script.answers("mine")
def answer_mine(turn: Turn, answer: Answer) -> bool | None:
    """Withdraw one, or look for more."""
    if answer.choice is None:
        return False
    if answer.choice == "find":
        turn.go("job_search.start")
    else:
        turn.go("applications.withdraw", **{APPLICATION: answer.choice})
    return None


@script.asks("withdraw")
def ask_withdraw(turn: Turn) -> None:
    """Ask once more: the firm will be told."""
    application = turn.uow.applications.need(UUID(str(turn.answers[APPLICATION])))
    vacancy = turn.uow.vacancies.need(application.vacancy_id)
    leave = turn.choice("yes", "applications.withdraw.leave", "不去", "不想去")
    stay = turn.choice("no", "applications.withdraw.stay", "去", "还去")
    is_hired = application.status is ApplicationStatus.HIRED
    key = "applications.withdraw.ask_hired" if is_hired else "applications.withdraw.ask"
    turn.ask(key, [leave, stay], title=vacancy.title)


@script.answers("withdraw")
def answer_withdraw(turn: Turn, answer: Answer) -> bool | None:
    """Withdraw and tell the firm, or leave all as it was."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        _close(turn, "applications.withdraw.stays")
        return None
    application = turn.uow.applications.need(UUID(str(turn.answers[APPLICATION])))
    if application.status is ApplicationStatus.HIRED:
        _leave_work(turn, application)
        return None
    was_sent = application.sent_at is not None
    applications.mark(
        turn.uow,
        turn.deployment,
        application,
        ApplicationStatus.WITHDRAWN,
        source=Source.WORKER,
    )
    _close(turn, "applications.withdraw.done" if was_sent else "applications.withdraw.unsent")
    return None


@script.intercept
def not_going_any_more(turn: Turn) -> bool:
    """Hear 不想去了 at any time; where a question is open that is not ours, it is its answer."""
    if turn.role is not Role.WORKER or not NOT_GOING.fullmatch(turn.inbound.text.strip()):
        return False
    if turn.step is not None and not turn.step.startswith(("menu.", "applications.mine")):
        return False
    worker = turn.worker
    running = turn.uow.applications.active_of(worker.id) if worker is not None else []
    running = [row for row in running if _can_be_left(turn, row[0])]
    if not running:
        return False
    turn.answers.clear()
    if len(running) == 1:
        turn.go("applications.withdraw", **{APPLICATION: running[0][0].id.hex})
    else:
        turn.go("applications.mine")
    return True


def _can_be_left(turn: Turn, application: Application) -> bool:
    """Tell whether the firm still waits, or a spell of work with it is open."""
    if application.status is not ApplicationStatus.HIRED:
        return application.status in STILL_RUNNING
    spell = turn.uow.employments.of_application(application.id)
    return spell is not None and spell.ended_on is None


def _was_there(turn: Turn, application: Application) -> bool:
    """Tell whether the worker's own word stands behind the spell."""
    spell = turn.uow.employments.of_application(application.id)
    if spell is None or spell.source is Source.WORKER:
        return spell is not None
    rows = turn.uow.check_ins.of_employment(spell.id)
    rows += turn.uow.check_ins.of_application(application.id)
    return any(row.status is CheckInStatus.SAME and row.kind in PRESENCE_KINDS for row in rows)


def _leave_work(turn: Turn, application: Application) -> None:
    """Who was there has lost this work; who never went says other than the firm."""
    if _was_there(turn, application):
        worker = turn.uow.workers.need(application.worker_id)
        words = turn.text("applications.withdraw.leave")
        tell_officer_of(turn, worker, [Matter.UNEMPLOYMENT], words=words)
        return
    note_absence(turn.uow, turn.deployment, application, source=Source.WORKER)
    _close(turn, "check_in.thanks.gave_up")


def _close(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.finish(again=key)


def _mine(turn: Turn) -> list[tuple[Application, Vacancy, str]]:
    if turn.worker is None:
        return []
    rows = turn.uow.applications.of_worker(turn.worker.id, limit=LISTED_AT_MOST)
    return [
        (
            application,
            vacancy,
            turn.text(
                "applications.mine.line",
                title=vacancy.title,
                firm=turn.uow.enterprises.need(vacancy.enterprise_id).name,
                state=turn.text(f"applications.state.{application.status.value}"),
            ),
        )
        for application, vacancy in rows
    ]
