"""The people who still wait when a vacancy ends."""

from __future__ import annotations

from bot.messages import Body
from bot.services.deliveries import Draft, push
from bot.services.deployment import Deployment
from bot.services.vacancy_states import reference
from storage.models import Vacancy
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork


def tell_applicants(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> int:
    """Tell everyone who waits for the firm's word that the vacancy ended; return how many."""
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
        )
        push(uow, address, draft, now=deployment.now)
    return len(waiting)
