"""公示: three things about whom a benefit was granted to, for a week."""

from __future__ import annotations

import functools
from datetime import timedelta
from uuid import UUID

import pytest

from bot.services.benefits import decisions, public_lists
from bot.services.benefits.public_lists import PublicList
from bot.services.people import privacy
from storage.states import Role
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import GUIFANG_ID, OTHER_ID, handed_in, officers, registered
from tests.chat import City, Person

CODE = "transport_subsidy"


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


def grant(city: City, key: UUID, pair: tuple[Person, Person]) -> None:
    ids = [one.as_officer().id for one in pair]

    def work(uow: UnitOfWork) -> None:
        application = uow.benefit_applications.need(key)
        first, second = (uow.officers.need(one) for one in ids)
        decisions.propose(uow, city.deployment, application, first, amount_fen=19850, note="x")
        decisions.approve(uow, city.deployment, application, second)

    city.run(work)


def publish(city: City, by: Person) -> int:
    officer_id = by.as_officer().id
    return city.run(
        lambda uow: public_lists.publish(uow, city.deployment, uow.officers.need(officer_id), CODE)
    )


def read(city: City) -> PublicList | None:
    return city.run(
        functools.partial(public_lists.read_list, deployment=city.deployment, code=CODE)
    )


def test_a_list_holds_masked_name_masked_number_and_sum_only(
    cq: City, pair: tuple[Person, Person]
) -> None:
    grant(cq, handed_in(cq, registered(cq, number=GUIFANG_ID)), pair)
    assert read(cq) is None
    assert publish(cq, pair[0]) == 1
    found = read(cq)
    assert found is not None
    table = public_lists.public_table(cq.deployment, found, language="zh")
    assert [list(row) for row in table.rows] == [["陈*芳", "*" * 14 + "0021", "198.50"]]
    assert list(table.columns) == ["姓名", "身份证号", "金额（元）"]


def test_only_what_was_granted_and_published_stands_on_it(
    cq: City, pair: tuple[Person, Person]
) -> None:
    grant(cq, handed_in(cq, registered(cq, number=GUIFANG_ID)), pair)
    publish(cq, pair[0])
    grant(cq, handed_in(cq, registered(cq, name="王大力", number=OTHER_ID)), pair)
    found = read(cq)
    assert found is not None
    assert [row.name for row in found.rows] == ["陈*芳"]
    assert publish(cq, pair[0]) == 1
    assert publish(cq, pair[0]) == 0


def test_a_list_ends_by_itself_after_a_week(cq: City, pair: tuple[Person, Person]) -> None:
    grant(cq, handed_in(cq, registered(cq, number=GUIFANG_ID)), pair)
    publish(cq, pair[0])
    cq.clock.advance(timedelta(days=7, seconds=-1))
    assert read(cq) is not None
    cq.clock.advance(timedelta(seconds=2))
    assert read(cq) is None


def test_a_list_can_be_taken_off_before(cq: City, pair: tuple[Person, Person]) -> None:
    grant(cq, handed_in(cq, registered(cq, number=GUIFANG_ID)), pair)
    publish(cq, pair[0])
    officer_id = pair[0].as_officer().id

    def take(uow: UnitOfWork) -> int:
        officer = uow.officers.need(officer_id)
        return public_lists.take_down(uow, cq.deployment, officer, CODE)

    assert cq.run(take) == 1
    assert read(cq) is None


def test_an_officer_of_another_county_publishes_nothing(
    cq: City, pair: tuple[Person, Person]
) -> None:
    grant(cq, handed_in(cq, registered(cq, number=GUIFANG_ID)), pair)
    assert publish(cq, cq.officer("吴刚", scope="500101")) == 0


def test_who_was_erased_stands_on_no_list(cq: City, pair: tuple[Person, Person]) -> None:
    guifang = registered(cq, number=GUIFANG_ID)
    key = handed_in(cq, guifang)
    grant(cq, key, pair)
    publish(cq, pair[0])
    officer_id = pair[0].as_officer().id

    def pay_and_erase(uow: UnitOfWork) -> None:
        application = uow.benefit_applications.need(key)
        officer = uow.officers.need(officer_id)
        decisions.mark_paid(uow, cq.deployment, application, officer, on=cq.clock.today())
        address = uow.addresses.find(cq.account_id, guifang.address)
        assert address is not None
        assert address.role is Role.WORKER
        (worker,) = uow.addresses.workers_at(address.id)
        privacy.erase(uow, cq.deployment, address, worker)

    cq.run(pay_and_erase)
    assert read(cq) is None
