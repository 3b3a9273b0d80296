"""Files of workers, vacancies and graded pairs; a wrong line costs that line only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Generic, Protocol, TypeVar

from bot.cli.opening import fail
from bot.cli.pipes import LineError, Record, read_records
from bot.cli.ranked_sets.vacancies import VacancyReader
from bot.cli.ranked_sets.workers import WorkerReader
from bot.log import describe, logger
from matching.types import Vacancy, WorkerProfile

VACANCIES, WORKERS, QRELS = "vacancies.jsonl", "workers.jsonl", "qrels.tsv"
BEST_GRADE = 3
_COLUMNS = 3


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)


@dataclass(frozen=True, slots=True)
class FileRead(Generic[T]):
    """What a file of JSON lines holds.

    Attributes:
        values: In the order of the file, no id twice.
        records: The object behind each value.
        problems: How many lines were wrong; each has been named on standard error.
    """

    values: tuple[T, ...]
    records: tuple[Record, ...]
    problems: int

    def by_id(self) -> dict[str, Record]:
        """Return the objects by the ids of their values."""
        return {value.id: record for value, record in zip(self.values, self.records, strict=True)}


@dataclass(frozen=True, slots=True)
class RankingSet:
    """Workers and vacancies with the grades of their pairs.

    Attributes:
        graded: Worker id → vacancy id → grade, for the graded workers only.
        problems: How many lines of the three files were wrong.
    """

    workers: FileRead[WorkerProfile]
    vacancies: FileRead[Vacancy]
    graded: Mapping[str, Mapping[str, int]]
    problems: int


def read_file(path: Path, read: Callable[[Record], T]) -> FileRead[T]:
    """Read a file of JSON lines; ends the command with status 2 when it cannot be opened."""
    values: dict[str, tuple[T, Record]] = {}
    problems = 0
    with _opened(path) as source:
        for number, record in read_records(source):
            try:
                _keep(values, record, read)
            except LineError as error:
                problems += _complain(path, number, error.message)
            except Exception as error:  # one line's bug must not take the others with it
                logger().error("ranked_set.failed", error=describe(error))
                problems += _complain(path, number, f"cannot be read ({type(error).__name__})")
    rows = tuple(values.values())
    return FileRead(
        tuple(value for value, _ in rows), tuple(record for _, record in rows), problems
    )


def read_set(folder: Path, *, workers: WorkerReader, vacancies: VacancyReader) -> RankingSet:
    """Read the three files of a folder; ends the command with status 2 where one is missing."""
    people = read_file(folder / WORKERS, workers.read)
    offers = read_file(folder / VACANCIES, vacancies.read)
    known = (
        frozenset(worker.id for worker in people.values),
        frozenset(vacancy.id for vacancy in offers.values),
    )
    graded, problems = _read_qrels(folder / QRELS, known)
    return RankingSet(people, offers, graded, people.problems + offers.problems + problems)


def _read_qrels(
    path: Path, known: tuple[frozenset[str], frozenset[str]]
) -> tuple[dict[str, dict[str, int]], int]:
    graded: dict[str, dict[str, int]] = {}
    problems = 0
    with _opened(path) as source:
        for number, line in enumerate(source, start=1):
            if number == 1 or not line.strip():
                continue  # the first line names the columns
            try:
                _grade(graded, line, known)
            except LineError as error:
                problems += _complain(path, number, error.message)
    return graded, problems


def _keep(
    values: dict[str, tuple[T, Record]], record: Record | LineError, read: Callable[[Record], T]
) -> None:
    if isinstance(record, LineError):
        raise record
    value = read(record)
    if value.id in values:
        raise LineError("id_twice", f'the id "{value.id}" stood in an earlier line')
    values[value.id] = value, record


def _grade(
    graded: dict[str, dict[str, int]],
    line: bytes,
    known: tuple[frozenset[str], frozenset[str]],
) -> None:
    parts = line.decode("utf-8-sig", errors="replace").strip().split("\t")
    if len(parts) != _COLUMNS:
        raise LineError("not_a_pair", "a line is worker, vacancy and grade with tabs between")
    worker, vacancy, grade = parts
    if worker not in known[0]:
        raise LineError("no_worker", f'no worker has the id "{worker}"')
    if vacancy not in known[1]:
        raise LineError("no_vacancy", f'no vacancy has the id "{vacancy}"')
    if grade not in map(str, range(BEST_GRADE + 1)):
        raise LineError("no_grade", f"a grade is a whole number from 0 to {BEST_GRADE}")
    if vacancy in graded.setdefault(worker, {}):
        raise LineError("pair_twice", "the pair stood in an earlier line")
    graded[worker][vacancy] = int(grade)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        fail(f"{path} cannot be read ({error.strerror}): name an existing file")


def _complain(path: Path, number: int, message: str) -> int:
    """Name a wrong line on standard error; returns 1, the number of problems."""
    sys.stderr.write(f"wengong: {path.name}:{number}: {message}; the line is left out\n")
    return 1
