"""An officer's decision about a vacancy: what waits, what is shown, what follows."""

from __future__ import annotations

import uuid
from typing import Literal

from bot.errors import UserError
from bot.messages import Option
from bot.services.cases import promises
from bot.services.deployment import Deployment
from bot.services.people import enterprises, officers
from bot.services.people.officer_views import audit_refusal, audit_view
from bot.services.ranking.advice_words import is_worth_telling, tell_firm
from bot.services.ranking.changes import in_the_market
from bot.services.sending.deliveries import action_data
from bot.services.vacancies import vacancies
from bot.services.vacancies.publishing import Published, publish
from bot.services.vacancies.vacancy_endings import end_pushes
from storage.models import Enterprise, Officer, Vacancy, VacancyReview
from storage.repositories.reviews import WaitingVacancy
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

WageState = Literal["unknown", "met", "below"]
HOURS_OF_MONTH = 26 * 8
GIVEN_BACK, FIX = "review.firm.needs_fix", "review.firm.fix"
BY_HOUR = "元/小时"


class DecidedError(UserError):
    """The vacancy is no longer in review; somebody else was faster, or the firm withdrew it."""

    def __init__(self, vacancy: Vacancy) -> None:
        super().__init__("review.refused.decided", number=vacancies.reference(vacancy))


def waiting(uow: UnitOfWork, officer: Officer) -> list[WaitingVacancy]:
    """Return what waits for this officer's decision, the oldest promise first."""
    rows = uow.reviews.waiting(scope=officer.scope)
    return [
        row for row in rows if officers.is_in_scope(officer, officers.code_of_enterprise(row.firm))
    ]


def pending_firms(uow: UnitOfWork, officer: Officer) -> list[Enterprise]:
    """Return firms in this officer's scope that wait to be verified, oldest first."""
    rows = uow.reviews.pending_firms(scope=officer.scope)
    return [
        firm for firm in rows if officers.is_in_scope(officer, officers.code_of_enterprise(firm))
    ]


def visible_firm(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> Enterprise | None:
    """Return the firm where this officer may see it; a look beyond the scope is audited."""
    firm = uow.enterprises.get(key)
    if firm is None:
        return None
    if officers.is_in_scope(officer, officers.code_of_enterprise(firm)):
        return firm
    audit_refusal(uow, deployment, officer, subject_kind="enterprise", subject_id=key)
    return None


def visible_vacancy(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> Vacancy | None:
    """Return the vacancy where this officer may see it; a look beyond the scope is audited."""
    vacancy = uow.vacancies.get(key)
    if vacancy is None:
        return None
    firm = uow.enterprises.need(vacancy.enterprise_id)
    if officers.is_in_scope(officer, officers.code_of_enterprise(firm)):
        return vacancy
    audit_refusal(uow, deployment, officer, subject_kind="vacancy", subject_id=key)
    return None


def wage_state(deployment: Deployment, vacancy: Vacancy) -> WageState:
    """Return how the pay stands to the legal minimum; unknown without a sourced figure."""
    if vacancy.adcode is None or vacancy.wage_min is None:
        return "unknown"
    row = deployment.catalogue.minimum_wages.lookup(vacancy.adcode, deployment.today)
    if row is None:
        return "unknown"
    pay = float(vacancy.wage_min)
    least = row.per_month
    if vacancy.wage_unit == BY_HOUR:
        pay, least = pay / HOURS_OF_MONTH, row.per_hour
    if least is None:
        return "unknown"
    return "met" if pay >= least else "below"


def approve(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, officer: Officer
) -> Published:
    """Publish a vacancy, tell the firm, and keep the promise; return where it went.

    Raises:
        DecidedError: It is no longer in review.
        UserError: The law, the firm's state or the officer's own post stands against it.
    """
    held = _held(uow, vacancy)
    obstacle = vacancies.publication_obstacle(uow, deployment, held, officer)
    if obstacle is not None:
        firm = uow.enterprises.need(held.enterprise_id)
        raise UserError(obstacle, number=vacancies.reference(held), firm=firm.name)
    _record(uow, deployment, held, officer, VacancyStatus.PUBLISHED, reason=None)
    published = publish(uow, deployment, held)
    _tell_firm(uow, deployment, held, "published", count=published.chosen)
    found = in_the_market(deployment.of(held.bureau_adcode), held, published.advice)
    if is_worth_telling(found):
        tell_firm(uow, deployment, held, found)
    return published


def give_back(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, officer: Officer, *, reason: str
) -> None:
    """Send a vacancy back to the firm for other words, with the reason.

    Raises:
        DecidedError: It is no longer in review.
    """
    held = _held(uow, vacancy)
    _record(uow, deployment, held, officer, VacancyStatus.NEEDS_FIX, reason=reason)
    vacancies.mark_needs_fix(held)
    uow.vacancies.note_change(held, at=deployment.now)
    _tell_firm(uow, deployment, held, "needs_fix", reason=reason)


def reject(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, officer: Officer, *, reason: str
) -> None:
    """Refuse a vacancy for good, with the reason.

    Raises:
        DecidedError: It is no longer in review.
    """
    held = _held(uow, vacancy)
    _record(uow, deployment, held, officer, VacancyStatus.REJECTED, reason=reason)
    vacancies.mark_rejected(held, now=deployment.now)
    uow.vacancies.note_change(held, at=deployment.now)
    # It may have been open before its words were changed.
    end_pushes(uow, deployment, held, reason="vacancy_rejected")
    _tell_firm(uow, deployment, held, "rejected", reason=reason)


def refuse_firm(
    uow: UnitOfWork, deployment: Deployment, firm: Enterprise, officer: Officer, *, reason: str
) -> None:
    """Refuse a firm with what it has out: what waits goes back, what is open is suspended.

    Nothing of a refused firm stays in the queue or on the board; who applied hears that it
    stands still.
    """
    waiting = uow.vacancies.of_enterprise_in(firm.id, {VacancyStatus.IN_REVIEW})
    for vacancy in waiting:
        _record(uow, deployment, vacancy, officer, VacancyStatus.NEEDS_FIX, reason=reason)
        vacancies.mark_needs_fix(vacancy)
        uow.vacancies.note_change(vacancy, at=deployment.now)
    out = uow.vacancies.of_enterprise_in(firm.id, {VacancyStatus.PUBLISHED})
    for vacancy in out:
        _record(uow, deployment, vacancy, officer, VacancyStatus.SUSPENDED, reason=reason)
        vacancies.suspend(uow, deployment, vacancy)
    enterprises.refuse(
        uow,
        deployment,
        firm,
        officer=officer,
        reason=reason,
        given_back=len(waiting),
        suspended=len(out),
    )


def _held(uow: UnitOfWork, vacancy: Vacancy) -> Vacancy:
    """Re-read and hold the row, so that of two officers only the first decides."""
    held = uow.vacancies.lock(vacancy.id)
    if held is None or held.status != VacancyStatus.IN_REVIEW:
        raise DecidedError(held or vacancy)
    return held


def _record(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    officer: Officer,
    decision: VacancyStatus,
    *,
    reason: str | None,
) -> None:
    uow.reviews.add(
        VacancyReview(
            vacancy_id=vacancy.id,
            vacancy_version=vacancy.version,
            officer_id=officer.id,
            decision=decision,
            reason=reason,
            at=deployment.now,
        )
    )
    promises.keep(uow, deployment, what=promises.REVIEW, subject_id=vacancy.id)
    audit_view(
        uow,
        deployment,
        officer,
        f"review_{decision.value}",
        subject_kind="vacancy",
        subject_id=vacancy.id,
    )


def _tell_firm(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, outcome: str, **values: str | int
) -> None:
    firm = uow.enterprises.need(vacancy.enterprise_id)
    key = f"review.firm.{outcome}"
    dedupe = f"review:{vacancy.id.hex}:{vacancy.version}"
    data = action_data("draft", vacancy.id.hex)
    said: dict[str, str | int] = {
        "number": vacancies.reference(vacancy),
        "title": vacancy.title or vacancy.trade,
        **values,
    }
    enterprises.tell(
        uow,
        deployment,
        firm,
        key,
        dedupe=dedupe,
        subject_id=vacancy.id,
        actions=((FIX, data),) if key == GIVEN_BACK else (),
        **said,
    )
    if vacancy.posted_by_officer is None:
        return
    poster = officers.of_vacancy(uow, vacancy)
    label = deployment.text(FIX, officers.language_of(uow, poster))
    options = (Option(1, label, data),) if key == GIVEN_BACK else ()
    officers.inform(
        uow,
        deployment,
        poster,
        key,
        dedupe=dedupe,
        subject_id=vacancy.id,
        options=options,
        **said,
    )
