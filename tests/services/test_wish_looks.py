"""Each change of a vacancy is looked at once for those who wait."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from bot.services.ranking import saved_wishes
from tests.chat import City
from tests.services.job_world import WELDING, close
from tests.services.wish_world import change_worker, looked, opened, waiting


@pytest.fixture
def guifang(city_on_both: City) -> uuid.UUID:
    """A sewer who waits since now for whatever fits, and is reached on a page."""
    return waiting(city_on_both, "桂芳")


def candidates(city: City) -> set[uuid.UUID]:
    """Return what a tick would judge now."""
    everybody = city.run(lambda uow: saved_wishes.waiting(uow, city.deployment))
    return {key for one in everybody for key in one.candidates}


def test_a_change_is_looked_at_once_until_the_profile_changes(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    welding = opened(city, trade=WELDING)
    city.database.read(city.deployment.board.refresh)
    assert candidates(city) == {welding}
    assert looked(city) == []
    city.clock.advance(timedelta(minutes=5))
    assert looked(city) == []  # the overlap of a minute has passed
    assert candidates(city) == set()
    change_worker(city, guifang, trades=[WELDING], version=2)
    assert looked(city) == [(guifang, [welding])]


def test_what_fits_is_remembered_while_it_cannot_be_told(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    vacancy_id = opened(city)
    change_worker(city, guifang, paused_until=city.clock.today())
    city.database.read(city.deployment.board.refresh)
    for _ in range(3):
        assert looked(city) == [(guifang, [vacancy_id])]
        city.clock.advance(timedelta(minutes=5))
    city.run(lambda uow: close(uow, city.deployment, vacancy_id))
    city.database.read(city.deployment.board.refresh)
    assert looked(city) == []
