"""`wengong run` and `wengong migrate`: the demo county, or a bureau's own deployment."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import os
import socket
import time
from pathlib import Path
from typing import Annotated

import typer

from bot.app import App
from bot.app.demo.city import build_city, is_built
from bot.app.demo.clock import restore_clock, start_at_nine
from bot.app.demo.doors import open_doors
from bot.app.demo.figures import Figures, read_figures
from bot.app.server import Server
from bot.cli.opening import DEMO_FILE, Opened, fail, is_demo, open_app, serving_lock
from bot.cli.opening import settings_or_fail as read_or_fail
from bot.cli.speaking import progress_bar
from bot.clock import SystemClock
from bot.services.people import officers
from bot.settings import Settings
from bot.web.site import DemoDoors
from content.data_files import DataFolder
from content.texts import Texts, read_texts
from storage.repositories.demo_figures import DemoFigures

LOCALHOST = "localhost"
ROLES = ("worker", "enterprise", "officer")
REAL_FILE = "wengong.db"


class _Words:
    """The texts of `serve.*` in the language that is set."""

    def __init__(self, texts: Texts, language: str) -> None:
        self._texts, self._language = texts, language

    def __call__(self, purpose: str, **values: object) -> str:
        return self._texts.render(f"serve.{purpose}", self._language, **values)


def run(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any.")] = None,
) -> None:
    """Serve: the invented county, or the bureau's own database when one is set."""
    began = _process_began()
    given = {"host": host, "port": port}
    settings = read_or_fail(**{name: value for name, value in given.items() if value is not None})
    words = _Words(read_texts(DataFolder(settings.content)), settings.language)
    demo = is_demo(settings)
    if demo and not _is_loopback(settings.host):
        fail(words("refused.not_loopback", host=settings.host))
    _prepare_folder(settings, words)
    url = settings.database_address(DEMO_FILE if demo else REAL_FILE)
    clock = SystemClock(settings.timezone)
    with serving_lock(settings, url):
        settings = _with_free_port(settings, words)
        with open_app(settings, demo=demo, clock=clock) as opened:
            if demo:
                _serve_demo(opened.app, clock, words, began=began)
            else:
                _serve_real(opened, words, began=began)
    print(words("stopped.line"))


def migrate() -> None:
    """Bring the database up to date and end."""
    settings = read_or_fail()
    words = _Words(read_texts(DataFolder(settings.content)), settings.language)
    _prepare_folder(settings, words)
    demo = is_demo(settings)
    url = settings.database_address(DEMO_FILE if demo else REAL_FILE)
    with serving_lock(settings, url), open_app(settings, demo=demo):
        print(words("stopped.migrated"))


def prepare_demo(app: App, clock: SystemClock, *, building: str) -> Figures:
    """Build the county when the database is new, and set the clock where it stood."""
    figures = read_figures(DataFolder(app.settings.content))
    restore_clock(app.database, clock)
    if not is_built(app):
        start_at_nine(app.database, clock)
        with progress_bar(building) as progress:
            build_city(
                app,
                figures,
                language=app.settings.language,
                progress=lambda percent: progress(percent, 100),
            )
    return figures


def _serve_demo(app: App, clock: SystemClock, words: _Words, *, began: float) -> None:
    figures = prepare_demo(app, clock, building=words("demo.building"))
    doors = open_doors(app, clock, figures)

    def ready() -> None:
        print("\n".join(_banner(app, doors, figures, words, began=began)), flush=True)

    asyncio.run(Server(app, doors).serve(ready=ready))


def _banner(
    app: App, doors: DemoDoors, figures: Figures, words: _Words, *, began: float
) -> list[str]:
    workers, vacancies = app.database.read(lambda uow: DemoFigures(uow.session).size())
    county = app.deployment.catalogue.places.short_name(figures.city.word("county"))
    base = app.deployment.public_url
    title = words(
        "demo.title",
        county=county,
        workers=workers,
        vacancies=vacancies,
        seconds=f"{time.monotonic() - began:.1f}",
    )
    links = [
        words("demo.door", role=words(f"demo.{role}"), link=f"{base}/demo/{role}?k={doors.key}")
        for role in ROLES
    ]
    today = app.deployment.today.isoformat()
    clock = words("demo.clock", link=f"{base}/demo/clock", today=today)
    return [title, *links, clock, words("demo.tour"), words("demo.note")]


def _serve_real(opened: Opened, words: _Words, *, began: float) -> None:
    app = opened.app
    lines = []
    if opened.new_key_file is not None:
        lines.append(words("real.new_keys", file=opened.new_key_file))
    bureau = app.deployment.bureau_adcode
    try:
        app.database.read(lambda uow: officers.check_coverage(uow, bureau))
    except LookupError:
        lines.append(words("real.no_officer", command=officers.invite_command(bureau)))

    def ready() -> None:
        seconds = f"{time.monotonic() - began:.1f}"
        title = words("real.title", bureau=app.settings.bureau_name, seconds=seconds)
        address = words("real.address", link=f"{app.deployment.public_url}/chat")
        print("\n".join([title, address, *lines]), flush=True)

    asyncio.run(Server(app).serve(ready=ready))


def _is_loopback(host: str) -> bool:
    try:
        return host == LOCALHOST or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _prepare_folder(settings: Settings, words: _Words) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        is_writable = os.access(settings.data, os.W_OK)
    except OSError as error:
        fail(words("refused.data_folder", folder=settings.data, reason=error.strerror))
    if not is_writable:
        fail(words("refused.data_folder", folder=settings.data, reason=os.strerror(errno.EACCES)))


def _with_free_port(settings: Settings, words: _Words) -> Settings:
    """Return the settings with a port that is free now; port 0 becomes one that is."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                fail(words("refused.port_taken", port=settings.port))
            fail(words("refused.host_unknown", host=settings.host))
        return settings.model_copy(update={"port": int(probe.getsockname()[1])})


def _process_began() -> float:
    """Return when this process began, on the monotonic clock; now where that is unknown."""
    now = time.monotonic()
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks = int(fields[19])  # starttime, the 22nd field; see proc(5)
        since_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
        return now - (since_boot - ticks / os.sysconf("SC_CLK_TCK"))
    except (OSError, ValueError, IndexError, AttributeError):
        return now
