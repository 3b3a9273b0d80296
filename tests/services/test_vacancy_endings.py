"""When a vacancy ends: what waits is skipped, what was sent says so."""

from __future__ import annotations

import functools
import random
import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.services.sending.deliveries import body_of
from bot.services.sending.outbox_fates import Fate, settle
from bot.services.vacancies import publishing, vacancies
from bot.understanding import Correction
from storage.models import Application, Delivery, Vacancy
from storage.states import (
    ApplicationStatus,
    DeliveryKind,
    DeliveryStatus,
    Operation,
    VacancyStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.channels.remote import claim_all
from tests.chat import City
from tests.services.job_world import (
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
    publish_new,
)

FIRST_LINE = "新活：4000—5500元（计件） | 南华镇，同镇 | 管饭，住没说 | 平车工"


def publish_to(city: City, *names: str) -> uuid.UUID:
    """Publish a vacancy that suits these people, and return it; nothing is sent yet."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        for number, name in enumerate(names):
            address = add_address(uow, city.account_id, now, name)
            add_worker(uow, now, name=name, phone=f"1390000{number:04d}", address=address)
        return publish_new(uow, city.deployment, add_firm(uow, now))[0].id

    return city.run(work)


def on_channel(city: City, vacancy_id: uuid.UUID, channel: str) -> uuid.UUID:
    """Let the messages about a vacancy be another channel's; return its account."""
    account_id = city.app.account_id(channel)

    def move(uow: UnitOfWork) -> None:
        for row in uow.session.query(Delivery).filter_by(subject_id=vacancy_id):
            row.account_id = account_id

    city.run(move)
    return account_id


def rows_about(city: City, vacancy_id: uuid.UUID) -> Sequence[Delivery]:
    """Return every message about a vacancy, oldest first."""

    def read(uow: UnitOfWork) -> list[Delivery]:
        rows = uow.session.query(Delivery).filter_by(subject_id=vacancy_id)
        return sorted(rows, key=lambda row: row.seq)

    return city.database.read(read)


def end(city: City, vacancy_id: uuid.UUID, status: VacancyStatus) -> None:
    """End a vacancy the way its state names."""

    def work(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(vacancy_id)
        if status is VacancyStatus.SUSPENDED:
            vacancies.suspend(uow, city.deployment, vacancy)
        else:
            vacancies.close(uow, city.deployment, vacancy, status)

    city.run(work)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (VacancyStatus.FILLED, "已招满"),
        (VacancyStatus.EXPIRED, "已过期"),
        (VacancyStatus.WITHDRAWN, "已撤回"),
        (VacancyStatus.SUSPENDED, "先停了"),
    ],
)
def test_a_sent_vacancy_keeps_its_first_line_and_says_what_became_of_it(
    city_on_both: City, status: VacancyStatus, words: str
) -> None:
    city = city_on_both
    guifang = city.person("桂芳")
    vacancy_id = publish_to(city, guifang.address)
    assert guifang.listens()[0].startswith(FIRST_LINE)
    end(city, vacancy_id, status)
    assert guifang.listens()[0].startswith(f"{FIRST_LINE}\n{words}")
    push, change = rows_about(city, vacancy_id)
    assert (change.operation, change.target_id) == (Operation.EDIT, push.id)
    assert body_of(change).closed
    assert body_of(change).options == ()


def test_a_push_that_waits_is_skipped_and_nothing_is_edited(city_on_both: City) -> None:
    vacancy_id = publish_to(city_on_both, "a", "b")
    end(city_on_both, vacancy_id, VacancyStatus.FILLED)
    found = {(row.status, row.reason) for row in rows_about(city_on_both, vacancy_id)}
    assert found == {(DeliveryStatus.SKIPPED, "vacancy_closed")}


def test_a_push_that_was_on_the_wire_when_its_vacancy_closed_is_edited_too(
    city_on_both: City,
) -> None:
    city = city_on_both
    vacancy_id = publish_to(city, "a")
    account_id = on_channel(city, vacancy_id, "telegram")
    items = claim_all(city.database, city.deployment, account_id)
    end(city, vacancy_id, VacancyStatus.FILLED)
    fates = [Fate(item, "77") for item in items]
    chance = random.Random(1)  # noqa: S311 - spreads retries, hides nothing
    work = functools.partial(
        settle, deployment=city.deployment, account_id=account_id, fates=fates, jitter=chance
    )
    city.run(work)
    (change,) = claim_all(city.database, city.deployment, account_id)
    assert change.message.edits == "77"
    assert "已招满" in change.message.body.text


def test_a_text_message_that_was_sent_stays_as_it_is(city: City) -> None:
    vacancy_id = publish_to(city, "a")
    city.publish()
    on_channel(city, vacancy_id, "sms")
    end(city, vacancy_id, VacancyStatus.FILLED)
    assert [row.kind for row in rows_about(city, vacancy_id)] == [DeliveryKind.VACANCY]


def test_messages_older_than_a_month_are_left_alone(city: City) -> None:
    guifang = city.person("桂芳")
    vacancy_id = publish_to(city, guifang.address)
    guifang.listens()
    city.clock.advance(timedelta(days=31))
    end(city, vacancy_id, VacancyStatus.EXPIRED)
    assert len(rows_about(city, vacancy_id)) == 1


def test_a_vacancy_that_is_worded_otherwise_says_so_and_a_headcount_changes_nothing(
    city: City,
) -> None:
    city.officer()
    guifang = city.person("桂芳")
    vacancy_id = publish_to(city, guifang.address)
    guifang.listens()

    def more_people(uow: UnitOfWork) -> None:
        vacancies.change_headcount(uow, city.deployment, uow.vacancies.need(vacancy_id), 9)

    def other_words(uow: UnitOfWork) -> None:
        vacancy: Vacancy = uow.vacancies.need(vacancy_id)
        vacancies.correct(uow, city.deployment, vacancy, Correction("title", "缝纫工"))

    def approve(uow: UnitOfWork) -> None:
        publishing.publish(uow, city.deployment, uow.vacancies.need(vacancy_id))

    city.run(more_people)
    assert guifang.listens() == []
    city.run(other_words)
    assert guifang.listens() == [f"{FIRST_LINE}\n正在改，改好再发。"]
    assert guifang.heard_bodies[-1].options == ()
    city.run(approve)
    (said,) = guifang.listens()
    assert "缝纫工" in said
    assert said.endswith("改好了，还在招。")
    assert guifang.buttons()[0] == "报名"


def test_a_second_ending_replaces_a_change_that_still_waits(city: City) -> None:
    guifang = city.person("桂芳")
    vacancy_id = publish_to(city, guifang.address)
    guifang.listens()
    end(city, vacancy_id, VacancyStatus.SUSPENDED)
    end(city, vacancy_id, VacancyStatus.WITHDRAWN)
    (said,) = guifang.listens()
    assert "已撤回" in said
    states = [row.status for row in rows_about(city, vacancy_id)]
    assert states == [DeliveryStatus.ACCEPTED, DeliveryStatus.SUPERSEDED, DeliveryStatus.ACCEPTED]


@pytest.mark.parametrize(("nights", "hour"), [(False, 8), (True, 16)])
def test_who_waits_for_a_firm_is_not_woken_at_midnight_to_hear_that_it_is_over(
    city_on_both: City, nights: bool, hour: int
) -> None:
    city = city_on_both
    city.clock.advance(timedelta(hours=15, minutes=5))

    def work(uow: UnitOfWork) -> list[Delivery]:
        now = city.clock.now()
        address = add_address(uow, city.account_id, now, "桂芳")
        worker = add_worker(uow, now, address=address, nights=nights)
        vacancy = add_vacancy(uow, now, add_firm(uow, now))
        waiting = Application(
            worker_id=worker.id,
            vacancy_id=vacancy.id,
            address_id=address.id,
            status=ApplicationStatus.SENT,
            created_at=now,
            changed_at=now,
        )
        uow.session.add(waiting)
        uow.session.flush()
        vacancies.close(uow, city.deployment, vacancy, VacancyStatus.EXPIRED)
        return uow.session.query(Delivery).filter_by(subject_id=waiting.id).all()

    (told,) = city.run(work)
    assert told.not_before.astimezone(city.clock.timezone).hour == hour
