"""What a person may see, take away and have erased."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import cast

from bot.services.benefits import forgetting as benefits_forgetting
from bot.services.deployment import Deployment
from bot.services.people import consents
from bot.services.people.erasures import (
    end_talks,
    erase_elsewhere,
    forget_talk,
    is_shared,
    keep_out,
    tell_firms,
    tell_owners,
)
from bot.services.people.reachable import is_phone
from bot.services.training import leaving
from storage.models import ContactAddress, Worker
from storage.repositories.personal_data import PersonalData
from storage.repositories.personal_register import PersonalRegister
from storage.states import Decision, Purpose, WorkerStatus
from storage.unit_of_work import UnitOfWork

# What the consent question promises: what nobody used for so long is deleted.
UNUSED_FOR = timedelta(days=30)
# Early enough to answer, late enough that the question comes once.
ASKED_AFTER = timedelta(days=27)
# By then the answer to 删除我的信息 has gone out.
NUMBER_KEPT = timedelta(days=1)
STILL_LOOKING = "still_looking.ask.question"
NOWHERE = "nowhere"
PACKED = "ranked_list"


def export(uow: UnitOfWork, address: ContactAddress, worker: Worker | None) -> str:
    """Return everything stored about a person as JSON text, exactly as it is stored.

    Without a worker's row it holds the draft of the address, or nothing.
    """
    rows: dict[str, object] = {
        "language": address.language,
        "draft": (address.memory or {}).get("draft") if worker is None else None,
    }
    if worker is not None:
        stored = PersonalData(uow.session).rows_about(worker)
        rows |= stored | {PACKED: [_unpacked(row) for row in stored[PACKED]]}
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def erase(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    worker: Worker | None,
    *,
    as_child: bool = False,
) -> None:
    """Erase a person: row, links, draft, messages; applications stay as bare counts.

    Firms and officers keep no message that names the person; who still expects somebody is
    told, without a name. Of an adult's consents the bare fact stays, with the withdrawal. What
    others at the same address were written and asked stays.

    Args:
        uow: The transaction; the caller holds the address's row.
        deployment: The bureau.
        address: Where it was asked for.
        worker: Who is forgotten; None erases what the address kept before any consent.
        as_child: The person is below the working age: nothing at all is kept.
    """
    data = PersonalData(uow.session)
    key = None if worker is None else worker.id
    numbers = [] if key is None else data.numbers_of(key)
    places = _places(uow, address, worker)
    own, shared = _apart(uow, places, key)
    unnamed_at = address.id if address in own else None
    subjects = data.subjects(key, unnamed_at)
    cases = data.cases_of(key, unnamed_at)
    end_talks(uow, deployment, places, worker_id=key)
    erase_elsewhere(uow, deployment, worker, own=own, shared=shared, subjects=subjects, cases=cases)
    data.erase_messages([at.id for at in own], subjects)
    _withdraw_consents(uow, deployment, address, worker, as_child=as_child)
    nowhere = _nowhere(uow, deployment, address)
    tell_owners(uow, deployment, data.close_cases(cases, nowhere=nowhere, now=deployment.now))
    if worker is not None:
        _erase_row(uow, deployment, worker, nowhere=nowhere, as_child=as_child)
    for at in places:
        forget_talk(at, key, is_shared=at in shared, is_open=at.id == address.id)
    _forget_numbers(uow, numbers, besides=address)


def _erase_row(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    *,
    nowhere: ContactAddress,
    as_child: bool,
) -> None:
    tell_firms(uow, deployment, worker)
    benefits_forgetting.forget(uow, deployment, worker)
    leaving.leave_all(uow, deployment, worker)
    if not as_child:
        keep_out(uow, deployment, worker)
    PersonalRegister(uow.session).forget(worker)
    tombstone = None if as_child else _tombstone(uow, deployment, worker)
    PersonalData(uow.session).erase_worker(worker, tombstone=tombstone, nowhere=nowhere)


def _forget_numbers(
    uow: UnitOfWork, numbers: Sequence[ContactAddress], *, besides: ContactAddress
) -> None:
    """Forget numbers, but for those from which somebody else writes by now.

    `besides` asked for it and still has to be answered; it is forgotten a day later.
    """
    for number in numbers:
        if number is not besides and number.memory is None and number.step is None:
            uow.addresses.forget(number)
    uow.session.flush()


def _places(
    uow: UnitOfWork, address: ContactAddress, worker: Worker | None
) -> list[ContactAddress]:
    """Return where somebody is reached, the place where it was asked for first."""
    known = [] if worker is None else uow.addresses.addresses_of(worker.id)
    return [address, *(at for at in known if at.id != address.id)]


def _apart(
    uow: UnitOfWork, places: Sequence[ContactAddress], worker_id: uuid.UUID | None
) -> tuple[list[ContactAddress], list[ContactAddress]]:
    """Return where only this person is reached, and where others are as well."""
    shared = [at for at in places if is_shared(uow, at, worker_id)]
    return [at for at in places if at not in shared], shared


def forget_unused(uow: UnitOfWork, deployment: Deployment, *, limit: int) -> int:
    """Erase what nobody used for 30 days; return how many rows, at most 3 limits.

    Data is used by a message from the person, a message to the person, a spell of work or a
    case that is open. A number that belongs to nobody any more is not kept beyond a day.
    """
    before = deployment.now - UNUSED_FOR
    forgotten = 0
    unused = uow.workers.unused_since(
        deployment.bureau_adcode, before, question=STILL_LOOKING, limit=limit
    )
    for worker in unused:
        for address in uow.addresses.addresses_of(worker.id)[:1]:
            is_others = is_shared(uow, address, worker.id)
            erase(uow, deployment, address, worker)
            if not is_others:
                address.step = None  # nobody is told, so nothing has to be asked any more
            forgotten += 1
    for address in uow.addresses.with_idle_drafts(before, limit=limit):
        address.memory, address.step, address.answers = None, None, None
        forgotten += 1
    uow.session.flush()
    for address in uow.addresses.forgotten_soon(deployment.now - NUMBER_KEPT, limit=limit):
        uow.addresses.forget(address)
        forgotten += 1
    uow.session.flush()
    return forgotten


def soon_forgotten(uow: UnitOfWork, deployment: Deployment, *, limit: int) -> list[ContactAddress]:
    """Return where to ask whether somebody's unused data may go, held; each once in a silence.

    Families share a phone: an address is asked once for all of them.
    """
    before = deployment.now - ASKED_AFTER
    workers = uow.workers.unused_and_unasked(
        deployment.bureau_adcode, before, question=STILL_LOOKING, limit=limit
    )
    keys = [at.id for worker in workers for at in _askable(uow, worker)[:1]]
    held = [uow.addresses.lock(key) for key in dict.fromkeys(keys)]
    return [address for address in held if address is not None]


def _askable(uow: UnitOfWork, worker: Worker) -> list[ContactAddress]:
    return [
        address
        for address in uow.addresses.addresses_of(worker.id)
        if address.unsubscribed_at is None
        and address.unreachable_since is None
        and not is_phone(uow, address)
        and address.handed_over_to is None
    ]


def _withdraw_consents(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    worker: Worker | None,
    *,
    as_child: bool,
) -> None:
    data = PersonalData(uow.session)
    key = None if worker is None else worker.id
    if as_child:
        data.delete_consents(key, address.id)
        return
    if key is None:
        return
    data.forget_consents(key)
    consents.record(uow, deployment, address.id, Purpose.REGISTER_AND_MATCH, Decision.WITHDRAWN)


def _nowhere(uow: UnitOfWork, deployment: Deployment, address: ContactAddress) -> ContactAddress:
    """Return the address that stands where an erased person's stood; it gets no messages."""
    nowhere = uow.addresses.find_or_add(
        address.account_id, NOWHERE, language=address.language, now=deployment.now
    )
    nowhere.unsubscribed_at = nowhere.unsubscribed_at or deployment.now
    uow.session.flush()
    return nowhere


def _tombstone(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> Worker | None:
    """Return a row without data for the worker's applications and spells, if there are any."""
    if not PersonalData(uow.session).has_history(worker.id):
        return None
    return uow.workers.add(
        Worker(
            bureau_adcode=worker.bureau_adcode,
            status=WorkerStatus.LEFT,
            created_at=deployment.now,
            changed_at=deployment.now,
        )
    )


def _unpacked(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row of `ranked_list` with its entries as they can be read, best first."""
    # Loads numpy, which nothing else about privacy needs.
    from matching.ranking.packing import unpack_lists

    found = unpack_lists([cast("bytes", row["entries"])])
    # Zeros at the end of a key are lost on the way out of a column.
    keys = [uuid.UUID(bytes=key.ljust(16, b"\0")).hex for key in found.keys.tolist()]
    scores = [round(score, 4) for score in found.scores.tolist()]
    readable = [
        {"vacancy_id": key, "score": score} for key, score in zip(keys, scores, strict=True)
    ]
    return {**row, "entries": readable}
