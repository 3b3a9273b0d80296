"""`wengong import`: a bureau's sheet, looked at, taken over or taken back."""

from __future__ import annotations

import sys
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.app import App
from bot.cli.opening import is_demo, open_app, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech, progress_bar
from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.register import importing, undoing
from bot.services.register.deciding import Outcome
from bot.services.register.error_sheets import error_sheet, reason_words
from bot.services.register.importing import CHUNK, Preview, Step
from bot.services.register.intakes import Intake, open_sheet
from bot.web.sheets import xlsx
from content.register_columns import Sheet
from storage.models import ImportBatch
from storage.unit_of_work import UnitOfWork

FIRST_ERRORS = 5
MOST_IGNORED = 8
BATCH_LETTERS = 8

FileArgument = Annotated[Path, typer.Argument(help=".xlsx, .xls or .csv", show_default=False)]
KindArgument = Annotated[Sheet, typer.Argument(help="What the sheet lists.", show_default=False)]
BureauOption = Annotated[str, typer.Option("--bureau", help="Which bureau, of several.")]


def import_sheet(
    kind: KindArgument,
    file: FileArgument,
    *,
    bureau: BureauOption = "",
    apply: Annotated[
        bool, typer.Option("--apply", "--yes", "-y", help="Take it over without asking.")
    ] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", help="Where rows to put right are written (.xlsx).")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Show what a sheet would change, then take it over; a second time changes nothing."""
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        speech = Speech(app.deployment.catalogue.texts, lang or settings.language)
        own = bureau_of(app, speech, bureau)
        content = _content(speech, file)
        try:
            intake = open_sheet(own, app.database.secrets, kind, content)
        except UserError as error:
            _refuse(own, speech, error)
        preview = _look(app, speech, intake)
        _show(own, speech, intake, preview)
        if errors is not None:
            _write_errors(own, speech, intake, errors)
        if _is_agreed(speech, preview, is_said=apply):
            _take(app, speech, intake, content)


def undo_import(batch: str, *, bureau: BureauOption = "", lang: LanguageOption = None) -> None:
    """Take a sheet back by the number that the import printed."""
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        speech = Speech(app.deployment.catalogue.texts, lang or settings.language)
        own = bureau_of(app, speech, bureau)
        found = app.database.read(
            lambda uow: uow.import_batches.recent(own.bureau_adcode, limit=50)
        )
        keys = [one.id for one in found if batch and one.id.hex.startswith(batch)]
        if len(keys) != 1:
            speech.refuse("import.no_batch", batch=batch)
        try:
            app.database.run(lambda uow: undoing.check_undo(uow, own, keys[0], scope=""))
        except UserError as error:
            _refuse(own, speech, error)
        done = 0
        while count := app.database.run(lambda uow: undoing.undo_some(uow, own, keys[0])):
            done += count
        speech.say("import.undone", rows=done)


def bureau_of(app: App, speech: Speech, adcode: str) -> Deployment:
    """Return the deployment of a bureau, or the only one; end where there is no such bureau."""
    if not adcode:
        return app.deployment
    found = app.deployment.of(adcode)
    if found.bureau_adcode != adcode:
        speech.refuse("rank_all.unknown_bureau", bureau=adcode)
    return found


def _content(speech: Speech, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        speech.refuse("import.unreadable", file=file.name, reason=error.strerror)


def _refuse(deployment: Deployment, speech: Speech, error: UserError) -> NoReturn:
    words = deployment.text(error.text_key, speech.language, **error.values)
    sys.stderr.write(f"wengong: {words}\n")
    raise SystemExit(2)


def _look(app: App, speech: Speech, intake: Intake) -> Preview:
    counts: Counter[Outcome] = Counter()
    _run(app, speech, "import.looking", intake.preview_steps(counts), intake, is_read=True)
    return intake.preview(counts)


def _show(deployment: Deployment, speech: Speech, intake: Intake, preview: Preview) -> None:
    counts = {one.value: preview.counts[one] for one in Outcome}
    speech.say("import.counts", rows=preview.rows, warned=preview.warned, **counts)
    if preview.ignored:
        named = "、".join(preview.ignored[:MOST_IGNORED])
        speech.say("import.ignored", count=len(preview.ignored), headings=named)
    wrong = (row for row in intake.rows if row.is_refused)
    for row in islice(wrong, FIRST_ERRORS):
        reason = reason_words(deployment, row.findings, language=speech.language)
        speech.say("import.row", line=row.line, reason=reason)


def _write_errors(deployment: Deployment, speech: Speech, intake: Intake, file: Path) -> None:
    count = sum(1 for row in intake.rows if row.findings)
    if not count:
        speech.say("import.no_errors")
        return
    table = error_sheet(deployment, intake.table, intake.rows, language=speech.language)
    try:
        file.write_bytes(xlsx(table))
    except OSError as error:
        speech.refuse("import.unwritable", file=file.name, reason=error.strerror)
    speech.say("import.errors", file=file, count=count)


def _is_agreed(speech: Speech, preview: Preview, *, is_said: bool) -> bool:
    wanted = (Outcome.NEW, Outcome.CHANGED, Outcome.ASKED)
    if not any(preview.counts[one] for one in wanted):
        speech.say("import.nothing")
        return False
    if is_said:
        return True
    try:
        agreed = typer.confirm(speech.text("import.sure"))
    except typer.Abort:
        agreed = False
    if not agreed:
        speech.say("import.stopped")
    return agreed


def _take(app: App, speech: Speech, intake: Intake, content: bytes) -> None:
    def begin(uow: UnitOfWork) -> uuid.UUID:
        return importing.begin(
            uow,
            intake.deployment,
            kind=intake.kind.value,
            content=content,
            rows=len(intake.rows),
            officer=None,
        ).id

    key = app.database.run(begin)
    try:
        _run(app, speech, "import.taking", intake.apply_steps(key), intake, is_read=False)
    except UserError as error:
        _refuse(intake.deployment, speech, error)
    batch: ImportBatch = app.database.read(lambda uow: uow.import_batches.need(key))
    open_count = app.database.read(lambda uow: uow.import_batches.count_left_open(key))
    speech.say(
        "import.done",
        added=batch.added,
        changed=batch.changed,
        unchanged=batch.unchanged,
        refused=batch.refused,
    )
    if open_count:
        speech.say("import.open", count=open_count)
    speech.say("import.batch", batch=key.hex[:BATCH_LETTERS])


def _run(
    app: App,
    speech: Speech,
    label: str,
    steps: Iterator[Step],
    intake: Intake,
    *,
    is_read: bool,
) -> None:
    total = max(1, _count(intake.rows))
    with progress_bar(speech.text(label)) as progress:
        for number, step in enumerate(steps):
            (app.database.read if is_read else app.database.run)(step)
            progress(min(number + 1, total), total)


def _count(rows: Sequence[object]) -> int:
    return -(-len(rows) // CHUNK)
