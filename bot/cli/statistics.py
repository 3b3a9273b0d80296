"""`wengong statistics`: where the register's people work on a day, as lines or as a CSV file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from bot.app import App
from bot.cli.opening import is_demo, open_app, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech
from bot.services.people.officers import scope_of
from bot.services.register import snapshots, statistics
from bot.services.register.statistics import GROUPS, OUT_OF_POVERTY, Question, question_for
from bot.services.register.statistics_sheets import snapshot_sheet
from bot.services.tables import Table
from content.data_files import DataFolder
from content.location_classes import Boundary
from content.texts import read_texts
from storage.unit_of_work import UnitOfWork

LEVELS = ("county", "town")


def show(
    *,
    at: Annotated[str | None, typer.Option("--at", help="YYYY-MM-DD; today if not named.")] = None,
    by: Annotated[str, typer.Option("--by", help="county or town.")] = "county",
    group: Annotated[
        str, typer.Option("--group", help="out_of_poverty, at_risk, relocated or everybody.")
    ] = OUT_OF_POVERTY,
    out: Annotated[Path | None, typer.Option("--out", help="Write a CSV file.")] = None,
    outside: Annotated[bool, typer.Option("--outside", help="Keep counts below 5 back.")] = False,
    check: Annotated[
        str | None, typer.Option("--check", help="Count the kept table of this digest again.")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Count where people work; every table is kept with its cut-off and its digest."""
    settings = settings_or_fail()
    speech = Speech(read_texts(DataFolder(settings.content)), lang or settings.language)
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        if check is not None:
            _check(app, speech, check)
            return
        question = _question(app, speech, at=at, by=by, group=group)
        table = app.database.run(
            lambda uow: _kept(uow, app, question, language=speech.language, outside=outside)
        )
        if out is None:
            for row in (table.columns, *table.rows):
                print("\t".join("" if cell is None else str(cell) for cell in row))
        else:
            _write(out, table)
            speech.say("statistics.written", file=out)


def _check(app: App, speech: Speech, digest: str) -> None:
    """Say whether a kept table is still what its people give."""
    bureau = app.deployment.bureau_adcode

    def counted_again(uow: UnitOfWork) -> bool | None:
        row = uow.statistics.by_digest(bureau, digest)
        if row is None:
            return None
        return snapshots.is_same(snapshots.recount(uow, app.deployment, row), row)

    is_same = app.database.read(counted_again)
    if is_same is None:
        speech.refuse("statistics.unknown_digest", digest=digest)
    speech.say("statistics.same" if is_same else "statistics.changed", digest=digest)


def _question(app: App, speech: Speech, *, at: str | None, by: str, group: str) -> Question:
    today = app.deployment.today
    try:
        day = date.fromisoformat(at) if at else today
    except ValueError:
        day = None
    if day is None or day > today:
        speech.refuse("statistics.bad_day", day=at)
    if by not in LEVELS or group not in {*GROUPS, statistics.EVERYBODY}:
        speech.refuse("statistics.bad_choice", given=by if by not in LEVELS else group)
    return question_for(group, day, by=cast("Boundary", by))


def _kept(uow: UnitOfWork, app: App, question: Question, *, language: str, outside: bool) -> Table:
    scope = scope_of(app.deployment.bureau_adcode)
    counting = statistics.count(uow, app.deployment, question, scope=scope)
    row = snapshots.freeze(uow, app.deployment, counting, scope=scope)
    return snapshot_sheet(app.deployment, row, language=language, outside=outside)


def _write(file: Path, table: Table) -> None:
    """Write the table as UTF-8 with the mark by which Excel knows it."""
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(table.columns)
        writer.writerows(table.rows)
