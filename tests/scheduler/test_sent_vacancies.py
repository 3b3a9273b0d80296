"""Thousands of messages about one vacancy are changed a stretch at a time."""

from __future__ import annotations

import functools
import uuid
from datetime import timedelta

import pytest

from bot.messages import Body
from bot.services.sending.deliveries import Draft, Recipient, body_of, columns
from bot.services.vacancies import publishing, vacancies, vacancy_edits
from bot.services.vacancies.vacancy_edits import AT_ONCE, STRETCH
from bot.understanding import Correction
from storage.models import Delivery
from storage.states import DeliveryKind, DeliveryStatus, Operation, Stream, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import add_address, add_firm, publish_new


def sent_widely(city: City, count: int) -> uuid.UUID:
    """Publish a vacancy that `count` messages in one chat told of; return it."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        vacancy_id = publish_new(uow, city.deployment, add_firm(uow, now))[0].id
        account_id = uow.accounts.find_or_add("telegram", city.deployment.bureau_adcode).id
        address = add_address(uow, account_id, now, "桂芳")
        recipient = Recipient(address.id, account_id)
        rows = []
        for number in range(count):
            draft = Draft(
                "vacancy_lines.line.pushed",
                Body(f"新活：{number}\n为什么"),
                f"sent:{number}",
                kind=DeliveryKind.VACANCY,
                subject_id=vacancy_id,
            )
            row = columns(recipient, draft, now=now, stream=Stream.PUSH, seq=number + 1)
            rows.append(
                row
                | {
                    "status": DeliveryStatus.ACCEPTED,
                    "accepted_at": now,
                    "external_id": str(number),
                }
            )
        uow.deliveries.add_all(rows)
        return vacancy_id

    return city.run(work)


def close(city: City, vacancy_id: uuid.UUID) -> None:
    def work(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(vacancy_id)
        vacancies.close(uow, city.deployment, vacancy, VacancyStatus.FILLED)

    city.run(work)


def changes(city: City, vacancy_id: uuid.UUID) -> list[Delivery]:
    """Return the changes of messages about a vacancy that were not replaced."""

    def read(uow: UnitOfWork) -> list[Delivery]:
        rows = uow.session.query(Delivery).filter_by(
            subject_id=vacancy_id, operation=Operation.EDIT
        )
        return [row for row in rows if row.status is not DeliveryStatus.SUPERSEDED]

    return city.run(read)


def stretch(city: City, vacancy_id: uuid.UUID) -> tuple[int, bool]:
    work = functools.partial(vacancy_edits.edit_stretch, deployment=city.deployment, key=vacancy_id)
    return city.run(work)


def test_what_a_few_were_sent_is_changed_at_once(city_on_both: City) -> None:
    vacancy_id = sent_widely(city_on_both, AT_ONCE)
    close(city_on_both, vacancy_id)
    assert len(changes(city_on_both, vacancy_id)) == AT_ONCE
    assert city_on_both.run(vacancy_edits.noted) == []


def test_what_very_many_were_sent_is_changed_by_a_job_and_each_once(city_on_both: City) -> None:
    city = city_on_both
    vacancy_id = sent_widely(city, STRETCH + AT_ONCE)
    close(city, vacancy_id)
    assert changes(city, vacancy_id) == []
    city.tick()
    made = changes(city, vacancy_id)
    assert len({row.target_id for row in made}) == len(made) == STRETCH + AT_ONCE
    assert all("已招满" in body_of(row).text for row in made)
    assert city.run(vacancy_edits.noted) == []
    city.pass_time(seconds=5)
    assert len(changes(city, vacancy_id)) == STRETCH + AT_ONCE


def test_a_crash_between_stretches_goes_on_behind_what_is_stored(city_on_both: City) -> None:
    city = city_on_both
    vacancy_id = sent_widely(city, STRETCH + AT_ONCE)
    close(city, vacancy_id)
    assert stretch(city, vacancy_id) == (STRETCH, True)

    def dies(uow: UnitOfWork) -> None:
        vacancy_edits.edit_stretch(uow, city.deployment, vacancy_id)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        city.run(dies)
    assert len(changes(city, vacancy_id)) == STRETCH
    city.tick()
    made = changes(city, vacancy_id)
    assert len({row.target_id for row in made}) == len(made) == STRETCH + AT_ONCE


def test_a_vacancy_that_opens_again_halfway_is_shown_as_open_everywhere(
    city_on_both: City,
) -> None:
    city = city_on_both
    city.officer()
    vacancy_id = sent_widely(city, STRETCH + AT_ONCE)

    def other_words(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(vacancy_id)
        vacancies.correct(uow, city.deployment, vacancy, Correction("title", "缝纫工"))

    def approve(uow: UnitOfWork) -> None:
        publishing.publish(uow, city.deployment, uow.vacancies.need(vacancy_id))

    city.run(other_words)
    stretch(city, vacancy_id)
    city.clock.advance(timedelta(minutes=1))
    city.run(approve)
    city.tick()
    made = changes(city, vacancy_id)
    assert len({row.target_id for row in made}) == len(made) == STRETCH + AT_ONCE
    assert all("改好了，还在招。" in body_of(row).text for row in made)
