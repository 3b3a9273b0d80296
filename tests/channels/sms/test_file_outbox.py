"""A file instead of a gateway."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path

import pytest

from bot.channels.base import SendError
from bot.channels.sms.channel import TextMessage
from bot.channels.sms.file_outbox import FileOutbox
from bot.clock import FixedClock
from bot.messages import SendErrorKind


def test_messages_stand_in_the_file_line_by_line_for_its_owner_only(
    tmp_path: Path, clock: FixedClock
) -> None:
    file = tmp_path / "sms.jsonl"
    file.touch(0o644)
    outbox = FileOutbox(file, clock=clock)

    async def write() -> None:
        texts = [TextMessage(f"{n:032x}", "13900001234", f"第{n}条") for n in range(3)]
        await asyncio.gather(*(outbox.submit(text) for text in texts))

    asyncio.run(write())
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert sorted(line["text"] for line in lines) == ["第0条", "第1条", "第2条"]
    assert {line["to"] for line in lines} == {"13900001234"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert outbox.state == "ok"


def test_a_file_that_cannot_be_written_loses_nothing(tmp_path: Path, clock: FixedClock) -> None:
    outbox = FileOutbox(tmp_path, clock=clock)
    with pytest.raises(SendError) as caught:
        asyncio.run(outbox.submit(TextMessage("a" * 32, "13900001234", "在不")))
    assert caught.value.failure.kind is SendErrorKind.TEMPORARY
    assert outbox.state == "no_route"
