"""What a gateway answers, and what that means for the message."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.channels.base import SendError
from bot.channels.sms.channel import SmsChannel, TextMessage
from bot.channels.sms.gateway import Gateway
from bot.clock import FixedClock
from bot.messages import Body, Outbound, SendErrorKind, SendFailure
from content.catalogue import Catalogue
from tests.stand_ins.sms_gateway import ACCOUNT, SECRET, SmsGateway

MESSAGE = TextMessage("a" * 32, "13900001234", "还在不？")
T, U = SendErrorKind.TEMPORARY, SendErrorKind.UNKNOWN
BLOCKED, REFUSED, THROTTLED = (
    SendErrorKind.BLOCKED,
    SendErrorKind.REFUSED,
    SendErrorKind.THROTTLED,
)


@pytest.fixture
def stand_in(clock: FixedClock) -> SmsGateway:
    return SmsGateway(clock)


def submit(
    clock: FixedClock,
    transport: httpx.AsyncBaseTransport,
    *,
    message: TextMessage = MESSAGE,
    secret: str = SECRET,
) -> tuple[str, SendFailure | None, str]:
    """Hand a message over; return the gateway's id, how it failed, and the line's state."""

    async def run() -> tuple[str, SendFailure | None, str]:
        gateway = Gateway(
            "http://gateway.test/", account=ACCOUNT, secret=secret, clock=clock, transport=transport
        )
        try:
            return await gateway.submit(message), None, gateway.state
        except SendError as error:
            return "", error.failure, gateway.state
        finally:
            await gateway.close()

    return asyncio.run(run())


def to(stand_in: SmsGateway) -> httpx.ASGITransport:
    return httpx.ASGITransport(app=stand_in.app())


def test_a_message_is_taken_and_the_gateway_says_its_id(
    stand_in: SmsGateway, clock: FixedClock
) -> None:
    assert submit(clock, to(stand_in)) == ("g1", None, "ok")
    (request,) = stand_in.requests
    assert json.loads(request) == {
        "account": ACCOUNT,
        "id": MESSAGE.id,
        "to": MESSAGE.to,
        "text": MESSAGE.text,
        "time": "2026-11-23T01:00:00+00:00",
    }


def test_the_same_id_twice_is_one_message(stand_in: SmsGateway, clock: FixedClock) -> None:
    assert submit(clock, to(stand_in))[0] == submit(clock, to(stand_in))[0]
    assert stand_in.texts_to(MESSAGE.to) == [MESSAGE.text]


def test_every_request_is_signed_over_its_time_and_its_very_bytes(clock: FixedClock) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202, json={"id": "1"})

    submit(clock, httpx.MockTransport(answer))
    (request,) = seen
    timestamp = request.headers["X-Timestamp"]
    expected = hmac.new(SECRET.encode(), timestamp.encode() + request.content, hashlib.sha256)
    assert timestamp == str(int(clock.now().timestamp()))
    assert request.headers["X-Signature"] == expected.hexdigest()
    assert str(request.url) == "http://gateway.test/messages"


def test_a_gateway_refuses_what_another_secret_signed(
    stand_in: SmsGateway, clock: FixedClock
) -> None:
    _id, failure, state = submit(clock, to(stand_in), secret="another secret of ours")
    assert failure == SendFailure(THROTTLED, 60.0, "signature")
    assert state == "refused"
    assert stand_in.requests == []


def test_a_gateway_refuses_an_old_signature(stand_in: SmsGateway, clock: FixedClock) -> None:
    late = replace(clock)
    late.advance(timedelta(minutes=6))
    failure = submit(late, to(stand_in))[1]
    assert failure is not None
    assert failure.code == "signature"


@pytest.mark.parametrize(
    ("status", "content", "headers", "kind", "retry_after", "code"),
    [
        (400, '{"code": "bad_number"}', {}, BLOCKED, 0.0, "bad_number"),
        (403, '{"code": "blacklisted", "message": "x"}', {}, BLOCKED, 0.0, "blacklisted"),
        (400, '{"code": "template_refused"}', {}, REFUSED, 0.0, "template_refused"),
        (404, "<html>", {}, REFUSED, 0.0, "http_404"),
        (408, "", {}, T, 0.0, "http_408"),
        (429, '{"code": "busy"}', {"Retry-After": "17"}, THROTTLED, 17.0, "busy"),
        (429, "", {}, THROTTLED, 30.0, "http_429"),
        (429, "", {"Retry-After": "soon"}, THROTTLED, 30.0, "http_429"),
        (429, "", {"Retry-After": "nan"}, THROTTLED, 30.0, "http_429"),
        (429, "", {"Retry-After": "-5"}, THROTTLED, 1.0, "http_429"),
        (429, "", {"Retry-After": "1e9"}, THROTTLED, 3600.0, "http_429"),
        (500, "", {}, T, 0.0, "http_500"),
        (503, '{"code": 7}', {}, T, 0.0, "http_503"),
        (302, "", {"Location": "http://login.test"}, T, 0.0, "http_302"),
        (202, "", {}, U, 0.0, "no_id"),
        (200, "ok", {}, U, 0.0, "no_id"),
        (202, "[1]", {}, U, 0.0, "no_id"),
        (202, '{"id": 7}', {}, U, 0.0, "no_id"),
        (202, '{"id": ""}', {}, U, 0.0, "no_id"),
        (202, "[" * 50_000, {}, U, 0.0, "no_id"),
        (202, b"\xff\xfe", {}, U, 0.0, "no_id"),
        (202, '{"id": "1"}' + " " * 70_000, {}, U, 0.0, "no_id"),
        (202, b"no gzip", {"Content-Encoding": "gzip"}, U, 0.0, "DecodingError"),
    ],
)
def test_each_answer_means_one_thing(
    stand_in: SmsGateway,
    clock: FixedClock,
    status: int,
    content: str | bytes,
    headers: dict[str, str],
    kind: SendErrorKind,
    retry_after: float,
    code: str,
) -> None:
    stand_in.fails(status, content, headers)
    assert submit(clock, to(stand_in))[1] == SendFailure(kind, retry_after, code)


def raising(error: type[httpx.TransportError]) -> Callable[[httpx.Request], httpx.Response]:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise error("13900001234")

    return answer


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError, T),
        (httpx.ConnectTimeout, T),
        (httpx.PoolTimeout, T),
        (httpx.ReadTimeout, U),
        (httpx.ReadError, U),
        (httpx.WriteError, U),
        (httpx.RemoteProtocolError, U),
    ],
)
def test_a_cut_line_is_unknown_and_one_never_made_is_tried_again(
    clock: FixedClock, error: type[httpx.TransportError], kind: SendErrorKind
) -> None:
    _id, failure, _state = submit(clock, httpx.MockTransport(raising(error)))
    assert failure == SendFailure(kind, code=error.__name__)


def test_without_a_route_the_line_says_so(clock: FixedClock) -> None:
    assert submit(clock, httpx.MockTransport(raising(httpx.ConnectError)))[2] == "no_route"


def test_the_link_stands_behind_the_words_and_nothing_is_edited(
    stand_in: SmsGateway, clock: FixedClock, catalogue: Catalogue
) -> None:
    async def send(message: Outbound) -> str:
        gateway = Gateway(
            "http://gateway.test",
            account=ACCOUNT,
            secret=SECRET,
            clock=clock,
            transport=to(stand_in),
        )
        channel = SmsChannel(gateway, catalogue.texts, public_url="https://wengong.test/")
        try:
            return await channel.send(message)
        finally:
            await gateway.close()

    message = Outbound("b" * 32, "13900001234", Body("记下了。", link="/r/TOKEN"))
    assert asyncio.run(send(message)) == "g1"
    assert stand_in.texts_to("13900001234") == ["记下了。 https://wengong.test/r/TOKEN"]
    with pytest.raises(SendError) as caught:
        asyncio.run(send(replace(message, edits="g1")))
    assert caught.value.failure == SendFailure(REFUSED, code="no_edit")
