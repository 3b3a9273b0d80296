"""`wengong rank`: the vacancies of a file for each worker of a stream, with every reason."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import settings_or_fail
from bot.cli.pipes import Answer, Record, run_pipe
from bot.clock import SystemClock
from bot.log import configure
from bot.understanding import TextReader
from content.catalogue import Catalogue
from content.reader import read_catalogue

AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to rank on; today if unsaid."),
]
VacancyFile = Annotated[Path, typer.Option("--vacancies", help="JSON lines, one vacancy each.")]


def rank(vacancies: VacancyFile, as_of: AsOf = None) -> None:
    """Rank vacancies for workers: {"id", "home", "skills", …} to ranked, reasons, excluded."""
    # These load numpy, for which the other commands need not wait.
    from bot.cli.ranked_sets.reading import read_file
    from bot.cli.ranked_sets.vacancies import VacancyReader
    from bot.cli.ranked_sets.workers import WorkerReader
    from bot.cli.ranker import Ranker, reason_words

    catalogue, reader = opened()
    today = day_of(as_of)
    offers = read_file(vacancies, VacancyReader(reader, catalogue, today=today).read)
    ranker = Ranker(catalogue, offers.values, today=today)
    workers = WorkerReader(reader, catalogue)

    def answer(record: Record) -> Answer:
        matches, excluded = ranker.judged(workers.read(record))
        return {
            "ranked": [match.vacancy_id for match in matches],
            "reasons": {match.vacancy_id: reason_words(catalogue, match) for match in matches},
            "excluded": excluded,
        }

    run_pipe(answer, key="worker_id", problems=offers.problems)


def opened() -> tuple[Catalogue, TextReader]:
    """Return the content and a reader over it; the log goes to standard error."""
    settings = settings_or_fail()
    configure(settings.log_level)
    catalogue = read_catalogue(settings.content)
    return catalogue, TextReader(catalogue)


def day_of(as_of: datetime | None) -> date:
    """Return the day that was asked for, else today."""
    return SystemClock().today() if as_of is None else as_of.date()
