"""Today's phone list and a worker's card, as they are printed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from bot.services.cases.case_messages import matters_line
from bot.services.cases.cases import reference
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.phoning import phone_list
from bot.services.phoning.call_reasons import BROADCAST, CASE, CHECK_IN, VACANCY
from bot.services.sending import return_links
from bot.services.sending.deliveries import body_of
from bot.services.tables import Table
from bot.services.vacancies.vacancy_words import vacancy_line
from storage.models import Officer, PhoneTask
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork

TICK_SIGN = "｜"
# No answer, wrong number, no more calls: the last boxes of every line.
WITHOUT_TALK = 3


@dataclass(frozen=True, slots=True)
class PrintedCall:
    """One line of the printed list; nothing of the person but name, number and what to ask."""

    name: str
    phone: str
    ask: str
    kind: str
    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedList:
    """The page of a day: its head, and its lines in the order of the list."""

    head: str
    calls: tuple[PrintedCall, ...]


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A paper card: whose, masked; the path of its picture; until when it opens the chat."""

    name: str
    picture: str
    until: str


def words_of(uow: UnitOfWork, deployment: Deployment, task: PhoneTask, language: str) -> str:
    """Return what a call is about: the message it stands for, or the case."""
    case = uow.cases.get(task.subject_id) if task.kind == CASE and task.subject_id else None
    if case is not None:
        matters = matters_line(deployment, case, language)
        return deployment.text(
            "phone_list.ask.case", language, reference=reference(case), matters=matters
        )
    delivery = phone_list.delivery_of(uow, task)
    said = body_of(delivery).text if delivery is not None else _unsent(uow, deployment, task)
    return said or deployment.text(f"phone_list.kind.{task.kind}", language)


def _unsent(uow: UnitOfWork, deployment: Deployment, task: PhoneTask) -> str:
    """Return the words of a call that stands for no message: a broadcast that went elsewhere."""
    if task.subject_id is None:
        return ""
    vacancy = uow.vacancies.get(task.subject_id) if task.kind == VACANCY else None
    if vacancy is not None:
        home = uow.workers.need(task.worker_id).home
        return vacancy_line(deployment, vacancy, home=home, language="zh")
    sent = uow.phone_tasks.broadcast_to(task.worker_id, broadcast_id=task.subject_id)
    broadcast = uow.broadcasts.get(task.subject_id) if task.kind == BROADCAST else None
    words = broadcast.words if broadcast is not None else None
    return (body_of(sent).text if sent is not None else "") or words or ""


def printed_list(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, language: str
) -> PrintedList:
    """Return what is left of an officer's calls today, with full names and numbers."""
    days = phone_list.day_list(uow, deployment, officer)
    calls = tuple(_printed(uow, deployment, task, language) for task in days.tasks)
    head = deployment.text(
        "documents.list.head",
        language,
        day=spoken_day(deployment, deployment.today, language),
        officer=officers.spoken_name(deployment, officer, language),
        count=len(calls),
    )
    return PrintedList(head, calls)


def phone_sheet(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, language: str
) -> Table:
    """Return the same as a table; the last column is for the officer to fill in."""
    page = printed_list(uow, deployment, officer, language=language)

    def say(name: str) -> str:
        return deployment.text(f"documents.list.{name}", language)

    rows = [
        (number, call.name, call.phone, call.kind, call.ask, "")
        for number, call in enumerate(page.calls, 1)
    ]
    columns = [say(name) for name in ("number", "name", "phone", "kind", "ask", "outcome")]
    return Table(say("title"), columns, rows)


def card(
    uow: UnitOfWork, deployment: Deployment, subject: str, *, language: str
) -> PrintedCard | None:
    """Return a worker's card; None when the person has left meanwhile.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        subject: The worker's id in hex, a colon, and the token of the return link.
        language: What the card is written in.
    """
    key, _, token = subject.partition(":")
    worker = uow.workers.get(uuid.UUID(key))
    if worker is None or worker.status is WorkerStatus.LEFT:
        return None
    name = short_name(worker.name) or deployment.text("cases.person.nameless", language)
    until = deployment.today + return_links.CARD_LIFE
    start = f"{return_links.START_PREFIX}{token}"
    return PrintedCard(name, f"/qr/{start}.svg", spoken_day(deployment, until, language))


def spoken_day(deployment: Deployment, day: date, language: str) -> str:
    """Return a day in figures."""
    return deployment.text(
        "documents.list.day",
        language,
        year=day.year,
        month=f"{day.month:02d}",
        date=f"{day.day:02d}",
    )


def _printed(
    uow: UnitOfWork, deployment: Deployment, task: PhoneTask, language: str
) -> PrintedCall:
    worker = uow.workers.need(task.worker_id)
    return PrintedCall(
        name=worker.name or deployment.text("cases.person.nameless", language),
        phone=worker.phone or "",
        ask=words_of(uow, deployment, task, language),
        kind=deployment.text(f"phone_list.kind.{task.kind}", language),
        ticks=_ticks(uow, deployment, task, language),
    )


def _ticks(
    uow: UnitOfWork, deployment: Deployment, task: PhoneTask, language: str
) -> tuple[str, ...]:
    """Return the boxes of a line: what the question itself offers, and what any call may end in."""
    usual = deployment.text(f"documents.tick.{task.kind}", language).split(TICK_SIGN)
    delivery = phone_list.delivery_of(uow, task) if task.kind == CHECK_IN else None
    offered = [one.label for one in body_of(delivery).options if one.number] if delivery else []
    return tuple([*offered, *usual[-WITHOUT_TALK:]] if offered else usual)
