"""When a vacancy ends: what is queued stops, what was sent says so, who waits is told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.sending.attention import earliest
from bot.services.sending.deliveries import Draft, push
from bot.services.vacancies.vacancy_edits import ENDED, edit_among, edit_sent
from bot.services.vacancies.vacancy_states import reference
from storage.models import Vacancy
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork


def end_pushes(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, *, reason: str) -> int:
    """Skip every queued push of a vacancy and let the sent ones say where it stands.

    Called once the vacancy is in its new state. Where very many were sent, a job changes them
    within the next minutes. Skipped pushes cost nobody's attention; what other messages tell
    about the vacancy (to its firm) is left alone.

    Args:
        uow: The transaction.
        deployment: The bureau's.
        vacancy: It ended, is looked into, or is being worded otherwise.
        reason: Stored with each skipped push.

    Returns:
        How many pushes will not go out.
    """
    skipped = uow.deliveries.cancel_waiting(
        vacancy.id, reason=reason, kinds=(DeliveryKind.VACANCY,)
    )
    uow.deliveries.supersede_edits(vacancy.id, reason=reason)
    edit_sent(uow, deployment, vacancy)
    return skipped


def reopen_sent(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> None:
    """Let pushes that said 正在改 show the new words and their buttons again.

    Whoever was sent the vacancy before is not sent it a second time; called once it is
    published again, and does nothing the first time.
    """
    uow.deliveries.supersede_edits(vacancy.id, reason="vacancy_published")
    edit_sent(uow, deployment, vacancy)


def edit_what_closed_meanwhile(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy_ids: Collection[UUID],
    *,
    among: Collection[UUID],
) -> None:
    """Let messages say so whose vacancy ended while they were on the wire.

    Args:
        uow: The transaction.
        deployment: The bureau's.
        vacancy_ids: The vacancies that these messages are about.
        among: The messages, accepted just now.
    """
    for vacancy_id, status in uow.vacancies.statuses(vacancy_ids).items():
        if status in ENDED:
            vacancy = uow.vacancies.need(vacancy_id)
            edit_among(uow, deployment, vacancy, among=among)


def tell_applicants(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> int:
    """Tell everyone who waits for the firm's word that the vacancy ended; return how many.

    Nobody is woken for it: a last day is over at midnight.
    """
    waiting = uow.vacancies.waiting_applications(vacancy.id)
    key = f"vacancy_list.worker.{vacancy.status.value}"
    for application in waiting:
        address = uow.addresses.need(application.address_id)
        words = deployment.text(
            key, address.language, number=reference(vacancy), title=vacancy.title
        )
        draft = Draft(
            key,
            Body(words),
            f"ended:{application.id.hex}:{vacancy.status.value}",
            kind=DeliveryKind.TASK,
            subject_id=application.id,
            worker_id=application.worker_id,
            not_before=_when_awake(uow, deployment, application.worker_id),
        )
        push(uow, address, draft, now=deployment.now)
    return len(waiting)


def _when_awake(uow: UnitOfWork, deployment: Deployment, worker_id: UUID) -> datetime:
    worker = uow.workers.get(worker_id)
    return earliest(
        deployment.now,
        deployment.clock.timezone,
        works_nights=worker is not None and worker.night_shift_worker,
        limits=deployment.limits,
    )
