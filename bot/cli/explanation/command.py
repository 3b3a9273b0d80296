"""`wengong explain`: one worker and one vacancy, every term of their rank."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from uuid import UUID

import typer

from bot.app import App
from bot.cli.opening import fail, is_demo, open_app, settings_or_fail
from bot.cli.ranking import AsOf, day_of, opened
from bot.cli.speaking import LanguageOption, Speech
from content.texts import Texts
from storage.models import Vacancy, Worker
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.cli.explanation.lines import Explained

LEAST_SIGNS = 4
NUMBER = re.compile(r"(?:V-?)?(\d{1,6})", re.I)

WorkerArgument = Annotated[str, typer.Argument(help="The worker's id, or how it begins.")]
VacancyArgument = Annotated[str, typer.Argument(help="The vacancy's number (V-0012) or id.")]
WorkersFile = Annotated[Path | None, typer.Option("--workers", help="JSON lines, with --vacancies")]
VacanciesFile = Annotated[Path | None, typer.Option("--vacancies", help="JSON lines.")]


def explain(
    worker: WorkerArgument,
    vacancy: VacancyArgument,
    workers: WorkersFile = None,
    vacancies: VacanciesFile = None,
    as_of: AsOf = None,
    lang: LanguageOption = None,
) -> None:
    """Print every term of the rank of a worker and a vacancy, and what would change it."""
    if workers is not None and vacancies is not None:
        _of_files(worker, vacancy, workers, vacancies, as_of=as_of, lang=lang)
        return
    settings = settings_or_fail()
    with open_app(settings, demo=is_demo(settings)) as found:
        app = found.app
        texts = app.deployment.catalogue.texts
        language = Speech(texts, lang or settings.language).language
        if workers is not None or vacancies is not None:
            _refuse(texts, language, "both_files")
        # Nothing may end the program inside the transaction: its thread would be gone for good.
        try:
            pair = app.database.run(lambda uow: _stored(uow, app, worker, vacancy))
        except _NotFoundError as error:
            _refuse(texts, language, error.purpose, given=error.given)
        _print(pair, texts, language, names=(pair.worker.id, pair.vacancy.id))


def _print(pair: Explained, texts: Texts, language: str, *, names: tuple[str, str]) -> None:
    from bot.cli.explanation.lines import explanation

    day = pair.options.today.isoformat()
    print(texts.render("explain.head.pair", language, worker=names[0], vacancy=names[1], day=day))
    for line in explanation(pair, texts, language):
        print(line)


class _NotFoundError(Exception):
    """A worker or vacancy that is not there; `purpose` names the text that says so."""

    def __init__(self, purpose: str, given: str) -> None:
        super().__init__(purpose)
        self.purpose = purpose
        self.given = given


def _stored(uow: UnitOfWork, app: App, worker: str, vacancy: str) -> Explained:
    """Look both up in the database and note that a worker's terms were read."""
    from bot.cli.explanation.lines import Explained
    from bot.services.ranking.changes import profile_of
    from bot.services.ranking.matching_views import options_of, vacancy_view

    deployment = app.deployment
    person = _worker(uow, worker)
    if person is None:
        raise _NotFoundError("no_worker", worker)
    row = _vacancy(uow, person.bureau_adcode, vacancy)
    if row is None:
        raise _NotFoundError("no_vacancy", vacancy)
    uow.records.audit(
        "bureau",
        "explain_rank",
        subject_kind="worker",
        subject_id=person.id,
        scope=person.bureau_adcode,
        at=deployment.now,
    )
    deployment.board.refresh(uow)
    deployment = deployment.of(person.bureau_adcode)
    board = deployment.board
    return Explained(
        worker=profile_of(deployment, person),
        vacancy=vacancy_view(row, chance=board.chance_of(row)),
        knowledge=board.knowledge,
        options=options_of(deployment),
        going=board.going,
    )


def _worker(uow: UnitOfWork, given: str) -> Worker | None:
    """Find the one worker whose id begins like this; None for none, or for several."""
    beginning = given.replace("-", "").lower()
    if len(beginning) < LEAST_SIGNS or not all(sign in "0123456789abcdef" for sign in beginning):
        return None
    found = uow.workers.beginning_with(beginning, limit=2)
    return found[0] if len(found) == 1 else None


def _vacancy(uow: UnitOfWork, bureau_adcode: str, given: str) -> Vacancy | None:
    """Find a vacancy by its number in the worker's bureau or by its id, which holds in all."""
    by_number = NUMBER.fullmatch(given.strip())
    if by_number is not None:
        return uow.vacancies.of_number(bureau_adcode, int(by_number[1]))
    try:
        return uow.vacancies.get(UUID(given))
    except ValueError:
        return None


def _of_files(
    worker: str,
    vacancy: str,
    workers: Path,
    vacancies: Path,
    *,
    as_of: datetime | None,
    lang: str | None,
) -> None:
    from bot.cli.explanation.lines import Explained
    from bot.cli.ranked_sets.reading import read_file
    from bot.cli.ranked_sets.vacancies import VacancyReader
    from bot.cli.ranked_sets.workers import WorkerReader
    from bot.services.ranking.matching_views import knowledge_of
    from matching.tables.going_wages import going_wages
    from matching.tables.vacancies import VacancyTable
    from matching.weights import Options

    catalogue, reader = opened()
    today, texts = day_of(as_of), catalogue.texts
    language = Speech(texts, lang or settings_or_fail().language).language
    offers = read_file(vacancies, VacancyReader(reader, catalogue, today=today).read).values
    people = read_file(workers, WorkerReader(reader, catalogue).read).values
    person = next((one for one in people if one.id == worker), None)
    offer = next((one for one in offers if one.id == vacancy), None)
    if person is None:
        _refuse(texts, language, "no_worker", given=worker)
    if offer is None:
        _refuse(texts, language, "no_vacancy", given=vacancy)
    knowledge = knowledge_of(catalogue)
    going = going_wages(VacancyTable.of(offers, knowledge), knowledge)
    options = Options(today=today, going=going.yuan)
    pair = Explained(person, offer, knowledge, options, going)
    _print(pair, texts, language, names=(worker, vacancy))


def _refuse(texts: Texts, language: str, purpose: str, **values: object) -> NoReturn:
    fail(texts.render(f"explain.head.{purpose}", language, **values))
