"""`wengong payments FILE`: what other departments paid, so that nobody is paid twice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import fail, is_demo, open_app, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech
from bot.errors import UserError
from bot.services.benefits import outside_payments
from bot.services.benefits.outside_payments import Loaded
from bot.services.register.sheet_files import read_file
from content.texts import Texts

NOT_ALL_TAKEN = 1


def payments(
    file: Annotated[Path, typer.Argument(help="A sheet: .xlsx, .xls, .ods or .csv.")],
    lang: LanguageOption = None,
) -> None:
    """Take over a sheet of other departments' payments: 证件号码, 项目, 部门, 金额, 日期."""
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as opened:
        app = opened.app
        texts = app.deployment.catalogue.texts
        speech = Speech(texts, lang or settings.language)
        try:
            content = file.read_bytes()
        except OSError:
            speech.refuse("restore.missing", file=file.name)
        try:
            rows = read_file(content)
            loaded = app.database.run(lambda uow: outside_payments.load(uow, app.deployment, rows))
        except UserError as error:
            fail(texts.render(error.text_key, speech.language, **error.values))
    for line in _lines(texts, speech.language, loaded):
        print(line)
    if loaded.refused:
        raise typer.Exit(NOT_ALL_TAKEN)


def _lines(texts: Texts, language: str, loaded: Loaded) -> list[str]:
    """Return what became of the sheet; every line to mend by number."""

    def words(name: str, **values: object) -> str:
        return texts.render(f"benefit_queue.{name}", language, **values)

    lines = [words("payments.loaded", added=loaded.added, known=loaded.known)]
    comma = texts.render("common.list.comma", language)
    for problem, numbers in outside_payments.lines_to_mend(loaded.refused).items():
        shown = comma.join(map(str, numbers))
        problem_words = words(f"payment_problem.{problem}")
        lines.append(words("payments.refused", lines=shown, problem=problem_words))
    return lines
