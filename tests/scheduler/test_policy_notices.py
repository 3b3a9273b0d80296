"""The hourly look at what happened to people."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from bot.clock import FixedClock
from bot.scheduler.jobs import HOUR, JOBS
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import RegisterEntry
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.policies.policy_world import (
    SHIZHU_BUREAU,
    YUBEI,
    add_person,
    change,
    loses_work,
    pushed,
    starts_work,
)
from tests.worker_world import registered


@pytest.fixture
def shizhu(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return City(database, catalogue, clock, settings=SHIZHU_BUREAU)


def test_it_is_looked_for_every_hour() -> None:
    assert {job.name: job.every for job in JOBS}["policy_notices"] == HOUR


def test_many_are_told_in_small_batches_and_each_once(shizhu: City) -> None:
    workers = [add_person(shizhu) for _ in range(30)]
    for worker in workers:
        starts_work(shizhu, worker, YUBEI)
    shizhu.pass_time(hours=1)
    shizhu.pass_time(hours=1)
    shizhu.pass_time(days=1)
    assert [len(pushed(shizhu, worker)) for worker in workers] == [1] * 30


def test_at_night_nobody_is_told_and_in_the_morning_everybody(shizhu: City) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)
    shizhu.clock.instant = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    shizhu.tick()
    assert pushed(shizhu, worker) == []
    shizhu.pass_time(hours=10)
    assert len(pushed(shizhu, worker)) == 1


def test_one_entry_that_cannot_be_read_keeps_nobody_else_back(
    shizhu: City, log_lines: io.StringIO
) -> None:
    broken, well = add_person(shizhu), add_person(shizhu)
    for worker in (broken, well):
        starts_work(shizhu, worker, YUBEI)

    def spoil(uow: UnitOfWork) -> None:
        row = uow.session.query(RegisterEntry).filter_by(worker_id=broken).one()
        row.facts = {"born": "gestern"}

    shizhu.run(spoil)
    shizhu.pass_time(hours=1)
    assert pushed(shizhu, broken) == []
    assert len(pushed(shizhu, well)) == 1
    assert broken.hex in log_lines.getvalue()


def test_the_button_under_a_policy_shows_its_card_with_its_source(city: City) -> None:
    guifang = city.person("桂芳")
    guifang.says("你好")
    worker = registered(guifang)
    loses_work(city, worker.id)
    change(city, worker.id, status=WorkerStatus.SEEKING)
    city.pass_time(hours=1)
    (heard,) = guifang.listens()
    assert heard.startswith("您现在没活了，所以告诉您：局里帮着再找活、学手艺。看看？\n依据：")
    assert guifang.buttons() == ["看看"]
    card = city.deployment.catalogue.policies.card("DY-REEMP-2021")
    assert card is not None
    said = "\n".join(guifang.taps("看看"))
    assert card.chat[0] in said
    assert "待核" in said
