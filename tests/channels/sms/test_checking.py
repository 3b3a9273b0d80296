"""A look at a gateway, step by step, that writes to nobody."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx
import pytest

from bot.channels.sms.checking import Finding, callback_fault, look
from bot.channels.sms.gateway import Gateway
from bot.channels.sms.line import SmsOptions, check_options
from bot.clock import FixedClock
from bot.errors import SettingsError
from tests.stand_ins.sms_gateway import ACCOUNT, SECRET, SmsGateway

OPTIONS = SmsOptions(url="http://gateway.test", account=ACCOUNT, secret=SECRET)


def looked(
    clock: FixedClock, transport: httpx.AsyncBaseTransport, options: SmsOptions = OPTIONS
) -> list[tuple[str, bool, str]]:
    """Return each step, whether it is well, and its word."""

    async def run() -> list[Finding]:
        gateway = Gateway(
            options.url,
            account=options.account,
            secret=options.secret,
            clock=clock,
            transport=transport,
        )
        try:
            return [step async for step in look(options, gateway, public_url="http://127.0.0.1")]
        finally:
            await gateway.close()

    return [(one.step, one.is_well, one.word) for one in asyncio.run(run())]


def test_a_right_secret_is_seen_without_writing_to_anybody(clock: FixedClock) -> None:
    stand_in = SmsGateway(clock)
    assert looked(clock, httpx.ASGITransport(app=stand_in.app())) == [
        ("settings", True, "set"),
        ("route", True, "reached"),
        ("signature", True, "accepted"),
        ("callbacks", False, "local"),
    ]
    assert stand_in.accepted == {}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (replace(OPTIONS, secret="another secret of ours"), "refused"),
        (replace(OPTIONS, account="somebody"), "unknown_account"),
    ],
)
def test_a_wrong_secret_and_a_wrong_account_are_told_apart(
    clock: FixedClock, options: SmsOptions, word: str
) -> None:
    steps = looked(clock, httpx.ASGITransport(app=SmsGateway(clock).app()), options)
    assert steps[2] == ("signature", False, word)


def test_a_gateway_that_answers_garbage_is_unclear(clock: FixedClock) -> None:
    stand_in = SmsGateway(clock)
    stand_in.fails(200, "<html>")
    steps = looked(clock, httpx.ASGITransport(app=stand_in.app()))
    assert steps[2] == ("signature", False, "unclear")


def test_without_a_route_nothing_more_is_said(clock: FixedClock) -> None:
    def away(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("")

    assert looked(clock, httpx.MockTransport(away))[1:] == [("route", False, "no_route")]


def test_what_is_not_set_is_named_first(clock: FixedClock) -> None:
    steps = looked(clock, httpx.MockTransport(lambda _: httpx.Response(500)), SmsOptions())
    assert steps == [("settings", False, "missing")]


@pytest.mark.parametrize(
    ("public_url", "fault"),
    [
        ("", "missing"),
        ("wengong.test", "missing"),
        ("http://127.0.0.1:8000", "local"),
        ("https://10.1.2.3", "local"),
        ("https://[::1]", "local"),
        ("http://8.8.8.8", "plain"),
        ("https://8.8.8.8", None),
    ],
)
def test_a_gateway_elsewhere_needs_an_address_it_can_reach(
    public_url: str, fault: str | None
) -> None:
    assert asyncio.run(callback_fault(public_url)) == fault


def test_settings_that_cannot_be_right_stop_the_start_all_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        check_options(SmsOptions(url="gateway.test", secret="short"))
    assert [problem.partition(":")[0] for problem in caught.value.problems] == [
        "WENGONG_SMS_URL",
        "WENGONG_SMS_ACCOUNT",
        "WENGONG_SMS_SECRET",
    ]
