"""What the firm and the worker are told as an application goes its way."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.auditing import audit_worker
from bot.services.people.reachable import address_of
from bot.services.people.workers import short_name
from bot.services.sending.deliveries import Draft, action_data, push
from bot.services.vacancies.vacancy_states import reference
from storage.models import Application, ContactAddress, Vacancy, Worker
from storage.states import ApplicationStatus, DeliveryKind
from storage.unit_of_work import UnitOfWork

NEW_FOR_FIRM = "applications.firm.new"
WITHDRAWN_FOR_FIRM = "applications.firm.withdrawn"
FIRM_WITHOUT_ADDRESS = "applications.officer.firm_offline"
PASSED_ON, SEEN_BY_OFFICER = "application_contact_passed", "application_contact_seen"
# The worker hears of these from us; of what they did themselves nobody needs to tell them.
TOLD = frozenset(
    {
        ApplicationStatus.INTERVIEW,
        ApplicationStatus.HIRED,
        ApplicationStatus.NO_SHOW,
        ApplicationStatus.REJECTED,
        ApplicationStatus.NO_ANSWER,
    }
)
LOOK_FOR_MORE = frozenset({ApplicationStatus.REJECTED, ApplicationStatus.NO_SHOW})


def tell_firm_of_new(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    *,
    worker: Worker,
    vacancy: Vacancy,
) -> None:
    """Give the firm name and phone, which the worker agreed to, and write that down.

    A firm that is not in the chat is phoned by its officer, who gets the same lines.
    """
    addresses = uow.enterprises.addresses_of(vacancy.enterprise_id)
    if addresses:
        audit_worker(
            uow, deployment, worker, PASSED_ON, actor=f"enterprise:{vacancy.enterprise_id.hex}"
        )
    for address in addresses:
        options = _firm_options(deployment, application, address.language)
        _tell(
            uow,
            deployment,
            address,
            NEW_FOR_FIRM,
            dedupe=f"application:{application.id.hex}:{_occasion(application)}:{address.id.hex}",
            application=application,
            options=options,
            number=reference(vacancy),
            title=vacancy.title,
            name=worker.name or "",
            phone=worker.phone or "",
        )
    if not addresses:
        _ask_officer_to_phone(uow, deployment, application, worker=worker, vacancy=vacancy)


def tell_firm_of_withdrawal(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    *,
    worker: Worker,
    vacancy: Vacancy,
) -> None:
    """Tell the firm, or the officer who speaks for it, that the worker will not come.

    The name is shortened.
    """
    addresses = uow.enterprises.addresses_of(vacancy.enterprise_id)
    if not addresses:
        addresses = [uow.addresses.need(officers.of_vacancy(uow, vacancy).address_id)]
    for address in addresses:
        _tell(
            uow,
            deployment,
            address,
            WITHDRAWN_FOR_FIRM,
            dedupe=f"withdrawn:{application.id.hex}:{_occasion(application)}:{address.id.hex}",
            application=application,
            number=reference(vacancy),
            name=short_name(worker.name),
        )


def tell_worker(
    uow: UnitOfWork, deployment: Deployment, application: Application, vacancy: Vacancy
) -> None:
    """Tell the worker what the firm said, in plain words, with a way on where it was a no."""
    if application.status not in TOLD:
        return
    address = address_of(uow, application.worker_id, preferred=application.address_id)
    if address is None:
        return
    options: Sequence[Option] = ()
    if application.status in LOOK_FOR_MORE:
        label = deployment.text("applications.choice.new_ones", address.language)
        options = (Option(1, label, action_data("more")),)
    _tell(
        uow,
        deployment,
        address,
        f"applications.told.{application.status.value}",
        dedupe=f"marked:{application.id.hex}:{application.status.value}:{_occasion(application)}",
        application=application,
        options=options,
        title=vacancy.title,
        firm=uow.enterprises.need(vacancy.enterprise_id).name,
    )


def _firm_options(
    deployment: Deployment, application: Application, language: str
) -> tuple[Option, ...]:
    label = deployment.text("applications.firm.open", language)
    return (Option(1, label, action_data("applicant", application.id.hex)),)


def _ask_officer_to_phone(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    *,
    worker: Worker,
    vacancy: Vacancy,
) -> None:
    firm = uow.enterprises.need(vacancy.enterprise_id)
    officer = officers.of_vacancy(uow, vacancy)
    audit_worker(uow, deployment, worker, SEEN_BY_OFFICER, actor=officers.actor_of(officer))
    address = uow.addresses.need(officer.address_id)
    _tell(
        uow,
        deployment,
        address,
        FIRM_WITHOUT_ADDRESS,
        dedupe=f"application:{application.id.hex}:{_occasion(application)}:{officer.id.hex}",
        application=application,
        options=_firm_options(deployment, application, address.language),
        number=reference(vacancy),
        firm=firm.name,
        name=worker.name or "",
        phone=worker.phone or "",
    )


def _tell(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    key: str,
    *,
    dedupe: str,
    application: Application,
    options: Sequence[Option] = (),
    **values: object,
) -> None:
    body = Body(deployment.text(key, address.language, **values), tuple(options))
    draft = Draft(
        key,
        body,
        dedupe,
        kind=DeliveryKind.TASK,
        subject_id=application.id,
        worker_id=application.worker_id,
    )
    push(uow, address, draft, now=deployment.now)


def _occasion(application: Application) -> str:
    return f"{application.changed_at:%y%m%d%H%M%S%f}"
