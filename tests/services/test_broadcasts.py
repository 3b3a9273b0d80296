"""Whom a broadcast goes to and why not to others; nobody twice, whatever dies in between."""

from __future__ import annotations

import functools
import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.clock import FixedClock
from bot.errors import UserError
from bot.services.broadcasts import broadcasts
from bot.services.broadcasts.broadcast_batches import Made, make_batch
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import BroadcastStatus, CallStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.broadcast_world import (
    GUANGHAN,
    NANHUA,
    SMALL,
    ZHONGJIANG,
    WideCity,
    approved,
    make,
    make_all,
)


@pytest.fixture
def city(database: Database, catalogue: Catalogue, clock: FixedClock) -> WideCity:
    return WideCity(database, catalogue, clock)


def crowd(city: WideCity, seed: int, *, size: int = 23) -> list[UUID]:
    """Register all kinds of people, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, guards nothing
    found: list[UUID] = []
    for _ in range(size):
        channel = chance.choice(("telegram", "web", "sms", None))
        shared = chance.choice(found) if found and chance.random() < 0.2 else None
        at = None
        if shared is not None:
            at = next((row.id for row in city.addresses_of(shared)), None)
        found.append(
            city.reader(
                channel,
                at=at,
                home=chance.choice((ZHONGJIANG, NANHUA, GUANGHAN, None)),
                trades=chance.choice((("缝纫工",), ("电工",), ())),
                status=chance.choice(
                    (WorkerStatus.SEEKING, WorkerStatus.EMPLOYED, WorkerStatus.NOT_LOOKING)
                ),
                has_phone=channel == "sms" or chance.random() < 0.5,
                seen=chance.random() < 0.6,
                birth_year=chance.choice((None, 1950, 1990)),
                paused_until=city.clock.today() + timedelta(days=chance.choice((-1, 9))),
            )
        )
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sends_vacancy", [False, True])
def test_recipients_and_those_left_out_are_the_audience_and_nobody_stands_twice(
    city: WideCity, seed: int, sends_vacancy: bool
) -> None:
    people = crowd(city, seed)
    vacancy = city.vacancy(age_max=55) if sends_vacancy else None
    key, shown = approved(city, vacancy=vacancy)
    make_all(city, key)
    rows, left_out = city.messages(), city.left_out()
    told = [row.worker_id for row in rows]
    assert len(set(told)) == len(told)
    assert set(told) | set(left_out) == set(people)
    assert not set(told) & set(left_out)
    assert len({row.address_id for row in rows}) == len(rows)
    stored = city.broadcast()
    assert (stored.chosen, stored.left_out) == (len(rows), len(left_out))
    assert (shown.total, shown.chosen) == (len(people), len(rows))
    assert shown.total == shown.chosen + sum(shown.left_out.values())
    assert sum(shown.ways.values()) == shown.chosen


def test_a_crash_between_stretches_goes_on_behind_the_cursor(city: WideCity) -> None:
    people = crowd(city, 1)
    key, _shown = approved(city)
    make(city, key)
    make(city, key)
    looked_at = len(city.messages()) + len(city.left_out())
    assert looked_at == 2 * SMALL
    city.tick()
    assert {row.worker_id for row in city.messages()} | set(city.left_out()) == set(people)
    assert len(city.messages()) + len(city.left_out()) == len(people)


def test_a_crash_inside_a_stretch_leaves_nothing_of_it(city: WideCity) -> None:
    people = crowd(city, 2)
    key, _shown = approved(city)
    make(city, key)
    before = (len(city.messages()), len(city.left_out()), city.broadcast().cursor)

    def dies(uow: UnitOfWork) -> None:
        make_batch(uow, city.deployment, key, limit=SMALL)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        city.run(dies)
    assert (len(city.messages()), len(city.left_out()), city.broadcast().cursor) == before
    city.tick()
    assert len(city.messages()) + len(city.left_out()) == len(people)
    assert len({row.worker_id for row in city.messages()}) == len(city.messages())


def test_two_replicas_never_make_the_same_stretch(city: WideCity) -> None:
    people = crowd(city, 3)
    key, _shown = approved(city)
    work = functools.partial(make_batch, deployment=city.deployment, key=key, limit=SMALL)
    for _ in range(8):
        for future in [city.database.submit(work) for _ in range(4)]:
            future.result()
    assert len(city.messages()) + len(city.left_out()) == len(people)
    assert city.broadcast().status is BroadcastStatus.QUEUED


@pytest.mark.parametrize("act", ["stop", "end"])
def test_a_stopped_one_makes_nothing_more(city: WideCity, act: str) -> None:
    crowd(city, 1)
    key, _shown = approved(city)
    make(city, key)
    officer = city.boss.as_officer()
    city.run(lambda uow: broadcasts.stop(uow, city.deployment, officer, key))
    if act == "end":
        city.run(lambda uow: broadcasts.end(uow, city.deployment, officer, key))
    assert make(city, key) == Made(0, is_more=False)
    city.tick()
    assert len(city.messages()) + len(city.left_out()) == SMALL


def stops(city: WideCity, key: UUID) -> None:
    officer = city.boss.as_officer()
    city.run(lambda uow: broadcasts.stop(uow, city.deployment, officer, key))


def goes_on(city: WideCity, key: UUID) -> int:
    officer = city.boss.as_officer()
    return city.run(lambda uow: broadcasts.go_on(uow, city.deployment, officer, key))


def test_a_vacancy_that_another_broadcast_told_meanwhile_is_not_told_again(
    city: WideCity,
) -> None:
    told, called = city.reader(), city.reader(None, phone="0838-7202456")
    vacancy = city.vacancy()
    key, _shown = approved(city, vacancy=vacancy)
    make_all(city, key)
    stops(city, key)
    other, _shown = approved(city, vacancy=vacancy)
    make_all(city, other)
    assert {row.worker_id for row in city.messages(2)} == {told, called}
    assert goes_on(city, key) == 0
    assert {row.reason for row in city.messages()} == {"already_sent"}
    assert [task.status for task in city.calls()].count(CallStatus.OPEN) == 1


def test_who_works_nights_is_not_woken_by_a_broadcast_that_goes_on(city: WideCity) -> None:
    by_day, by_night = city.reader(), city.reader()

    def works_nights(uow: UnitOfWork) -> None:
        uow.workers.need(by_night).night_shift_worker = True

    city.run(works_nights)
    key, _shown = approved(city)
    make_all(city, key)
    stops(city, key)
    city.clock.advance(timedelta(hours=23))
    assert goes_on(city, key) == 2
    hours = {
        row.worker_id: row.not_before.astimezone(city.clock.timezone).hour
        for row in city.messages()
    }
    assert hours == {by_day: 8, by_night: 16}


def test_words_are_judged_when_they_are_approved(city: WideCity) -> None:
    officer = city.boss.as_officer()
    made = city.run(
        lambda uow: broadcasts.draft(
            uow, city.deployment, officer, words="周六招聘会 https://wengong.test/chat"
        )
    )
    elsewhere = replace(city.deployment, public_url="https://elsewhere.test")
    with pytest.raises(UserError):
        city.run(lambda uow: broadcasts.approve(uow, elsewhere, officer, made.id))
