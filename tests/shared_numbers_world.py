"""Several people who gave one number, and people whose number changes."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from bot.services.people import workers
from bot.services.phoning import phone_list
from bot.services.sending.sms_addresses import sms_address
from storage.models import ContactAddress
from storage.unit_of_work import UnitOfWork
from tests.chat import Person
from tests.phone_world import has_page
from tests.services import job_world
from tests.sms_city import SmsCity

NUMBER, OTHER_NUMBER = "13900001234", "13811112222"


def add_worker(city: SmsCity, name: str, phone: str = NUMBER) -> UUID:
    """Register somebody by name and number, reached nowhere yet."""
    now = city.clock.now
    return city.run(lambda uow: job_world.add_worker(uow, now(), name=name, phone=phone).id)


def texted(city: SmsCity, worker_id: UUID) -> ContactAddress:
    """Return where a worker gets text messages, made if need be."""
    return city.sms_address_of(city.run(lambda uow: uow.workers.need(worker_id)))


def phoned(city: SmsCity, worker_id: UUID) -> ContactAddress:
    """Return where a worker is phoned, made if need be."""

    def find(uow: UnitOfWork) -> ContactAddress:
        worker = uow.workers.need(worker_id)
        found = phone_list.phone_address(uow, city.deployment, worker)
        assert found is not None
        return found

    return city.run(find)


def with_page(city: SmsCity, name: str, phone: str = NUMBER) -> tuple[Person, UUID]:
    """Register somebody who has a page, a number for text messages and one for calls."""
    person, key = city.person(f"page of {name}"), add_worker(city, name, phone)
    has_page(city, person, key)
    texted(city, key)
    phoned(city, key)
    return person, key


def wants_no_calls(city: SmsCity, worker_id: UUID) -> None:
    """Note what somebody said to an officer on the telephone."""
    key = phoned(city, worker_id).id
    now = city.clock.now()
    city.run(lambda uow: setattr(uow.addresses.need(key), "unsubscribed_at", now))


def pause_of(city: SmsCity, worker_id: UUID) -> object:
    """Return until when a worker wants no pushes."""
    return city.run(lambda uow: uow.workers.need(worker_id).paused_until)


def change_number(city: SmsCity, worker_id: UUID, number: str) -> None:
    """Let a worker have another number, to which the next text message goes."""

    def change(uow: UnitOfWork) -> None:
        worker = uow.workers.need(worker_id)
        draft = replace(workers.draft_of(worker, {}), phone=number)
        workers.change(uow, city.deployment, worker, draft)
        sms_address(uow, city.deployment, worker)

    city.run(change)


def stored_numbers(city: SmsCity) -> set[str]:
    """Return what stands as an address anywhere but on pages."""

    def read(uow: UnitOfWork) -> set[str]:
        rows = uow.session.scalars(select(ContactAddress))
        return {row.address for row in rows if row.account_id != city.account_id}

    return city.run(read)
