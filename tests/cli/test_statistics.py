"""The tables at the command line: counted, kept, and written as a file."""

from __future__ import annotations

from datetime import date

import pytest

from bot.app import App
from bot.cli.opening import open_app
from bot.settings import Settings
from storage.models import Employment, StatisticsSnapshot, WorkerCategory
from storage.register_states import Category, CategoryState
from storage.states import Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import CommandLine
from tests.services.job_world import add_address, add_worker


@pytest.fixture
def settings(wengong: CommandLine) -> Settings:
    """The settings of the command line, with three people at work in its database."""
    url = wengong.settings["WENGONG_DATABASE_URL"]
    settings = Settings(data=wengong.data, database_url=url, log_level="ERROR")
    with open_app(settings, demo=False) as opened:
        _fill(opened.app)
    return settings


def _fill(app: App) -> None:
    account_id, now = app.account_id("web"), app.deployment.now

    def add(uow: UnitOfWork) -> None:
        for number, work in enumerate(("440300", "440300", "510623")):
            worker = add_worker(
                uow, now, address=add_address(uow, account_id, now, f"page {number}")
            )
            uow.register_entries.add_category(
                WorkerCategory(
                    worker_id=worker.id,
                    category=Category.OUT_OF_POVERTY.value,
                    state=CategoryState.VERIFIED,
                    source=Source.IMPORT,
                    since=now,
                )
            )
            spell = Employment(
                worker_id=worker.id,
                workplace=work,
                started_on=date(2026, 1, 5),
                source=Source.IMPORT,
                last_confirmed_on=date(2026, 1, 5),
                recorded_at=now,
            )
            uow.employments.add(spell)
            uow.employments.record(spell, at=now)

    app.database.run(add)


def kept(settings: Settings) -> int:
    with open_app(settings, demo=False) as opened:
        return opened.app.database.read(lambda uow: uow.session.query(StatisticsSnapshot).count())


def test_the_table_is_printed_and_kept(wengong: CommandLine, settings: Settings) -> None:
    ended = wengong.run("statistics")
    assert (ended.status, ended.complained) == (0, "")
    lines = [line.split("\t") for line in ended.printed.splitlines()]
    assert lines[0] == ["地方", "省外", "省内县外", "县内", "境外", "地方不详", "合计"]
    assert lines[1] == ["中江县", "2", "0", "1", "0", "0", "3"]
    assert lines[2][-1] == "3"
    assert "校验码" in ended.printed
    assert kept(settings) == 1


def test_it_is_written_as_a_file_with_small_numbers_kept_back(
    wengong: CommandLine, settings: Settings
) -> None:
    file = wengong.data / "table.csv"
    ended = wengong.run(
        "statistics", "--by", "town", "--outside", "--out", str(file), "--lang", "en"
    )
    assert ended.status == 0
    assert "Written" in ended.printed
    written = file.read_text("utf-8-sig")
    assert written.startswith("Place,other provinces")
    assert ",2," not in written
    assert kept(settings) == 1


def test_a_past_day_is_counted_and_a_wrong_one_refused(
    wengong: CommandLine, settings: Settings
) -> None:
    assert "合计\t0\t0\t0\t0\t0\t0" in wengong.run("statistics", "--at", "2025-12-31").printed
    for arguments in (
        ("--at", "2999-01-01"),
        ("--at", "soon"),
        ("--by", "village"),
        ("--group", "x"),
    ):
        ended = wengong.run("statistics", *arguments)
        assert ended.status == 2
        assert arguments[1] in ended.complained
    assert kept(settings) == 1


def test_a_kept_table_is_counted_again(wengong: CommandLine, settings: Settings) -> None:
    printed = wengong.run("statistics").printed
    digest = printed.partition("校验码：")[2][:64]
    assert "一样" in wengong.run("statistics", "--check", digest[:16]).printed
    with open_app(settings, demo=False) as opened:
        opened.app.database.run(_one_leaves)
    assert "重算不一样了" in wengong.run("statistics", "--check", digest).printed
    assert wengong.run("statistics", "--check", "feed").status == 2


def _one_leaves(uow: UnitOfWork) -> None:
    uow.workers.registered("510600")[0].status = WorkerStatus.LEFT
