"""A broadcast that fails stands still and says so; all others go on."""

from __future__ import annotations

import io
from dataclasses import replace
from uuid import UUID

import pytest

from bot.app import App
from bot.clock import FixedClock
from bot.conversations.engine import Engine
from bot.conversations.scripts import SCRIPTS
from bot.services.broadcasts import broadcasts
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import BroadcastStatus
from storage.unit_of_work import UnitOfWork
from tests.broadcast_world import EVERYBODY, WideCity, approved


@pytest.fixture
def city(database: Database, catalogue: Catalogue, clock: FixedClock) -> WideCity:
    found = WideCity(database, catalogue, clock)
    found.reader()
    return found


def approve_words(city: WideCity, words: str) -> UUID:
    officer = city.boss.as_officer()

    def do(uow: UnitOfWork) -> UUID:
        made = broadcasts.draft(uow, city.deployment, officer, words=words)
        broadcasts.change_audience(made, EVERYBODY)
        uow.session.flush()
        broadcasts.approve(uow, city.deployment, officer, made.id)
        return made.id

    return city.run(do)


def spoil(city: WideCity, key: UUID) -> None:
    """Let the stored words hold a placeholder that nobody can fill."""

    def change(uow: UnitOfWork) -> None:
        uow.broadcasts.need(key).words = "{什么}，周六招聘会。"

    city.run(change)


def retire(city: WideCity) -> None:
    officer_id = city.boss.as_officer().id

    def work(uow: UnitOfWork) -> None:
        uow.officers.need(officer_id).retired_at = city.clock.now()

    city.run(work)


def test_a_broadcast_that_fails_stands_still_and_the_next_one_is_sent(
    city: WideCity, log_lines: io.StringIO
) -> None:
    bad, _shown = approved(city)
    approved(city)
    spoil(city, bad)
    city.tick()
    assert city.broadcast(1).status is BroadcastStatus.PAUSED
    assert len(city.messages(2)) == 1
    assert bad.hex in log_lines.getvalue()
    assert "B-0001出了差错，先停了。点“继续”再试。" in city.boss.listens()
    assert "继续" in city.boss.buttons()
    city.pass_time(seconds=5)
    assert log_lines.getvalue().count("broadcast.failed") == 1


def test_a_link_to_the_address_of_yesterday_stops_nothing_that_was_approved(
    city: WideCity,
) -> None:
    approve_words(city, "周六招聘会 https://wengong.test/chat")
    city.deployment = replace(city.deployment, public_url="https://elsewhere.test")
    engine = Engine(city.deployment, SCRIPTS)
    city.app = App(city.app.settings, city.database, city.deployment, engine)
    city.tick()
    assert len(city.messages()) == 1


def test_whoever_comes_after_a_retired_officer_is_told_of_a_failure(city: WideCity) -> None:
    bad, _shown = approved(city)
    spoil(city, bad)
    successor = city.officer("吴丽", scope="5106")
    retire(city)
    city.tick()
    assert any("B-0001出了差错" in said for said in successor.listens())


def test_a_preview_that_cannot_be_counted_keeps_no_broadcast_back(
    city: WideCity, log_lines: io.StringIO
) -> None:
    officer = city.boss.as_officer()

    def wait(uow: UnitOfWork) -> UUID:
        made = broadcasts.draft(uow, city.deployment, officer, words="周六招聘会。")
        made.words, made.progress_at = "{什么}，周六招聘会。", city.clock.now()
        return made.id

    city.run(wait)
    approved(city)
    city.tick()
    assert len(city.messages(2)) == 1
    assert "B-0001没数出来，打/broadcast再试一次。" in city.boss.listens()
    city.pass_time(seconds=5)
    assert log_lines.getvalue().count("broadcast.failed") == 1


def test_the_retirement_of_its_officer_stops_nothing_that_was_approved(city: WideCity) -> None:
    city.reader(None, has_phone=True)
    approved(city)
    other = city.officer("吴丽", scope="510681")
    retire(city)
    city.tick()
    other.listens()
    assert {row.worker_id for row in city.messages()} | set(city.left_out())
    assert city.broadcast().status in {BroadcastStatus.QUEUED, BroadcastStatus.DONE}
