"""Text messages at the command line: a trial gateway, and a look at the real one."""

from __future__ import annotations

import asyncio
import json
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import IO

import pytest

from bot.channels.base import SendError
from bot.channels.sms.channel import TextMessage
from bot.channels.sms.gateway import Gateway
from bot.channels.sms.signing import is_signed
from bot.clock import SystemClock
from tests.cli.conftest import CommandLine

SECRET = "a secret of both sides"
PATIENCE = 30.0


class Product(BaseHTTPRequestHandler):
    """Keeps what the gateway calls with, and believes only what is signed."""

    calls: queue.Queue[tuple[str, bytes]]

    def do_POST(self) -> None:
        """Keep one call."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_known = is_signed(dict(self.headers), SECRET, body, now=SystemClock().now())
        self.calls.put((self.path, body))
        self.send_response(200 if is_known else 403)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def product() -> Iterator[HTTPServer]:
    """A product on a free port."""
    Product.calls = queue.Queue()
    server = HTTPServer(("127.0.0.1", 0), Product)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port


def submit(port: int, message: TextMessage) -> str:
    """Hand a message to the trial gateway, as soon as it listens."""

    async def run() -> str:
        url = f"http://127.0.0.1:{port}"
        gateway = Gateway(url, account="deyang", secret=SECRET, clock=SystemClock())
        try:
            for _ in range(300):
                try:
                    return await gateway.submit(message)
                except SendError:
                    await asyncio.sleep(0.1)
        finally:
            await gateway.close()
        raise AssertionError("the trial gateway never listened")

    return asyncio.run(run())


def test_the_trial_gateway_shows_messages_and_passes_on_what_is_typed(
    wengong: CommandLine, product: HTTPServer
) -> None:
    wengong.settings |= {"WENGONG_SMS_SECRET": SECRET, "WENGONG_SMS_ACCOUNT": "deyang"}
    port = free_port()
    url = f"http://127.0.0.1:{product.server_port}"
    process = wengong.start("sms", "gateway", "--port", str(port), "--product", url)
    with process:
        keyboard, screen = process.stdin, process.stdout
        assert keyboard is not None
        assert screen is not None
        assert submit(port, TextMessage("a" * 32, "13900001234", "还在不？")) == "g1"
        assert line_with(screen, "还在不") == "g1 139****1234  还在不？\n"
        keyboard.write("+ 13900001234 在的\n- g1 number_gone\ng1\nwhat\n")
        keyboard.flush()
        calls = [Product.calls.get(timeout=PATIENCE) for _ in range(3)]
        line_with(screen, "200")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    said = [(path, json.loads(body)) for path, body in calls]
    assert said[0][0] == "/sms/inbound"
    assert (said[0][1]["from"], said[0][1]["text"]) == ("13900001234", "在的")
    assert said[1] == (
        "/sms/reports",
        [{"id": "g1", "status": "failed", "code": "number_gone"}],
    )
    assert said[2] == ("/sms/reports", [{"id": "g1", "status": "delivered", "code": ""}])


def line_with(screen: IO[str], words: str) -> str:
    return next(line for line in screen if words in line)


def test_a_trial_gateway_needs_a_secret(wengong: CommandLine) -> None:
    ended = wengong.run("sms", "gateway")
    assert ended.status == 2
    assert "WENGONG_SMS_SECRET" in ended.complained


def test_a_check_says_what_is_not_set(wengong: CommandLine) -> None:
    ended = wengong.run("sms", "check", "--lang", "en")
    assert (ended.status, ended.printed) == (1, "✗ Not set: url, account, secret\n")


def test_a_check_says_that_a_gateway_is_away(wengong: CommandLine) -> None:
    wengong.settings |= {
        "WENGONG_SMS_URL": f"http://127.0.0.1:{free_port()}",
        "WENGONG_SMS_SECRET": SECRET,
        "WENGONG_SMS_ACCOUNT": "deyang",
    }
    ended = wengong.run("sms", "check", "--lang", "en")
    assert ended.status == 1
    assert "✓ The gateway's address" in ended.printed
    assert "✗ The gateway cannot be reached (ConnectError)." in ended.printed


def test_a_file_needs_no_gateway(wengong: CommandLine) -> None:
    wengong.settings["WENGONG_SMS_FILE"] = str(wengong.folder / "sms.jsonl")
    ended = wengong.run("sms", "check")
    assert (ended.status, ended.printed) == (0, "短信写进文件sms.jsonl，不走网关。\n")


def test_the_command_line_starts_without_what_only_text_messages_need() -> None:
    slow = ("httpx", "bot.channels.sms", "telegram")
    loaded = f"import sys, bot.cli.main; print([it for it in {slow} if it in sys.modules])"
    found = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"
