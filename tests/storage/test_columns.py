"""What columns keep: instants in UTC, states as words, and people's words unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import StatementError

from storage.columns import SECRETS_ATTRIBUTE
from storage.database import Database
from storage.models import ChannelAccount, ContactAddress, StoredSetting, Worker
from storage.secrets import Secrets, SecretsError, parse_keys
from storage.states import Role, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.storage.test_secrets import key

NOON_IN_DEYANG = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
NAME, PHONE = "陈桂芳", "13900001234"


def add_worker(uow: UnitOfWork, *, at: datetime = NOON_IN_DEYANG) -> UUID:
    worker = Worker(
        bureau_adcode="510600",
        name=NAME,
        phone=PHONE,
        status=WorkerStatus.SEEKING,
        created_at=at,
        changed_at=at,
    )
    return uow.workers.add(worker).id


def raw(database: Database, column: str) -> object:
    return database.read(
        lambda uow: uow.session.execute(text(f"SELECT {column} FROM worker")).scalar_one()  # noqa: S608
    )


@pytest.fixture
def keys_of(database: Database) -> Iterator[None]:
    """Put the database's own keys back after a test."""
    yield
    for engine in (database.engine, database._read_engine):
        setattr(engine.dialect, SECRETS_ATTRIBUTE, database.secrets)


def use(database: Database, secrets: Secrets) -> None:
    for engine in (database.engine, database._read_engine):
        setattr(engine.dialect, SECRETS_ATTRIBUTE, secrets)


def test_an_instant_is_stored_in_utc_to_the_microsecond(database: Database) -> None:
    worker_id = database.run(add_worker)
    stored = database.read(lambda uow: uow.workers.need(worker_id).created_at)
    assert stored == NOON_IN_DEYANG
    assert stored.tzinfo is UTC
    assert str(raw(database, "created_at")) == "2026-03-01 04:00:00.123456"


def test_an_instant_without_a_time_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        database.run(lambda uow: add_worker(uow, at=datetime(2026, 3, 1)))  # noqa: DTZ001


def test_states_are_stored_as_their_words(database: Database) -> None:
    worker_id = database.run(add_worker)
    assert raw(database, "status") == "seeking"
    status = database.read(lambda uow: uow.workers.need(worker_id).status)
    assert status is WorkerStatus.SEEKING


def test_a_state_that_does_not_exist_is_refused(database: Database) -> None:
    worker_id = database.run(add_worker)

    def change(uow: UnitOfWork) -> None:
        uow.session.execute(update(Worker).values(status="happy"))

    with pytest.raises(StatementError, match="happy"):
        database.run(change)
    status = database.read(lambda uow: uow.workers.need(worker_id).status)
    assert status is WorkerStatus.SEEKING


def test_names_are_unreadable_in_the_database(database: Database) -> None:
    worker_id = database.run(add_worker)
    stored = raw(database, "name")
    assert isinstance(stored, bytes)
    assert NAME.encode() not in stored
    assert database.read(lambda uow: uow.workers.need(worker_id).name) == NAME


def test_a_value_moved_to_another_column_is_refused(database: Database) -> None:
    worker_id = database.run(add_worker)
    database.run(lambda uow: uow.session.execute(text("UPDATE worker SET name = phone")))
    with pytest.raises(SecretsError, match=r"worker\.name"):
        database.read(lambda uow: uow.workers.need(worker_id))


def test_encrypted_json_comes_back_as_it_was_and_none_stays_none(database: Database) -> None:
    answers = {"options": [["1", "平车"]], "深": {"then": None, "n": 3}}

    def add(uow: UnitOfWork) -> UUID:
        account = uow.accounts.find_or_add("web", "510600")
        row = ContactAddress(
            account_id=account.id,
            address="oBx1",
            address_index=uuid4().bytes,
            created_at=NOON_IN_DEYANG,
            answers=answers,
        )
        return uow.addresses.add(row).id

    address_id = database.run(add)
    row = database.read(lambda uow: uow.addresses.need(address_id))
    assert (row.answers, row.memory) == (answers, None)
    assert (row.role, row.roles) == (Role.WORKER, ["worker"])


@pytest.mark.usefixtures("keys_of")
def test_after_a_change_of_keys_old_rows_are_read_and_new_ones_written(database: Database) -> None:
    old = parse_keys(f"old:{key('a')}", key("i"))
    both = parse_keys(f"new:{key('b')},old:{key('a')}", key("i"))
    use(database, old)
    worker_id = database.run(add_worker)
    use(database, both)

    def rename(uow: UnitOfWork) -> str | None:
        worker = uow.workers.need(worker_id)
        before, worker.name = worker.name, "陈桂花"
        return before

    assert database.run(rename) == NAME
    assert bytes(raw(database, "name")).startswith(b"new:")  # type: ignore[call-overload]
    assert bytes(raw(database, "phone")).startswith(b"old:")  # type: ignore[call-overload]
    assert database.read(lambda uow: uow.workers.need(worker_id).name) == "陈桂花"


def test_numbers_and_sums_of_money_come_back_exactly(database: Database) -> None:
    def add(uow: UnitOfWork) -> UUID:
        account = ChannelAccount(channel="web", bureau_adcode="510600", tokens=0.1 + 0.2)
        uow.session.add(StoredSetting(name="a", value="é中😀"))
        return uow.accounts.add(account).id

    account_id = database.run(add)
    assert database.read(lambda uow: uow.accounts.need(account_id).tokens) == 0.1 + 0.2
    assert database.read(lambda uow: uow.records.setting("a")) == "é中😀"
