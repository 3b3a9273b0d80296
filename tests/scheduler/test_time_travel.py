from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduler.time_travel import advance_days
from storage.states import CheckInStatus
from tests.chat import City
from tests.follow_up_world import check_ins_of, works


def travels(city: City, days: int) -> dict[str, int]:
    done = advance_days(
        city.clock, city.database, city.app.engine, days, account_ids=[city.account_id]
    )
    city.publish()
    return done


def test_three_days_on_the_question_of_the_third_day_has_come(city: City) -> None:
    city.officer()
    worker = city.person("worker")
    works(city, worker)
    assert travels(city, 3)["check_ins_due"] == 1
    assert worker.listens() == ["三天了，还在宏达制衣不？"]


def test_who_starts_in_the_morning_arrives_just_after_the_questions(city: City) -> None:
    travels(city, 2)
    assert city.clock.now() == datetime(2026, 11, 25, 2, 5, tzinfo=UTC)


def test_who_starts_in_the_afternoon_arrives_at_the_same_hour(city: City) -> None:
    city.clock.advance(timedelta(hours=6))
    before = city.clock.now()
    travels(city, 7)
    assert city.clock.now() == before + timedelta(days=7)


def test_silence_on_the_way_is_asked_about_again(city: City) -> None:
    city.officer()
    worker = city.person("worker")
    spell = works(city, worker)
    travels(city, 7)
    assert len(worker.listens()) == 2
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT


def test_time_does_not_run_backwards(city: City) -> None:
    with pytest.raises(ValueError, match="one day"):
        travels(city, 0)
