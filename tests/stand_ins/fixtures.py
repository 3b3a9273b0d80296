"""The strict Telegram for every test that asks for it; nobody may send what it must not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stand_ins import outgoing
from tests.stand_ins.telegram import TelegramStandIn


def pytest_report_header() -> str:
    """Say against what outgoing requests are checked, and what is missing for it."""
    return outgoing.report()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    """A strict Telegram on a free port, in the test's loop; its violations fail the test."""
    async with TelegramStandIn(checks=outgoing.checks()) as stand_in:
        yield stand_in
    assert stand_in.violations == []
