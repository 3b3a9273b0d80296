"""`wengong check-content`: every card, rule and text looked at, every mistake told at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import fail, settings_or_fail
from bot.clock import SystemClock
from bot.errors import ContentError
from content.data_files import DataFolder
from content.policies.library import PolicyLibrary
from content.policies.linting import lint_cards, lint_own_texts
from content.policies.problems import Problem, Severity
from content.policies.reading import read_all
from content.policies.rule_linting import lint_rules
from content.reader import read_catalogue
from content.texts import Texts, read_texts

WRONG = 1

Content = Annotated[
    Path | None,
    typer.Option(help="The bureau's own folder; WENGONG_CONTENT if unsaid."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to check for; today if unsaid."),
]


def check_content(content: Content = None, as_of: AsOf = None) -> None:
    """Check every card, rule and text; a line for each mistake, status 1 if one must be mended."""
    settings = settings_or_fail()
    overlay = content or settings.content
    if overlay is not None and not overlay.is_dir():
        fail(f"--content {overlay}: there is no such folder")
    today = SystemClock(settings.timezone).today() if as_of is None else as_of.date()
    folder, texts = DataFolder(overlay), read_texts(DataFolder())
    reading = read_all(folder)
    found = [*reading.problems, *lint_cards(folder, reading.library, today=today)]
    found += _beyond_the_cards(folder, found, today=today)
    for problem in sorted(found, key=lambda it: (it.file, it.line)):
        sys.stdout.write(f"{line_of(problem, texts, settings.language)}\n")
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    counts = {"errors": errors, "warnings": len(found) - errors, **_counts(reading.library)}
    sys.stdout.flush()
    sys.stderr.write(texts.render("policy_problems.line.summary", settings.language, **counts))
    sys.stderr.write("\n")
    raise typer.Exit(WRONG if errors else 0)


def line_of(problem: Problem, texts: Texts, language: str) -> str:
    """Return `file:line: problem. remedy.`, marked where it is only a warning."""
    said = texts.render(
        f"policy_problems.line.{problem.severity}",
        language,
        problem=problem.problem(texts, language),
        remedy=problem.remedy(texts, language),
    )
    return f"{problem.file}:{problem.line}: {said}"


def _beyond_the_cards(
    folder: DataFolder, found: list[Problem], *, today: date
) -> Iterator[Problem]:
    """Yield what is wrong with the rest of the content, which is read as at a start."""
    try:
        catalogue = read_catalogue(folder.overlay)
    except ContentError as error:
        told = {(problem.file, problem.line) for problem in found}
        if (error.file, error.line) not in told:
            said = {"said": error.problem, "remedy": error.remedy.rstrip(".")}
            yield Problem(error.file, error.line, "unreadable", said)
        return
    yield from lint_rules(folder, catalogue.benefits.all(), catalogue.policies, today=today)
    yield from lint_own_texts(folder, catalogue)


def _counts(library: PolicyLibrary) -> dict[str, int]:
    cards = library.cards()
    return {"cards": len(cards), "waiting": sum(not card.is_reviewed for card in cards)}
