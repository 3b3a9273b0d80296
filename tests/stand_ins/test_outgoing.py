"""The checks of outgoing requests find what no careful program sends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stand_ins import outgoing
from tests.stand_ins.bot_api_data import BotApiData
from tests.stand_ins.raw_bot import RawBot
from tests.stand_ins.telegram import Phone, TelegramStandIn
from tests.stand_ins.telegram.stand_in import METHODS


def small_data() -> BotApiData:
    """Return a Bot API of one method, written here."""

    def field(name: str, *types: str, required: bool = False) -> dict[str, object]:
        return {"name": name, "types": list(types), "required": required}

    markup = [field("rows", "Array of Array of Button", required=True)]
    text = field("text", "String", required=True)
    return BotApiData(
        {
            "version": "Bot API 0",  # type: ignore[dict-item]  # one word beside two tables
            "methods": {
                "say": {
                    "fields": [
                        field("chat_id", "Integer", "String", required=True),
                        text,
                        field("markup", "Markup"),
                        field("silent", "Boolean"),
                    ]
                }
            },
            "types": {
                "Markup": {"subtypes": ["Rows"]},
                "Rows": {"fields": markup},
                "Button": {"fields": [text]},
            },
        }
    )


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"chat_id": 1, "text": "a"}, None),
        ({"chat_id": "@a", "text": "a", "markup": {"rows": [[{"text": "a"}]]}}, None),
        ({"text": "a"}, "say needs chat_id"),
        ({"chat_id": 1, "text": "a", "loud": True}, "say has no loud"),
        ({"chat_id": 1, "text": 1}, "say.text is no String"),
        ({"chat_id": 1, "text": "a", "silent": "yes"}, "say.silent is no Boolean"),
        ({"chat_id": True, "text": "a"}, "say.chat_id is no Integer or String"),
        ({"chat_id": 1, "text": "a", "markup": {"rows": [{}]}}, "say.markup is no Markup"),
        ({"chat_id": 1, "text": "a", "markup": {"rows": [[{"words": "a"}]]}}, "say.markup is no"),
    ],
)
def test_data_tells_names_needs_and_types(params: dict[str, object], problem: str | None) -> None:
    found = list(small_data().problems("say", params))
    assert (problem is None) == (found == [])
    assert problem is None or problem in found[0]


def test_a_method_that_the_data_does_not_know_is_a_problem() -> None:
    assert list(small_data().problems("shout", {})) == ["Bot API 0 has no such method"]


@pytest.mark.parametrize(
    ("method", "params", "problem"),
    [
        ("sendMessage", {"chat_id": 1, "text": "a"}, None),
        ("sendMessage", {"chat_id": 1}, "telegram.Bot needs text"),
        ("sendMessage", {"chat_id": 1, "text": "a", "loud": 1}, "telegram.Bot does not send loud"),
        ("shout", {}, "telegram.Bot has no such method"),
    ],
)
def test_the_package_tells_names_and_needs(
    method: str, params: dict[str, object], problem: str | None
) -> None:
    assert list(outgoing.against_signatures(method, params)) == ([problem] if problem else [])


def test_every_method_of_the_stand_in_is_one_of_the_package() -> None:
    import telegram as package

    known = {name.lower() for name in dir(package.Bot)}
    assert [name for name in METHODS if name not in known] == []


async def test_every_request_is_checked(
    telegram: TelegramStandIn, bot: RawBot, phone: Phone
) -> None:
    await bot.say(phone.person.person_id, loud=True)
    assert telegram.forgive()[0] == "sendMessage: telegram.Bot does not send loud"


def test_the_report_says_what_was_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(outgoing, "DATA", tmp_path / "telegram_bot_api.json")
    outgoing.data.cache_clear()
    assert outgoing.report().endswith("../shared/data/telegram_bot_api.json is not there")
    assert outgoing.checks() == (outgoing.against_signatures,)
    content = {"version": "Bot API 9.9", "methods": {}, "types": {}}
    outgoing.DATA.write_text(json.dumps(content), "utf-8")
    outgoing.data.cache_clear()
    assert outgoing.report().endswith("Bot API 9.9 as data")
    assert len(outgoing.checks()) == 2
    outgoing.data.cache_clear()
