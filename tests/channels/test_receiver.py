"""What the way in promises: durable first, once each, in order, never without an answer."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from bot.clock import FixedClock
from bot.services.people import officers
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ContactAddress
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.channels.small_town import SmallTown, message


@pytest.fixture
def town(database: Database, catalogue: Catalogue, clock: FixedClock) -> SmallTown:
    return SmallTown(database, catalogue, clock)


def test_a_message_is_answered_and_its_payload_erased(town: SmallTown) -> None:
    town.receive_all(message(1, "你好"))
    assert town.page("a") == ["heard 你好", "more?"]
    (receipt,) = town.receipts()
    assert receipt.status is ReceiptStatus.DONE
    assert receipt.payload is None


def test_the_same_message_twice_is_answered_once(town: SmallTown) -> None:
    town.receive_all(message(1, "你好"), message(1, "你好"))
    town.receive_all(message(1, "你好"))
    assert town.page("a") == ["heard 你好", "more?"]


def test_two_first_messages_at_once_make_one_address(town: SmallTown) -> None:
    town.receive_all(*(message(number, "你好") for number in range(1, 9)))
    addresses = town.database.read(lambda uow: uow.session.query(ContactAddress).count())
    assert addresses == 1
    assert len(town.receipts()) == 8
    assert all(receipt.status is ReceiptStatus.DONE for receipt in town.receipts())


def test_messages_of_one_address_are_answered_in_the_platforms_order(town: SmallTown) -> None:
    town.receive_all(message(1, "你好"))
    town.store_only(message(4, "four"))
    town.store_only(message(3, "three"))
    town.receive_all(message(2, "two"))
    town.clock.advance(timedelta(minutes=1))
    town.sweep()
    said = [line for line in town.page("a") if line != "more?"]
    assert said == ["heard 你好", "heard two", "heard three", "heard four"]


def test_a_message_left_over_by_a_dead_process_is_swept_up(town: SmallTown) -> None:
    town.store_only(message(1, "你好"))
    assert town.page("a") == []
    town.clock.advance(timedelta(seconds=11))
    town.sweep()
    assert town.page("a") == ["heard 你好", "more?"]


def test_a_refusal_is_said_and_undoes_its_step(town: SmallTown) -> None:
    town.receive_all(message(1, "你好"))
    town.receive_all(message(2, "refuse"))
    address = town.database.read(lambda uow: uow.addresses.find(town.account_id, "a"))
    assert address is not None
    assert "kept" not in (address.memory or {})
    assert address.step == "echo.more"
    assert len(town.page("a")) == 3


def test_a_bug_ends_in_an_apology_with_the_code_of_the_log_line(
    town: SmallTown, log_lines: io.StringIO
) -> None:
    town.receive_all(message(1, "你好"))
    town.receive_all(message(2, "break"))
    failed = [item for item in town.receipts() if item.status is ReceiptStatus.FAILED]
    assert len(failed) == 1
    assert failed[0].attempts == 3
    code = failed[0].code
    assert code is not None
    assert code in town.page("a")[-1]
    assert code in log_lines.getvalue()
    town.receive_all(message(3, "still here"))
    assert "heard still here" in town.page("a")


def test_an_old_button_is_answered_and_the_question_asked_again(town: SmallTown) -> None:
    town.receive_all(message(1, "你好"))
    town.receive_all(message(2, "", button="q:1:1"))
    town.receive_all(message(3, "", button="q:1:1"))
    assert town.page("a").count("heard yes") == 1
    assert town.page("a")[-1] == "more?"


def test_a_button_of_another_release_is_answered(town: SmallTown) -> None:
    town.receive_all(message(1, "", button="v0|something|else"))
    assert town.page("a")


def test_many_people_at_once_are_all_answered(town: SmallTown) -> None:
    people = [f"p{number}" for number in range(40)]
    town.receive_all(*(message(1, "你好", address=person) for person in people))
    assert all(town.page(person) == ["heard 你好", "more?"] for person in people)


def test_a_bug_is_told_to_an_officer_with_the_same_code(town: SmallTown) -> None:
    def join(uow: UnitOfWork) -> None:
        now = town.clock.now()
        address = uow.addresses.find_or_add(town.account_id, "officer", language="zh", now=now)
        token = officers.invite(uow, town.deployment, scope="5106", name="周明")
        uow.session.flush()
        officers.accept(uow, town.deployment, token, address)

    town.database.run(join)
    town.receive_all(message(1, "你好"))
    town.receive_all(message(2, "break"))
    (code,) = [item.code for item in town.receipts() if item.code]
    assert code in town.page("a")[-1]
    assert code in town.page("officer")[-1]


def test_words_that_no_database_can_hold_are_answered(town: SmallTown) -> None:
    town.receive_all(message(1, "平车\x00\ud83d"))
    assert town.page("a")[0] == "heard 平车\ufffd"


def test_the_sweep_leaves_other_channels_alone(town: SmallTown) -> None:
    town.store_only(message(1, "你好"))
    web = town.account_id
    town.account_id = town.database.run(lambda uow: uow.accounts.find_or_add("sms", "510600").id)
    town.clock.advance(timedelta(minutes=1))
    town.sweep()
    town.account_id = web
    assert town.page("a") == []
    town.sweep()
    assert town.page("a") == ["heard 你好", "more?"]


def test_a_number_that_comes_late_answers_no_later_question(town: SmallTown) -> None:
    town.receive_all(message(1, "你好"))
    town.receive_all(message(3, "three"))
    town.receive_all(message(2, "1"))
    assert "heard yes" not in town.page("a")
    assert town.page("a")[-1] == "more?"
    town.receive_all(message(4, "1"))
    assert "heard yes" in town.page("a")


def test_a_phone_whose_clock_was_set_back_is_understood_again(town: SmallTown) -> None:
    town.receive_all(message(9000, "你好"))
    town.receive_all(message(10, "1"))
    town.receive_all(message(11, "1"))
    assert town.page("a").count("heard yes") == 1


def test_an_apology_stands_before_what_is_answered_later(
    database: Database, catalogue: Catalogue, clock: FixedClock
) -> None:
    town = SmallTown(database, catalogue, clock, on_page=True)
    town.receive_all(message(1, "你好"))
    town.receive_all(message(2, "break"))
    town.receive_all(message(3, "still here"))
    code = next(item.code for item in town.receipts() if item.code)
    page = town.page("a")
    apology = next(place for place, line in enumerate(page) if code in line)
    assert apology < page.index("heard still here")
