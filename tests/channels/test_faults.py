"""Twenty minutes without the platform, storms of 429 and cut connections: what is lost, what twice.

The counts are printed; run with `-s` to read them.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import timedelta

import pytest

from bot.channels.base import SendError
from bot.clock import FixedClock
from bot.messages import Outbound, SendErrorKind, SendFailure
from bot.services.sending.deliveries import body_of
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import DeliveryStatus, Stream
from tests.channels.remote import Post, Remote
from tests.channels.small_town import SmallTown

PEOPLE = 12
BUBBLES = 3
OUTAGE = timedelta(minutes=20)
MINUTE = timedelta(minutes=1)


class Stormy(Remote):
    """A platform that fails by chance; what it took is known even where it did not say so."""

    def __init__(self, chances: dict[SendErrorKind, float]) -> None:
        super().__init__()
        self.chances = chances
        self.is_down = False
        self.taken: Counter[str] = Counter()
        self.order: list[tuple[str, str]] = []
        self._dice = random.Random(7)  # noqa: S311 - the weather, not a secret

    async def send(self, message: Outbound) -> str:
        """Take the message, or fail as the weather is."""
        if self.is_down:
            raise SendError(SendFailure(SendErrorKind.TEMPORARY, code="down"))
        kind = self._weather()
        if kind in {None, SendErrorKind.UNKNOWN}:
            self.taken[message.body.text] += 1
            self.order.append((message.address, message.body.text))
        if kind is not None:
            raise SendError(SendFailure(kind, retry_after=0.0, code="storm"))
        return str(len(self.order))

    def _weather(self) -> SendErrorKind | None:
        throw = self._dice.random()
        for kind, chance in self.chances.items():
            throw -= chance
            if throw < 0:
                return kind
        return None


def stormy_post(town: SmallTown, chances: dict[SendErrorKind, float]) -> tuple[Post, Stormy]:
    """Return a post whose platform fails by chance, with replies and pushes queued."""
    post, platform = Post(town), Stormy(chances)
    post.remote = platform
    for person in range(PEOPLE):
        for bubble in range(BUBBLES):
            post.reply(f"reply {bubble} to p{person}", to=f"p{person}")
        post.push(f"push to p{person}", to=f"p{person}")
    return post, platform


def send_for(post: Post, minutes: float) -> None:
    """Let a sender work while business time passes, a minute at a time."""
    for _ in range(int(minutes)):
        post.send_all()
        post.clock.advance(MINUTE)


def check(post: Post, platform: Stormy, *, name: str) -> None:
    """Nothing is lost, replies came at least once and in order, pushes at most once."""
    replies = [row for row in post.rows() if row.stream is Stream.DIALOGUE]
    pushes = [row for row in post.rows() if row.stream is Stream.PUSH]
    heard = [platform.taken[body_of(row).text] for row in replies]
    pushed = [platform.taken[body_of(row).text] for row in pushes]
    unknown = sum(row.status is DeliveryStatus.UNKNOWN for row in pushes)
    sys.stdout.write(
        f"{name}: {len(replies)} replies, 0 expected lost, {heard.count(0)} lost, "
        f"{sum(count > 1 for count in heard)} twice; {len(pushes)} pushes, "
        f"{pushed.count(0)} not taken, {unknown} of unknown fate, "
        f"{sum(count > 1 for count in pushed)} twice\n"
    )
    assert {row.status for row in replies} == {DeliveryStatus.ACCEPTED}
    assert {row.status for row in pushes} <= {DeliveryStatus.ACCEPTED, DeliveryStatus.UNKNOWN}
    assert min(heard) >= 1
    assert max(pushed) <= 1
    for person in range(PEOPLE):
        told = [text for to, text in platform.order if to == f"p{person}" and "reply" in text]
        first = list(dict.fromkeys(told))
        assert first == [f"reply {bubble} to p{person}" for bubble in range(BUBBLES)]


@pytest.fixture
def town(database: Database, catalogue: Catalogue, clock: FixedClock) -> SmallTown:
    return SmallTown(database, catalogue, clock)


def test_an_outage_of_twenty_minutes_loses_nothing_and_doubles_nothing(town: SmallTown) -> None:
    post, platform = stormy_post(town, {})
    platform.is_down = True
    send_for(post, OUTAGE / MINUTE)
    assert not platform.taken
    platform.is_down = False
    send_for(post, 45)
    check(post, platform, name="outage")
    assert set(platform.taken.values()) == {1}


def test_a_storm_of_429_costs_no_attempt_and_loses_nothing(town: SmallTown) -> None:
    post, platform = stormy_post(town, {SendErrorKind.THROTTLED: 0.6})
    send_for(post, 30)
    check(post, platform, name="429")
    assert {row.attempts for row in post.rows()} == {1}
    assert set(platform.taken.values()) == {1}


def test_cut_connections_double_replies_at_most_and_never_a_push(town: SmallTown) -> None:
    post, platform = stormy_post(town, {SendErrorKind.UNKNOWN: 0.25})
    send_for(post, 200)
    check(post, platform, name="cut connections")
    unknown = [row for row in post.rows() if row.status is DeliveryStatus.UNKNOWN]
    assert len(platform.taken) == PEOPLE * (BUBBLES + 1)
    assert all(platform.taken[body_of(row).text] == 1 for row in unknown)
