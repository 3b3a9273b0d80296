"""Questions that could not be sent for minutes: the closed ones are not asked any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.clock import FixedClock
from bot.messages import SendErrorKind
from bot.services.sending.deliveries import body_of, question_serial
from bot.services.sending.stale_questions import CLOSED
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ContactAddress
from storage.states import DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown, message

MINUTES = timedelta(minutes=5)


@pytest.fixture
def post(database: Database, catalogue: Catalogue, clock: FixedClock) -> Post:
    town = SmallTown(database, catalogue, clock)
    post = Post(town)
    town.account_id = post.account_id
    return post


def test_what_was_said_is_sent_in_order_and_only_the_last_question_is_asked(post: Post) -> None:
    post.town.receive_all(message(1, "你好"))
    post.town.receive_all(message(2, "one"))
    post.town.receive_all(message(3, "two"))
    post.clock.advance(MINUTES)
    post.send_all()
    assert post.remote.texts() == ["heard 你好", "heard one", "heard two", "more?"]
    ended = [row for row in post.rows() if row.status is DeliveryStatus.SUPERSEDED]
    assert [row.reason for row in ended] == [CLOSED, CLOSED]


def test_a_question_that_waited_but_is_still_open_goes_as_it_stands(post: Post) -> None:
    post.town.receive_all(message(1, "你好"))
    post.clock.advance(MINUTES)
    post.send_all()
    assert post.remote.texts() == ["heard 你好", "more?"]
    assert {row.status for row in post.rows()} == {DeliveryStatus.ACCEPTED}


def test_young_questions_are_sent_even_where_a_newer_one_is_open(post: Post) -> None:
    post.town.receive_all(message(1, "你好"))
    post.town.receive_all(message(2, "one"))
    post.send_all()
    assert post.remote.texts() == ["heard 你好", "more?", "heard one", "more?"]


def test_the_open_question_is_asked_anew_where_its_own_message_never_came(post: Post) -> None:
    post.town.receive_all(message(1, "你好"))
    post.town.receive_all(message(2, "one"))
    newest = max(post.rows(), key=lambda row: row.seq)
    post.run(lambda uow: _end(uow, newest.id))
    post.clock.advance(MINUTES)
    post.send_all()
    assert post.remote.texts() == ["heard 你好", "heard one", "more?"]
    anew = next(row for row in post.rows() if row.dedupe_key.startswith("renew:"))
    assert question_serial(body_of(anew)) == post.address().question_serial


def test_a_reply_that_is_retried_for_long_keeps_what_follows_behind_it(post: Post) -> None:
    post.remote.failures["heard 你好"] = [SendErrorKind.TEMPORARY] * 2
    post.town.receive_all(message(1, "你好"))
    post.send_all()
    post.town.receive_all(message(2, "one"))
    for _ in range(12):
        post.clock.advance(timedelta(minutes=1))
        post.send_all()
    assert post.remote.texts() == ["heard 你好", "heard one", "more?"]


def test_nothing_is_asked_anew_where_the_conversation_is_over(post: Post) -> None:
    post.town.receive_all(message(1, "你好"))
    post.change_address(_finish)
    post.clock.advance(MINUTES)
    post.send_all()
    assert post.remote.texts() == ["heard 你好"]


def _end(uow: UnitOfWork, delivery_id: UUID) -> None:
    uow.deliveries.need(delivery_id).status = DeliveryStatus.FAILED


def _finish(address: ContactAddress) -> None:
    address.step = None
