"""`wengong officer`: inviting an officer, and seeing who looks after which place."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import segno
import typer

from bot.app import App
from bot.cli.opening import is_demo, open_app, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech
from bot.services.people import officers
from bot.services.people.officers import INVITATION_LIFE
from content.places import Places
from storage.models import Officer
from storage.unit_of_work import UnitOfWork

LONGEST_NAME = 20
SCOPE_LENGTHS = (2, 4, 6, 9)
TOKEN_PREFIX = "o_"  # noqa: S105 - what every invitation begins with
OPERATOR = "bureau"

commands = typer.Typer(no_args_is_help=True)
ScopeOption = Annotated[
    str, typer.Option("--scope", help="Place code without zeros at its end: 51, 5106, 510623.")
]


@commands.command("invite")
def invite(
    scope: ScopeOption,
    name: Annotated[str, typer.Option("--name", help="Whom it is for, as workers know them.")],
    lang: LanguageOption = None,
) -> None:
    """Make an invitation and print its link, its QR code and how long it is good for."""
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        speech = Speech(app.deployment.catalogue.texts, lang or settings.language)
        code = known_scope(app.deployment.catalogue.places, scope)
        if code is None:
            speech.refuse("officer.bad_scope", scope=scope)
        whom = " ".join(name.split())
        if not 0 < len(whom) <= LONGEST_NAME or any(sign.isdigit() for sign in whom):
            speech.refuse("officer.bad_name", longest=LONGEST_NAME)
        token = app.database.run(
            lambda uow: officers.invite(uow, app.deployment, scope=code, name=whom, by=OPERATOR)
        )
        _show_invitation(app, speech, TOKEN_PREFIX + token, name=whom, scope=code)


@commands.command("list")
def show_list(scope: ScopeOption = "", lang: LanguageOption = None) -> None:
    """Print who looks after a place and its parts; names stand on a terminal only."""
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        speech = Speech(app.deployment.catalogue.texts, lang or settings.language)
        wanted = scope or officers.scope_of(settings.bureau_adcode)
        code = known_scope(app.deployment.catalogue.places, wanted)
        if code is None:
            speech.refuse("officer.bad_scope", scope=scope)
        found = app.database.run(lambda uow: _look_up(uow, app, scope=code))
        if not found:
            speech.say("officer.none", place=_place_name(app, code))
        _show_list(app, speech, found)


def known_scope(places: Places, typed: str) -> str | None:
    """Return what was typed as a scope when it is that of a place, else None."""
    if not typed.isascii() or not typed.isdecimal() or len(typed) not in SCOPE_LENGTHS:
        return None
    place = places.get(_code_of(typed))
    return officers.scope_of(place.code) if place is not None else None


def _show_invitation(app: App, speech: Speech, token: str, *, name: str, scope: str) -> None:
    link = f"{app.deployment.public_url}/join/{token}"
    until = (app.deployment.now + INVITATION_LIFE).astimezone(app.settings.timezone)
    speech.say("officer.invitation", name=name, place=_place_name(app, scope))
    print(link)
    segno.make(link, error="m").terminal(out=sys.stdout, compact=True)
    hours = int(INVITATION_LIFE.total_seconds() // 3600)
    speech.say("officer.life", hours=hours, until=f"{until:%Y-%m-%d %H:%M}")
    speech.say("officer.terminal", token=token)


def _look_up(uow: UnitOfWork, app: App, *, scope: str) -> Sequence[Officer]:
    uow.records.audit(
        OPERATOR,
        "list_officers",
        subject_kind="officer",
        subject_id=None,
        scope=scope,
        at=app.deployment.now,
    )
    return uow.officers.within(scope=scope)


def _show_list(app: App, speech: Speech, found: Sequence[Officer]) -> None:
    hidden = speech.text("officer.hidden_name")
    for officer in found:
        speech.say(
            "officer.row",
            scope=officer.scope,
            place=_place_name(app, officer.scope),
            name=officer.name if sys.stdout.isatty() else hidden,
            since=f"{officer.created_at.astimezone(app.settings.timezone):%Y-%m-%d}",
        )


def _place_name(app: App, scope: str) -> str:
    place = app.deployment.catalogue.places.get(_code_of(scope))
    return place.name if place is not None else scope


def _code_of(scope: str) -> str:
    return scope if len(scope) > officers.COUNTY else scope.ljust(officers.COUNTY, "0")
