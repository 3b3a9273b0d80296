"""How somebody was reached is that person's data: shown on request, gone when erased."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID

from bot.services.people import privacy
from bot.services.sending import return_links
from storage.models import (
    Attachment,
    Base,
    Broadcast,
    BroadcastLeftOut,
    ContactAddress,
    DocumentLink,
    JoinCode,
    PhoneCall,
    PhoneTask,
    Worker,
)
from storage.states import CallOutcome, LinkPurpose
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.worker_world import address_of, everything_stored, registered

TABLES = (
    "return_link",
    "join_code",
    "phone_task",
    "phone_call",
    "attachment",
    "broadcast_left_out",
    "document_link",
)


def reach_every_way(city: City, person: Person, worker: Worker) -> None:
    """Store a row about `worker` in every table of how people are reached."""
    officer = city.officer().as_officer()
    now = city.clock.now()

    def store(uow: UnitOfWork) -> None:
        address = address_of(uow, person)
        found = uow.workers.need(worker.id)
        return_links.make(uow, city.deployment, found, address_id=address.id)
        return_links.make(uow, city.deployment, found, purpose=LinkPurpose.CARD, made_by=officer.id)
        broadcast = Broadcast(
            bureau_adcode="510600", number=1, officer_id=officer.id, scope="5106", created_at=now
        )
        task = _task(officer.id, city, worker=worker)
        uow.session.add_all([broadcast, task])
        uow.session.flush()
        uow.session.add_all(
            [
                _join_code(address, now, worker=worker),
                _call(task, city),
                BroadcastLeftOut(
                    broadcast_id=broadcast.id, reason="budget", at=now, worker_id=worker.id
                ),
                _attachment(address, now, worker=worker),
                _attachment(address, now, worker=None),
                _document(officer.id, now, worker=worker),
            ]
        )

    city.run(store)


def _task(officer_id: UUID, city: City, *, worker: Worker) -> PhoneTask:
    return PhoneTask(
        officer_id=officer_id,
        worker_id=worker.id,
        kind="check_in",
        risk=1,
        planned_on=city.clock.today(),
        dedupe_key="t:1",
        created_at=city.clock.now(),
    )


def _call(task: PhoneTask, city: City) -> PhoneCall:
    return PhoneCall(
        task_id=task.id,
        officer_id=task.officer_id,
        worker_id=task.worker_id,
        outcome=CallOutcome.NO_ANSWER,
        at=city.clock.now(),
        planned_before=city.clock.today(),
    )


def _join_code(address: ContactAddress, now: datetime, *, worker: Worker) -> JoinCode:
    return JoinCode(
        code_index=b"x" * 32,
        bureau_adcode="510600",
        worker_id=worker.id,
        address_id=address.id,
        created_at=now,
        expires_at=now + timedelta(minutes=10),
    )


def _document(officer_id: UUID, now: datetime, *, worker: Worker) -> DocumentLink:
    return DocumentLink(
        token_hash=b"y" * 32,
        officer_id=officer_id,
        kind="card",
        subject=str(worker.id),
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )


def _attachment(address: ContactAddress, now: datetime, *, worker: Worker | None) -> Attachment:
    return Attachment(
        account_id=address.account_id,
        address_id=address.id,
        worker_id=None if worker is None else worker.id,
        kind="photo",
        file_id="AgAC-photo-of-the-contract",
        received_at=now,
    )


def rows(city: City) -> dict[str, int]:
    def read(uow: UnitOfWork) -> dict[str, int]:
        kinds = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
        return {name: uow.session.query(kinds[name]).count() for name in TABLES}

    return city.run(read)


def test_an_erased_person_was_reached_nowhere(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    worker = registered(person)
    reach_every_way(city_on_both, person, worker)
    assert all(rows(city_on_both).values())

    def erase(uow: UnitOfWork) -> None:
        found = uow.workers.need(worker.id)
        privacy.erase(uow, city_on_both.deployment, address_of(uow, person), found)

    city_on_both.run(erase)
    assert rows(city_on_both) == dict.fromkeys(TABLES, 0)
    left = everything_stored(city_on_both)
    assert not [one for one in (worker.id.hex, "AgAC") if one in left]


def test_others_keep_how_they_were_reached(city: City) -> None:
    person, other = city.person("guifang"), city.person("other")
    worker, kept = registered(person), registered(other)
    reach_every_way(city, other, kept)

    def erase(uow: UnitOfWork) -> None:
        found = uow.workers.need(worker.id)
        privacy.erase(uow, city.deployment, address_of(uow, person), found)

    before = rows(city)
    city.run(erase)
    assert rows(city) == before


def test_what_is_shown_holds_how_somebody_was_reached(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    worker = registered(person)
    reach_every_way(city_on_both, person, worker)

    def read(uow: UnitOfWork) -> str:
        return privacy.export(uow, address_of(uow, person), uow.workers.need(worker.id))

    shown = json.loads(city_on_both.run(read))
    assert len(shown["return_link"]) == 2
    assert shown["phone_call"][0]["outcome"] == "no_answer"
    assert shown["attachment"][0]["kind"] == "photo"
    assert shown["broadcast_left_out"][0]["reason"] == "budget"
    assert not {"token_hash", "code_index"} & {*shown["return_link"][0], *shown["join_code"][0]}
