"""Turns of somebody who talks elsewhere, questions asked anew, and who asks a platform."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from bot.clock import FixedClock
from bot.conversations.engine import NOTHING_READ
from bot.errors import UserError
from bot.messages import Body, Inbound
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Delivery
from storage.unit_of_work import UnitOfWork
from tests.channels.small_town import SmallTown, message


@pytest.fixture
def town(database: Database, catalogue: Catalogue, clock: FixedClock) -> SmallTown:
    town = SmallTown(database, catalogue, clock)
    town.receive_all(message(1, "你好"))
    return town


def speak(town: SmallTown, text: str) -> list[tuple[str, Body]]:
    """Answer the open question at `a` for the person, as an officer on the phone does."""

    def work(uow: UnitOfWork) -> list[tuple[str, Body]]:
        address = uow.addresses.find(town.account_id, "a")
        assert address is not None
        inbound = Inbound("call:1", address.address, text)
        return town.engine.speak_for(
            uow, address, inbound, reading=NOTHING_READ, receipt_id=uuid4()
        )

    return town.database.run(work)


def test_an_answer_given_for_somebody_moves_the_conversation_and_sends_nothing(
    town: SmallTown,
) -> None:
    before = town.page("a")
    heard = town.database.read(lambda uow: uow.addresses.find(town.account_id, "a"))
    assert heard is not None
    town.clock.advance(timedelta(hours=1))
    replies = speak(town, "by phone")
    assert [body.text for _key, body in replies] == ["heard by phone", "more?"]
    assert town.page("a") == before
    after = town.database.read(lambda uow: uow.addresses.find(town.account_id, "a"))
    assert after is not None
    assert after.memory == {"heard": ["by phone"]}
    assert after.question_serial == heard.question_serial + 1
    assert after.last_inbound_at == heard.last_inbound_at


def test_a_refused_answer_reaches_whoever_speaks_for_somebody(town: SmallTown) -> None:
    with pytest.raises(UserError):
        speak(town, "refuse")


def test_a_question_is_asked_anew_once_for_the_same_occasion(town: SmallTown) -> None:
    def renew(uow: UnitOfWork) -> bool:
        address = uow.addresses.find(town.account_id, "a")
        assert address is not None
        return town.engine.renew(uow, address, "renew:1")

    assert town.database.run(renew)
    assert town.page("a") == ["heard 你好", "more?", "more?"]
    rows = town.database.read(lambda uow: uow.session.query(Delivery).all())
    assert [row.dedupe_key for row in rows if row.dedupe_key.startswith("renew")] == ["renew:1:0"]


def test_one_replica_alone_asks_the_platform(town: SmallTown) -> None:
    def take(replica: str, seconds: float = 30.0) -> bool:
        return town.database.run(
            lambda uow: uow.accounts.take_poll_lease(town.account_id, replica, seconds)
        )

    def release(replica: str) -> None:
        town.database.run(lambda uow: uow.accounts.release_poll_lease(town.account_id, replica))

    assert take("one")
    assert take("one", seconds=-1.0)  # it goes on, and dies at once
    assert take("two")
    assert not take("one")
    release("one")
    assert not take("one")
    release("two")
    assert take("one")
