"""A policy is told when somebody may be written to, within their attention, and once."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, date, datetime, timedelta

from bot.messages import Body
from bot.services.people import consents, unsubscribing
from bot.services.policies.noticing import notice
from bot.services.sending.deliveries import Draft, push
from storage.models import PhoneTask
from storage.states import Decision, DeliveryKind, Purpose
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.policies.policy_world import (
    SHIZHU,
    YUBEI,
    add_person,
    change,
    occasions,
    pushed,
    starts_work,
    tell_all,
)


def test_who_may_not_be_written_to_now_hears_later(shizhu: City) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)
    morning = shizhu.clock.instant
    shizhu.clock.instant = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 22:30 in Chongqing
    assert tell_all(shizhu) == 0
    shizhu.clock.instant = morning
    change(shizhu, worker, paused_until=shizhu.clock.today())
    assert tell_all(shizhu) == 0
    shizhu.clock.advance(timedelta(days=1))
    assert tell_all(shizhu) == 1


def test_a_push_that_day_puts_it_off(shizhu: City) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)

    def broadcast(uow: UnitOfWork) -> None:
        (address,) = uow.addresses.addresses_of(worker)
        draft = Draft("x", Body("通知"), "an officer's", DeliveryKind.BROADCAST, worker_id=worker)
        push(uow, address, draft, now=shizhu.clock.now())

    shizhu.run(broadcast)
    assert tell_all(shizhu) == 0
    shizhu.clock.advance(timedelta(days=1))
    assert tell_all(shizhu) == 1


def test_a_policy_takes_the_attention_of_a_day(shizhu: City) -> None:
    worker = add_person(shizhu, born=date(2009, 6, 1), education="junior_high")
    starts_work(shizhu, worker, YUBEI)
    assert len(occasions(shizhu)) == 2
    assert tell_all(shizhu) == 1
    shizhu.clock.advance(timedelta(days=1))
    assert tell_all(shizhu) == 1


def test_without_consent_or_after_unsubscribing_nobody_is_told(shizhu: City) -> None:
    never = add_person(shizhu, agreed=False)
    withdrew, stopped = add_person(shizhu), add_person(shizhu)
    for worker in (never, withdrew, stopped):
        starts_work(shizhu, worker, YUBEI)

    def refuse(uow: UnitOfWork) -> None:
        (address,) = uow.addresses.addresses_of(withdrew)
        consents.record(
            uow, shizhu.deployment, address.id, Purpose.REGISTER_AND_MATCH, Decision.WITHDRAWN,
            worker_id=withdrew,
        )  # fmt: skip
        (address,) = uow.addresses.addresses_of(stopped)
        unsubscribing.stop(uow, shizhu.deployment, address, [uow.workers.need(stopped)])

    shizhu.clock.advance(timedelta(minutes=1))
    shizhu.run(refuse)
    assert tell_all(shizhu) == 0


def test_two_replicas_that_find_the_same_tell_it_once(shizhu: City) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)
    (found,) = occasions(shizhu)
    told: list[bool] = []

    def replica() -> None:
        told.append(shizhu.run(lambda uow: notice(uow, shizhu.deployment, found)))

    threads = [threading.Thread(target=replica) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(told) == 1
    assert len(pushed(shizhu, worker)) == 1


def test_whoever_has_no_page_is_told_by_telephone(shizhu: City) -> None:
    shizhu.officer(scope=SHIZHU)
    worker = add_person(shizhu)
    change(shizhu, worker, phone="13900001111")
    starts_work(shizhu, worker, YUBEI)
    shizhu.clock.advance(timedelta(days=4))  # a page that nobody looked at for so long is closed
    assert tell_all(shizhu) == 1
    tasks = shizhu.run(lambda uow: list(uow.session.query(PhoneTask)))
    assert [(task.kind, task.worker_id) for task in tasks] == [("policy", worker)]


def test_an_unknown_worker_is_passed_over(shizhu: City) -> None:
    starts_work(shizhu, add_person(shizhu), YUBEI)
    (found,) = occasions(shizhu)
    gone = type(found)(uuid.uuid4(), found.key, found.reason, found.mechanisms, (uuid.uuid4(),))
    assert not shizhu.run(lambda uow: notice(uow, shizhu.deployment, gone))


def test_an_occasion_of_which_nothing_was_queued_stays_open(shizhu: City) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)
    (found,) = occasions(shizhu)
    key = f"policy:{worker.hex}:{found.about.hex}:{found.key}"

    def queue(uow: UnitOfWork) -> None:
        (address,) = uow.addresses.addresses_of(worker)
        draft = Draft("x", Body("通知"), key, DeliveryKind.POLICY)
        push(uow, address, draft, now=shizhu.clock.now())

    shizhu.run(queue)
    assert tell_all(shizhu) == 0
    assert occasions(shizhu) == [found]
