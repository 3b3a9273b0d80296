"""Erasing a person leaves nothing of them; exporting shows all of them."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta

from bot.messages import Body
from bot.services.people import consents, privacy, workers
from bot.services.sending.deliveries import Draft, push
from storage.models import Application, Consent, Employment, Enterprise, Vacancy, Worker
from storage.repositories.personal_data import as_json
from storage.states import (
    ApplicationStatus,
    DeliveryKind,
    EnterpriseStatus,
    Purpose,
    Source,
    VacancyStatus,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.worker_world import GUIFANG, address_of, count, everything_stored, registered

SECRETS = ("陈桂芳", "13900001234", "510623101")


def vacancy_of(uow: UnitOfWork, city: City) -> Vacancy:
    firm = Enterprise(
        bureau_adcode=city.deployment.bureau_adcode,
        credit_code="91510623MA62ABCD1X",
        name="宏达制衣",
        adcode="510623",
        status=EnterpriseStatus.VERIFIED,
        created_at=city.clock.now(),
    )
    uow.session.add(firm)
    uow.session.flush()
    vacancy = Vacancy(
        bureau_adcode=city.deployment.bureau_adcode,
        number=201,
        enterprise_id=firm.id,
        trade="缝纫工",
        title="平车工",
        status=VacancyStatus.PUBLISHED,
        created_at=city.clock.now(),
    )
    uow.session.add(vacancy)
    uow.session.flush()
    return vacancy


def apply_and_work(city: City, person: Person, worker: Worker) -> uuid.UUID:
    """Let a worker apply and start, and let a firm hear the name and number."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        vacancy = vacancy_of(uow, city)
        now = city.clock.now()
        application = Application(
            worker_id=worker.id,
            vacancy_id=vacancy.id,
            address_id=address_of(uow, person).id,
            status=ApplicationStatus.SENT,
            created_at=now,
            changed_at=now,
        )
        uow.session.add(application)
        uow.session.flush()
        uow.session.add(
            Employment(
                worker_id=worker.id,
                application_id=application.id,
                employer="宏达制衣",
                started_on=date(2026, 11, 1),
                source=Source.WORKER,
                last_confirmed_on=date(2026, 11, 1),
                recorded_at=now,
            )
        )
        firm_address = address_of(uow, city.person("firm"))
        words = Body("陈桂芳 13900001234 来报名")
        push(
            uow,
            firm_address,
            Draft("x", words, "firm:1", DeliveryKind.TASK, subject_id=application.id),
            now=now,
        )
        return application.id

    return city.run(work)


def erase(city: City, person: Person, worker: Worker, *, as_child: bool = False) -> None:
    def work(uow: UnitOfWork) -> None:
        found = uow.workers.need(worker.id)
        privacy.erase(uow, city.deployment, address_of(uow, person), found, as_child=as_child)

    city.run(work)


def test_after_erasing_nothing_of_the_person_is_stored(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    worker = registered(person)
    apply_and_work(city_on_both, person, worker)
    assert all(secret in everything_stored(city_on_both) for secret in SECRETS)
    erase(city_on_both, person, worker)
    left = everything_stored(city_on_both)
    assert not [secret for secret in (*SECRETS, worker.id.hex) if secret in left]
    assert repr(worker.id) not in left


def test_an_application_stays_as_a_bare_count(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    worker = registered(person)
    key = apply_and_work(city_on_both, person, worker)
    erase(city_on_both, person, worker)

    def read(uow: UnitOfWork) -> tuple[ApplicationStatus, WorkerStatus, list[str], bool]:
        application = uow.applications.need(key)
        nobody = uow.workers.need(application.worker_id)
        is_here = application.address_id == address_of(uow, person).id
        return application.status, nobody.status, list(nobody.trades), is_here

    expected: tuple[ApplicationStatus, WorkerStatus, list[str], bool] = (
        ApplicationStatus.WITHDRAWN,
        WorkerStatus.LEFT,
        [],
        False,
    )
    assert city_on_both.run(read) == expected


def test_the_bare_fact_of_a_consent_stays_and_is_withdrawn(city: City) -> None:
    person = city.person("guifang")
    worker = registered(person)
    erase(city, person, worker)
    key = person.row().id
    assert count(city, "consent") == 2
    assert not city.run(lambda uow: consents.is_granted(uow, key, Purpose.REGISTER_AND_MATCH))
    assert city.run(lambda uow: uow.consents.of_worker(worker.id)) == []


def test_of_a_child_not_even_the_consent_stays(city_on_both: City) -> None:
    person = city_on_both.person("child")
    worker = registered(person)
    apply_and_work(city_on_both, person, worker)
    erase(city_on_both, person, worker, as_child=True)
    tables = ("worker", "consent", "application", "employment", "worker_status_change")
    assert {table: count(city_on_both, table) for table in tables} == dict.fromkeys(tables, 0)


def test_erasing_one_leaves_the_others_on_the_phone(city: City) -> None:
    person = city.person("family")
    mother = registered(person)
    aunt = registered(person, workers.ProfileDraft(name="嫂子"), relation="family")
    erase(city, person, mother)
    key = person.row().id
    found = city.run(lambda uow: uow.addresses.workers_at(key))
    assert [worker.id for worker in found] == [aunt.id]


def test_an_export_is_what_is_stored(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    worker = registered(person)
    apply_and_work(city_on_both, person, worker)

    def read(uow: UnitOfWork) -> tuple[str, dict[str, object], int]:
        found = uow.workers.need(worker.id)
        text = privacy.export(uow, address_of(uow, person), found)
        return text, as_json(found), len(uow.session.query(Consent).all())

    text, row, consent_count = city_on_both.run(read)
    exported = json.loads(text)
    assert exported["worker"] == [row]
    assert exported["worker"][0]["name"] == "陈桂芳"
    assert exported["worker"][0]["phone"] == "13900001234"
    assert len(exported["consent"]) == consent_count
    assert exported["application"][0]["status"] == "sent"
    assert exported["employment"][0]["employer"] == "宏达制衣"


def test_what_nobody_used_for_thirty_days_is_deleted(city_on_both: City) -> None:
    person = city_on_both.person("guifang")
    person.says("你好")
    registered(person)
    city_on_both.clock.advance(privacy.UNUSED_FOR)

    def forget() -> int:
        return city_on_both.run(
            lambda uow: privacy.forget_unused(uow, city_on_both.deployment, limit=25)
        )

    assert forget() == 0
    city_on_both.clock.advance(timedelta(seconds=1))
    assert forget() == 1
    assert "陈桂芳" not in everything_stored(city_on_both)


def test_who_works_or_was_written_to_is_not_forgotten(city: City) -> None:
    person = city.person("guifang")
    person.says("你好")
    worker = registered(person)
    apply_and_work(city, person, worker)
    city.clock.advance(2 * privacy.UNUSED_FOR)
    assert city.run(lambda uow: privacy.forget_unused(uow, city.deployment, limit=25)) == 0


def test_a_draft_nobody_came_back_to_is_deleted(city: City) -> None:
    person = city.person("passer-by")
    person.says("踩平车 只在中江 要四千")
    city.clock.advance(2 * privacy.UNUSED_FOR)
    city.run(lambda uow: privacy.forget_unused(uow, city.deployment, limit=25))
    assert person.row().memory is None
    assert GUIFANG.trades[0] not in repr(person.row().answers)
