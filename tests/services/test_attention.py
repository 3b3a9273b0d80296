"""One push a day and three a week, over all senders and all channels."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.clock import FixedClock
from bot.messages import Body
from bot.services.limits import Limits
from bot.services.sending.attention import used_up
from bot.services.sending.deliveries import Draft, Recipient, push_all
from bot.services.sending.quiet_hours import end_of_quiet_hours
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Delivery
from storage.states import PUSH_KINDS, DeliveryKind, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown

DAY = timedelta(days=1)
WORKER = uuid4()


class Pushes:
    """What one worker was pushed, and what is left of the attention."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.now = post.clock.now()

    def add(
        self,
        kind: DeliveryKind = DeliveryKind.VACANCY,
        *,
        at: datetime | None = None,
        status: DeliveryStatus = DeliveryStatus.ACCEPTED,
        channel: str = "telegram",
    ) -> None:
        """Store one push of the worker."""
        when = at or self.now

        def store(uow: UnitOfWork) -> None:
            account = uow.accounts.find_or_add(channel, "510600")
            address = uow.addresses.find_or_add(account.id, "w", language="zh", now=self.now)
            uow.session.flush()
            key = uuid4().hex
            draft = Draft("test", Body("x"), key, kind, worker_id=WORKER, not_before=when)
            push_all(uow, [(Recipient(address.id, account.id), draft)], now=self.now)
            row = uow.session.query(Delivery).filter_by(dedupe_key=key).one()
            row.status = status
            row.accepted_at = when if status is DeliveryStatus.ACCEPTED else None

        self.post.run(store)

    def used_up(self, *, at: datetime | None = None) -> bool:
        """Return whether the worker may be pushed nothing more."""
        found: frozenset[UUID] = self.post.run(
            lambda uow: used_up(
                uow, at=at or self.now, deployment=self.post.town.deployment, among={WORKER}
            )
        )
        return WORKER in found


@pytest.fixture
def pushes(database: Database, catalogue: Catalogue, clock: FixedClock) -> Pushes:
    return Pushes(Post(SmallTown(database, catalogue, clock)))


@pytest.mark.parametrize("kind", sorted(PUSH_KINDS))
@pytest.mark.parametrize("channel", ["telegram", "phone"])
def test_one_push_takes_the_day_whoever_sends_it(
    pushes: Pushes, kind: DeliveryKind, channel: str
) -> None:
    assert not pushes.used_up()
    pushes.add(kind, channel=channel)
    assert pushes.used_up()
    assert not pushes.used_up(at=pushes.now + DAY)


@pytest.mark.parametrize("kind", [DeliveryKind.REPLY, DeliveryKind.CHECK_IN, DeliveryKind.TASK])
def test_what_is_owed_takes_nothing(pushes: Pushes, kind: DeliveryKind) -> None:
    pushes.add(kind)
    assert not pushes.used_up()


def test_three_pushes_take_the_week(pushes: Pushes) -> None:
    for days in (6, 4, 2):
        pushes.add(at=pushes.now - days * DAY)
    assert pushes.used_up()
    assert not pushes.used_up(at=pushes.now + 2 * DAY)


@pytest.mark.parametrize(
    ("status", "takes"),
    [
        (DeliveryStatus.QUEUED, True),
        (DeliveryStatus.RETRY, True),
        (DeliveryStatus.SENDING, True),
        (DeliveryStatus.UNKNOWN, True),
        (DeliveryStatus.SKIPPED, False),
        (DeliveryStatus.FAILED, False),
    ],
)
def test_what_waits_counts_and_what_never_came_does_not(
    pushes: Pushes, status: DeliveryStatus, takes: bool
) -> None:
    pushes.add(status=status)
    assert pushes.used_up() is takes


def test_a_push_that_waits_for_tomorrow_leaves_today_free(pushes: Pushes) -> None:
    pushes.add(at=pushes.now + DAY, status=DeliveryStatus.QUEUED)
    assert not pushes.used_up()
    assert pushes.used_up(at=pushes.now + DAY)


def test_of_two_pushes_that_meet_one_goes_and_the_other_says_why(pushes: Pushes) -> None:
    for kind in (DeliveryKind.VACANCY, DeliveryKind.BROADCAST):
        for number in range(2):
            pushes.post.push(f"{kind} {number}", to=f"{kind}{number}", kind=kind, worker_id=WORKER)
    pushes.post.send_all()
    assert len(pushes.post.remote.sent) == 1
    reasons = [row.reason for row in pushes.post.rows()]
    assert sorted(filter(None, reasons)) == ["attention"] * 3


@pytest.mark.parametrize(
    ("limits", "hour", "ends_in_hours"),
    [
        (Limits(), 20, None),
        (Limits(), 21, 11),
        (Limits(), 7, 1),
        (Limits(quiet_from=1, quiet_until=6), 3, 3),
        (Limits(quiet_from=1, quiet_until=6), 23, None),
        (Limits(quiet_from=8, quiet_until=8), 8, None),
    ],
)
def test_quiet_hours_are_the_bureaus_own(
    clock: FixedClock, limits: Limits, hour: int, ends_in_hours: int | None
) -> None:
    at = clock.now().astimezone(clock.timezone).replace(hour=hour)
    ends = end_of_quiet_hours(at, clock.timezone, limits)
    expected = None if ends_in_hours is None else at + timedelta(hours=ends_in_hours)
    assert ends == expected
