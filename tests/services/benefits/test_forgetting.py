"""What an erasure leaves of a benefit, and what a person sees of their own."""

from __future__ import annotations

import functools
import json
from uuid import UUID

import pytest
from sqlalchemy import select, text

from bot.services.benefits import decisions
from bot.services.people import privacy
from storage.benefit_states import BenefitStatus
from storage.models import BenefitDecision, Promise
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import GUIFANG_ID, applications_in, handed_in, officers, registered
from tests.chat import City, Person


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


@pytest.fixture
def guifang(cq: City) -> Person:
    return registered(cq, number=GUIFANG_ID)


def pay(city: City, key: UUID, pair: tuple[Person, Person]) -> None:
    ids = [one.as_officer().id for one in pair]

    def work(uow: UnitOfWork) -> None:
        application = uow.benefit_applications.need(key)
        first, second = (uow.officers.need(one) for one in ids)
        decisions.propose(
            uow, city.deployment, application, first, amount_fen=15000, note="陈桂芳只认150"
        )
        decisions.approve(uow, city.deployment, application, second)
        decisions.mark_paid(uow, city.deployment, application, second, on=city.clock.today())

    city.run(work)


def erase(uow: UnitOfWork, *, city: City, person: Person) -> None:
    address = uow.addresses.find(city.account_id, person.address)
    assert address is not None
    (worker,) = uow.addresses.workers_at(address.id)
    privacy.erase(uow, city.deployment, address, worker)


def test_a_paid_row_keeps_number_code_sum_and_dates_and_nothing_else(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    pay(cq, key, pair)
    cq.run(functools.partial(erase, city=cq, person=guifang))
    (row,) = applications_in(cq)
    assert (row.number, row.code, row.amount_fen) == (1, "transport_subsidy", 15000)
    assert (row.status, row.paid_on) == (BenefitStatus.PAID, cq.clock.today())
    assert (row.worker_id, row.address_id, row.ticket_index, row.facts) == (None, None, None, {})
    notes = cq.run(lambda uow: list(uow.session.scalars(select(BenefitDecision.note))))
    assert set(notes) == {None}


def test_what_was_not_paid_is_gone_with_its_promise(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    pair[0].presses(f"a:benefit:{key.hex}")
    pair[0].taps("提议给")
    cq.run(functools.partial(erase, city=cq, person=guifang))
    assert applications_in(cq) == []
    open_ones = select(Promise).where(Promise.kept_at.is_(None), Promise.what == "benefit")
    assert cq.run(lambda uow: list(uow.session.scalars(open_ones))) == []
    assert (
        cq.run(lambda uow: uow.session.execute(text("SELECT * FROM benefit_decision")).all()) == []
    )


def test_the_export_shows_ones_own_applications(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    handed_in(cq, guifang)

    def export(uow: UnitOfWork) -> str:
        address = uow.addresses.find(cq.account_id, guifang.address)
        assert address is not None
        (worker,) = uow.addresses.workers_at(address.id)
        return privacy.export(uow, address, worker)

    (row,) = json.loads(cq.run(export))["benefit_application"]
    assert (row["code"], row["amount_fen"], row["status"]) == (
        "transport_subsidy",
        19850,
        "submitted",
    )
    assert row["facts"]["answers"]["trip.price"] == 19850
