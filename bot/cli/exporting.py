"""`wengong export`: the register as a sheet that can be brought in again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.importing import BureauOption, bureau_of
from bot.cli.opening import is_demo, open_app, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech
from bot.services.deployment import Deployment
from bot.services.people.officers import scope_of
from bot.services.register.exporting import as_csv, audit_export, export_table
from bot.services.register.importing import OPERATOR
from bot.web.sheets import xlsx
from content.register_columns import Sheet
from storage.unit_of_work import UnitOfWork

CSV = ".csv"
KINDS = (Sheet.WORKERS, Sheet.HOUSEHOLDS)


def export_sheet(
    kind: Annotated[Sheet, typer.Argument(help="workers or households", show_default=False)],
    file: Annotated[Path, typer.Argument(help="OUT.xlsx or OUT.csv", show_default=False)],
    *,
    bureau: BureauOption = "",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Write the register in the national system's columns, with people's newer words in it."""
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        speech = Speech(app.deployment.catalogue.texts, lang or settings.language)
        own = bureau_of(app, speech, bureau)
        if kind not in KINDS:
            speech.refuse("export.kinds")
        if file.exists() and not force:
            speech.refuse("backup.exists", file=file)
        scope = scope_of(own.bureau_adcode)
        app.database.run(lambda uow: audit_export(uow, own, kind, actor=OPERATOR, scope=scope))
        content = app.database.read(
            lambda uow: _drawn(uow, own, kind, file, language=speech.language)
        )
        try:
            file.write_bytes(content)
        except OSError as error:
            speech.refuse("import.unwritable", file=file.name, reason=error.strerror)
    speech.say("export.written", file=file)


def _drawn(
    uow: UnitOfWork, deployment: Deployment, kind: Sheet, file: Path, *, language: str
) -> bytes:
    scope = scope_of(deployment.bureau_adcode)
    table = export_table(uow, deployment, kind, scope=scope, language=language)
    return as_csv(table) if file.suffix.lower() == CSV else xlsx(table)
