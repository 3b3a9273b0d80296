"""A worker's identity number: kept encrypted in the register, shown as its last four signs."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.services.cases.cases import OpenedCase, open_case
from bot.services.deployment import Deployment
from bot.services.people import acting, consents, officers
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
# Whoever may write any number could ask the register about all their neighbours.
MOST_TRIES, NOT_KEPT = 3, "id_number_not_kept"
HIDDEN = "*"
_BIRTH, _SEX_SIGN = slice(6, 14), 16


class Kept(StrEnum):
    """What became of a number that was given."""

    KEPT = "kept"
    SAME = "same"
    ANOTHERS = "anothers"
    DIFFERENT = "different"
    CHILD = "child"
    TRIES_OVER = "tries_over"


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


def last_signs_of(uow: UnitOfWork, workers: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the last four signs of those of these workers whose number is known."""
    entries = Identities(uow.session).entries_of(workers)
    found = {entry.worker_id: entry.facts.get(ID_NUMBER) for entry in entries}
    return {key: str(number)[-LAST:] for key, number in found.items() if number}


def holder_seen_by(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, number: str
) -> str | None:
    """Return the masked name of whose number it is, and write down who read it.

    None where nobody has it, or where this officer does not look after them.
    """
    entry = Identities(uow.session).holder(deployment.bureau_adcode, id_index(uow, number))
    holder = uow.workers.get(entry.worker_id) if entry is not None else None
    if holder is None or not acting.looks_after(uow, deployment, officer, holder):
        return None
    actor = officers.actor_of(officer)
    audit_worker(uow, deployment, holder, "view_number_holder", actor=actor)
    return short_name(holder.name)


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
    if officer is None and Identities(uow.session).audited(worker.id, NOT_KEPT) >= MOST_TRIES:
        return Given(Kept.TRIES_OVER, plain[-LAST:])
    found = _kept(uow, deployment, worker, plain, officer=officer)
    return _noted(uow, deployment, worker, plain, found, address=address, officer=officer)


def _noted(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    plain: str,
    found: Kept,
    *,
    address: ContactAddress | None,
    officer: Officer | None,
) -> Given:
    """Write down what became of a number, and fetch an officer where it was not kept."""
    actor = officers.actor_of(officer) if officer is not None else f"worker:{worker.id.hex}"
    case = None
    if found in {Kept.ANOTHERS, Kept.DIFFERENT}:
        audit_worker(uow, deployment, worker, NOT_KEPT, actor=actor)
        words = deployment.text(f"identity.case.{found.value}", "zh", last=plain[-LAST:])
        case = _ask_officer(uow, deployment, worker, words, address=address)
    if found is Kept.KEPT:
        audit_worker(uow, deployment, worker, "id_number_kept", actor=actor)
        born = replace(draft_of(worker, {}), birth_year=_born(plain).year)
        change(uow, deployment, worker, born)
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
    if holder is not None and holder.worker_id != worker.id:
        return Kept.ANOTHERS
    entry = holder or uow.register_entries.of_worker(worker.id)
    if entry is not None and entry.facts.get(ID_NUMBER):
        return Kept.SAME if holder is not None else Kept.DIFFERENT
    source = Source.WORKER if officer is None else Source.OFFICER
    if entry is not None and entry.id_index is not None and entry.source is Source.IMPORT:
        source = Source.IMPORT  # a sheet gave the very number, and left it out since
    facts: dict[str, object] = {
        **(entry.facts if entry is not None else {}),
        ID_NUMBER: plain,
        BORN: _born(plain).isoformat(),
        SEX: _sex(plain),
    }
    if entry is not None:
        is_kept = rows.give(entry, index, facts, source=source)
    else:
        is_kept = rows.add(
            RegisterEntry(
                bureau_adcode=worker.bureau_adcode,
                worker_id=worker.id,
                id_index=index,
                facts=facts,
                source=source,
                changed_at=deployment.now,
            )
        )
    if holder is not None:
        return Kept.SAME
    return Kept.KEPT if is_kept else Kept.ANOTHERS


def _ask_officer(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    words: str,
    *,
    address: ContactAddress | None,
) -> OpenedCase | None:
    if address is None:
        return None  # the officer with the card is told at once
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
