from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.services.people import officers
from storage.models import Enterprise, Officer
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import GUANGHAN, ZHONGJIANG, add_address, audited


def invite(city: City, scope: str = ZHONGJIANG) -> str:
    return city.run(lambda uow: officers.invite(uow, city.deployment, scope=scope, name="周明"))


def accept(city: City, token: str, person: Person) -> Officer:
    address_id = add_address(city, person)

    def take(uow: UnitOfWork) -> Officer:
        address = uow.addresses.need(address_id)
        return officers.accept(uow, city.deployment, token, address)

    return city.run(take)


def owner(city: City, code: str) -> str:
    return city.run(lambda uow: officers.owner_for(uow, code).name)


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("510000", "51"),
        ("510600", "5106"),
        ("510623", "510623"),
        ("500110", "500110"),
        ("510623101", "510623101"),
        ("510623000", "510623"),
        ("5106", "5106"),
    ],
)
def test_a_scope_is_a_code_without_trailing_zeros(code: str, scope: str) -> None:
    assert officers.scope_of(code) == scope


def test_the_narrowest_scope_owns_a_place(city_on_both: City) -> None:
    city_on_both.officer("周明", scope="5106")
    city_on_both.officer("吴丽", scope=ZHONGJIANG)
    city_on_both.officer("郑刚", scope="510623101")
    assert owner(city_on_both, "510623101") == "郑刚"
    assert owner(city_on_both, ZHONGJIANG) == "吴丽"
    assert owner(city_on_both, GUANGHAN) == "周明"


def test_officers_of_one_scope_share_the_people_and_each_person_keeps_theirs(city: City) -> None:
    for name in ("周明", "吴丽", "郑刚"):
        city.officer(name, scope=ZHONGJIANG)
    people = [add_address(city, city.person(f"person {number}")) for number in range(30)]

    def owners(uow: UnitOfWork) -> list[str]:
        return [officers.owner_for(uow, ZHONGJIANG, person=person).name for person in people]

    first = city.run(owners)
    assert set(first) == {"周明", "吴丽", "郑刚"}
    assert city.run(owners) == first


def test_a_place_without_any_officer_names_the_command_that_invites_one(city: City) -> None:
    city.officer("吴丽", scope=ZHONGJIANG)
    with pytest.raises(LookupError, match="wengong officer invite --scope 5106"):
        city.run(lambda uow: officers.check_coverage(uow, "510600"))


def test_a_bureau_with_an_officer_is_covered(city: City) -> None:
    city.officer("周明", scope="5106")
    city.run(lambda uow: officers.check_coverage(uow, "510600"))


def test_a_retired_officer_owns_nothing(city: City) -> None:
    person = city.officer("周明", scope="5106")
    officer = person.as_officer()

    def retire(uow: UnitOfWork) -> None:
        uow.officers.need(officer.id).retired_at = city.clock.now()

    city.run(retire)
    with pytest.raises(LookupError):
        owner(city, "510600")


def test_the_next_wider_officer_is_found(city: City) -> None:
    city.officer("周明", scope="5106")
    city.officer("省里", scope="51")
    narrow = city.officer("吴丽", scope=ZHONGJIANG).as_officer()
    found = city.run(lambda uow: officers.wider_than(uow, narrow))
    assert found is not None
    assert found.name == "周明"


def test_an_invitation_is_kept_as_a_hash_only(city: City) -> None:
    token = invite(city)
    assert len(token) == 32
    invitation = city.run(lambda uow: uow.officers.invitation(token))
    assert invitation is not None
    assert token.encode() not in invitation.token_hash


def test_an_accepted_invitation_makes_an_officer(city_on_both: City) -> None:
    officer = accept(city_on_both, invite(city_on_both), city_on_both.person("newcomer"))
    assert (officer.name, officer.scope) == ("周明", ZHONGJIANG)
    assert audited(city_on_both, "become_officer") == 1


@pytest.mark.parametrize("hours", [0, 71.9])
def test_an_invitation_works_for_72_hours(city: City, hours: float) -> None:
    token = invite(city)
    city.clock.advance(timedelta(hours=hours))
    assert accept(city, token, city.person("newcomer")).scope == ZHONGJIANG


def test_an_old_invitation_is_refused_as_expired(city: City) -> None:
    token = invite(city)
    city.clock.advance(timedelta(hours=72))
    with pytest.raises(UserError) as refusal:
        accept(city, token, city.person("newcomer"))
    assert refusal.value.text_key == "officer_joining.refused.expired"


def test_an_invitation_works_once(city_on_both: City) -> None:
    token = invite(city_on_both)
    accept(city_on_both, token, city_on_both.person("first"))
    with pytest.raises(UserError) as refusal:
        accept(city_on_both, token, city_on_both.person("second"))
    assert refusal.value.text_key == "officer_joining.refused.used"


def test_an_unknown_token_is_refused(city: City) -> None:
    with pytest.raises(UserError) as refusal:
        accept(city, "x" * 32, city.person("newcomer"))
    assert refusal.value.text_key == "officer_joining.refused.unknown"


def test_a_retired_officer_comes_back_by_a_new_invitation(city: City) -> None:
    person = city.officer("周明", scope="5106")
    officer = person.as_officer()

    def retire(uow: UnitOfWork) -> None:
        uow.officers.need(officer.id).retired_at = city.clock.now()

    city.run(retire)
    again = accept(city, invite(city), person)
    assert (again.id, again.scope, again.retired_at) == (officer.id, ZHONGJIANG, None)


@pytest.mark.parametrize(
    ("stored", "spoken"),
    [("周明", "周干部"), ("欧阳海", "欧阳干部"), ("周干部", "周干部"), ("Mary", "Mary干部")],
)
def test_workers_hear_of_officers_by_their_surname(city: City, stored: str, spoken: str) -> None:
    officer = city.officer(stored).as_officer()
    assert officers.spoken_name(city.deployment, officer, "zh") == spoken


@pytest.mark.parametrize(
    ("adcode", "code"), [(ZHONGJIANG, ZHONGJIANG), ("510104", "510600"), ("500101", "510600")]
)
def test_a_firm_from_elsewhere_belongs_to_the_bureau_that_accepted_it(
    adcode: str, code: str
) -> None:
    firm = Enterprise(bureau_adcode="510600", adcode=adcode)
    assert officers.code_of_enterprise(firm) == code
