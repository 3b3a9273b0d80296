"""What a firm answers about an applicant, from buttons that work at any time."""

from __future__ import annotations

import uuid

from bot.conversations.firm.own_vacancies import is_firms_own, may_speak_for_firm
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.services.follow_up import applications
from bot.services.follow_up.check_ins import settle
from storage.models import Application, CheckIn
from storage.states import ApplicationStatus, CheckInStatus, Source

script = Script("check_in_firm")


@script.action("applicant_called")
def called(turn: Turn, argument: str) -> None:
    """Note that the firm has spoken with the applicant."""
    _answer(turn, argument, CheckInStatus.SAME, None)


@script.action("applicant_not_yet")
def not_yet(turn: Turn, argument: str) -> None:
    """Note that the firm has not decided or not called yet."""
    _answer(turn, argument, CheckInStatus.NOT_WORKING, None)


@script.action("applicant_came")
def came(turn: Turn, argument: str) -> None:
    """Open the applicant's spell on the firm's word."""
    _answer(turn, argument, CheckInStatus.SAME, ApplicationStatus.HIRED)


@script.action("applicant_absent")
def absent(turn: Turn, argument: str) -> None:
    """Note that nobody came; against the worker's word an officer looks at it."""
    _answer(turn, argument, CheckInStatus.NOT_WORKING, ApplicationStatus.NO_SHOW)


@script.action("applicant_unsuitable")
def unsuitable(turn: Turn, argument: str) -> None:
    """Note that the firm does not want the applicant."""
    _answer(turn, argument, CheckInStatus.CHANGED, ApplicationStatus.REJECTED)


def _answer(
    turn: Turn, argument: str, status: CheckInStatus, mark: ApplicationStatus | None
) -> None:
    row, application = _own(turn, argument)
    if row is None or application is None:
        turn.say("check_in.firm.not_yours")
        return
    settle(turn.uow, turn.deployment, row, status, receipt_id=None)
    if mark is not None:
        vacancy = turn.uow.vacancies.need(application.vacancy_id)
        source = Source.ENTERPRISE if is_firms_own(turn, vacancy) else Source.OFFICER
        applications.mark(turn.uow, turn.deployment, application, mark, source=source)
    turn.say("check_in.firm.noted")


def _own(turn: Turn, argument: str) -> tuple[CheckIn | None, Application | None]:
    """Return the question and the application, if the firm is this one or this officer's."""
    try:
        row = turn.uow.check_ins.get(uuid.UUID(argument))
    except ValueError:
        return None, None
    if row is None or row.application_id is None:
        return None, None
    application = turn.uow.applications.need(row.application_id)
    vacancy = turn.uow.vacancies.need(application.vacancy_id)
    return (row, application) if may_speak_for_firm(turn, vacancy) else (None, None)
