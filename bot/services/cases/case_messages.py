"""What officers read about a case: one line, its buttons, and the alert about an employer."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.messages import Option
from bot.services.cases.case_words import ABOUT_PAY
from bot.services.cases.office_hours import spoken_moment
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.sending.deliveries import action_data
from storage.models import Case, Officer
from storage.states import Matter
from storage.unit_of_work import UnitOfWork

ALERT_KEY = "cases.alert.employer"
ALERT_WINDOW = timedelta(days=14)
ALERT_FROM = 3
TROUBLE = frozenset({Matter.UNEMPLOYMENT, Matter.GRIEVANCE})
MATTER_ORDER = (
    Matter.GRIEVANCE,
    Matter.UNLAWFUL_POST,
    Matter.UNEMPLOYMENT,
    Matter.LOST_CONTACT,
    Matter.QUESTION,
)


def matters_line(deployment: Deployment, case: Case, language: str) -> str:
    """Return what a case is about, gravest first: 欠薪+没活.

    A grievance is called unpaid wages only where the person spoke of pay.
    """
    labels = []
    for matter in MATTER_ORDER:
        if matter.value not in case.matters:
            continue
        is_pay = matter is Matter.GRIEVANCE and ABOUT_PAY.search(case.words or "")
        word = "unpaid" if is_pay else matter.value
        labels.append(deployment.text(f"cases.matter.{word}", language))
    return "+".join(labels)


def person_of(uow: UnitOfWork, deployment: Deployment, case: Case, language: str) -> str:
    """Return whose case it is, masked: 陈*芳, a firm's name, or the word for a newcomer."""
    worker = uow.workers.get(case.worker_id) if case.worker_id is not None else None
    if worker is not None and worker.name:
        return short_name(worker.name)
    firm = uow.enterprises.at(case.address_id)
    if firm is not None:
        return firm.name
    return deployment.text("cases.person.nameless", language)


def case_line(
    uow: UnitOfWork,
    deployment: Deployment,
    case: Case,
    *,
    due_at: datetime | None,
    language: str,
) -> str:
    """Return a case in one line: 🔴 C-0007 欠薪+没活 陈*芳 限17:00."""
    line = deployment.text(
        "cases.line.urgent" if case.urgent else "cases.line.plain",
        language,
        reference=f"C-{case.number:04d}",
        matters=matters_line(deployment, case, language),
        person=person_of(uow, deployment, case, language),
    )
    if due_at is not None:
        line += _due(deployment, due_at, language)
    return line


def _due(deployment: Deployment, due_at: datetime, language: str) -> str:
    local = due_at.astimezone(deployment.clock.timezone)
    if due_at <= deployment.now:
        moment = spoken_moment(deployment, due_at, language)
        return deployment.text("cases.line.overdue", language, moment=moment)
    if local.date() == deployment.today:
        return deployment.text("cases.line.due", language, moment=f"{local:%H:%M}")
    moment = spoken_moment(deployment, due_at, language)
    return deployment.text("cases.line.due", language, moment=moment)


def tell_owner(
    uow: UnitOfWork,
    deployment: Deployment,
    case: Case,
    officer: Officer,
    *,
    due_at: datetime | None,
) -> None:
    """Tell an officer of a case, with the person's own words and one-tap outcomes."""
    language = officers.language_of(uow, officer)
    words = case_line(uow, deployment, case, due_at=due_at, language=language)
    count = _in_trouble(uow, deployment, case)
    if count >= ALERT_FROM:
        words += deployment.text("cases.line.same_firm", language, count=count)
    if case.words:
        words += "\n" + deployment.text("cases.line.words", language, words=case.words)
    events = uow.cases.events(case.id)
    officers.inform_words(
        uow,
        deployment,
        officer,
        words,
        key="cases.line.urgent" if case.urgent else "cases.line.plain",
        dedupe=f"case:{case.id.hex}:{len(events)}",
        subject_id=case.id,
        options=case_buttons(deployment, case, language),
    )


def case_buttons(deployment: Deployment, case: Case, language: str) -> tuple[Option, ...]:
    """Return the buttons of a case that work at any time."""
    names = (("open", "case"), ("contacted", "case_contacted"), ("no_answer", "case_no_answer"))
    return tuple(
        Option(
            number,
            deployment.text(f"cases.choice.{word}", language),
            action_data(action, case.id.hex),
        )
        for number, (word, action) in enumerate(names, start=1)
    )


def employer_alert(uow: UnitOfWork, deployment: Deployment, case: Case) -> None:
    """Tell the officer of the firm's area when three of its workers are in trouble in 14 days.

    Once for each employer and window; the alert holds a count and the firm, no worker.
    """
    count = _in_trouble(uow, deployment, case)
    if count < ALERT_FROM or case.enterprise_id is None:
        return
    since = deployment.now - ALERT_WINDOW
    if uow.cases.was_told(case.enterprise_id, ALERT_KEY, since=since):
        return
    firm = uow.enterprises.need(case.enterprise_id)
    covering = uow.officers.covering(officers.code_of_enterprise(firm))
    if not covering:
        return  # the person's own officer reads the count in the case
    officers.inform(
        uow,
        deployment,
        covering[0],
        ALERT_KEY,
        dedupe=f"employer_alert:{firm.id.hex}:{deployment.today.isoformat()}",
        subject_id=firm.id,
        firm=firm.name,
        count=count,
    )


def _in_trouble(uow: UnitOfWork, deployment: Deployment, case: Case) -> int:
    if case.enterprise_id is None or not TROUBLE & {Matter(said) for said in case.matters}:
        return 0
    since = deployment.now - ALERT_WINDOW
    return len(uow.cases.workers_in_trouble(case.enterprise_id, since=since, matters=TROUBLE))
