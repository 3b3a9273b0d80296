"""One free course a calendar year for who is willing: who is promised it, who has had none."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.services.training import fitting, guarantee, seats
from tests.chat import City
from tests.training_world import (
    ELECTRICIANS,
    learner,
    open_one,
    put_in_register,
    worker_of,
)


@pytest.fixture
def chongqing(city_on_both: City, monkeypatch: pytest.MonkeyPatch) -> City:
    """A town whose bureau stands where the clause holds."""
    monkeypatch.setattr(guarantee, "CHONGQING", "51")
    return city_on_both


def promised(city: City, key: UUID) -> bool:
    return city.run(lambda uow: guarantee.is_promised(uow, city.deployment, uow.workers.need(key)))


def unmet(city: City) -> list[tuple[str | None, str]]:
    rows = city.run(lambda uow: guarantee.unmet(uow, city.deployment))
    return [(one.worker.name, one.why) for one in rows]


def take(city: City, course: UUID, key: UUID) -> None:
    city.run(lambda uow: seats.enrol(uow, city.deployment, course, uow.workers.need(key), None))


@pytest.mark.parametrize(
    ("categories", "facts", "expected"),
    [
        (("建档立卡",), {}, True),
        (("脱贫户",), {}, False),
        ((), {}, False),
        (("建档立卡",), {"born": "2010-11-23"}, True),  # sixteen today
        (("建档立卡",), {"born": "2010-11-24"}, False),
        (("建档立卡",), {"born": "1966-11-24"}, True),  # sixty tomorrow
        (("建档立卡",), {"born": "1966-11-23"}, False),
        (("建档立卡",), {"labour": "丧失劳动力"}, False),
    ],
)
def test_who_is_promised_a_free_course(
    chongqing: City, categories: tuple[str, ...], facts: dict[str, str], expected: bool
) -> None:
    _person, key = learner(chongqing, "甲")
    put_in_register(chongqing, key, *categories, **facts)
    assert promised(chongqing, key) is expected


def test_elsewhere_nothing_is_promised(city: City) -> None:
    _person, key = learner(city, "甲")
    put_in_register(city, key, "建档立卡")
    assert not promised(city, key)


def test_one_course_meets_the_promise_until_the_year_is_over(chongqing: City) -> None:
    city = chongqing
    officer = city.officer()
    course = open_one(city, officer)
    _person, key = learner(city, "甲")
    put_in_register(city, key, "建档立卡")
    take(city, course, key)
    assert not promised(city, key)
    city.clock.advance(timedelta(days=38, hours=14))  # the last hour of the year
    assert city.deployment.today == date(2026, 12, 31)
    assert not promised(city, key)
    city.clock.advance(timedelta(hours=1))
    assert promised(city, key)


def test_a_course_that_costs_something_meets_nothing(chongqing: City) -> None:
    city = chongqing
    course = open_one(city, city.officer(), replace(ELECTRICIANS, is_free=False))
    _person, key = learner(city, "甲")
    put_in_register(city, key, "建档立卡")
    take(city, course, key)
    assert promised(city, key)


def test_the_list_names_the_willing_and_why(chongqing: City) -> None:
    city = chongqing
    officer = city.officer()
    for name in ("在等的", "没开班的", "不愿意的"):
        _person, key = learner(city, name)
        put_in_register(city, key, "建档立卡")
        if name != "不愿意的":
            trade = "电工" if name == "在等的" else "面点师"
            wish = functools.partial(
                fitting.wish, deployment=city.deployment, worker=worker_of(city, key), trade=trade
            )
            city.run(wish)
    assert sorted(unmet(city)) == [("在等的", "no_course"), ("没开班的", "no_course")]
    open_one(city, officer)
    assert sorted(unmet(city)) == [("在等的", "not_told"), ("没开班的", "no_course")]
