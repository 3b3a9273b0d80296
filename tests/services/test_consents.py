"""Consent: each purpose for itself, and no nagging."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from bot.services.people import consents
from storage.states import Decision, Purpose
from tests.chat import City
from tests.worker_world import address_of

MATCH, PASS = Purpose.REGISTER_AND_MATCH, Purpose.PASS_CONTACT


def at(city: City) -> UUID:
    person = city.person("guifang")
    return city.run(lambda uow: address_of(uow, person).id)


def decide(city: City, key: UUID, decision: Decision, *, subject_id: UUID | None = None) -> None:
    purpose = MATCH if subject_id is None else PASS
    city.run(
        lambda uow: consents.record(
            uow, city.deployment, key, purpose, decision, subject_id=subject_id
        )
    )


def test_nobody_has_agreed_before_being_asked(city_on_both: City) -> None:
    key = at(city_on_both)
    assert not city_on_both.run(lambda uow: consents.is_granted(uow, key, MATCH))


def test_the_newest_answer_counts_even_within_one_instant(city_on_both: City) -> None:
    key = at(city_on_both)
    for decision in (Decision.GRANTED, Decision.WITHDRAWN, Decision.GRANTED):
        decide(city_on_both, key, decision)
    assert city_on_both.run(lambda uow: consents.is_granted(uow, key, MATCH))
    decide(city_on_both, key, Decision.WITHDRAWN)
    assert not city_on_both.run(lambda uow: consents.is_granted(uow, key, MATCH))


def test_a_yes_to_one_firm_is_none_to_another(city_on_both: City) -> None:
    key, firm, other = at(city_on_both), uuid4(), uuid4()
    decide(city_on_both, key, Decision.GRANTED, subject_id=firm)
    granted = [
        city_on_both.run(
            lambda uow, of=of: consents.is_granted(uow, key, PASS, subject_id=of)  # type: ignore[misc]
        )
        for of in (firm, other)
    ]
    assert granted == [True, False]


def test_passing_the_contact_on_is_no_consent_to_be_kept(city: City) -> None:
    key = at(city)
    decide(city, key, Decision.GRANTED, subject_id=uuid4())
    assert not city.run(lambda uow: consents.is_granted(uow, key, MATCH))


def test_after_a_no_nobody_asks_again_for_ninety_days(city: City) -> None:
    key = at(city)
    decide(city, key, Decision.DECLINED)

    def may_ask() -> bool:
        return city.run(lambda uow: consents.may_ask(uow, city.deployment, key, MATCH))

    city.clock.advance(timedelta(days=89))
    assert not may_ask()
    city.clock.advance(timedelta(days=1))
    assert may_ask()


def test_one_persons_yes_is_not_anothers_on_the_same_phone(city: City) -> None:
    key, mother, aunt = at(city), uuid4(), uuid4()
    city.run(
        lambda uow: consents.record(
            uow, city.deployment, key, MATCH, Decision.GRANTED, worker_id=mother
        )
    )
    assert city.run(lambda uow: consents.is_granted(uow, key, MATCH, worker_id=mother))
    assert not city.run(lambda uow: consents.is_granted(uow, key, MATCH, worker_id=aunt))
