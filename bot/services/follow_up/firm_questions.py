"""What a firm is asked about an applicant: buttons that work at any time."""

from __future__ import annotations

from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.follow_up.check_in_rounds import is_meaningful, mark_sent
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.sending.deliveries import Draft, action_data, push
from bot.services.vacancies.vacancies import reference
from storage.models import Application, CheckIn, ContactAddress, Vacancy
from storage.states import CheckInKind, CheckInStatus, DeliveryKind
from storage.unit_of_work import UnitOfWork

# Action of each button, by question, in the order shown.
CHOICES: dict[CheckInKind, tuple[str, ...]] = {
    CheckInKind.APPLICANT_CALLED: ("applicant_called", "applicant_not_yet"),
    CheckInKind.APPLICANT_STARTED: (
        "applicant_came",
        "applicant_absent",
        "applicant_unsuitable",
        "applicant_not_yet",
    ),
}


def ask_firm(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> bool:
    """Ask everybody who speaks for the firm; False when there is nobody or nothing to ask.

    For a firm that is not in the chat its officer is asked, see `officers.of_vacancy`.
    """
    if row.application_id is None or not is_meaningful(uow, row):
        row.status = CheckInStatus.CANCELLED
        return False
    application = uow.applications.need(row.application_id)
    vacancy = uow.vacancies.need(application.vacancy_id)
    addresses = [
        address for address in _speakers(uow, vacancy) if address.unreachable_since is None
    ]
    if not addresses:
        row.status = CheckInStatus.SKIPPED
        return False
    key = f"check_in.firm.{row.kind.value}"
    for address in addresses:
        _push(uow, deployment, row, application, address, key=key)
    mark_sent(deployment, row, addresses[0])
    return True


def remind_firm(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> None:
    """Tell the firm that an applicant still waits for its call; once for each question."""
    if row.application_id is None:
        return
    application = uow.applications.need(row.application_id)
    vacancy = uow.vacancies.need(application.vacancy_id)
    for address in _speakers(uow, vacancy):
        _push(uow, deployment, row, application, address, key="check_in.firm.reminder")


def _speakers(uow: UnitOfWork, vacancy: Vacancy) -> list[ContactAddress]:
    addresses = uow.enterprises.addresses_of(vacancy.enterprise_id)
    if addresses:
        return addresses
    try:
        return [uow.addresses.need(officers.of_vacancy(uow, vacancy).address_id)]
    except officers.NoOfficerError:
        return []


def _push(
    uow: UnitOfWork,
    deployment: Deployment,
    row: CheckIn,
    application: Application,
    address: ContactAddress,
    *,
    key: str,
) -> None:
    vacancy = uow.vacancies.need(application.vacancy_id)
    worker = uow.workers.need(application.worker_id)
    language = address.language
    name = short_name(worker.name) or deployment.text("check_in.firm.nameless", language)
    words = deployment.text(
        key, language, name=name, title=vacancy.title, reference=reference(vacancy)
    )
    draft = Draft(
        key=key,
        body=Body(words, _options(deployment, row, language)),
        dedupe_key=f"checkin:{row.id.hex}:{row.attempt}:{key[-8:]}:{address.id.hex}",
        kind=DeliveryKind.CHECK_IN,
        subject_id=row.id,
    )
    push(uow, address, draft, now=deployment.now)


def _options(deployment: Deployment, row: CheckIn, language: str) -> tuple[Option, ...]:
    # A reminder carries the buttons of the question whether the applicant was called.
    actions = CHOICES.get(row.kind, CHOICES[CheckInKind.APPLICANT_CALLED])
    return tuple(
        Option(
            number,
            deployment.text(f"check_in.choice.{action}", language),
            action_data(action, row.id.hex),
        )
        for number, action in enumerate(actions, start=1)
    )
