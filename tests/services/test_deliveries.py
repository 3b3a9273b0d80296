"""Messages that are changed after they were sent, and pushes made in bulk."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from bot.clock import FixedClock
from bot.messages import Body, Media, Option, Wants
from bot.services.sending.deliveries import (
    Draft,
    Recipient,
    body_of,
    edit,
    push,
    push_all,
)
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Delivery
from storage.states import DeliveryKind, DeliveryStatus, Operation
from storage.unit_of_work import UnitOfWork
from tests.channels.remote import claim_all
from tests.channels.small_town import SmallTown

WORDS = Body("10 of 100")


class Sent:
    """One message on a channel, in the state that a test wants."""

    def __init__(self, town: SmallTown, channel: str, status: DeliveryStatus) -> None:
        self.town = town
        self.database = town.database
        self.now = town.clock.now()
        draft = Draft("test", Body("progress"), "p:1", kind=DeliveryKind.TASK)

        def store(uow: UnitOfWork) -> Delivery:
            account = uow.accounts.find_or_add(channel, "510600")
            address = uow.addresses.find_or_add(account.id, "a", language="zh", now=self.now)
            row = push(uow, address, draft, now=self.now)
            assert row is not None
            row.status, row.external_id, row.accepted_at = status, "42", self.now
            return row

        self.row = self.database.run(store)

    def edit(self, body: Body, *, reason: str) -> Delivery | None:
        """Change the message."""
        return self.database.run(
            lambda uow: edit(
                uow, uow.deliveries.need(self.row.id), body, reason=reason, now=self.now
            )
        )


@pytest.fixture
def town(database: Database, catalogue: Catalogue, clock: FixedClock) -> SmallTown:
    return SmallTown(database, catalogue, clock)


def test_a_change_goes_out_under_the_platforms_id_of_the_message(town: SmallTown) -> None:
    sent = Sent(town, "telegram", DeliveryStatus.ACCEPTED)
    change = sent.edit(WORDS, reason="progress:1")
    assert change is not None
    assert (change.operation, change.kind) == (Operation.EDIT, DeliveryKind.EDIT)
    (item,) = claim_all(town.database, town.deployment, sent.row.account_id)
    assert (item.message.edits, item.message.body) == ("42", WORDS)


def test_a_change_that_waits_gets_the_newer_words(town: SmallTown) -> None:
    sent = Sent(town, "telegram", DeliveryStatus.ACCEPTED)
    first = sent.edit(WORDS, reason="progress:1")
    second = sent.edit(replace(WORDS, text="20 of 100"), reason="progress:2")
    assert first is not None
    assert second is not None
    assert first.id == second.id
    (item,) = claim_all(town.database, town.deployment, sent.row.account_id)
    assert item.message.body.text == "20 of 100"


def test_a_change_whose_message_is_on_the_wire_waits_behind_it(town: SmallTown) -> None:
    sent = Sent(town, "telegram", DeliveryStatus.ACCEPTED)
    sent.edit(WORDS, reason="progress:1")
    claim_all(town.database, town.deployment, sent.row.account_id)
    another = sent.edit(WORDS, reason="progress:2")
    assert another is not None
    assert claim_all(town.database, town.deployment, sent.row.account_id) == []


@pytest.mark.parametrize(
    ("channel", "status"),
    [
        ("sms", DeliveryStatus.ACCEPTED),
        ("phone", DeliveryStatus.QUEUED),
        ("telegram", DeliveryStatus.QUEUED),
        ("telegram", DeliveryStatus.UNKNOWN),
    ],
)
def test_what_cannot_be_edited_or_was_not_sent_is_left_alone(
    town: SmallTown, channel: str, status: DeliveryStatus
) -> None:
    assert Sent(town, channel, status).edit(WORDS, reason="x") is None


def test_the_same_reason_changes_a_message_once(town: SmallTown) -> None:
    sent = Sent(town, "telegram", DeliveryStatus.ACCEPTED)
    sent.edit(WORDS, reason="x")
    claim_all(town.database, town.deployment, sent.row.account_id)
    assert sent.edit(WORDS, reason="x") is None


def test_every_part_of_a_body_comes_back_as_it_was_stored(town: SmallTown) -> None:
    body = Body(
        "words",
        (Option(1, "yes", "q:1:1"),),
        "/r/token",
        closed=True,
        media=Media("photo", "file"),
        wants=Wants.PHONE.value,
    )
    broadcast_id = uuid4()

    def store(uow: UnitOfWork) -> Body:
        row = uow.addresses.find_or_add(town.account_id, "a", language="zh", now=town.clock.now())
        uow.session.flush()
        to = Recipient(row.id, row.account_id)
        draft = Draft("test", body, "d:1", DeliveryKind.BROADCAST, broadcast_id=broadcast_id)
        push_all(uow, [(to, draft)], now=town.clock.now())
        (stored,) = uow.session.query(Delivery).filter_by(broadcast_id=broadcast_id)
        return body_of(stored)

    assert town.database.run(store) == body
