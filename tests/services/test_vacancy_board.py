from __future__ import annotations

import time
from datetime import datetime, timedelta

from bot.services.vacancy_board import VacancyBoard
from storage.database import Database
from storage.models import VacancyChange
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.conftest import MONDAY_MORNING as NOW
from tests.services.job_world import add_firm, add_vacancy


def open_ids(board: VacancyBoard) -> list[str]:
    return [vacancy.id for vacancy in board.open_vacancies()]


def add_one(database: Database, *, at: datetime = NOW) -> str:
    def work(uow: UnitOfWork) -> str:
        return add_vacancy(uow, at, add_firm(uow, at)).id.hex

    return database.run(work)


def test_the_first_refresh_reads_everything_that_is_open(database: Database) -> None:
    board = VacancyBoard()
    one, other = add_one(database), add_one(database)
    database.read(board.refresh)
    assert open_ids(board) == sorted([one, other])


def test_an_opened_vacancy_appears_and_a_closed_one_goes(database: Database) -> None:
    board = VacancyBoard()
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
    board = VacancyBoard()
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
    assert board.open_vacancies()[0].wage_max == 6999


def test_a_refresh_without_news_leaves_the_same_vacancies(database: Database) -> None:
    board = VacancyBoard()
    add_one(database)
    database.read(board.refresh)
    database.read(board.refresh)
    before = board.open_vacancies()
    database.read(board.refresh)
    assert board.open_vacancies() is before


def test_reading_two_hundred_open_vacancies_takes_no_time(sqlite_database: Database) -> None:
    board = VacancyBoard()

    def fill(uow: UnitOfWork) -> None:
        firm = add_firm(uow, NOW)
        for _ in range(200):
            add_vacancy(uow, NOW, firm)

    sqlite_database.run(fill)
    sqlite_database.read(board.refresh)
    started = time.perf_counter()
    assert len(board.open_vacancies()) == 200
    assert time.perf_counter() - started < 0.005
