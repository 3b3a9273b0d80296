"""A bot, a person who has pressed Start, and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.stand_ins import outgoing
from tests.stand_ins.raw_bot import RawBot
from tests.stand_ins.telegram import Account, Phone, TelegramStandIn


@dataclass
class Ticker:
    """Seconds that pass only when a test lets them."""

    seconds: float = 1_790_000_000.0

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.seconds


@pytest.fixture
def ticker() -> Ticker:
    return Ticker()


@pytest.fixture
async def telegram(ticker: Ticker) -> AsyncIterator[TelegramStandIn]:
    """The strict Telegram in a time that stands still."""
    async with TelegramStandIn(checks=outgoing.checks(), now=ticker.now) as stand_in:
        yield stand_in
    assert stand_in.violations == []


@pytest.fixture
def account(telegram: TelegramStandIn) -> Account:
    return telegram.bot()


@pytest.fixture
async def bot(telegram: TelegramStandIn, account: Account) -> AsyncIterator[RawBot]:
    raw = RawBot(telegram, account)
    yield raw
    await raw.close()


@pytest.fixture
def phone(telegram: TelegramStandIn, account: Account) -> Phone:
    found = telegram.phone(account)
    found.starts()
    return found
