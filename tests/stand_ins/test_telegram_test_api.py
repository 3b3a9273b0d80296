"""The other stand-in's answers are put right, and its absence is said aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stand_ins import telegram_test_api
from tests.stand_ins.repaired_request import repaired
from tests.stand_ins.telegram_test_api import NodeMissingError


def test_a_bot_says_that_it_is_one() -> None:
    me = {"ok": True, "result": {"username": "TestNameBot", "first_name": "Test", "id": 666}}
    mended = repaired(me)
    assert mended == {"ok": True, "result": {**me["result"], "is_bot": True}}  # type: ignore[dict-item]  # an object


def test_dates_are_seconds() -> None:
    found = repaired([{"message": {"date": 1_795_395_600_123}}, {"message": {"date": 1_795}}])
    assert found == [{"message": {"date": 1_795_395_600}}, {"message": {"date": 1_795}}]


def test_a_pressed_button_names_its_chat() -> None:
    update = {"update_id": 1, "callback_query": {"id": "1", "data": "a"}}
    query = {"id": "1", "data": "a", "chat_instance": "0"}
    assert repaired([update]) == [{"update_id": 1, "callback_query": query}]


def test_nothing_becomes_true() -> None:
    assert repaired({"ok": True, "result": None}) == {"ok": True, "result": True}


def test_without_node_the_test_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(NodeMissingError, match="apt install nodejs npm"),
        telegram_test_api.running(),
    ):
        pass
    monkeypatch.setattr(telegram_test_api, "FOLDER", tmp_path / "not there")
    with pytest.raises(NodeMissingError, match="npm is missing"):
        telegram_test_api.installed()
