"""What a gateway tells us: only what it signed is believed, and nothing twice."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import httpx
import pytest

from bot.channels.sms.loopback import GatewayCalls
from bot.channels.sms.signing import signed_headers
from storage.models import InboundReceipt
from storage.states import DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.sms_city import SmsCity
from tests.stand_ins.sms_gateway import SECRET

REPORT = [{"id": "0" * 32, "status": "delivered"}]
TEXT = {"id": "1", "from": "13900001234", "text": "你好", "time": "2026-11-23T09:00:00+08:00"}


def posted(city: SmsCity, path: str, content: bytes, headers: dict[str, str]) -> int:
    async def post(_calls: GatewayCalls, client: httpx.AsyncClient) -> int:
        return (await client.post(path, content=content, headers=headers)).status_code

    return city.exchange(post)


def signed(city: SmsCity, path: str, fields: object, *, secret: str = SECRET) -> int:
    content = json.dumps(fields).encode()
    headers = signed_headers(secret, content, now=city.clock.now())
    return posted(city, path, content, headers)


def receipts(city: SmsCity) -> int:
    def read(uow: UnitOfWork) -> int:
        return uow.session.query(InboundReceipt).filter_by(account_id=city.sms_account).count()

    return city.run(read)


@pytest.mark.parametrize("path", ["/sms/reports", "/sms/inbound"])
def test_what_is_not_signed_is_not_believed(sms_city: SmsCity, path: str) -> None:
    content = json.dumps(TEXT).encode()
    now = sms_city.clock.now()
    right = signed_headers(SECRET, content, now=now)
    old = signed_headers(SECRET, content, now=now - timedelta(minutes=6))
    ahead = signed_headers(SECRET, content, now=now + timedelta(minutes=6))
    wrong = signed_headers("another secret of ours", content, now=now)
    moved = right | {"X-Timestamp": str(int(now.timestamp()) + 1)}
    long = right | {"X-Timestamp": "9" * 5_000}
    for headers in ({}, old, ahead, wrong, moved, long):
        assert posted(sms_city, path, content, headers) == 403
    assert posted(sms_city, path, content + b" ", right) == 403
    assert receipts(sms_city) == 0


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sms/reports", {}),
        ("/sms/reports", [7]),
        ("/sms/reports", [{"id": "x"}]),
        ("/sms/reports", [{"id": "x", "status": "perhaps"}]),
        ("/sms/reports", [{"id": 7, "status": "failed"}]),
        ("/sms/reports", REPORT * 1_001),
        ("/sms/inbound", []),
        ("/sms/inbound", {**TEXT, "id": ""}),
        ("/sms/inbound", {**TEXT, "from": None}),
        ("/sms/inbound", {**TEXT, "text": 7}),
        ("/sms/inbound", {**TEXT, "time": "yesterday"}),
        ("/sms/inbound", {**TEXT, "time": "2026-11-23T09:00:00"}),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(
    sms_city: SmsCity, path: str, fields: object
) -> None:
    assert signed(sms_city, path, fields) == 400
    assert receipts(sms_city) == 0


def test_garbage_is_refused(sms_city: SmsCity) -> None:
    for content in (b"", b"{", b"\xff", b"[" * 100_000):
        headers = signed_headers(SECRET, content, now=sms_city.clock.now())
        assert posted(sms_city, "/sms/inbound", content, headers) == 400


def test_a_body_without_an_end_is_not_read(sms_city: SmsCity) -> None:
    content = b" " * (256 * 1024 + 1)
    headers = signed_headers(SECRET, content, now=sms_city.clock.now())
    assert posted(sms_city, "/sms/inbound", content, headers) == 413


def test_a_text_is_durable_and_comes_in_once(sms_city_on_both: SmsCity) -> None:
    phone = sms_city_on_both.phone()
    (first,) = phone.writes("你好", id="same")
    assert phone.writes("你好", id="same") == []
    assert receipts(sms_city_on_both) == 1
    assert first.startswith("我是德阳市人社局的找活助手。不收钱")


def test_a_number_is_the_same_with_and_without_its_country(sms_city: SmsCity) -> None:
    assert signed(sms_city, "/sms/inbound", {**TEXT, "from": "+8613900001234"}) == 200
    assert signed(sms_city, "/sms/inbound", {**TEXT, "id": "2", "from": "86 139 0000 1234"}) == 200
    assert len(sms_city.gateway.texts_to("13900001234")) == 2


def test_a_service_number_gets_no_answer(sms_city: SmsCity) -> None:
    assert signed(sms_city, "/sms/inbound", {**TEXT, "from": "10086"}) == 200
    assert receipts(sms_city) == 0
    assert sms_city.gateway.accepted == {}


def test_a_text_played_back_as_a_report_is_refused(sms_city: SmsCity) -> None:
    assert signed(sms_city, "/sms/reports", TEXT) == 400
    assert signed(sms_city, "/sms/inbound", REPORT) == 400


def reported(city: SmsCity, *ids: str, status: str = "delivered", code: str = "") -> int:
    async def report(calls: GatewayCalls, _client: httpx.AsyncClient) -> int:
        return await calls.report(*ids, status=status, code=code)

    return city.exchange(report)


def test_a_report_says_that_a_message_arrived(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    city.phone().writes("你好")
    (row,) = city.sms_rows()
    assert row.external_id == "g1"
    assert row.confirmed_at is None
    assert reported(city, row.id.hex) == 200
    assert city.sms_rows()[0].confirmed_at == city.clock.now()


def test_the_gateways_own_id_is_understood_in_a_report(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    city.phone().writes("你好")
    assert reported(city, "g1", status="failed", code="absent") == 200
    (row,) = city.sms_rows()
    assert (row.status, row.reason) == (DeliveryStatus.FAILED, "report:absent")
    assert city.phone().row().unreachable_since is None


def test_a_number_that_is_gone_is_not_written_to_any_more(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    phone.writes("你好")
    reported(sms_city, "g1", status="failed", code="number_gone")
    assert phone.row().unreachable_since == sms_city.clock.now()
    phone.writes("我还在")
    assert phone.row().unreachable_since is None


def test_a_message_nobody_knew_of_does_not_go_again_once_it_arrived(sms_city: SmsCity) -> None:
    sms_city.gateway.fails(202, "garbage")
    assert sms_city.phone().writes("你好") == []
    (row,) = sms_city.sms_rows()
    assert row.status is DeliveryStatus.RETRY
    reported(sms_city, row.id.hex)
    sms_city.clock.advance(timedelta(hours=1))
    sms_city.send_texts()
    assert sms_city.sms_rows()[0].status is DeliveryStatus.ACCEPTED
    assert sms_city.gateway.accepted == {}


def test_a_failure_after_an_arrival_changes_nothing(sms_city: SmsCity) -> None:
    sms_city.phone().writes("你好")
    reported(sms_city, "g1")
    reported(sms_city, "g1", status="failed", code="number_gone")
    assert sms_city.sms_rows()[0].status is DeliveryStatus.ACCEPTED
    assert sms_city.phone().row().unreachable_since is None


def test_a_report_on_an_unknown_message_is_taken_and_named_by_its_id_only(
    sms_city: SmsCity, log_lines: io.StringIO
) -> None:
    web = sms_city.person("somebody")
    web.says("你好")
    assert reported(sms_city, "f" * 32, "陈桂芳 13900001234", status="failed") == 200
    logged = log_lines.getvalue()
    assert logged.count("sms.report_unknown") == 2
    assert "f" * 32 in logged
    assert "13900001234" not in logged


def test_no_number_and_no_words_are_logged(sms_city: SmsCity, log_lines: io.StringIO) -> None:
    sms_city.gateway.fails(500, "13900001234 你好")
    sms_city.phone().writes("你好，我是陈桂芳")
    logged = log_lines.getvalue()
    assert not [word for word in ("13900001234", "陈桂芳", "你好", SECRET) if word in logged]
