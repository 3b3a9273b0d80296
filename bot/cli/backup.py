"""`wengong backup` and `wengong restore`: how a bureau is kept safe, and how it moves."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app.build import KEY_FILE
from bot.cli.opening import (
    DEMO_FILE,
    DEMO_KEYS,
    fail,
    is_demo,
    open_app,
    serving_lock,
    settings_or_fail,
)
from bot.cli.speaking import LanguageOption, Speech, progress_bar
from bot.settings import Settings
from content.reader import read_catalogue
from storage.transfer import ArchiveError, Header, read_archive, read_header, write_archive

FileArgument = Annotated[Path, typer.Argument(help="The backup file.", show_default=False)]


def backup(
    file: FileArgument,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Write everything to FILE, from which an empty database of either kind can be filled."""
    settings = settings_or_fail()
    demo = is_demo(settings)
    speech = _speech(settings, lang)
    if file.exists() and not force:
        speech.refuse("backup.exists", file=file)
    with open_app(settings, demo=demo) as opened:
        at, engine = opened.app.deployment.now, opened.app.database.engine
        try:
            with progress_bar(speech.text("backup.writing")) as progress:
                counts = write_archive(engine, file, at=at, progress=progress)
        except OSError as error:
            speech.refuse("backup.unwritable", file=file, reason=error.strerror)
    speech.say("backup.written", file=file, rows=counts.total)
    if settings.keys:
        speech.say("backup.keys_setting")
    else:
        speech.say("backup.keys_file", key_file=_key_file(settings, demo=demo))


def restore(
    file: FileArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Fill an empty database from FILE; the keys of that time have to be here."""
    settings = settings_or_fail()
    demo = is_demo(settings)
    speech = _speech(settings, lang)
    if not file.is_file():
        speech.refuse("restore.missing", file=file)
    key_file = _key_file(settings, demo=demo)
    if not settings.keys and not key_file.exists():
        # Keys made now could not read the backup, and would stand where the right ones belong.
        speech.refuse("restore.keys_first", key_file=key_file)
    try:
        header = read_header(file)
        if not yes:
            _ask(speech, settings, file, header, demo=demo)
        _fill(speech, settings, file, demo=demo)
    except (ArchiveError, OSError) as error:
        fail(str(error), speech.text("restore.stopped"))


def _fill(speech: Speech, settings: Settings, file: Path, *, demo: bool) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    with (
        serving_lock(settings, _address(settings, demo=demo)),
        open_app(settings, demo=demo) as opened,
        progress_bar(speech.text("restore.reading")) as progress,
    ):
        counts = read_archive(opened.app.database.engine, file, progress=progress)
    speech.say("restore.done", rows=counts.total)


def _ask(speech: Speech, settings: Settings, file: Path, header: Header, *, demo: bool) -> None:
    written_at = datetime.fromisoformat(header.written_at).astimezone(settings.timezone)
    question = speech.text(
        "restore.ask",
        file=file,
        written_at=f"{written_at:%Y-%m-%d %H:%M}",
        rows=sum(header.counts.values()),
        database=_name(_address(settings, demo=demo)),
    )
    try:
        agreed = typer.confirm(question)
    except typer.Abort:
        agreed = False
    if not agreed:
        fail(speech.text("restore.stopped"))


def _speech(settings: Settings, lang: str | None) -> Speech:
    return Speech(read_catalogue(settings.content).texts, lang or settings.language)


def _address(settings: Settings, *, demo: bool) -> str:
    return settings.database_address(DEMO_FILE if demo else "wengong.db")


def _name(address: str) -> str:
    """Return a database's address without the account and password in it."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _key_file(settings: Settings, *, demo: bool) -> Path:
    return settings.data / (DEMO_KEYS if demo else KEY_FILE)
