from __future__ import annotations

import dataclasses
import itertools
import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.sending import attention, ways
from bot.services.sending.deliveries import Draft, body_of
from bot.services.sending.ways import ChosenWay, Reach
from bot.services.vacancies import publishing
from storage.models import ContactAddress, Delivery, PhoneTask, Worker
from storage.states import (
    CallStatus,
    DeliveryKind,
    DeliveryStatus,
    LinkPurpose,
    Way,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.conftest import MONDAY_MORNING
from tests.services.job_world import add_address, add_firm, add_worker, publish_new

NOW = MONDAY_MORNING
LATELY, LONG_AGO = NOW - timedelta(days=2), NOW - timedelta(days=4)
_keys = itertools.count(1)


def reach(
    channel: str,
    *,
    at: datetime | None = LATELY,
    page_seen_at: datetime | None = None,
    unsubscribed: bool = False,
    unreachable: bool = False,
) -> Reach:
    return Reach(
        address_id=uuid.UUID(int=next(_keys)),
        account_id=uuid.UUID(int=1),
        channel=channel,
        language="zh",
        last_inbound_at=at,
        page_seen_at=page_seen_at,
        is_unsubscribed=unsubscribed,
        is_unreachable=unreachable,
    )


@pytest.mark.parametrize(
    ("found", "can_sms", "can_phone", "way"),
    [
        ([reach("web"), reach("telegram", at=LONG_AGO)], True, True, Way.TELEGRAM),
        ([reach("telegram", unreachable=True), reach("web")], True, True, Way.PAGE),
        ([reach("web", at=LONG_AGO)], True, True, Way.SMS),
        ([reach("web", at=LONG_AGO, page_seen_at=LATELY)], True, True, Way.PAGE),
        ([reach("web", at=None)], True, True, Way.SMS),
        ([reach("web", at=LONG_AGO)], False, True, Way.PHONE),
        ([reach("web", at=LONG_AGO)], False, False, Way.PAGE),
        ([reach("terminal")], True, True, Way.PAGE),
        ([], True, True, Way.SMS),
        ([], False, True, Way.PHONE),
        ([reach("sms", unreachable=True)], True, True, Way.PHONE),
        ([reach("sms", unsubscribed=True)], True, True, Way.PHONE),
        (
            [reach("phone", at=None, unreachable=True), reach("web", at=LONG_AGO)],
            False,
            True,
            Way.PAGE,
        ),
        ([reach("telegram", unsubscribed=True), reach("web")], False, True, Way.PAGE),
    ],
)
def test_the_first_way_that_works_is_taken(
    found: list[Reach], can_sms: bool, can_phone: bool, way: Way
) -> None:
    for order in itertools.permutations(found):
        chosen = ways.choose(order, can_sms=can_sms, can_phone=can_phone, now=NOW)
        assert chosen.way is way


def test_a_page_that_is_likely_closed_is_named_beside_a_text_message_or_a_call() -> None:
    page = reach("web", at=LONG_AGO)
    by_sms = ways.choose([page], can_sms=True, can_phone=True, now=NOW)
    by_phone = ways.choose([page], can_sms=False, can_phone=True, now=NOW)
    alone = ways.choose([page], can_sms=False, can_phone=False, now=NOW)
    assert (by_sms.page, by_phone.page, alone) == (page, page, ChosenWay(Way.PAGE, page))


def test_of_two_pages_the_preferred_one_is_taken_unless_only_the_other_is_open() -> None:
    first, second, closed = reach("web"), reach("web"), reach("web", at=LONG_AGO)

    def taken(*found: Reach, preferred: Reach) -> Reach | None:
        return ways.choose(
            found, can_sms=True, can_phone=True, now=NOW, preferred=preferred.address_id
        ).reach

    assert taken(first, second, preferred=second) == second
    assert taken(first, closed, preferred=closed) == first


def test_a_channel_that_the_bureau_gave_up_reaches_nobody(city_on_both: City) -> None:
    city = city_on_both
    account = city.app.account_id("telegram")

    def work(uow: UnitOfWork) -> tuple[bool, bool]:
        now = city.clock.now()
        worker = add_worker(uow, now, address=add_address(uow, account, now, "chat 7"))
        unreachable = []
        for channels in (frozenset({"telegram"}), frozenset[str]()):
            deployment = dataclasses.replace(city.deployment, channels=channels)
            (found,) = ways.reaches(uow, deployment, among=[worker.id])[worker.id]
            unreachable.append(found.is_unreachable)
        return unreachable[0], unreachable[1]

    assert city.run(work) == (False, True)


def with_sms(city: City) -> Deployment:
    return dataclasses.replace(city.deployment, channels=frozenset({"sms"}))


def push_to(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, *, subject: uuid.UUID | None = None
) -> Delivery | None:
    """Send one vacancy-like message by the first way that works."""
    found = ways.reaches(uow, deployment, among=[worker.id]).get(worker.id, ())

    def draft_for(address: ContactAddress) -> Draft:
        return Draft(
            key="vacancy_lines.line.pushed",
            body=Body(deployment.text("common.choice.back", address.language)),
            dedupe_key=f"vacancy:test:{worker.id.hex}",
            kind=DeliveryKind.VACANCY,
            subject_id=subject,
            worker_id=worker.id,
        )

    chosen = ways.chosen_among(deployment, worker, found)
    return ways.send(uow, deployment, worker, chosen, draft_for)


def old_page(uow: UnitOfWork, city: City) -> ContactAddress:
    address = add_address(uow, city.account_id, city.clock.now(), "old page")
    address.last_inbound_at = city.clock.now() - timedelta(days=9)
    return address


def test_a_text_message_carries_a_return_link_and_the_closed_page_gets_a_copy(
    city_on_both: City,
) -> None:
    city = city_on_both

    def work(uow: UnitOfWork) -> None:
        deployment = with_sms(city)
        worker = add_worker(uow, city.clock.now(), address=old_page(uow, city))
        sent = push_to(uow, deployment, worker)
        assert sent is not None
        assert uow.accounts.need(sent.account_id).channel == "sms"
        token = (body_of(sent).link or "").removeprefix("/r/")
        link = uow.return_links.of_token(token)
        assert link is not None
        assert (link.worker_id, link.purpose) == (worker.id, LinkPurpose.SMS)
        rows = uow.session.scalars(select(Delivery).order_by(Delivery.seq)).all()
        assert {uow.accounts.need(row.account_id).channel for row in rows} == {"sms", "web"}
        used = attention.used_up(uow, at=city.clock.now(), deployment=deployment)
        assert used == {worker.id}
        assert push_to(uow, deployment, worker) is None
        assert len(uow.session.scalars(select(Delivery)).all()) == 2

    city.run(work)


def test_a_copy_on_a_page_costs_no_attention_of_its_own(city: City) -> None:
    def work(uow: UnitOfWork) -> dict[uuid.UUID, int]:
        worker = add_worker(uow, city.clock.now(), address=old_page(uow, city))
        push_to(uow, with_sms(city), worker)
        for row in uow.session.scalars(select(Delivery)):
            row.status, row.accepted_at = DeliveryStatus.ACCEPTED, city.clock.now()
        uow.session.flush()
        limits = dataclasses.replace(city.deployment.limits, pushes_a_day=5, pushes_a_week=5)
        deployment = dataclasses.replace(city.deployment, limits=limits)
        return attention.places_left(
            uow, at=city.clock.now(), deployment=deployment, among=[worker.id]
        )

    assert list(city.run(work).values()) == [4]


def test_who_can_only_be_phoned_gets_a_waiting_message_and_a_call(city_on_both: City) -> None:
    city = city_on_both
    officer_id = city.officer(scope="5106").as_officer().id

    def work(uow: UnitOfWork) -> None:
        worker = add_worker(uow, city.clock.now())
        sent = push_to(uow, city.deployment, worker)
        assert sent is not None
        assert sent.status is DeliveryStatus.QUEUED
        (task,) = uow.session.scalars(select(PhoneTask)).all()
        assert (task.delivery_id, task.worker_id) == (sent.id, worker.id)
        assert (task.kind, task.status) == ("vacancy", CallStatus.OPEN)
        assert task.officer_id == officer_id

    city.run(work)


def test_a_call_that_nobody_can_make_is_skipped_with_its_reason(city: City) -> None:
    def work(uow: UnitOfWork) -> tuple[DeliveryStatus, str | None]:
        sent = push_to(uow, city.deployment, add_worker(uow, city.clock.now()))
        assert sent is not None
        return sent.status, sent.reason

    assert city.run(work) == (DeliveryStatus.SKIPPED, "no_call")


def test_publishing_counts_the_chosen_by_the_way_that_reaches_them(city_on_both: City) -> None:
    city = city_on_both
    city.officer(scope="5106")
    telegram = city.app.account_id("telegram")

    def work(uow: UnitOfWork) -> dict[Way, int]:
        now = city.clock.now()
        deployment = dataclasses.replace(city.deployment, channels=frozenset({"sms", "telegram"}))
        add_worker(uow, now, address=add_address(uow, telegram, now, "chat 1"))
        add_worker(uow, now, address=add_address(uow, city.account_id, now, "open page"))
        add_worker(uow, now, phone="13900002222")
        add_worker(uow, now, phone="0838-2500001")
        vacancy, published = publish_new(uow, deployment, add_firm(uow, now), headcount=4)
        rows = uow.session.scalars(select(Delivery).where(Delivery.subject_id == vacancy.id))
        assert len(rows.all()) == 4
        return published.ways

    counted = city.run(work)
    assert counted == {Way.TELEGRAM: 1, Way.PAGE: 1, Way.SMS: 1, Way.PHONE: 1}


def test_without_an_address_and_a_number_somebody_is_left_out_as_out_of_reach(city: City) -> None:
    def work(uow: UnitOfWork) -> dict[str, int]:
        now = city.clock.now()
        add_worker(uow, now, phone="")
        return publish_new(uow, city.deployment, add_firm(uow, now))[1].left_out

    assert city.run(work) == {"no_address": 1}


def test_who_was_not_phoned_after_all_is_told_in_a_later_spread(city_on_both: City) -> None:
    city = city_on_both
    city.officer(scope="5106")

    def begin(uow: UnitOfWork) -> tuple[uuid.UUID, uuid.UUID]:
        now = city.clock.now()
        worker = add_worker(uow, now)
        vacancy, _ = publish_new(uow, city.deployment, add_firm(uow, now), headcount=1)
        for row in uow.session.scalars(select(Delivery)):
            row.status, row.reason = DeliveryStatus.SKIPPED, "not_phoned"
        return worker.id, vacancy.id

    worker_id, vacancy_id = city.run(begin)
    city.clock.advance(timedelta(days=2))

    def extend(uow: UnitOfWork) -> int:
        page = add_address(uow, city.account_id, city.clock.now(), "page")
        uow.workers.link(worker_id, page.id, relation="self", since=city.clock.now())
        vacancy = uow.vacancies.need(vacancy_id)
        return publishing.extend_spread(uow, city.deployment, vacancy)

    assert city.run(extend) == 1


def test_who_can_read_it_on_an_old_page_is_not_told_again(city_on_both: City) -> None:
    city = city_on_both
    city.officer(scope="5106")

    def begin(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        add_worker(uow, now, address=old_page(uow, city))
        vacancy, _ = publish_new(uow, city.deployment, add_firm(uow, now), headcount=1)
        copies = Delivery.dedupe_key.endswith(":page")
        for row in uow.session.scalars(select(Delivery).where(~copies)):
            row.status, row.reason = DeliveryStatus.SKIPPED, "not_phoned"
        return vacancy.id

    vacancy_id = city.run(begin)
    city.publish()
    city.clock.advance(timedelta(days=2))

    def extend(uow: UnitOfWork) -> int:
        vacancy = uow.vacancies.need(vacancy_id)
        return publishing.extend_spread(uow, city.deployment, vacancy)

    assert city.run(extend) == 0
