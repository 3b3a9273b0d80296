"""What may have changed since a row was queued: a pause, a withdrawal, a broadcast stopped."""

from __future__ import annotations

import dataclasses
import io
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.clock import FixedClock
from bot.messages import Body, SendErrorKind
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.sending import attention, ways
from bot.services.sending.deliveries import Draft
from bot.services.sending.way_choice import chosen_among
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Broadcast, ContactAddress, Delivery, Officer
from storage.states import BroadcastStatus, DeliveryKind, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown
from tests.chat import City
from tests.services.job_world import add_address, add_worker

A_LITTLE_LONGER_THAN_A_RETRY = timedelta(seconds=73)
TODAY = date(2026, 11, 23)
SIXTEEN_OCLOCK = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def post(database: Database, catalogue: Catalogue, clock: FixedClock) -> Post:
    return Post(SmallTown(database, catalogue, clock))


def worker_who(post: Post, *, paused_until: date | None = None, nights: bool = False) -> UUID:
    """Register somebody who wants rest."""

    def add(uow: UnitOfWork) -> UUID:
        worker = add_worker(uow, post.clock.now(), nights=nights)
        worker.paused_until = paused_until
        return worker.id

    return post.run(add)


def keep_trying(post: Post, times: int) -> None:
    """Let a sender look `times` times, each after the time of a retry."""
    for _ in range(times):
        post.send_all()
        post.clock.advance(A_LITTLE_LONGER_THAN_A_RETRY)


def test_what_an_officer_waits_for_does_not_stand_behind_a_broadcast(post: Post) -> None:
    post.push("broadcast", kind=DeliveryKind.BROADCAST)
    post.push("case", kind=DeliveryKind.TASK)
    assert [item.message.body.text for item in post.claim(limit=1)] == ["case"]


def test_bulk_stands_behind_what_an_officer_was_told_before(post: Post) -> None:
    post.remote.failures["case"] = [SendErrorKind.THROTTLED]
    post.push("case", kind=DeliveryKind.TASK)
    post.push("broadcast", kind=DeliveryKind.BROADCAST)
    post.send_all()
    assert post.remote.texts() == ["case", "broadcast"]


def test_nobody_stays_mute_for_long_after_the_network_came_back(post: Post) -> None:
    post.remote.failures["first"] = [SendErrorKind.TEMPORARY] * 7
    post.reply("first")
    keep_trying(post, 7)
    assert post.remote.texts() == []
    post.reply("second")
    post.send_all()
    assert post.remote.texts() == ["first", "second"]


def test_a_reply_of_unknown_fate_is_not_repeated_for_ever(post: Post) -> None:
    post.remote.failures["text"] = [SendErrorKind.UNKNOWN] * 50
    post.reply("text")
    keep_trying(post, 20)
    assert post.row("text").status is DeliveryStatus.FAILED
    assert len(post.remote.failures["text"]) == 39


def test_a_refused_message_stands_in_the_log_with_its_reason_and_without_its_words(
    post: Post, log_lines: io.StringIO
) -> None:
    post.remote.failures["secret"] = [SendErrorKind.REFUSED]
    post.reply("secret")
    post.send_all()
    assert "sender.refused" in log_lines.getvalue()
    assert post.row("secret").id.hex in log_lines.getvalue()
    assert "E1" in log_lines.getvalue()
    assert "secret" not in log_lines.getvalue()


@pytest.mark.parametrize(
    ("paused_until", "reason"), [(TODAY, "paused"), (FOR_GOOD, "unsubscribed")]
)
def test_a_pause_is_obeyed_for_what_was_queued_before_it(
    post: Post, paused_until: date, reason: str
) -> None:
    post.push("push", worker_id=worker_who(post, paused_until=paused_until))
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("push").reason == reason


def test_a_pause_that_is_over_holds_nothing_back(post: Post) -> None:
    yesterday = TODAY - timedelta(days=1)
    post.push("push", worker_id=worker_who(post, paused_until=yesterday))
    post.send_all()
    assert post.remote.texts() == ["push"]


def test_who_works_at_night_is_let_sleep_in_the_day(post: Post) -> None:
    post.push("push", worker_id=worker_who(post, nights=True))
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("push").not_before == SIXTEEN_OCLOCK


def _stop_broadcast_of(uow: UnitOfWork, row_id: UUID, status: BroadcastStatus) -> None:
    row = uow.deliveries.need(row_id)
    officer = Officer(
        id=uuid4(),
        address_id=row.address_id,
        name="周明",
        scope="5106",
        created_at=row.created_at,
    )
    uow.session.add(officer)
    uow.session.flush()
    broadcast = Broadcast(
        id=uuid4(),
        bureau_adcode="510600",
        number=1,
        officer_id=officer.id,
        scope="5106",
        status=status,
        created_at=row.created_at,
    )
    uow.session.add(broadcast)
    uow.session.flush()
    row.broadcast_id = broadcast.id


@pytest.mark.parametrize("status", [BroadcastStatus.PAUSED, BroadcastStatus.CANCELLED])
def test_what_was_on_the_wire_when_its_broadcast_was_stopped_is_not_tried_again(
    post: Post, status: BroadcastStatus
) -> None:
    post.remote.failures["news"] = [SendErrorKind.TEMPORARY]
    post.push("news", kind=DeliveryKind.BROADCAST)
    post.send_all()
    row_id = post.row("news").id
    post.run(lambda uow: _stop_broadcast_of(uow, row_id, status))
    post.clock.advance(timedelta(hours=1))
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("news").reason == "stopped"


def test_a_withdrawal_stops_the_copy_on_a_page_too(city_on_both: City) -> None:
    city = city_on_both
    deployment = dataclasses.replace(city.deployment, channels=frozenset({"sms"}))

    def work(uow: UnitOfWork) -> tuple[set[DeliveryStatus], int, frozenset[UUID]]:
        page = add_address(uow, city.account_id, city.clock.now(), "old page")
        page.last_inbound_at = city.clock.now() - timedelta(days=9)
        worker = add_worker(uow, city.clock.now(), address=page)
        reaches = ways.reaches(uow, deployment, among=[worker.id]).get(worker.id, ())

        def draft_for(_address: ContactAddress) -> Draft:
            return Draft("test", Body("x"), "push", DeliveryKind.VACANCY, worker_id=worker.id)

        ways.send(uow, deployment, worker, chosen_among(deployment, worker, reaches), draft_for)
        uow.return_links.skip_pushes(worker.id, reason="no_consent")
        uow.session.expire_all()
        rows = uow.session.query(Delivery).all()
        used = attention.used_up(uow, at=city.clock.now(), deployment=deployment)
        return {row.status for row in rows}, len(rows), used

    assert city.run(work) == ({DeliveryStatus.SKIPPED}, 2, frozenset())
