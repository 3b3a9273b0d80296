"""`wengong demo`, the tour of the whole loop, and `wengong reset-demo`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.app.demo.city import build_city
from bot.app.demo.figures import read_figures
from bot.app.demo.tour.direction import play
from bot.app.demo.tour.playing import TourError
from bot.cli.opening import DEMO_FILE, DEMO_KEYS, fail, open_app, serving_lock, settings_or_fail
from bot.cli.programme import Programme
from bot.clock import FixedClock, SystemClock, at_local
from bot.settings import Settings
from content.data_files import DataFolder
from content.texts import read_texts

OPENING_HOUR = 9
# The tour begins on a Monday, so that offices are open in its first week.
MONDAY = 7


def tour(
    *,
    lang: Annotated[str, typer.Option(help="Language of the assistant: zh or en.")] = "zh",
    gloss: Annotated[bool, typer.Option("--gloss", help="Put English beside each line.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="No pauses between the lines.")] = False,
) -> None:
    """Play the whole loop in an invented county, in a database of its own."""
    began = time.monotonic()
    if lang not in {"zh", "en"}:
        raise typer.BadParameter("zh or en", param_hint="--lang")
    with tempfile.TemporaryDirectory(prefix="wengong-demo-") as folder:
        # Nothing of a visitor's own deployment is read or written.
        settings = settings_or_fail(
            data=Path(folder), database_url="", keys="", index_key="", language=lang, port=0
        )
        _play(settings, gloss=gloss, pauses=sys.stdout.isatty() and not fast, began=began)


def _play(settings: Settings, *, gloss: bool, pauses: bool, began: float) -> None:
    clock = FixedClock(_next_opening(settings), settings.timezone)
    quiet = settings.model_copy(update={"log_level": "ERROR"})
    with open_app(quiet, demo=True, clock=clock) as opened:
        app = opened.app
        folder = DataFolder(settings.content)
        figures = read_figures(folder)
        build_city(app, figures, language=settings.language)
        programme = Programme(app.deployment.catalogue, folder, gloss=gloss, pauses=pauses)
        playing = play(
            app, clock, figures, language=settings.language, show=programme.show, began=began
        )
        try:
            asyncio.run(playing)
        except TourError as error:
            text = app.deployment.text("demo.broken.stopped", settings.language, problem=str(error))
            fail(text)


def _next_opening(settings: Settings) -> datetime:
    """Return nine o'clock on the next Monday."""
    today = SystemClock(settings.timezone).today()
    monday = today + timedelta(days=MONDAY - today.weekday())
    return at_local(monday, OPENING_HOUR, timezone=settings.timezone)


def reset(
    *, yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False
) -> None:
    """Delete the demo's database, after asking."""
    settings = settings_or_fail()
    texts = read_texts(DataFolder(settings.content))

    def words(purpose: str, **values: object) -> str:
        return texts.render(f"serve.reset.{purpose}", settings.language, **values)

    database = settings.data / DEMO_FILE
    names = (DEMO_FILE, f"{DEMO_FILE}-wal", f"{DEMO_FILE}-shm", DEMO_KEYS)
    files = [settings.data / name for name in names if (settings.data / name).exists()]
    if not files:
        print(words("nothing"))
        return
    with serving_lock(settings, f"sqlite:///{database}"):
        print(words("files", files=", ".join(str(file) for file in files)))
        if not yes and not typer.confirm(words("ask"), default=False):
            print(words("kept"))
            return
        for file in files:
            file.unlink(missing_ok=True)
    print(words("done"))
