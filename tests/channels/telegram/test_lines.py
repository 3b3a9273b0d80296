"""The bots of several bureaus in one process."""

from __future__ import annotations

import asyncio
import contextlib
import io
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.lines import Lines, begin_anew
from bot.channels.receiver import Receiver
from bot.errors import SettingsError
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ChannelAccount
from storage.unit_of_work import UnitOfWork
from tests.channels.telegram.wire import until
from tests.chat import SETTINGS, City
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn
from tests.stand_ins.telegram.account import Account

OTHER_BUREAU = "500240"


@pytest.fixture
def main_bot(telegram: TelegramStandIn) -> Account:
    return telegram.bot(at_name="main_bot")


@pytest.fixture
def other_bot(telegram: TelegramStandIn) -> Account:
    return telegram.bot(at_name="other_bot")


@pytest.fixture
def bureaus(
    telegram: TelegramStandIn,
    main_bot: Account,
    other_bot: Account,
    sqlite_database: Database,
    catalogue: Catalogue,
    city: City,
    tmp_path: Path,
) -> City:
    """Two bureaus, each with its bot."""
    file = tmp_path / "bureaus.toml"
    file.write_text(
        f'[[bureau]]\nadcode = "{OTHER_BUREAU}"\nname = "石柱县"\n'
        f'telegram_token = "{other_bot.token}"\n',
        encoding="utf-8",
    )
    settings = SETTINGS.model_copy(
        update={
            "bureaus": file,
            "telegram_token": main_bot.token,
            "telegram_api": telegram.root,
        }
    )
    return City(sqlite_database, catalogue, city.clock, settings=settings)


@contextlib.asynccontextmanager
async def made(city: City) -> AsyncIterator[tuple[Lines, Receiver]]:
    """Make the lines of all bureaus, and close them."""
    lines = Lines(city.app, jitter=random.Random(1))  # noqa: S311 - spreads retries
    receiver = Receiver(
        city.database,
        city.app.engine,
        wake=lambda *_ids: lines.wake(),
        engine_of=city.app.engine_of,
    )
    try:
        yield lines, receiver
    finally:
        await lines.stop_taking()
        await receiver.close()
        await lines.close()


async def test_another_bureaus_refused_token_leaves_the_rest_serving(
    bureaus: City, telegram: TelegramStandIn, other_bot: Account, log_lines: io.StringIO
) -> None:
    telegram.accounts.pop(other_bot.token)
    async with made(bureaus) as (lines, receiver):
        await lines.start(receiver)
        assert lines.states() == {"telegram": "ok", f"telegram:{OTHER_BUREAU}": "refused"}
        assert OTHER_BUREAU in log_lines.getvalue()


async def test_the_main_bureaus_refused_token_stops_the_start(
    bureaus: City, telegram: TelegramStandIn, main_bot: Account
) -> None:
    telegram.accounts.pop(main_bot.token)
    async with made(bureaus) as (lines, receiver):
        with pytest.raises(SettingsError, match="WENGONG_TELEGRAM_TOKEN"):
            await lines.start(receiver)


async def test_bots_start_side_by_side(bureaus: City, telegram: TelegramStandIn) -> None:
    names = frozenset({"getMe"})
    telegram.faults.add(Fault(FaultKind.SLOW, methods=names, seconds=1.0))
    loop = asyncio.get_running_loop()
    async with made(bureaus) as (lines, receiver):
        began = loop.time()
        await lines.start(receiver)
        assert loop.time() - began < 1.8
        assert set(lines.states().values()) == {"ok"}


def test_whoever_sets_the_machines_time_moves_no_lease_on_sqlite(
    bureaus: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = bureaus.app.account_id("telegram")

    def takes(replica: str) -> bool:
        return bureaus.run(lambda uow: uow.accounts.take_poll_lease(account_id, replica, 30.0))

    assert takes("one")
    monkeypatch.setattr(time, "time", lambda: 1e12)
    assert not takes("two")
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert not takes("two")


async def test_a_process_that_died_keeps_nobody_waiting_on_sqlite(
    bureaus: City, telegram: TelegramStandIn, main_bot: Account
) -> None:
    account_id = bureaus.app.account_id("telegram")
    far = 1e12

    def die(uow: UnitOfWork) -> None:
        account = uow.session.get(ChannelAccount, account_id)
        assert account is not None
        account.poller, account.polls_until = "the dead one", far
        account.paused_until = account.refilled_at = far

    bureaus.run(die)
    begin_anew(bureaus.database, [account_id])
    async with made(bureaus) as (lines, receiver):
        await lines.start(receiver)
        phone = telegram.phone(main_bot)
        phone.starts()
        await until(lambda: phone.texts)
