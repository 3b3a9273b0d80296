from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.channels.telegram.checking import Check, Finding
from bot.channels.telegram.line import TelegramOptions
from bot.cli.main import cli
from bot.cli.opening import serving_lock
from bot.settings import read_settings
from content.catalogue import Catalogue
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn
from tests.stand_ins.telegram.account import Account

STEPS = [
    "token", "route", "identity", "updates", "alone", "menus", "menus_read", "rate", "address",
]  # fmt: skip
URL = "https://wengong.example"


@pytest.fixture
def account(telegram: TelegramStandIn) -> Account:
    return telegram.bot()


async def found(
    telegram: TelegramStandIn, catalogue: Catalogue, token: str, **changes: object
) -> dict[str, Finding]:
    is_served = bool(changes.pop("is_served", False))
    values: dict[str, object] = {"token": token, "api": telegram.root, **changes}
    checked = Check(
        TelegramOptions(**values),  # type: ignore[arg-type]  # named as the fields are
        public_url=URL,
        texts=catalogue.texts,
        monotonic=time.monotonic,
        listening_seconds=1,
        is_served=is_served,
    )
    findings = [finding async for finding in checked.findings()]
    for finding in findings:
        for language in ("zh", "en"):
            catalogue.texts.render(f"telegram.step.{finding.step}", language)
            catalogue.texts.render(f"telegram.found.{finding.found}", language, **finding.values)
            if finding.remedy:
                remedy = f"telegram.remedy.{finding.remedy}"
                assert token not in catalogue.texts.render(remedy, language, **finding.values)
    return {finding.step: finding for finding in findings}


async def test_all_is_well(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    findings = await found(telegram, catalogue, account.token)
    assert list(findings) == STEPS
    assert all(finding.is_good for finding in findings.values())
    assert findings["identity"].values == {"username": account.at_name}
    assert "sendMessage" not in telegram.methods_got()


async def test_what_is_no_token_ends_the_check(
    telegram: TelegramStandIn, catalogue: Catalogue
) -> None:
    findings = await found(telegram, catalogue, "hello")
    assert list(findings) == ["token"]
    assert not findings["token"].is_good
    assert telegram.received == []


async def test_a_refused_token_is_told_from_a_missing_route(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    telegram.accounts.clear()
    refused = await found(telegram, catalogue, account.token)
    assert refused["route"].is_good
    assert not refused["identity"].is_good
    assert account.token not in str(refused["identity"].values)
    nowhere = await found(telegram, catalogue, account.token, api="http://127.0.0.1:9")
    assert not nowhere["route"].is_good
    assert account.token not in str(nowhere["route"].values)
    assert "identity" not in nowhere


async def test_another_poller_is_found(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    telegram.faults.add(
        Fault(FaultKind.ERROR, methods=frozenset({"getUpdates"}), status=409, times=1)
    )
    findings = await found(telegram, catalogue, account.token)
    assert not findings["alone"].is_good


async def test_a_platform_without_lists_of_commands_is_named(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    lists = frozenset({"setMyCommands", "getMyCommands"})
    telegram.faults.add(Fault(FaultKind.ERROR, methods=lists, status=500))
    findings = await found(telegram, catalogue, account.token)
    assert [step for step in STEPS if not findings[step].is_good] == ["menus", "menus_read"]


async def test_a_rate_above_the_cap_is_named(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    findings = await found(telegram, catalogue, account.token, per_second=31.0)
    assert not findings["rate"].is_good


async def test_a_webhook_needs_no_poller(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    findings = await found(telegram, catalogue, account.token, webhook=True)
    assert findings["alone"].found == "alone_webhook"
    assert "getUpdates" not in telegram.methods_got()


async def test_a_bot_that_serves_is_not_disturbed(
    telegram: TelegramStandIn, catalogue: Catalogue, account: Account
) -> None:
    findings = await found(telegram, catalogue, account.token, is_served=True)
    assert findings["alone"].is_good
    assert findings["alone"].found == "alone_served"
    assert "getUpdates" not in telegram.methods_got()


async def test_the_command_sees_that_its_own_bot_serves(
    telegram: TelegramStandIn, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENGONG_DATA", str(tmp_path))
    monkeypatch.setenv("WENGONG_TELEGRAM_TOKEN", account.token)
    monkeypatch.setenv("WENGONG_TELEGRAM_API", telegram.root)
    url = f"sqlite:///{tmp_path / 'wengong.db'}"
    with serving_lock(read_settings(), url):
        answer = await asyncio.to_thread(CliRunner().invoke, cli, ["telegram", "check"])
    assert answer.exit_code == 0
    assert "getUpdates" not in telegram.methods_got()


@pytest.mark.parametrize(("language", "words"), [("zh", "怎么办"), ("en", "What to do")])
async def test_the_command_says_step_by_step_what_to_do(
    telegram: TelegramStandIn,
    account: Account,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENGONG_TELEGRAM_TOKEN", account.token)
    monkeypatch.setenv("WENGONG_TELEGRAM_API", telegram.root)
    telegram.accounts.clear()
    command = ["telegram", "check", "--lang", language]
    answer = await asyncio.to_thread(CliRunner().invoke, cli, command)
    assert answer.exit_code == 1
    assert answer.output.count("✓") == 4
    assert answer.output.count("✗") == 1
    assert words in answer.output
    assert account.token not in answer.output


async def test_without_a_token_it_says_where_one_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = await asyncio.to_thread(CliRunner().invoke, cli, ["telegram", "check"])
    assert answer.exit_code == 1
    assert "@BotFather" in answer.output


async def test_every_bureaus_bot_is_checked(
    telegram: TelegramStandIn, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = telegram.bot(at_name="other_bot")
    bureaus = tmp_path / "bureaus.toml"
    bureaus.write_text(
        f'[[bureau]]\nadcode = "500240"\nname = "石柱县"\ntelegram_token = "{other.token}"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("WENGONG_BUREAUS", str(bureaus))
    monkeypatch.setenv("WENGONG_TELEGRAM_TOKEN", account.token)
    monkeypatch.setenv("WENGONG_TELEGRAM_API", telegram.root)
    telegram.accounts.clear()
    answer = await asyncio.to_thread(CliRunner().invoke, cli, ["telegram", "check"])
    assert answer.exit_code == 1
    assert "石柱县的机器人" in answer.output
    assert answer.output.count("✗") == 2
