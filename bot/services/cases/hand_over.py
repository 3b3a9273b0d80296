"""An officer talks with a person through the bot, which is silent meanwhile."""

from __future__ import annotations

import functools
import uuid
from datetime import timedelta

from bot.errors import UserError
from bot.messages import Body, Option
from bot.services.cases.case_messages import tell_owner
from bot.services.cases.cases import open_case, promise_call
from bot.services.cases.office_hours import spoken_deadline
from bot.services.deployment import Deployment
from bot.services.people import officers, workers
from bot.services.sending.deliveries import Draft, action_data, push
from bot.services.sending.one_by_one import succeeds
from storage.models import Case, ContactAddress, Officer
from storage.states import DeliveryKind, Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork

TALKING_TO = "talking_to"
ABOUT = "talking_about"
SERIAL = "handed_over_serial"
JOB = "hand_over_silence"
SILENCE = timedelta(hours=24)
Memory = dict[str, object]


def is_in_hand_over(address: ContactAddress) -> bool:
    """Tell whether an officer talks here now, so that nothing of ours may be asked."""
    return address.handed_over_to is not None


def partner_of(uow: UnitOfWork, memory: Memory) -> ContactAddress | None:
    """Return whom the officer with this memory talks to, or None."""
    key = memory.get(TALKING_TO)
    return uow.addresses.get(uuid.UUID(key)) if isinstance(key, str) else None


def was_asked_since(address: ContactAddress) -> bool:
    """Tell whether the open question was asked after an officer took over.

    Such a question comes from a wish that is heard even then, such as to be forgotten.
    """
    serial = (address.memory or {}).get(SERIAL)
    return isinstance(serial, int) and address.question_serial > serial


def take(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    case: Case,
    memory: Memory,
    *,
    origin: str,
) -> None:
    """Let an officer talk with the person of a case; the person is told here.

    Args:
        uow: The transaction; the caller holds the officer's address.
        deployment: The bureau.
        officer: Who talks.
        case: Whose address, and why.
        memory: Of the officer's address; what is kept in it survives restarts.
        origin: Key of the message that asked for it.

    Raises:
        UserError: Another officer talks there, this one talks elsewhere, or the person left.
    """
    if isinstance(memory.get(TALKING_TO), str):
        raise UserError("hand_over.refused.busy")
    address = _free_address(uow, deployment, officer, case)
    address.handed_over_to = officer.address_id
    address.memory = {**(address.memory or {}), SERIAL: address.question_serial}
    memory |= {TALKING_TO: address.id.hex, ABOUT: case.id.hex}
    uow.cases.add_event(case, "talk", at=deployment.now, officer_id=officer.id)
    uow.records.audit(
        officers.actor_of(officer),
        "take_over",
        subject_kind="case",
        subject_id=case.id,
        scope=officer.scope,
        at=deployment.now,
    )
    name = officers.spoken_name(deployment, officer, address.language)
    begun = deployment.text("hand_over.worker.begun", address.language, officer=name)
    send_line(uow, deployment, address, begun, about=address.id, origin=origin)


def _free_address(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, case: Case
) -> ContactAddress:
    address = uow.addresses.lock(case.address_id)
    if address is None or is_gone(uow, case) or address.id == officer.address_id:
        raise UserError("hand_over.refused.gone")
    if address.handed_over_to is not None and address.handed_over_to != officer.address_id:
        other = uow.officers.at(address.handed_over_to)
        name = _name(uow, deployment, other, officer) if other else ""
        raise UserError("hand_over.refused.taken", officer=name)
    return address


def _name(uow: UnitOfWork, deployment: Deployment, named: Officer, reader: Officer) -> str:
    return officers.spoken_name(deployment, named, officers.language_of(uow, reader))


def is_gone(uow: UnitOfWork, case: Case) -> bool:
    """Tell whether the person of a case was erased or left, so that nobody may write."""
    if case.worker_id is None:
        return False
    worker = uow.workers.get(case.worker_id)
    return worker is None or worker.status == WorkerStatus.LEFT


def relay_to_person(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    address: ContactAddress,
    words: str,
    *,
    origin: str,
) -> None:
    """Send an officer's line, with the officer's name before it."""
    name = officers.spoken_name(deployment, officer, address.language)
    line = deployment.text("hand_over.line.from", address.language, name=name, words=words)
    send_line(uow, deployment, address, line, about=address.id, origin=origin)


def relay_to_officer(
    uow: UnitOfWork, deployment: Deployment, address: ContactAddress, words: str, *, origin: str
) -> None:
    """Send a person's line to the officer who talks there, with a short name before it."""
    if address.handed_over_to is None:
        raise ValueError("nobody talks at this address")
    to = uow.addresses.need(address.handed_over_to)
    people = uow.addresses.workers_at(address.id)
    speaker = next((one for one in people if one.id == address.acting_for), None)
    speaker = speaker or (people[0] if people else None)
    name = workers.short_name(speaker.name) if speaker and speaker.name else ""
    name = name or deployment.text("hand_over.line.nameless", to.language)
    line = deployment.text("hand_over.line.from", to.language, name=name, words=words)
    send_line(uow, deployment, to, line, about=address.id, origin=origin)


def send_line(
    uow: UnitOfWork,
    deployment: Deployment,
    to: ContactAddress,
    words: str,
    *,
    about: uuid.UUID,
    origin: str,
    options: tuple[Option, ...] = (),
) -> None:
    """Queue one line of a taken-over conversation; the words stand in its body only."""
    draft = Draft(
        key="hand_over.line.from",
        body=Body(words, options),
        dedupe_key=f"hand_over:{origin}:{to.id.hex}",
        kind=DeliveryKind.HAND_OVER,
        subject_id=about,
    )
    push(uow, to, draft, now=deployment.now)


def release(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    *,
    origin: str,
    purpose: str | None = "ended",
    **values: str,
) -> None:
    """Give the conversation back to the bot; the caller holds the row.

    The person is told with the text of `purpose`, which `values` fill; None for somebody who
    was erased.
    """
    address.handed_over_to = None
    address.memory = {key: value for key, value in (address.memory or {}).items() if key != SERIAL}
    if purpose is None:
        return
    label = deployment.text("help.choice.go_on", address.language)
    go_on = Option(1, label, action_data("go_on"))
    words = deployment.text(f"hand_over.worker.{purpose}", address.language, **values)
    send_line(
        uow, deployment, address, words, about=address.id, origin=f"{origin}:end", options=(go_on,)
    )


def forget(memory: Memory) -> None:
    """Take out of an officer's memory whom the officer talked to."""
    memory.pop(TALKING_TO, None)
    memory.pop(ABOUT, None)


def end_silent(uow: UnitOfWork, deployment: Deployment) -> int:
    """End every taken-over conversation without a line for 24 hours and tell both sides.

    Whoever was left without an answer is told who calls and by when.

    Returns:
        How many ended.
    """
    ended = 0
    for found in uow.officers.taken_over():
        bureau = uow.accounts.need(found.account_id).bureau_adcode
        work = functools.partial(_end_if_silent, uow, deployment.of(bureau), found)
        if succeeds(uow, work, job=JOB, kind="address", key=found.id):
            ended += 1
    return ended


def _end_if_silent(uow: UnitOfWork, deployment: Deployment, found: ContactAddress) -> bool:
    if found.handed_over_to is None or not _is_silent(uow, deployment, found):
        return False
    # The officer's row is held first, as in the officer's own turns: no deadlock.
    officer_address = uow.addresses.lock(found.handed_over_to)
    address = uow.addresses.lock(found.id)
    if address is None or not _is_silent(uow, deployment, address):
        return False
    origin = f"silent:{address.id.hex}:{deployment.now.isoformat()}"
    if uow.cases.person_spoke_last(address.id):
        call = _promise_call(uow, deployment, address, officer_address)
        release(uow, deployment, address, origin=origin, purpose="unanswered", **call)
    else:
        release(uow, deployment, address, origin=origin, purpose="silent")
    if officer_address is not None:
        _tell_officer(uow, deployment, officer_address, address, origin=origin)
    return True


def _promise_call(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    officer_address: ContactAddress | None,
) -> dict[str, str]:
    """Promise a call to somebody whose last line nobody answered; return who calls and when."""
    key = (officer_address.memory or {}).get(ABOUT) if officer_address is not None else None
    case = uow.cases.get(uuid.UUID(key)) if isinstance(key, str) else None
    if case is None or case.address_id != address.id or case.closed_at is not None:
        people = uow.addresses.workers_at(address.id)
        case = open_case(
            uow,
            deployment,
            address=address,
            worker=people[0] if people else None,
            matters=[Matter.QUESTION],
            words="",
        ).case
    due_at, _is_new = promise_call(uow, deployment, case)
    owner = uow.officers.need(case.officer_id)
    uow.cases.add_event(case, "talk_ended", at=deployment.now, officer_id=owner.id)
    tell_owner(uow, deployment, case, owner, due_at=due_at)
    return {
        "officer": officers.spoken_name(deployment, owner, address.language),
        "deadline": spoken_deadline(deployment, due_at, address.language),
    }


def _is_silent(uow: UnitOfWork, deployment: Deployment, address: ContactAddress) -> bool:
    if address.handed_over_to is None:
        return False
    last = uow.officers.last_line_at(address.id)
    return last is None or deployment.now - last >= SILENCE


def _tell_officer(
    uow: UnitOfWork,
    deployment: Deployment,
    officer_address: ContactAddress,
    address: ContactAddress,
    *,
    origin: str,
) -> None:
    memory = dict(officer_address.memory or {})
    if memory.get(TALKING_TO) == address.id.hex:
        forget(memory)
        officer_address.memory = memory
    people = uow.addresses.workers_at(address.id)
    name = workers.short_name(people[0].name) if people and people[0].name else ""
    name = name or deployment.text("hand_over.line.nameless", officer_address.language)
    words = deployment.text("hand_over.officer.silent", officer_address.language, name=name)
    send_line(uow, deployment, officer_address, words, about=address.id, origin=f"{origin}:told")
