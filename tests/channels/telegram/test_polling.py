from __future__ import annotations

import asyncio
import io

import pytest

from bot.channels.telegram.line import Telegram
from bot.errors import SettingsError, StorageUnavailableError
from tests.channels.telegram.wire import Ear, Wire, listening, make_wire, options, until
from tests.chat import City
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn


@pytest.fixture
def wire(city: City, telegram: TelegramStandIn) -> Wire:
    return make_wire(city, telegram, telegram.bot())


async def test_what_is_written_is_received_in_order(wire: Wire, telegram: TelegramStandIn) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    phone.starts("e")
    async with listening(wire, ear):
        for number in range(30):
            phone.types(f"第{number}句")
        await until(lambda: len(ear.heard) == 31)
    assert ear.texts == ["/start e", *(f"第{number}句" for number in range(30))]
    assert wire.line.state == "ok"


async def test_nothing_is_confirmed_before_it_is_durable(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    phone.starts()
    phone.types("想找活")
    ear.troubles = [StorageUnavailableError("away")] * 3
    async with listening(wire, ear):
        await until(lambda: len(ear.heard) == 2)
    assert ear.texts == ["/start", "想找活"]


async def test_an_update_that_can_never_be_stored_stops_no_other(
    wire: Wire, telegram: TelegramStandIn, log_lines: io.StringIO
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    phone.starts()
    phone.types("想找活")
    ear.troubles = [ValueError("想找活")]
    async with listening(wire, ear):
        await until(lambda: ear.heard)
        await asyncio.sleep(0.1)
    assert ear.texts == ["想找活"]
    assert "telegram.update_lost" in log_lines.getvalue()
    assert "想找活" not in log_lines.getvalue()


async def test_an_update_of_an_unknown_shape_stops_no_other(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    phone.starts()
    wire.bot.updates.add("message", {"text": "no chat, no date"})
    wire.bot.updates.add("message", {"message_id": "seven", "chat": []})
    phone.types("想找活")
    async with listening(wire, ear):
        await until(lambda: len(ear.heard) == 2)
    assert ear.texts == ["/start", "想找活"]


async def test_an_outage_is_waited_for(
    wire: Wire, telegram: TelegramStandIn, log_lines: io.StringIO
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    phone.starts()
    async with listening(wire, ear):
        await until(lambda: ear.heard)
        now = telegram.now()
        telegram.faults.add(Fault(FaultKind.OUTAGE, begins=now, ends=now + 1.2))
        await until(lambda: wire.line.state == "no_route")
        phone.types("还在不？")
        await until(lambda: len(ear.heard) == 2)
        await until(lambda: wire.line.state == "ok")
    assert "telegram.back" in log_lines.getvalue()


async def test_errors_of_the_platform_are_waited_for(wire: Wire, telegram: TelegramStandIn) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    phone.starts()
    polls = frozenset({"getUpdates"})
    telegram.faults.add(Fault(FaultKind.ERROR, methods=polls, times=2, status=502))
    telegram.faults.add(Fault(FaultKind.CUT_BEFORE, methods=polls, times=1))
    telegram.faults.add(Fault(FaultKind.THROTTLED, methods=polls, times=1, retry_after=1))
    async with listening(wire, ear):
        await until(lambda: ear.heard)
    assert ear.texts == ["/start"]


async def test_a_second_poller_ends_the_first_with_one_line(
    wire: Wire, telegram: TelegramStandIn, log_lines: io.StringIO
) -> None:
    other = telegram.methods_got
    async with listening(wire, Ear()):
        await until(lambda: "getUpdates" in other(wire.bot))
        rude = Telegram(
            options(telegram, wire.bot),
            deployment=wire.deployment,
            database=wire.city.database,
            account_id=wire.city.app.account_id("web"),  # no lease in common
            replica="another",
        )
        await rude.start(Ear())
        work = asyncio.ensure_future(rude.run())
        await until(lambda: "conflict" in {wire.line.state, rude.state}, seconds=10)
        await rude.stop()
        await work
        await rude.close()
    assert log_lines.getvalue().count("telegram.conflict") >= 1


async def test_of_two_replicas_one_polls_and_the_other_takes_over(
    city: City, telegram: TelegramStandIn
) -> None:
    bot = telegram.bot()
    first, second = make_wire(city, telegram, bot), make_wire(city, telegram, bot)
    phone = telegram.phone(bot)
    one, two = Ear(), Ear()
    async with listening(second, two):
        async with listening(first, one):
            phone.starts()
            await until(lambda: one.heard or two.heard)
            assert {first.line.state, second.line.state} == {"ok"}
        phone.types("还在不？")
        await until(lambda: len(one.heard) + len(two.heard) >= 2)
    assert sorted(set(one.texts + two.texts)) == ["/start", "还在不？"]


async def test_a_refused_token_stops_the_start_with_one_line(
    city: City, telegram: TelegramStandIn
) -> None:
    bot = telegram.bot()
    wire = make_wire(city, telegram, bot)
    telegram.accounts.clear()
    with pytest.raises(SettingsError, match="WENGONG_TELEGRAM_TOKEN") as refused:
        await wire.line.start(Ear())
    assert len(refused.value.problems) == 1
    assert bot.token not in str(refused.value)
    assert wire.line.state == "refused"
    await wire.line.close()


@pytest.mark.parametrize("token", ["", "hello", "12345", "12:abc", "1234567:short"])
def test_what_is_no_token_is_refused_unasked(
    city: City, telegram: TelegramStandIn, token: str
) -> None:
    with pytest.raises(SettingsError, match="WENGONG_TELEGRAM_TOKEN"):
        make_wire(city, telegram, telegram.bot(), token=token)


async def test_without_a_route_it_starts_all_the_same_and_goes_on_later(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    ear, phone = Ear(), telegram.phone(wire.bot)
    now = telegram.now()
    telegram.faults.add(Fault(FaultKind.OUTAGE, begins=now, ends=now + 0.6))
    async with listening(wire, ear):
        assert wire.line.state == "no_route"
        phone.starts()
        await until(lambda: ear.heard, seconds=8)
        assert wire.line.state == "ok"


async def test_polling_takes_a_webhook_away_and_keeps_the_bots_name(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    async with listening(wire, Ear()):
        await until(lambda: "getUpdates" in telegram.methods_got(wire.bot))
    assert "deleteWebhook" in telegram.methods_got(wire.bot)
    name = f"telegram.name:{wire.deployment.bureau_adcode}"
    assert wire.city.run(lambda uow: uow.records.setting(name)) == wire.bot.at_name
