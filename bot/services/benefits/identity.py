"""A worker's identity number: kept encrypted in the register, shown as its last four signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.services.cases.cases import OpenedCase, open_case
from bot.services.deployment import Deployment
from bot.services.people import consents, officers
from bot.services.people.auditing import audit_worker
from bot.services.people.workers import WORKING_AGE, change, draft_of, short_name
from bot.services.register.facts import FEMALE, MALE, SEXES
from content.benefits.facts import completed_years
from content.check_digits import folded
from storage.models import Consent, ContactAddress, Officer, RegisterEntry, Worker
from storage.repositories.identities import Identities
from storage.states import Decision, Matter, Purpose, Source
from storage.unit_of_work import UnitOfWork

ID_NUMBER, BORN, SEX = "id_number", "born", "sex"
INDEX_KIND = "id_number"
LAST = 4
HIDDEN = "*"
_BIRTH, _SEX_SIGN = slice(6, 14), 16


class Kept(StrEnum):
    """What became of a number that was given."""

    KEPT = "kept"
    SAME = "same"
    ANOTHERS = "anothers"
    DIFFERENT = "different"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to a number that was given.

    Attributes:
        outcome: What became of it.
        last: Its last four signs.
        case: The officer's task where a person has to look, else None.
    """

    outcome: Kept
    last: str
    case: OpenedCase | None = None


def id_index(uow: UnitOfWork, number: str) -> bytes:
    """Return the keyed hash by which a number is found, however it was typed."""
    return uow.secrets.blind_index(folded(number), kind=INDEX_KIND)


def last_signs(uow: UnitOfWork, worker: Worker) -> str | None:
    """Return the last four signs of a worker's number, or None where none is known."""
    entry = uow.register_entries.of_worker(worker.id)
    number = entry.facts.get(ID_NUMBER) if entry is not None else None
    return str(number)[-LAST:] if number else None


def masked(last: str | None) -> str:
    """Return a number of which only the last four signs can be read; empty where none is known."""
    return f"{HIDDEN * 14}{last}" if last else ""


def may_ask(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, purpose: Purpose, *, at: ContactAddress
) -> bool:
    """Tell whether this worker may be asked: not within 90 days after their own no.

    Another's no on the same phone keeps nobody from being asked.
    """
    newest = _answer(uow, worker, purpose, at)
    if newest is None or newest.decision is not Decision.DECLINED:
        return True
    return deployment.now - newest.decided_at >= consents.QUIET_AFTER_NO


def has_agreed(uow: UnitOfWork, worker: Worker, purpose: Purpose, *, at: ContactAddress) -> bool:
    """Tell whether the worker's newest answer is a yes."""
    newest = _answer(uow, worker, purpose, at)
    return newest is not None and newest.decision is Decision.GRANTED


def keep(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    number: str,
    *,
    address: ContactAddress | None,
    officer: Officer | None = None,
) -> Given:
    """Keep a well-formed number in the worker's register entry; nobody's entries are merged.

    A number that another person's entry has, or that differs from what the register says, is
    not kept: an officer gets the task. Birth and sex in the number outweigh what was typed.

    Args:
        uow: The transaction.
        deployment: The bureau.
        worker: Who gave it.
        number: Checked with `id_number_problem`.
        address: Where it was given; None for an officer, who sees the card.
        officer: Who saw the card, or None for the worker's own word.
    """
    plain = folded(number)
    uow.workers.lock(worker.id)
    if completed_years(_born(plain), deployment.today) < WORKING_AGE:
        return Given(Kept.CHILD, plain[-LAST:])
    found = _kept(uow, deployment, worker, plain, officer=officer)
    case = None
    if found in {Kept.ANOTHERS, Kept.DIFFERENT}:
        case = _ask_officer(uow, deployment, worker, plain, found=found, address=address)
    if found is Kept.KEPT:
        actor = officers.actor_of(officer) if officer is not None else f"worker:{worker.id.hex}"
        audit_worker(uow, deployment, worker, "id_number_kept", actor=actor)
        change(
            uow,
            deployment,
            worker,
            replace(draft_of(worker, {}), birth_year=_born(plain).year),
        )
    return Given(found, plain[-LAST:], case)


def _kept(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    plain: str,
    *,
    officer: Officer | None,
) -> Kept:
    index, rows = id_index(uow, plain), Identities(uow.session)
    holder = rows.holder(worker.bureau_adcode, index)
    if holder is not None:
        return Kept.SAME if holder.worker_id == worker.id else Kept.ANOTHERS
    entry = uow.register_entries.of_worker(worker.id)
    if entry is not None and entry.facts.get(ID_NUMBER):
        return Kept.DIFFERENT
    facts: dict[str, object] = {
        **(entry.facts if entry is not None else {}),
        ID_NUMBER: plain,
        BORN: _born(plain).isoformat(),
        SEX: _sex(plain),
    }
    if entry is not None:
        is_kept = rows.give(entry, index, facts)
    else:
        is_kept = rows.add(
            RegisterEntry(
                bureau_adcode=worker.bureau_adcode,
                worker_id=worker.id,
                id_index=index,
                facts=facts,
                source=Source.WORKER if officer is None else Source.OFFICER,
                changed_at=deployment.now,
            )
        )
    return Kept.KEPT if is_kept else Kept.ANOTHERS


def _ask_officer(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    plain: str,
    *,
    found: Kept,
    address: ContactAddress | None,
) -> OpenedCase | None:
    if address is None:
        return None  # the officer with the card is told at once
    holder = Identities(uow.session).holder(worker.bureau_adcode, id_index(uow, plain))
    other = uow.workers.get(holder.worker_id) if holder is not None else None
    words = deployment.text(
        f"identity.case.{found.value}",
        "zh",
        last=plain[-LAST:],
        name=short_name(other.name) if other is not None else "",
    )
    return open_case(
        uow, deployment, address=address, worker=worker, matters=[Matter.QUESTION], words=words
    )


def _answer(
    uow: UnitOfWork, worker: Worker, purpose: Purpose, at: ContactAddress
) -> Consent | None:
    return uow.consents.newest(at.id, purpose, worker_id=worker.id, subject_id=None)


def _born(plain: str) -> date:
    return date.fromisoformat(plain[_BIRTH])


def _sex(plain: str) -> str:
    is_male = int(plain[_SEX_SIGN]) % 2 == 1
    return next(word for word, sex in SEXES.items() if sex == (MALE if is_male else FEMALE))
