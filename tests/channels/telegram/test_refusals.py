"""What ends asking for updates, and what is only waited for."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace

import pytest

from tests.channels.telegram.wire import HASTE, Ear, Wire, listening, make_wire, until
from tests.chat import City
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn

POLLS = frozenset({"getUpdates"})
PATIENT = replace(HASTE, backoff=(0.5,))


@pytest.fixture
def wire(city: City, telegram: TelegramStandIn) -> Wire:
    return make_wire(city, telegram, telegram.bot(), pace=PATIENT)


async def test_a_bot_that_met_another_poller_asks_again_later(
    city: City, telegram: TelegramStandIn, log_lines: io.StringIO
) -> None:
    pace = replace(HASTE, conflict_pause=0.3)
    wire = make_wire(city, telegram, telegram.bot(), pace=pace)
    ear, phone = Ear(), telegram.phone(wire.bot)
    telegram.faults.add(Fault(FaultKind.ERROR, methods=POLLS, status=409, times=3))
    async with listening(wire, ear):
        await until(lambda: wire.line.state == "conflict")
        phone.starts()
        await until(lambda: ear.heard)
        assert wire.line.state == "ok"
    assert log_lines.getvalue().count("telegram.conflict") == 1


@pytest.mark.parametrize("status", [401, 404])
async def test_what_a_proxy_refuses_does_not_end_the_asking(
    wire: Wire, telegram: TelegramStandIn, status: int
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    telegram.faults.add(Fault(FaultKind.ERROR, methods=POLLS, status=status, times=3))
    async with listening(wire, ear):
        await until(lambda: wire.line.state == "no_route")
        phone.starts()
        await until(lambda: ear.heard)
        assert wire.line.state == "ok"


async def test_a_token_refused_once_is_asked_about_again(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    async with listening(wire, ear):
        telegram.accounts.pop(wire.bot.token)
        await until(lambda: wire.line.state == "no_route")
        telegram.accounts[wire.bot.token] = wire.bot
        phone.starts()
        await until(lambda: ear.heard)


async def test_a_token_refused_twice_in_a_row_is_asked_about_no_more(
    wire: Wire, telegram: TelegramStandIn, log_lines: io.StringIO
) -> None:
    async with listening(wire, Ear()):
        telegram.accounts.clear()
        await until(lambda: wire.line.state == "refused")
        asked = telegram.counts["getUpdates"]
        await asyncio.sleep(0.6)
        assert telegram.counts["getUpdates"] == asked
    assert log_lines.getvalue().count("telegram.token_refused") == 1


@pytest.mark.parametrize("status", [401, 404])
async def test_a_start_that_a_proxy_refuses_goes_on_later(
    wire: Wire, telegram: TelegramStandIn, status: int
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    names = frozenset({"getMe"})
    telegram.faults.add(Fault(FaultKind.ERROR, methods=names, status=status, times=1))
    async with listening(wire, ear):
        assert wire.line.state == "no_route"
        phone.starts()
        await until(lambda: ear.heard)


async def test_a_short_lease_is_renewed_while_the_platform_holds_the_request(
    city: City, telegram: TelegramStandIn
) -> None:
    pace = replace(HASTE, wait=3.0, lease=0.6)
    wire = make_wire(city, telegram, telegram.bot(), pace=pace)

    def another_takes_over() -> bool:
        return city.run(lambda uow: uow.accounts.take_poll_lease(wire.account_id, "another", 1.0))

    async with listening(wire, Ear()):
        await until(lambda: telegram.counts["getUpdates"])
        await asyncio.sleep(1.2)
        assert not another_takes_over()
