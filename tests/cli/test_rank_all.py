"""The whole register ranked at the command line: counts first, then only what was agreed to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import App
from bot.cli.opening import open_app
from bot.settings import Settings
from storage.models import Delivery
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import CommandLine
from tests.services.job_world import add_address, add_firm, add_vacancy, add_worker

LOOK = [
    "5个工人 × 2个招工；还能再告诉人的招工有2个。",
    "会推4条：告诉4个工人，用上2个招工。",
]
SENT = "排好了，推了4条"


@pytest.fixture
def settings(wengong: CommandLine) -> Settings:
    """The settings of the command line, with a register in its database."""
    url = wengong.settings["WENGONG_DATABASE_URL"]
    settings = Settings(data=wengong.data, database_url=url, log_level="ERROR")
    with open_app(settings, demo=False) as opened:
        _fill(opened.app)
    return settings


def _fill(app: App) -> None:
    account_id = app.account_id("web")
    now = app.deployment.now

    def add(uow: UnitOfWork) -> None:
        for number in range(5):
            address = add_address(uow, account_id, now, f"page {number}")
            worker = add_worker(uow, now, address=address)
            if number == 0:
                worker.paused_until = app.deployment.today
        firm = add_firm(uow, now)
        for _ in range(2):
            add_vacancy(uow, now, firm, headcount=1)

    app.database.run(add)


def queued(settings: Settings) -> int:
    with open_app(settings, demo=False) as opened:
        return opened.app.database.read(lambda uow: uow.session.query(Delivery).count())


def test_a_dry_run_shows_counts_and_sends_nothing(wengong: CommandLine, settings: Settings) -> None:
    ended = wengong.run("rank-all", "--dry-run")
    assert (ended.status, ended.complained) == (0, "")
    lines = ended.printed.splitlines()
    assert lines[:2] == LOOK
    assert lines[-1] == "只是看看：什么都没存，谁也没推。"
    assert "不推的：" in ended.printed
    assert queued(settings) == 0


def test_nothing_is_sent_before_somebody_says_yes(wengong: CommandLine, settings: Settings) -> None:
    assert "没推。" in wengong.run("rank-all", typed="n\n").printed
    assert queued(settings) == 0
    agreed = wengong.run("rank-all", typed="y\n")
    assert SENT in agreed.printed
    assert queued(settings) == 4
    assert "没有要推的。" in wengong.run("rank-all", "--yes").printed
    assert queued(settings) == 4


def test_it_may_be_sent_without_asking_in_english(wengong: CommandLine, settings: Settings) -> None:
    ended = wengong.run("rank-all", "--yes", "--lang", "en")
    assert "4 pushes: 4 workers would be told, of 2 vacancies." in ended.printed
    assert "Done: 4 pushes queued" in ended.printed
    assert queued(settings) == 4


def test_an_unknown_bureau_is_refused(wengong: CommandLine, settings: Settings) -> None:
    assert Path(settings.data).is_dir()
    ended = wengong.run("rank-all", "--bureau", "110000")
    assert (ended.status, ended.complained) == (2, "wengong: 没有110000这个局。\n")
