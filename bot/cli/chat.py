"""`wengong chat`: talk to the bureau's assistant in the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import functools
import getpass
import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from bot.app import App
from bot.app.demo.city import is_built
from bot.app.demo.clock import restore_clock
from bot.cli.conversing import Conversing, Speaker
from bot.cli.keyboard import Keyboard
from bot.cli.opening import DEMO_FILE, is_demo, open_app, serving_lock, settings_or_fail
from bot.cli.serve import prepare_demo
from bot.cli.speaking import LanguageOption, Speech
from bot.clock import SystemClock
from bot.errors import SettingsError
from bot.log import configure
from bot.services.people import officers
from storage.states import Role
from storage.unit_of_work import UnitOfWork

ACCOUNT_WORD = "terminal-{}"
ACCOUNT_DIGITS = 7
OPENINGS = {Role.WORKER: "/start", Role.ENTERPRISE: "/start e", Role.OFFICER: "/menu"}
WAIT_SECONDS = 0.5


def chat(
    *,
    role: Annotated[Role, typer.Option(help="In which role you talk.")] = Role.WORKER,
    demo: Annotated[
        bool | None, typer.Option("--demo/--no-demo", help="The invented county, or yours.")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Talk in the terminal; where you were is remembered."""
    settings = settings_or_fail()
    in_demo = is_demo(settings) if demo is None else demo
    clock = SystemClock(settings.timezone)
    with open_app(settings, demo=in_demo, clock=clock) as opened:
        app = opened.app
        configure("WARNING" if settings.log_level == "INFO" else settings.log_level)
        speech = Speech(app.deployment.catalogue.texts, lang or settings.language)
        follow_clock = functools.partial(restore_clock, app.database, clock)
        if in_demo:
            follow_clock()
            _build_once(app, clock, speech)
        address = f"terminal:{getpass.getuser()}:{role}"
        with _alone(settings.data / f".{_account_word(address)}.lock", speech):
            speaker = _speaker(app, speech, address, role=role, is_demo=in_demo)
            _talk(app, speech, speaker, follow_clock if in_demo else lambda: None)


def _talk(app: App, speech: Speech, speaker: Speaker, follow_clock: Callable[[], None]) -> None:
    keyboard = Keyboard()
    if keyboard.is_terminal:
        speech.say("chat.hello", bureau=app.settings.bureau_name)

    async def talk() -> None:
        conversing = Conversing(app, speaker, keyboard, follow_clock=follow_clock)
        await conversing.run(before=speech.text("chat.before"))

    with keyboard.ready(), contextlib.suppress(KeyboardInterrupt):
        asyncio.run(talk())
    if keyboard.is_terminal:
        print()
        speech.say("chat.goodbye")


def _speaker(app: App, speech: Speech, address: str, *, role: Role, is_demo: bool) -> Speaker:
    """Return who talks; the demo's officer needs no invitation, a real one does."""
    account_id = app.account_id(_account_word(address))
    opening = OPENINGS[role]
    if role is Role.OFFICER:
        look = functools.partial(
            _is_officer, app=app, account_id=account_id, address=address, may_join=is_demo
        )
        if not app.database.run(look):
            speech.say("chat.no_officer")
            opening = ""
    return Speaker(account_id, address, speech.language, opening)


def _is_officer(
    uow: UnitOfWork, *, app: App, account_id: UUID, address: str, may_join: bool
) -> bool:
    deployment = app.deployment
    row = uow.addresses.find(account_id, address)
    if row is not None and uow.officers.at(row.id) is not None:
        return True
    if not may_join:
        return False
    row = uow.addresses.find_or_add(account_id, address, language="zh", now=deployment.now)
    scope = officers.scope_of(deployment.bureau_adcode)
    token = officers.invite(uow, deployment, scope=scope, name=getpass.getuser())
    officers.accept(uow, deployment, token, row)
    return True


def _account_word(address: str) -> str:
    """Return the account of one person's keyboard.

    Each has its own, so that no other terminal takes what is to be printed here.
    """
    digest = hashlib.sha256(address.encode("utf-8")).hexdigest()
    return ACCOUNT_WORD.format(digest[:ACCOUNT_DIGITS])


def _build_once(app: App, clock: SystemClock, speech: Speech) -> None:
    """Make sure that the invented county is there, whoever builds it."""
    address = app.settings.database_address(DEMO_FILE)
    while not is_built(app):
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(serving_lock(app.settings, address))
            except SettingsError:  # the process that serves is building it
                time.sleep(WAIT_SECONDS)
                continue
            prepare_demo(app, clock, building=speech.text("chat.building"))


@contextlib.contextmanager
def _alone(file: Path, speech: Speech) -> Iterator[None]:
    """Let one window at a time talk as this person; two would share the answers."""
    with file.open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            speech.refuse("chat.busy")
        yield
