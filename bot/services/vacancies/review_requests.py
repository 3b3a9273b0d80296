"""What an officer is asked about a vacancy, and what keeps one from publishing it."""

from __future__ import annotations

from datetime import datetime

from bot.messages import Option
from bot.services.cases import promises
from bot.services.cases.cases import open_case
from bot.services.cases.office_hours import add_office_hours
from bot.services.deployment import Deployment
from bot.services.people import enterprises, officers
from bot.services.sending.deliveries import action_data
from bot.services.vacancies.vacancy_states import reference
from storage.models import Officer, Vacancy
from storage.states import EnterpriseStatus, Matter, VacancyStatus
from storage.unit_of_work import UnitOfWork

REVIEW_HOURS = 2


def request_review(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> datetime:
    """Ask an officer in scope to decide, and promise the firm an answer.

    Returns:
        The instant at which two office hours will have passed; it escalates by itself.
    """
    due_at = add_office_hours(deployment.now, REVIEW_HOURS, deployment.clock.timezone)
    firm = uow.enterprises.need(vacancy.enterprise_id)
    promises.promise(
        uow,
        deployment,
        what=promises.REVIEW,
        subject_id=vacancy.id,
        scope=officers.code_of_enterprise(firm),
        due_at=due_at,
    )
    _inform(uow, deployment, vacancy, "in_review", action="review")
    return due_at


def report_unlawful(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> None:
    """Tell an officer of a post that no rewrite makes lawful, and open a case about its firm.

    The case holds the post's own words. A firm that is not in the chat has nobody whose case
    it could be, and a bureau without an officer of its own nobody to own it; there the
    message is all.
    """
    words = "、".join(excerpt for _, excerpt in vacancy.violations)
    _inform(uow, deployment, vacancy, "rejected", action=None, words=words)
    addresses = uow.enterprises.addresses_of(vacancy.enterprise_id)
    bureau = deployment.bureau_adcode
    if addresses and uow.officers.covering(bureau, bureau=bureau):
        open_case(
            uow,
            deployment,
            address=addresses[0],
            worker=None,
            matters=[Matter.UNLAWFUL_POST],
            words=f"{reference(vacancy)} {words}",
            urgent=True,
            enterprise_id=vacancy.enterprise_id,
        )


def publication_obstacle(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, officer: Officer
) -> str | None:
    """Return the text key of what keeps `officer` from publishing, or None.

    Unlawful words may only be published when the firm appealed and this officer grants it.
    Who posted for a firm does not review it; a demo's only officer is excepted, see
    `reviews_own_post`.
    """
    firm = uow.enterprises.need(vacancy.enterprise_id)
    obstacles = {
        "not_in_review": vacancy.status != VacancyStatus.IN_REVIEW,
        "out_of_scope": not officers.is_in_scope(officer, officers.code_of_enterprise(firm)),
        "firm_unverified": firm.status != EnterpriseStatus.VERIFIED,
        "firm_to_verify_again": enterprises.needs_reverification(firm, now=deployment.now),
        "unlawful": bool(vacancy.violations) and not vacancy.appeal,
        "own_post": reviews_own_post(vacancy, officer)
        and not (deployment.is_demo and _is_alone(uow, vacancy, officer)),
    }
    for name, stands in obstacles.items():
        if stands:
            return f"vacancy_posting.obstacle.{name}"
    return None


def reviews_own_post(vacancy: Vacancy, officer: Officer) -> bool:
    """Tell whether this officer posted the vacancy; in a demo `obstacle.own_demo` says so."""
    return vacancy.posted_by_officer == officer.id


def _is_alone(uow: UnitOfWork, vacancy: Vacancy, officer: Officer) -> bool:
    return all(other.id == officer.id for other in _covering(uow, vacancy))


def _covering(uow: UnitOfWork, vacancy: Vacancy) -> list[Officer]:
    firm = uow.enterprises.need(vacancy.enterprise_id)
    return uow.officers.covering(officers.code_of_enterprise(firm))


def _inform(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    purpose: str,
    *,
    action: str | None,
    **values: object,
) -> None:
    firm = uow.enterprises.need(vacancy.enterprise_id)
    # Whoever posted it may not decide it, so somebody else is asked where there is one.
    others = [one for one in _covering(uow, vacancy) if one.id != vacancy.posted_by_officer]
    officer = others[0] if others else officers.owner_for(uow, officers.code_of_enterprise(firm))
    label = deployment.text("vacancy_posting.officer.open", officers.language_of(uow, officer))
    options = (Option(1, label, action_data(action, vacancy.id.hex)),) if action else ()
    officers.inform(
        uow,
        deployment,
        officer,
        f"vacancy_posting.officer.{purpose}",
        dedupe=f"{purpose}:{vacancy.id.hex}:{vacancy.version}",
        subject_id=vacancy.id,
        options=options,
        number=reference(vacancy),
        firm=firm.name,
        title=vacancy.title or vacancy.trade,
        hours=REVIEW_HOURS,
        **values,
    )
