"""`wengong telegram check`: what works for each bureau's bot, and what to do where it does not."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.app import read_secrets
from bot.app.lines import telegram_options
from bot.bureaus import read_bureaus
from bot.cli.opening import serving_lock, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech
from bot.errors import SettingsError, StorageUnavailableError
from bot.settings import Settings
from content.data_files import DataFolder
from content.texts import Texts, read_texts
from storage.database import Database

if TYPE_CHECKING:
    from bot.channels.telegram.checking import Check, Finding

commands = typer.Typer(no_args_is_help=True)


@commands.callback()
def telegram() -> None:
    """Look after the bureau's bot on Telegram."""


@commands.command("check")
def check(lang: LanguageOption = None) -> None:
    """Look at each step between the token and the first message; nobody is written to."""
    settings = settings_or_fail()
    texts = read_texts(DataFolder(settings.content))
    language = Speech(texts, lang or settings.language).language
    bots = _bots(settings)
    if not bots:
        print(texts.render("telegram.check.no_token", language))
        raise typer.Exit(1)
    failed = 0
    for bot in bots:
        if len(bots) > 1:
            print(texts.render("telegram.check.bureau", language, bureau=bot.bureau))
        failed += asyncio.run(_show_all(_check_of(settings, bot, texts), texts, language))
    if failed:
        print(texts.render("telegram.check.some_bad", language, count=failed))
        raise typer.Exit(1)
    print(texts.render("telegram.check.all_good", language))


@dataclass(frozen=True, slots=True)
class _Bot:
    """The bot of one bureau."""

    bureau: str
    adcode: str
    token: str


def _bots(settings: Settings) -> list[_Bot]:
    """Return the bot of every bureau that has one, the main one's first."""
    further = read_bureaus(
        settings.bureaus, main=settings.bureau_adcode, main_token=settings.telegram_token
    )
    main = _Bot(settings.bureau_name, settings.bureau_adcode, settings.telegram_token)
    others = [_Bot(each.name, each.adcode, each.telegram_token) for each in further]
    return [bot for bot in (main, *others) if bot.token]


def _is_served(settings: Settings, bureau_adcode: str) -> bool:
    """Return whether a process of this deployment asks for the bureau's messages just now."""
    url = settings.database_address()
    if url.startswith("sqlite"):
        return _serves_file(settings, url)
    try:
        keys, _new_file = read_secrets(settings, url=url)
        database = Database(url, keys, pool_size=1)
        try:
            return database.read(lambda uow: uow.accounts.is_polled("telegram", bureau_adcode))
        finally:
            database.close()
    except (SettingsError, StorageUnavailableError):
        return False  # without its database nobody serves


def _serves_file(settings: Settings, url: str) -> bool:
    if not Path(url.removeprefix("sqlite:///")).with_suffix(".lock").exists():
        return False  # nobody ever served it, and a look leaves no file behind
    try:
        with serving_lock(settings, url):
            return False
    except OSError:
        return False
    except SettingsError:
        return True


def _check_of(settings: Settings, bot: _Bot, texts: Texts) -> Check:
    # The library is slow to import, and every other command does without it.
    from bot.channels.telegram.checking import Check

    public_url = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    return Check(
        telegram_options(settings, bot.token),
        public_url=public_url,
        texts=texts,
        monotonic=time.monotonic,
        is_served=_is_served(settings, bot.adcode),
    )


async def _show_all(checked: Check, texts: Texts, language: str) -> int:
    """Print each finding as it comes; return how many steps failed."""
    failed = 0
    async for finding in checked.findings():
        failed += not finding.is_good
        _show(finding, texts, language)
    return failed


def _show(finding: Finding, texts: Texts, language: str) -> None:
    step = texts.render(f"telegram.step.{finding.step}", language)
    what = texts.render(f"telegram.found.{finding.found}", language, **finding.values)
    mark = "passed" if finding.is_good else "failed"
    print(texts.render(f"telegram.check.{mark}", language, step=step, what=what), flush=True)
    if finding.remedy is not None:
        remedy = texts.render(f"telegram.remedy.{finding.remedy}", language, **finding.values)
        print(texts.render("telegram.check.fix", language, remedy=remedy), flush=True)
