from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.services.people import enterprises
from bot.services.people.enterprises import EnterpriseDetails
from storage.models import Enterprise
from storage.states import EnterpriseStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import add_address, add_firm

DETAILS = EnterpriseDetails(
    name="宏达制衣厂",
    credit_code="91510623 ma6234567c",
    adcode="510623101",
    contact_name="李红",
    contact_phone="13900000001",
)


def register(city: City, boss: Person) -> Enterprise:
    address_id = add_address(city, boss)

    def work(uow: UnitOfWork) -> Enterprise:
        address = uow.addresses.need(address_id)
        return enterprises.register(uow, city.deployment, DETAILS, address=address)

    return city.run(work)


def test_a_firm_is_stored_once_by_its_folded_code(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    boss = city.person("boss")
    firm = register(city, boss)
    assert firm.credit_code == "91510623MA6234567C"
    found = city.run(lambda uow: enterprises.of_code(uow, city.deployment, DETAILS.credit_code))
    assert found is not None
    assert found.id == firm.id
    address_id = boss.row().id
    spoken_for = city.run(lambda uow: uow.enterprises.at(address_id))
    assert spoken_for is not None
    assert spoken_for.id == firm.id


def test_a_refused_firm_is_suspended_and_reads_the_reason(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer().as_officer()
    boss = city.person("boss")
    firm = register(city, boss)

    def refuse(uow: UnitOfWork) -> None:
        row = uow.enterprises.need(firm.id)
        judge = uow.officers.need(officer.id)
        enterprises.refuse(uow, city.deployment, row, officer=judge, reason="执照过期")

    city.run(refuse)
    assert any("执照过期" in heard for heard in boss.listens())
    with pytest.raises(UserError):
        city.run(lambda uow: enterprises.need_may_post(uow.enterprises.need(firm.id)))


def test_a_verification_holds_for_six_months(city: City) -> None:
    officer = city.officer().as_officer()
    firm_id = add_firm(city, status=EnterpriseStatus.PENDING)

    def verify(uow: UnitOfWork) -> None:
        judge = uow.officers.need(officer.id)
        enterprises.verify(uow, city.deployment, uow.enterprises.need(firm_id), officer=judge)

    city.run(verify)
    firm = city.run(lambda uow: uow.enterprises.need(firm_id))
    assert firm.status is EnterpriseStatus.VERIFIED
    assert not enterprises.needs_reverification(firm, now=city.clock.now() + timedelta(days=182))
    assert enterprises.needs_reverification(firm, now=city.clock.now() + timedelta(days=183))


def test_an_officer_sees_only_firms_of_the_own_scope(city_on_both: City) -> None:
    city = city_on_both
    add_firm(city)

    def names(uow: UnitOfWork, scope: str) -> list[str]:
        return [firm.name for firm in uow.enterprises.named_like("宏达", scope=scope)]

    assert city.run(lambda uow: names(uow, "5106")) == ["宏达制衣"]
    assert city.run(lambda uow: names(uow, "510623")) == ["宏达制衣"]
    assert city.run(lambda uow: names(uow, "510681")) == []
    assert city.run(lambda uow: uow.enterprises.newest(scope="5001")) == []


def test_words_with_wildcards_find_no_other_firm(city: City) -> None:
    add_firm(city)
    assert city.run(lambda uow: uow.enterprises.named_like("%", scope="5106")) == []
