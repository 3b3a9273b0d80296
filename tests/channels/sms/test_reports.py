"""What became of text messages, whenever it is reported and however much at once."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from bot.clock import FixedClock
from bot.messages import SendErrorKind, SendFailure
from bot.services.sending import sms_reports
from bot.services.sending.outbox_fates import Fate
from bot.services.sending.sms_reports import DELIVERED, FAILED, Report
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import DeliveryStatus
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown

GONE = frozenset({"number_gone"})


@pytest.fixture
def post(database: Database, catalogue: Catalogue, clock: FixedClock) -> Post:
    return Post(SmallTown(database, catalogue, clock))


def take_in(post: Post, *reports: Report) -> list[str]:
    work = functools.partial(
        sms_reports.take_in,
        account_id=post.account_id,
        reports=reports,
        closed_numbers=GONE,
        now=post.clock.now(),
    )
    return post.run(work)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_a_failure_reported_before_the_gateways_own_answer_is_kept(post: Post) -> None:
    post.reply("在吗")
    (claimed,) = post.claim(limit=1)
    assert take_in(post, Report(claimed.delivery_id.hex, FAILED, "absent")) == []
    post.settle(Fate(claimed, "g1"))
    row = post.row("在吗")
    assert (row.status, row.reason) == (DeliveryStatus.FAILED, "report:absent")


def test_an_arrival_reported_before_the_gateways_own_answer_keeps_its_id(post: Post) -> None:
    post.reply("在吗")
    (claimed,) = post.claim(limit=1)
    take_in(post, Report(claimed.delivery_id.hex, DELIVERED))
    post.settle(Fate(claimed, "g1"))
    row = post.row("在吗")
    assert (row.status, row.external_id) == (DeliveryStatus.ACCEPTED, "g1")
    assert row.confirmed_at == post.clock.now()


def test_what_arrived_is_not_sent_again_because_the_line_was_cut(post: Post) -> None:
    post.reply("在吗")
    (claimed,) = post.claim(limit=1)
    take_in(post, Report(claimed.delivery_id.hex, DELIVERED))
    post.settle(Fate(claimed, failure=SendFailure(SendErrorKind.UNKNOWN, code="timeout")))
    row = post.row("在吗")
    assert (row.status, row.reason) == (DeliveryStatus.ACCEPTED, None)


def test_what_arrived_is_not_sent_again_because_its_sender_died(post: Post) -> None:
    post.reply("在吗")
    (claimed,) = post.claim(limit=1)
    take_in(post, Report(claimed.delivery_id.hex, DELIVERED))
    post.let_leases_run_out()
    post.recover()
    assert post.row("在吗").status is DeliveryStatus.ACCEPTED


def test_the_first_of_two_reports_on_a_message_holds(post: Post) -> None:
    post.reply("在吗")
    (claimed,) = post.claim(limit=1)
    key = claimed.delivery_id.hex
    take_in(post, Report(key, FAILED, "absent"), Report(key, DELIVERED))
    take_in(post, Report(key, DELIVERED))
    assert post.row("在吗").status is DeliveryStatus.FAILED
    assert post.row("在吗").confirmed_at is None


def test_reports_of_all_kinds_are_told_apart_in_one_call(post: Post) -> None:
    for name in ("a", "b", "c", "d"):
        post.reply(f"to {name}", to=name)
    post.settle(*(Fate(it, f"g-{it.message.body.text}") for it in post.claim(limit=9)))
    post.reply("not sent yet", to="e")
    waiting = post.row("not sent yet").id.hex
    unknown = take_in(
        post,
        Report("g-to a", DELIVERED),
        Report(post.row("to b").id.hex, FAILED, "absent"),
        Report("g-to c", FAILED, "number_gone"),
        Report("g-nobody", DELIVERED),
        Report("f" * 32, FAILED, "absent"),
        Report(waiting, DELIVERED),
    )
    assert unknown == ["g-nobody", "f" * 32]
    assert post.row("to a").confirmed_at == post.clock.now()
    assert post.row("to b").reason == "report:absent"
    assert post.row("to c").reason == "report:number_gone"
    assert post.row("to d").status is DeliveryStatus.ACCEPTED
    assert post.row("not sent yet").status is DeliveryStatus.QUEUED
    gone = [name for name in ("a", "b", "c", "d") if post.address(name).unreachable_since]
    assert gone == ["c"]


def test_another_accounts_messages_are_unknown(post: Post) -> None:
    post.reply("在吗")
    (claimed,) = post.claim(limit=1)
    post.settle(Fate(claimed, "g1"))
    key, ours = claimed.delivery_id.hex, post.account_id
    post.account_id = post.town.account_id
    unknown = take_in(post, Report(key, FAILED, "absent"), Report("g1", DELIVERED))
    post.account_id = ours
    assert unknown == [key, "g1"]
    assert post.row("在吗").confirmed_at is None


def test_many_reports_take_few_statements(post: Post) -> None:
    for number in range(40):
        post.reply("在吗", to=f"p{number}")
    claims = post.claim(limit=40)
    post.settle(*(Fate(it, f"g{number}") for number, it in enumerate(claims)))
    by_key = [Report(it.delivery_id.hex, DELIVERED) for it in claims[:20]]
    by_name = [Report(f"g{number}", FAILED, "number_gone") for number in range(20, 40)]
    with statements(post.database) as seen:
        assert take_in(post, *by_key, *by_name) == []
    assert len([one for one in seen if "delivery" in one or "contact_address" in one]) <= 5
    assert sum(row.confirmed_at is not None for row in post.rows()) == 20
