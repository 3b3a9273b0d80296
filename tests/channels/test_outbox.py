"""What the way out promises: order, priority, allowance, and the right fate for every row."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from bot.clock import FixedClock
from bot.messages import SendErrorKind
from bot.services.sending.outbox import Claimed
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import DeliveryKind, DeliveryStatus
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown


@pytest.fixture
def post(database: Database, catalogue: Catalogue, clock: FixedClock) -> Post:
    return Post(SmallTown(database, catalogue, clock))


def test_three_claimers_never_get_more_than_they_asked_for_nor_the_same_row(
    postgres_database: Database, catalogue: Catalogue, clock: FixedClock
) -> None:
    post = Post(SmallTown(postgres_database, catalogue, clock))
    post.push_many(120)
    batches: list[list[Claimed]] = []
    start = threading.Barrier(3)

    def claim() -> None:
        start.wait()
        idle = 0
        while idle < 3:
            batch = post.claim(limit=7)
            batches.append(batch)
            idle = 0 if batch else idle + 1

    threads = [threading.Thread(target=claim) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(len(batch) for batch in batches) <= 7
    taken = Counter(item.delivery_id for batch in batches for item in batch)
    assert len(taken) == 120
    assert set(taken.values()) == {1}


def test_replies_go_before_bulk(post: Post) -> None:
    post.push_many(5)
    post.reply("reply", to="b")
    (first,) = post.claim(limit=1)
    assert first.message.body.text == "reply"


def test_a_retried_reply_is_not_overtaken_by_the_next_one(post: Post) -> None:
    post.remote.failures["first"] = [SendErrorKind.TEMPORARY]
    post.reply("first")
    post.reply("second")
    post.send_all()
    assert post.remote.texts() == []
    post.clock.advance(timedelta(minutes=2))
    post.send_all()
    assert post.remote.texts() == ["first", "second"]


def test_a_reply_does_not_wait_for_a_push_that_is_retried(post: Post) -> None:
    post.remote.failures["push"] = [SendErrorKind.TEMPORARY]
    post.push("push")
    post.send_all()
    post.reply("reply")
    post.send_all()
    assert post.remote.texts() == ["reply"]


def test_a_reply_overtakes_pushes_that_wait(post: Post) -> None:
    post.push("push")
    post.reply("reply")
    post.send_all()
    assert post.remote.texts() == ["reply", "push"]


def test_only_one_message_of_an_address_is_on_the_wire(post: Post) -> None:
    for number in range(4):
        post.reply(f"reply {number}")
        post.push(f"push {number}")
    while post.send_once(senders=3):
        pass
    assert len(post.remote.sent) == 8
    assert post.remote.most_at_once == 1


def test_a_burst_is_followed_by_the_steady_rate(post: Post) -> None:
    for number in range(60):
        post.reply("x", to=f"p{number}")
    assert len(post.claim(limit=5, per_second=25)) == 5
    post.let_allowance_refill(0.2)
    assert len(post.claim(limit=5, per_second=25)) == 5
    post.let_allowance_refill(60)
    assert len(post.claim(limit=5, per_second=25)) == 5


def test_bulk_leaves_a_fifth_of_the_burst_to_replies(post: Post) -> None:
    post.push_many(60)
    assert len(post.claim(limit=5, per_second=0.01)) == 4
    post.reply("reply", to="b")
    (reply,) = post.claim(limit=5, per_second=0.01)
    assert reply.message.body.text == "reply"


def test_a_look_that_lacks_tokens_says_when_there_are_some(post: Post) -> None:
    post.push_many(60)
    look = post.look(limit=5, per_second=0.1)
    assert look.wait == pytest.approx(20, abs=0.5)  # two more than the one that replies keep
    assert not look.is_dry
    post.reply("reply", to="b")
    post.look(limit=5, per_second=0.1)
    post.reply("another", to="c")
    dry = post.look(limit=5, per_second=0.1)
    assert dry.items == ()
    assert dry.is_dry
    assert dry.wait == pytest.approx(10, abs=0.5)


def test_a_look_that_finds_nothing_waits_for_nothing(post: Post) -> None:
    assert post.look(limit=5, per_second=25).wait is None


def test_no_second_sees_more_than_burst_and_rate(post: Post) -> None:
    post.push_many(90)
    taken: list[float] = []
    began = time.monotonic()
    while time.monotonic() - began < 1.5:
        taken += [time.monotonic()] * len(post.claim(limit=5, per_second=25))
        time.sleep(0.005)
    fullest = max(sum(1 for at in taken if start <= at < start + 1) for start in taken)
    assert fullest <= 31  # 25 + 5, and one whose token ripened while the clock was being read
    assert len(taken) >= 30


def test_throttling_pauses_the_account_and_costs_no_attempt(post: Post) -> None:
    post.remote.failures["first"] = [SendErrorKind.THROTTLED]
    post.remote.retry_after = 7.0
    post.reply("first")
    post.send_once()
    post.reply("other", to="b")
    assert post.send_once() == 0
    assert post.row("first").attempts == 0
    assert post.row("first").status is DeliveryStatus.RETRY
    post.let_allowance_refill(7.1)
    post.send_all()
    assert sorted(post.remote.texts()) == ["first", "other"]


def test_temporary_failures_wait_longer_each_time_and_then_end(post: Post) -> None:
    post.remote.failures["text"] = [SendErrorKind.TEMPORARY] * 9
    post.push("text")
    waits = []
    for _ in range(3):
        post.send_once()
        row = post.row("text")
        assert row.status is DeliveryStatus.RETRY
        waits.append((row.not_before - post.clock.now()) / timedelta(minutes=1))
        post.clock.advance(row.not_before - post.clock.now())
    assert [low <= wait <= low * 1.2 for low, wait in zip((1, 5, 30), waits, strict=True)]
    post.send_once()
    assert post.row("text").status is DeliveryStatus.FAILED
    assert post.row("text").reason == "temporary:E1"


def test_a_blocked_message_makes_the_address_unreachable(post: Post) -> None:
    post.remote.failures["text"] = [SendErrorKind.BLOCKED]
    post.reply("text")
    post.send_all()
    assert post.row("text").status is DeliveryStatus.FAILED
    assert post.address().unreachable_since == post.clock.now()
    post.push("push")
    post.send_all()
    assert post.row("push").reason == "unreachable"


def test_a_refused_message_fails_with_the_platforms_code(post: Post) -> None:
    post.remote.failures["text"] = [SendErrorKind.REFUSED]
    post.reply("text")
    post.send_all()
    assert post.row("text").status is DeliveryStatus.FAILED
    assert post.row("text").reason == "refused:E1"


@pytest.mark.parametrize(
    "kind", [DeliveryKind.REPLY, DeliveryKind.CHECK_IN, DeliveryKind.TASK, DeliveryKind.HAND_OVER]
)
def test_a_message_of_unknown_fate_is_sent_again(post: Post, kind: DeliveryKind) -> None:
    post.remote.failures["text"] = [SendErrorKind.UNKNOWN]
    if kind is DeliveryKind.TASK:
        post.push("text", kind=kind)
    else:
        post.reply("text", kind=kind)
    post.send_all()
    post.clock.advance(timedelta(minutes=2))
    post.send_all()
    assert post.remote.texts() == ["text"]


def test_a_network_that_is_down_is_not_hammered(post: Post) -> None:
    post.remote.failures["text"] = [SendErrorKind.UNKNOWN] * 50
    post.reply("text")
    post.send_all()
    assert post.row("text").attempts == 1


def test_a_vacancy_push_of_unknown_fate_is_not_sent_again(post: Post) -> None:
    post.remote.failures["push"] = [SendErrorKind.UNKNOWN]
    post.push("push")
    post.send_all()
    post.clock.advance(timedelta(hours=6))
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("push").status is DeliveryStatus.UNKNOWN


def test_a_reply_of_a_dead_sender_goes_again(post: Post) -> None:
    post.reply("reply")
    post.claim(limit=5)
    assert post.recover() == 0
    post.let_leases_run_out()
    assert post.recover() == 1
    post.send_all()
    assert post.remote.texts() == ["reply"]


def test_a_vacancy_push_of_a_dead_sender_stays_unknown(post: Post) -> None:
    post.push("push")
    post.claim(limit=5)
    post.let_leases_run_out()
    post.recover()
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("push").reason == "sender_died"
