"""What officers do with a case: call, note, pass on, close, reopen."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import UserError
from bot.services.cases import promises
from bot.services.cases.case_messages import tell_owner
from bot.services.cases.cases import place_of, reference, reopen_row
from bot.services.cases.office_hours import deadline_today_or_next
from bot.services.deployment import Deployment
from bot.services.people import officers
from storage.models import Case, CaseEvent, Officer
from storage.states import CaseStatus, Matter
from storage.unit_of_work import UnitOfWork

NO_ANSWER = "no_answer"
UNREACHABLE_ATTEMPTS = 3
UNREACHABLE_AFTER = timedelta(days=14)
CLOSING = frozenset(
    {
        CaseStatus.RE_EMPLOYED,
        CaseStatus.TRAINING,
        CaseStatus.NOT_WILLING,
        CaseStatus.UNREACHABLE,
        CaseStatus.FALSE_ALARM,
    }
)
SETTLED_BY_WORD = frozenset({Matter.QUESTION, Matter.GRIEVANCE, Matter.UNLAWFUL_POST})


def contacted(uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer) -> None:
    """Note that the officer spoke with the person; the promised call is kept.

    Raises:
        UserError: The case is closed.
    """
    _need_open(case)
    case.status = CaseStatus.CONTACTED
    promises.keep(uow, deployment, what=promises.CASE, subject_id=case.id)
    uow.cases.add_event(case, "contacted", at=deployment.now, officer_id=officer.id)


def no_answer(uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer) -> int:
    """Note a call that nobody took; return how many there were.

    The promise of today is kept, for the call was made; the next one becomes due.

    Raises:
        UserError: The case is closed.
    """
    _need_open(case)
    promises.keep(uow, deployment, what=promises.CASE, subject_id=case.id)
    uow.cases.add_event(case, NO_ANSWER, at=deployment.now, officer_id=officer.id)
    tomorrow = deployment.now + timedelta(days=1)
    promises.promise(
        uow,
        deployment,
        what=promises.CASE,
        subject_id=case.id,
        scope=place_of(uow, case),
        due_at=deadline_today_or_next(tomorrow, deployment.clock.timezone),
    )
    return len(attempts(uow, case))


def attempts(uow: UnitOfWork, case: Case) -> list[CaseEvent]:
    """Return the calls nobody took since the person was last spoken with, oldest first."""
    found: list[CaseEvent] = []
    for event in uow.cases.events(case.id):
        if event.action == NO_ANSWER:
            found.append(event)
        elif event.action in {"contacted", "reopened"}:
            found.clear()
    return found


def suggests_unreachable(uow: UnitOfWork, case: Case) -> bool:
    """Tell whether three calls over at least 14 days were in vain; an officer decides."""
    calls = attempts(uow, case)
    return len(calls) >= UNREACHABLE_ATTEMPTS and calls[-1].at - calls[0].at >= UNREACHABLE_AFTER


def close(
    uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer, outcome: CaseStatus
) -> None:
    """Close a case with its outcome.

    Raises:
        UserError: It is closed, nobody was spoken with yet, or unreachable was not earned.
        ValueError: `outcome` closes nothing.
    """
    if outcome not in CLOSING:
        raise ValueError(f"{outcome} closes no case")
    _need_open(case)
    if outcome is CaseStatus.UNREACHABLE:
        if not suggests_unreachable(uow, case):
            raise UserError("cases.refused.too_few_calls")
    elif case.status is not CaseStatus.CONTACTED:
        raise UserError("cases.refused.not_contacted", reference=reference(case))
    case.status = outcome
    _closed(uow, deployment, case, officer, outcome.value)


def settle(uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer) -> None:
    """Close a question or a grievance that was settled with the person.

    Raises:
        UserError: It is closed, or nobody was spoken with yet.
    """
    _need_open(case)
    if case.status is not CaseStatus.CONTACTED:
        raise UserError("cases.refused.not_contacted", reference=reference(case))
    _closed(uow, deployment, case, officer, "settled")


def can_be_settled(case: Case) -> bool:
    """Tell whether words can close it: somebody without work needs another outcome."""
    matters = {Matter(said) for said in case.matters}
    return bool(matters) and matters <= SETTLED_BY_WORD


def reopen(uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer) -> None:
    """Open a closed case again, due like a new one.

    Raises:
        UserError: It is open.
    """
    if case.closed_at is None:
        raise UserError("cases.refused.open", reference=reference(case))
    reopen_row(uow, deployment, case, officer=officer)
    promises.promise(
        uow,
        deployment,
        what=promises.CASE,
        subject_id=case.id,
        scope=place_of(uow, case),
        due_at=deadline_today_or_next(deployment.now, deployment.clock.timezone),
    )


def note(uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer, words: str) -> None:
    """Keep an officer's own words in the history, encrypted."""
    uow.cases.add_event(case, "note", at=deployment.now, officer_id=officer.id, note=words.strip())


def possible_owners(uow: UnitOfWork, case: Case) -> list[Officer]:
    """Return the officers who may take the case over, the nearest scope first."""
    covering = uow.officers.covering(place_of(uow, case), bureau=case.bureau_adcode)
    return [officer for officer in covering if officer.id != case.officer_id]


def hand_on(
    uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer, *, to: Officer
) -> None:
    """Give the case to another officer, who is told at once; the deadline stays.

    Raises:
        UserError: It is closed, or the other officer's scope does not hold the person.
    """
    _need_open(case)
    if to.retired_at is not None or not officers.is_in_scope(to, place_of(uow, case)):
        raise UserError("cases.refused.other_scope")
    case.officer_id = to.id
    uow.cases.add_event(case, "handed_on", at=deployment.now, officer_id=officer.id)
    uow.session.flush()
    due_at = promises.due_at(uow, what=promises.CASE, subject_id=case.id)
    tell_owner(uow, deployment, case, to, due_at=due_at)


def _need_open(case: Case) -> None:
    if case.closed_at is not None:
        raise UserError("cases.refused.closed", reference=reference(case))


def _closed(
    uow: UnitOfWork, deployment: Deployment, case: Case, officer: Officer, action: str
) -> None:
    case.closed_at = deployment.now
    promises.keep(uow, deployment, what=promises.CASE, subject_id=case.id)
    uow.cases.add_event(case, action, at=deployment.now, officer_id=officer.id)
