"""What an erasure means for others: their messages are emptied, and they are told to stop."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from bot.errors import UserError
from bot.messages import Body
from bot.services.cases import hand_over
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.workers import is_full_name
from bot.services.sending.deliveries import Draft, push
from bot.services.vacancies.vacancy_states import reference
from storage.models import Application, Case, ContactAddress, RegisterErasure, Vacancy, Worker
from storage.repositories.mentions import Mentions
from storage.states import ApplicationStatus, DeliveryKind
from storage.unit_of_work import UnitOfWork

FIRM_TOLD = "applications.firm.erased"
STILL_EXPECTED = (
    ApplicationStatus.SENT,
    ApplicationStatus.INTERVIEW,
    ApplicationStatus.NO_ANSWER,
)
LEAST_LETTERS = 2


def erase_elsewhere(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker | None,
    *,
    own: Sequence[ContactAddress],
    shared: Sequence[ContactAddress],
    subjects: Sequence[uuid.UUID],
    cases: Sequence[Case],
) -> None:
    """Empty what firms and officers were shown of a person, and close questions about them.

    Args:
        uow: The transaction.
        deployment: The bureau.
        worker: Who is erased; None for somebody who never registered.
        own: The person's own addresses, which are emptied as a whole elsewhere.
        shared: Where others are reached too; only what names the person is emptied there.
        subjects: Keys of the person's rows, as they stand in the audit and in buttons.
        cases: The person's cases, whose numbers officers read.
    """
    others = _others(uow, deployment, worker, subjects=subjects, cases=cases)
    others |= {address.id for address in shared}
    others -= {address.id for address in own}
    theirs = {word for at in shared for one in _besides(uow, at, worker) for word in _known_by(one)}
    words = [one for one in _words(worker, subjects=subjects, cases=cases) if one not in theirs]
    if not others or not words:
        return
    data = Mentions(uow.session)
    data.erase_messages(others, words, since=_known_since(worker, [*own, *shared]))
    for key in data.asked_about(others, words):
        address = uow.addresses.lock(key)
        if address is not None:
            address.step, address.answers = None, None


def keep_out(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """Remember by a keyed hash alone that no later sheet of the register brings a person back."""
    entry = uow.register_entries.of_worker(worker.id)
    if entry is not None and entry.id_index is not None:
        uow.register_entries.note_erasure(
            RegisterErasure(
                bureau_adcode=entry.bureau_adcode, id_index=entry.id_index, at=deployment.now
            )
        )


def is_shared(uow: UnitOfWork, address: ContactAddress, worker_id: uuid.UUID | None) -> bool:
    """Tell whether somebody else than this worker is reached at an address."""
    return any(one.id != worker_id for one in uow.addresses.workers_at(address.id))


def forget_talk(
    address: ContactAddress, worker_id: uuid.UUID | None, *, is_shared: bool, is_open: bool
) -> None:
    """Forget what an address keeps of a person: all of it, or what is not the others'.

    Args:
        address: Where the person was reached.
        worker_id: Who is erased.
        is_shared: Others are reached there too; `erase_elsewhere` has closed a question that
            names the person.
        is_open: It was asked for here; the conversation ends by itself.
    """
    was_for = worker_id is not None and address.acting_for == worker_id
    if not is_shared:
        address.memory, address.acting_for = None, None
    elif worker_id is not None:
        address.memory = _without(address.memory, worker_id.hex)
        address.acting_for = None if was_for else address.acting_for
    if not is_open and (was_for or not is_shared):
        address.step, address.answers = None, None


def end_talks(
    uow: UnitOfWork,
    deployment: Deployment,
    addresses: Sequence[ContactAddress],
    *,
    worker_id: uuid.UUID | None,
) -> None:
    """Give conversations that an officer took over back, and tell the officer.

    A talk about somebody else on the same phone goes on.
    """
    for address in addresses:
        officer_address = address.handed_over_to and uow.addresses.lock(address.handed_over_to)
        if not officer_address:
            continue
        memory = dict(officer_address.memory or {})
        about = memory.get(hand_over.ABOUT)
        case = uow.cases.get(uuid.UUID(about)) if isinstance(about, str) else None
        if case is not None and case.worker_id not in {None, worker_id}:
            continue
        address.handed_over_to = None
        hand_over.forget(memory)
        officer_address.memory = memory
        words = deployment.text("hand_over.officer.erased", officer_address.language)
        origin = f"erased:{address.id.hex}:{deployment.now.isoformat()}"
        hand_over.send_line(
            uow, deployment, officer_address, words, about=officer_address.id, origin=origin
        )


def tell_firms(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """Tell every firm that still waits for this person that nobody comes, without a name."""
    for application, vacancy in uow.applications.active_of(worker.id, statuses=STILL_EXPECTED):
        addresses = uow.enterprises.addresses_of(vacancy.enterprise_id)
        for address in addresses or _officers_page(uow, vacancy):
            _tell_firm(uow, deployment, address, application, vacancy)


def tell_owners(uow: UnitOfWork, deployment: Deployment, cases: Sequence[Case]) -> None:
    """Tell the officers of these cases that nobody has to be called any more."""
    for case in cases:
        uow.cases.add_event(case, "erased", at=deployment.now)
        officers.inform(
            uow,
            deployment,
            uow.officers.need(case.officer_id),
            "hand_over.officer.case_erased",
            dedupe=f"erased:{case.id.hex}",
            reference=_case_number(case),
        )


def _tell_firm(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    application: Application,
    vacancy: Vacancy,
) -> None:
    words = deployment.text(FIRM_TOLD, address.language, number=reference(vacancy))
    dedupe = f"erased:{application.id.hex}:{address.id.hex}"
    draft = Draft(FIRM_TOLD, Body(words), dedupe, kind=DeliveryKind.TASK)
    push(uow, address, draft, now=deployment.now)


def _officers_page(uow: UnitOfWork, vacancy: Vacancy) -> list[ContactAddress]:
    """Return where the officer reads who phones a firm that is not in the chat."""
    key = vacancy.posted_by_officer
    officer = uow.officers.get(key) if key is not None else None
    if officer is None:
        firm = uow.enterprises.need(vacancy.enterprise_id)
        try:
            officer = officers.owner_for(uow, officers.code_of_enterprise(firm))
        except UserError:
            return []  # nobody was asked to phone either
    return [uow.addresses.need(officer.address_id)]


def _others(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker | None,
    *,
    subjects: Sequence[uuid.UUID],
    cases: Sequence[Case],
) -> set[uuid.UUID]:
    """Return the addresses of everybody who was shown this person or may list the cases."""
    found: set[uuid.UUID] = set()
    code = officers.code_of_worker(worker, deployment.bureau_adcode)
    found |= {officer.address_id for officer in uow.officers.covering(code)}
    found |= {uow.officers.need(case.officer_id).address_id for case in cases}
    for actor in Mentions(uow.session).actors(subjects):
        kind, _, key = actor.partition(":")
        if kind == "enterprise":
            found |= {at.id for at in uow.enterprises.addresses_of(uuid.UUID(key))}
        elif kind == "officer":
            found |= {uow.officers.need(uuid.UUID(key)).address_id}
    return found


def _words(
    worker: Worker | None, *, subjects: Sequence[uuid.UUID], cases: Sequence[Case]
) -> list[str]:
    words = [key.hex for key in subjects] + [_case_number(case) for case in cases]
    return words if worker is None else words + _known_by(worker)


def _known_by(worker: Worker) -> list[str]:
    """Return the name and number by which a worker is known, where they are whole ones."""
    name = worker.name or ""
    found = [name if is_full_name(name) else "", worker.phone or ""]
    return [word for word in found if len(word) >= LEAST_LETTERS]


def _besides(uow: UnitOfWork, address: ContactAddress, worker: Worker | None) -> list[Worker]:
    """Return the others at an address; what they are called by too stays readable."""
    return [one for one in uow.addresses.workers_at(address.id) if one is not worker]


def _known_since(worker: Worker | None, own: Sequence[ContactAddress]) -> datetime:
    began = [address.created_at for address in own]
    return min(began if worker is None else [*began, worker.created_at])


def _without(memory: dict[str, object] | None, key: str) -> dict[str, object] | None:
    """Return what an address remembers without the words by which it calls a worker."""
    kept: dict[str, object] = {}
    for name, value in (memory or {}).items():
        if isinstance(value, dict):
            kept[name] = {word: named for word, named in value.items() if named != key}
        elif value != key:
            kept[name] = value
    return kept or None


def _case_number(case: Case) -> str:
    return f"C-{case.number:04d}"
