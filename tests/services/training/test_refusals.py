"""不去: silence for 30 days, after that for 90; the reasons are pooled."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.training import fitting, refusals
from bot.services.training.seats import REASONS
from storage.models import TrainingRefusal
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.training_world import learner, worker_of


def refuse(city: City, worker_id: object, reason: str | None = None) -> TrainingRefusal:
    def work(uow: UnitOfWork) -> TrainingRefusal:
        row = refusals.refuse(uow, city.deployment, worker_id, None)  # type: ignore[arg-type]
        if reason is not None:
            refusals.give_reason(row, reason)
        return row

    return city.run(work)


def is_quiet(city: City, worker_id: object) -> bool:
    work = functools.partial(
        refusals.is_quiet,
        deployment=city.deployment,
        worker_id=worker_id,  # type: ignore[arg-type]
    )
    return city.run(work)


def test_the_first_no_keeps_quiet_for_30_days_and_the_next_for_90(city_on_both: City) -> None:
    city = city_on_both
    _person, key = learner(city, "甲")
    today = city.deployment.today
    assert refuse(city, key).quiet_until == today + timedelta(days=30)
    city.clock.advance(timedelta(days=29))
    assert is_quiet(city, key)
    city.clock.advance(timedelta(days=1))
    assert not is_quiet(city, key)
    assert refuse(city, key).quiet_until == city.deployment.today + timedelta(days=90)
    city.clock.advance(timedelta(days=89))
    assert is_quiet(city, key)
    city.clock.advance(timedelta(days=1))
    assert not is_quiet(city, key)


def test_the_same_button_twice_is_one_no(city: City) -> None:
    _person, key = learner(city, "甲")
    first = refuse(city, key)
    assert refuse(city, key).id == first.id


def test_who_wishes_to_learn_afterwards_is_told_again(city: City) -> None:
    _person, key = learner(city, "甲")
    refuse(city, key)
    city.clock.advance(timedelta(days=2))
    worker = worker_of(city, key)
    city.run(lambda uow: fitting.wish(uow, city.deployment, worker, "电工"))
    assert not is_quiet(city, key)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(gaps=st.lists(st.integers(0, 200), min_size=1, max_size=6))
def test_nobody_is_asked_before_the_silence_of_any_no_is_over(
    city: City, gaps: Sequence[int]
) -> None:
    _person, key = learner(city, f"人{city.next_id()}")
    silent_until: list[date] = []
    for place, gap in enumerate(gaps):
        refuse(city, key)
        days = 30 if place == 0 else 90
        silent_until.append(city.deployment.today + timedelta(days=days))
        city.clock.advance(timedelta(days=gap, hours=2))
        assert is_quiet(city, key) == (city.deployment.today < max(silent_until))


def test_reasons_are_pooled(city_on_both: City) -> None:
    city = city_on_both
    for place, reason in enumerate((*REASONS, "too_far")):
        _person, key = learner(city, f"人{place}")
        refuse(city, key, reason)
    _person, silent = learner(city, "没说")
    refuse(city, silent)

    def pooled(uow: UnitOfWork) -> dict[str, int]:
        now = city.clock.now()
        day = timedelta(days=1)
        return uow.training_figures.refusals("510600", now - day, now + day)

    expected = dict.fromkeys(REASONS, 1) | {"too_far": 2, "other": 2}
    assert city.run(pooled) == expected
