"""`wengong evaluate`: the ranking beside simpler ones on a graded set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import fail
from bot.cli.pipes import WRONG
from bot.cli.ranking import AsOf, day_of, opened

SAMPLES = 1_000

Folder = Annotated[Path, typer.Argument(help="Holds workers.jsonl, vacancies.jsonl and qrels.tsv.")]
Samples = Annotated[int, typer.Option(min=1, help="How often workers are drawn for an interval.")]
Seed = Annotated[int, typer.Option(min=0, help="Where random order and intervals start from.")]


def evaluate(
    folder: Folder, as_of: AsOf = None, samples: Samples = SAMPLES, seed: Seed = 0
) -> None:
    """Measure the ranking on graded pairs, beside random, newest, filters and text search."""
    # These load numpy, for which the other commands need not wait.
    from bot.cli.evaluation.rankers import compared
    from bot.cli.evaluation.tables import report
    from bot.cli.ranked_sets.reading import read_set
    from bot.cli.ranked_sets.vacancies import VacancyReader
    from bot.cli.ranked_sets.workers import WorkerReader

    catalogue, reader = opened()
    today = day_of(as_of)
    graded = read_set(
        folder,
        workers=WorkerReader(reader, catalogue),
        vacancies=VacancyReader(reader, catalogue, today=today),
    )
    if not graded.graded:
        fail("qrels.tsv has no pair that can be used: nothing can be measured")
    found = compared(catalogue, graded, today=today, samples=samples, seed=seed)
    print(f"{len(graded.graded)} workers, {len(graded.vacancies.values)} vacancies, {today}\n")
    print("\n".join(report(found)))
    raise typer.Exit(WRONG if graded.problems else 0)
