"""Who applied: name and phone once the worker agreed, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from bot.conversations.firm.own_vacancies import (
    is_firms_own,
    own_vacancies,
    row_key,
    vacancy_with_applicants,
)
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.follow_up import applications
from bot.services.people import officers
from bot.services.vacancies import vacancies
from storage.models import Application, Officer, Vacancy, Worker
from storage.states import ApplicationStatus, Role, Source

script = Script("applicants")
PAGE = 8
MARKS = {
    "interview": ApplicationStatus.INTERVIEW,
    "no_show": ApplicationStatus.NO_SHOW,
    "rejected": ApplicationStatus.REJECTED,
}
LONGEST_AHEAD, LONGEST_BACK = timedelta(days=60), timedelta(days=60)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})[年./-])?(?:(?P<month>\d{1,2})[月./-])?(?P<day>\d{1,2})[日号]?"
)
_DAYS = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}


@script.asks("show")
def show(turn: Turn) -> None:
    """List the vacancies somebody applied to; a single one is opened at once."""
    rows = own_vacancies(turn)
    counts = turn.uow.vacancies.counts([vacancy.id for vacancy in rows])
    applied = [vacancy for vacancy in rows if counts[vacancy.id].applied][:PAGE]
    if not applied:
        turn.say("applicants.show.none")
        turn.finish(again="applicants.show.none")
        return
    if len(applied) == 1:
        turn.go("applicants.list", vacancy=applied[0].id.hex)
        return
    choices = [
        turn.choice(
            vacancy.id.hex,
            "applicants.show.line",
            number=vacancies.reference(vacancy),
            title=vacancy.title,
            count=counts[vacancy.id].applied,
        )
        for vacancy in applied
    ]
    turn.ask("applicants.show.ask", choices)


@script.answers("show")
def take_vacancy(turn: Turn, answer: Answer) -> bool | None:
    """Open the chosen vacancy's applicants."""
    if answer.choice is None:
        return False
    turn.go("applicants.list", vacancy=answer.choice, first=0)
    return None


@script.action("applicants")
def open_applicants(turn: Turn, vacancy_hex: str) -> None:
    """Open a vacancy's applicants from a button that works at any time."""
    turn.answers = {}
    turn.go("applicants.list", vacancy=vacancy_hex)


@script.action("applicant")
def open_applicant(turn: Turn, application_hex: str) -> None:
    """Open one applicant from a button that works at any time."""
    turn.answers = {}
    turn.go("applicants.person", application=application_hex)


@script.asks("list")
def list_applicants(turn: Turn) -> None:
    """Name everyone whose application was passed on, eight at a time; each look is audited."""
    vacancy = vacancy_with_applicants(turn, str(turn.answers["vacancy"]))
    first = cast("int", turn.answers.get("first", 0))
    rows = turn.uow.vacancies.applicants(vacancy.id)
    if not rows:
        turn.say("applicants.list.none", number=vacancies.reference(vacancy))
        turn.finish(again="applicants.show.none")
        return
    choices = []
    for application, worker in rows[first : first + PAGE]:
        _audit(turn, vacancy, worker)
        choices.append(
            turn.choice(
                application.id.hex,
                "applicants.list.line",
                name=_name(turn, worker),
                phone=_phone(turn, worker),
                state=turn.text(f"applicants.state.{application.status.value}"),
            )
        )
    if len(rows) > first + PAGE:
        choices.append(turn.choice("more", "applicants.list.more"))
    turn.ask("applicants.list.ask", choices, number=vacancies.reference(vacancy), count=len(rows))


@script.answers("list")
def take_person(turn: Turn, answer: Answer) -> bool | None:
    """Open one applicant, or turn the page."""
    if answer.choice is None:
        return False
    if answer.choice == "more":
        turn.go("applicants.list", first=cast("int", turn.answers.get("first", 0)) + PAGE)
    else:
        turn.go("applicants.person", application=answer.choice)
    return None


@script.asks("person")
def ask_mark(turn: Turn) -> None:
    """Show one applicant and ask what became of the application."""
    application, vacancy, worker = _opened(turn)
    _audit(turn, vacancy, worker)
    choices = [
        turn.choice("interview", "applicants.person.interview", "面试"),
        turn.choice("hired", "applicants.person.hired", "录用", "要了"),
        turn.choice("no_show", "applicants.person.no_show", "没来"),
        turn.choice("rejected", "applicants.person.rejected", "不合适", "不要"),
    ]
    turn.ask(
        "applicants.person.ask",
        choices,
        name=_name(turn, worker),
        phone=_phone(turn, worker),
        title=vacancy.title,
        state=turn.text(f"applicants.state.{application.status.value}"),
    )


@script.answers("person")
def take_mark(turn: Turn, answer: Answer) -> bool | None:
    """Keep the firm's word; somebody hired needs a first day."""
    if answer.choice == "hired":
        turn.go("applicants.first_day")
        return None
    status = MARKS.get(answer.choice or "")
    if status is None:
        return False
    _mark(turn, status)
    return None


@script.asks("first_day", WORDS)
def ask_first_day(turn: Turn) -> None:
    """Ask on which day the work begins."""
    choices = [
        turn.choice("today", "applicants.first_day.today", "今天"),
        turn.choice("tomorrow", "applicants.first_day.tomorrow", "明天"),
    ]
    turn.ask("applicants.first_day.ask", choices)


@script.answers("first_day")
def take_first_day(turn: Turn, answer: Answer) -> bool | None:
    """Take today, tomorrow or a date within two months of today."""
    today = turn.deployment.today
    days = {"today": 0, "tomorrow": 1}.get(answer.choice or "")
    day = today + timedelta(days=days) if days is not None else day_in(answer.text, today=today)
    if day is None:
        return False
    if not today - LONGEST_BACK <= day <= today + LONGEST_AHEAD:
        turn.say("applicants.first_day.too_far", month=day.month, day=day.day)
        turn.go("applicants.first_day")
        return None
    _mark(turn, ApplicationStatus.HIRED, started_on=day)
    return None


def day_in(text: str, *, today: date) -> date | None:
    """Return the day that 后天, 12月1日, 12.1 or 1号 names; the nearest one, past or to come."""
    words = "".join(text.split())
    if words in _DAYS:
        return today + timedelta(days=_DAYS[words])
    match = _DATE.fullmatch(words)
    if match is None:
        return None
    day, month = int(match["day"]), int(match["month"] or today.month)
    years = [int(match["year"])] if match["year"] else [today.year - 1, today.year, today.year + 1]
    found = _existing([(year, month, day) for year in years])
    return min(found, key=lambda one: abs(one - today)) if found else None


def _existing(dates: Sequence[tuple[int, int, int]]) -> list[date]:
    found = []
    for year, month, day in dates:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _mark(turn: Turn, status: ApplicationStatus, *, started_on: date | None = None) -> None:
    application, vacancy, worker = _opened(turn)
    source = Source.OFFICER if _acting_officer(turn, vacancy) else Source.ENTERPRISE
    applications.mark(
        turn.uow, turn.deployment, application, status, source=source, started_on=started_on
    )
    day = started_on or turn.deployment.today
    turn.say(
        f"applicants.marked.{status.value}",
        name=_name(turn, worker),
        month=day.month,
        day=day.day,
    )
    turn.answers = {}
    turn.finish(again="applicants.marked.again")
    if len(turn.uow.vacancies.applicants(vacancy.id)) > 1:
        turn.go("applicants.list", vacancy=vacancy.id.hex)


def _opened(turn: Turn) -> tuple[Application, Vacancy, Worker]:
    """Return the opened application, if it was passed on to this firm.

    Raises:
        UserError: It was not, or it belongs to another firm.
    """
    application = turn.uow.applications.get(row_key(str(turn.answers["application"])))
    if application is None:
        raise UserError("vacancy_list.refused.not_yours")
    vacancy = vacancy_with_applicants(turn, application.vacancy_id.hex)
    for passed_on, worker in turn.uow.vacancies.applicants(vacancy.id):
        if passed_on.id == application.id:
            return application, vacancy, worker
    raise UserError("applicants.refused.withdrawn")


def _acting_officer(turn: Turn, vacancy: Vacancy) -> Officer | None:
    """Return the officer who acts here, or None when the firm itself does."""
    acts_as_firm = is_firms_own(turn, vacancy) and turn.role is not Role.OFFICER
    return None if acts_as_firm else turn.officer


def _audit(turn: Turn, vacancy: Vacancy, worker: Worker) -> None:
    officer = _acting_officer(turn, vacancy)
    firm = f"enterprise:{vacancy.enterprise_id.hex}"
    turn.uow.records.audit(
        officers.actor_of(officer) if officer else firm,
        "applicant_seen",
        subject_kind="worker",
        subject_id=worker.id,
        scope=vacancy.bureau_adcode,
        at=turn.deployment.now,
    )


def _name(turn: Turn, worker: Worker) -> str:
    return worker.name or turn.text("applicants.list.nameless")


def _phone(turn: Turn, worker: Worker) -> str:
    return worker.phone or turn.text("applicants.list.phoneless")
