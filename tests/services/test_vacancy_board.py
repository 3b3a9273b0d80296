from __future__ import annotations

import time
from datetime import datetime, timedelta
from uuid import UUID

from bot.services.ranking import standing
from bot.services.ranking.vacancy_board import VacancyBoard
from content.reader import read_catalogue
from storage.database import Database
from storage.models import VacancyChange
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.conftest import MONDAY_MORNING as NOW
from tests.services.job_world import BUREAU, SEWING, add_firm, add_vacancy

CATALOGUE = read_catalogue()


def open_ids(board: VacancyBoard) -> list[str]:
    return list(board.table.ids)


def add_one(database: Database, *, at: datetime = NOW) -> str:
    def work(uow: UnitOfWork) -> str:
        return add_vacancy(uow, at, add_firm(uow, at)).id.hex

    return database.run(work)


def test_the_first_refresh_reads_everything_that_is_open(database: Database) -> None:
    board = VacancyBoard(CATALOGUE)
    one, other = add_one(database), add_one(database)
    database.read(board.refresh)
    assert open_ids(board) == sorted([one, other])


def test_an_opened_vacancy_appears_and_a_closed_one_goes(database: Database) -> None:
    board = VacancyBoard(CATALOGUE)
    database.read(board.refresh)
    opened = add_one(database)
    database.read(board.refresh)
    assert open_ids(board) == [opened]

    def fill(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(uow.vacancies.published()[0].id)
        vacancy.status = VacancyStatus.FILLED
        uow.vacancies.note_change(vacancy, at=NOW)

    database.run(fill)
    database.read(board.refresh)
    assert open_ids(board) == []


def test_a_change_that_becomes_visible_late_is_still_read(database: Database) -> None:
    board = VacancyBoard(CATALOGUE)
    add_one(database)
    database.read(board.refresh)

    def write_change(*, seq: int, at: datetime) -> None:
        def work(uow: UnitOfWork) -> None:
            vacancy = uow.vacancies.published()[0]
            vacancy.version += 1
            vacancy.wage_max = 6000 + seq
            uow.session.add(
                VacancyChange(seq=seq, vacancy_id=vacancy.id, version=vacancy.version, at=at)
            )

        database.run(work)

    write_change(seq=1_000, at=NOW + timedelta(seconds=50))
    database.read(board.refresh)
    write_change(seq=999, at=NOW + timedelta(seconds=20))
    database.read(board.refresh)
    assert board.table.columns.wage_high[0] == 6999


def test_a_refresh_without_news_leaves_the_same_vacancies(database: Database) -> None:
    board = VacancyBoard(CATALOGUE)
    add_one(database)
    database.read(board.refresh)
    database.read(board.refresh)
    before = board.table
    database.read(board.refresh)
    assert board.table is before


def test_reading_two_hundred_open_vacancies_takes_no_time(sqlite_database: Database) -> None:
    board = VacancyBoard(CATALOGUE)

    def fill(uow: UnitOfWork) -> None:
        firm = add_firm(uow, NOW)
        for _ in range(200):
            add_vacancy(uow, NOW, firm)

    sqlite_database.run(fill)
    sqlite_database.read(board.refresh)
    started = time.thread_time()
    assert len(board.table) == 200
    assert time.thread_time() - started < 0.005


def test_what_was_closed_is_gone_with_the_chances_of_a_new_day(
    database: Database,
) -> None:
    board = VacancyBoard(CATALOGUE)
    closed, other = add_one(database), add_one(database)
    database.read(board.refresh)
    later = NOW + timedelta(minutes=5)

    def close_and_count(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(UUID(closed))
        vacancy.status = VacancyStatus.FILLED
        uow.vacancies.note_change(vacancy, at=NOW)
        uow.vacancies.note_change(uow.vacancies.need(UUID(other)), at=later)
        standing.mark(uow, standing.CHANCES_MARK, BUREAU, "1")

    database.run(close_and_count)
    database.read(board.refresh)
    assert open_ids(board) == [other]


def test_new_chances_change_their_column_and_nothing_else(database: Database) -> None:
    board = VacancyBoard(CATALOGUE)
    add_one(database)
    database.read(board.refresh)
    database.read(board.refresh)
    before = board.table
    assert before.columns.chance.tolist() == [0.5]

    def count(uow: UnitOfWork) -> None:
        firm = uow.vacancies.published()[0].enterprise_id
        uow.success_figures.replace(
            BUREAU, [figures("trade", SEWING, hired=10), figures("enterprise", firm.hex, hired=40)]
        )
        standing.mark(uow, standing.CHANCES_MARK, BUREAU, "1")

    database.run(count)
    database.read(board.refresh)
    after = board.table
    assert after.columns.chance[0] > 0.5
    assert before.columns.chance.tolist() == [0.5]
    assert after.columns.wage_low is before.columns.wage_low
    assert (after.ids, after.offers) == (before.ids, None)


def figures(kind: str, key: str, *, hired: int) -> dict[str, object]:
    counted = {"shown": 100, "answered": 100, "applied": 50, "decided": 50, "hired": hired}
    kept = {"stay_known": hired, "stayed": hired, "complaints": 0}
    return {"bureau_adcode": BUREAU, "kind": kind, "key": key, "counted_at": NOW, **counted, **kept}
