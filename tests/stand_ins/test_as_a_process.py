"""The stand-in as a process of its own, as benchmarks use it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.stand_ins.telegram.control import fullest_second
from tests.stand_ins.telegram.values import Json

ROOT = Path(__file__).parents[2]
TOKEN = "7100000002:AAH-a-bot-of-a-benchmark-of-thirty-five"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a process whose limits are lifted."""
    command = [sys.executable, "-m", "tests.stand_ins.telegram", "--lifted", "--token", TOKEN]
    with subprocess.Popen(  # noqa: S603 - this Python
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False) as found:
        yield found


def said(client: httpx.Client, text: str) -> int:
    """Send a text to anybody; return the status."""
    body: Json = {"chat_id": 7, "text": text}
    return client.post(f"/bot{TOKEN}/sendMessage", json=body).status_code


def test_another_process_counts_what_came(client: httpx.Client) -> None:
    before = client.get("/stand-in/counts").json()
    assert {said(client, f"第{number}") for number in range(50)} == {200}
    after = client.get("/stand-in/counts").json()
    assert after["messages"] - before["messages"] == 50
    assert 1 <= after["fullest_second"] <= after["messages"]
    rows = client.get("/stand-in/messages").json()
    assert [row[4] for row in rows][-2:] == ["第48", "第49"]


def test_another_process_sends_updates_and_sets_faults(client: httpx.Client) -> None:
    update = {"token": TOKEN, "kind": "message", "content": {"message_id": 1}}
    number = client.post("/stand-in/update", json=update).json()
    found = client.get(f"/bot{TOKEN}/getUpdates").json()["result"]
    assert found == [{"update_id": number, "message": {"message_id": 1}}]
    client.post("/stand-in/fault", json={"kind": "error", "times": 1, "status": 502})
    assert [said(client, "a"), said(client, "a")] == [502, 200]
    assert client.get("/stand-in/counts").json()["struck"] == 1


def test_the_fullest_second_is_any_second() -> None:
    assert fullest_second([0.0, 0.6, 0.9, 1.5, 1.59, 3.0]) == 4
    assert fullest_second([]) == 0
