"""`wengong understand`, `parse-vacancy` and `occupations`: texts read by the line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.opening import fail, settings_or_fail
from bot.cli.pipes import Answer, Record, count_in, run_pipe, text_in, text_or_none
from bot.cli.readings import post_answer, ranked_answer, worker_answer
from bot.clock import SystemClock
from bot.log import configure
from bot.understanding import TextReader, read_context
from content.catalogue import Catalogue
from content.reader import read_catalogue

MOST_OCCUPATIONS = 100

Home = Annotated[
    str | None,
    typer.Option(help="Six digits of the county or city whose people write, for open names."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the texts; today if unsaid."),
]


def understand(home: Home = None, as_of: AsOf = None) -> None:
    """Read workers' messages: {"id", "text", "context"} to intent and slots."""
    catalogue, reader = _opened(home)
    today = _day(as_of)

    def answer(record: Record) -> Answer:
        context = read_context(text_or_none(record, "context"), home=home, today=today)
        return worker_answer(
            reader.read_worker_text(text_in(record, "text"), context), catalogue.trades
        )

    run_pipe(answer)


def parse_vacancy(home: Home = None, as_of: AsOf = None) -> None:
    """Read recruitment posts: {"id", "text"} to contact, violations and jobs."""
    catalogue, reader = _opened(home)
    today = _day(as_of)

    def answer(record: Record) -> Answer:
        post = reader.read_post(text_in(record, "text"), home=home, today=today)
        return post_answer(post, catalogue)

    run_pipe(answer)


def occupations() -> None:
    """Link job titles to the 2022 classification: {"id", "title", "limit"} to ranked codes."""
    _, reader = _opened(None)

    def answer(record: Record) -> Answer:
        limit = count_in(record, "limit", default=10, most=MOST_OCCUPATIONS)
        ranked = reader.rank_occupations(text_in(record, "title"), limit=limit)
        return {"ranked": [ranked_answer(found) for found in ranked]}

    run_pipe(answer)


def _catalogue() -> Catalogue:
    settings = settings_or_fail()
    configure(settings.log_level)  # to standard error: nothing may stand between the answers
    return read_catalogue(settings.content)


def _opened(home: str | None) -> tuple[Catalogue, TextReader]:
    catalogue = _catalogue()
    if home is not None and catalogue.places.get(home) is None:
        fail(f"--home {home} is no place: give the six digits of a county or city")
    return catalogue, TextReader(catalogue)


def _day(as_of: datetime | None) -> date:
    return SystemClock().today() if as_of is None else as_of.date()
