"""What somebody waits for: which vacancies fulfil it, how long it holds, who ends it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from bot.services.people import privacy
from bot.services.ranking import saved_wishes
from bot.services.ranking.changes import Condition
from storage.models import Recommendation, SavedWish, Vacancy, Worker
from storage.states import (
    VacancyStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    DONGGUAN,
    WELDING,
)
from tests.services.wish_world import change_worker, opened, told, waiting, wish_of, worker_of


@pytest.fixture
def guifang(city_on_both: City) -> uuid.UUID:
    """A sewer who waits since now for whatever fits, and is reached on a page."""
    return waiting(city_on_both, "桂芳")


def test_what_was_open_before_does_not_fire_a_wish(city_on_both: City) -> None:
    city = city_on_both
    opened(city)
    city.clock.advance(timedelta(minutes=1))
    wish = waiting(city, "桂芳")
    city.pass_time(minutes=5)
    assert told(city, wish) == []


def test_a_vacancy_that_was_changed_since_fires_a_wish(city_on_both: City) -> None:
    city = city_on_both
    vacancy_id = opened(city, wage=(2000, 2500))
    city.clock.advance(timedelta(minutes=1))
    wish = waiting(city, "桂芳")

    def pay_more(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(vacancy_id)
        vacancy.wage_min, vacancy.wage_max = 4500, 5500
        vacancy.version += 1
        uow.vacancies.note_change(vacancy, at=city.clock.now())

    city.pass_time(minutes=1)
    assert told(city, wish) == []
    city.run(pay_more)
    city.pass_time(minutes=1)
    assert told(city, wish) == [vacancy_id]


@pytest.mark.parametrize(
    "parts", [{"trade": WELDING}, {"town": None, "adcode": DONGGUAN}, {"wage": (2000, 2500)}]
)
def test_what_does_not_fit_fires_nothing(
    city_on_both: City, guifang: uuid.UUID, parts: dict[str, object]
) -> None:
    opened(city_on_both, **parts)
    city_on_both.pass_time(minutes=1)
    assert told(city_on_both, guifang) == []
    assert wish_of(city_on_both, guifang).closed_at is None


def test_a_condition_that_was_let_go_does_not_hold_for_the_wish(city_on_both: City) -> None:
    city = city_on_both
    wish = waiting(city, "桂芳", let_go=(Condition.WAGE,))
    vacancy_id = opened(city, wage=(2000, 2500))
    city.pass_time(minutes=1)
    assert told(city, wish) == [vacancy_id]


def test_the_profile_of_the_day_counts(city_on_both: City, guifang: uuid.UUID) -> None:
    change_worker(city_on_both, guifang, trades=[WELDING])
    vacancy_id = opened(city_on_both, trade=WELDING)
    city_on_both.pass_time(minutes=1)
    assert told(city_on_both, guifang) == [vacancy_id]


def test_of_several_that_fit_the_best_is_told(city_on_both: City, guifang: uuid.UUID) -> None:
    opened(city_on_both, wage=(4000, 4200))
    better = opened(city_on_both, wage=(6000, 7000))
    city_on_both.pass_time(minutes=1)
    assert told(city_on_both, guifang) == [better]


def test_what_this_worker_has_seen_or_refused_fires_nothing(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    vacancy_id = opened(city)

    def seen(uow: UnitOfWork) -> None:
        uow.session.add(
            Recommendation(
                worker_id=uow.saved_wishes.need(guifang).worker_id,
                vacancy_id=vacancy_id,
                score=0.5,
                reasons=[],
                times_shown=1,
                first_shown_at=city.clock.now(),
                last_shown_at=city.clock.now(),
            )
        )

    city.run(seen)
    city.pass_time(minutes=1)
    assert told(city, guifang) == []


def test_a_wish_ends_after_ninety_days(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    assert wish_of(city, guifang).until == city.clock.today() + timedelta(days=90)
    city.clock.advance(timedelta(days=91))
    opened(city)
    closed = city.run(lambda uow: saved_wishes.close_expired(uow, city.deployment, limit=10))
    assert closed == 1
    row = wish_of(city, guifang)
    assert row.closed_at is not None
    assert row.fired_at is None


def test_one_vacancy_fulfils_three_wishes_a_place_the_oldest_first(city_on_both: City) -> None:
    city = city_on_both
    wishes = [waiting(city, f"工友{number}") for number in range(5)]
    first = opened(city, headcount=1)
    city.pass_time(minutes=1)
    assert [told(city, wish) for wish in wishes] == [[first]] * 3 + [[]] * 2


def test_saving_again_waits_anew_and_leaves_one_open_wish(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    city.clock.advance(timedelta(days=10))

    def again(uow: UnitOfWork) -> SavedWish:
        row = uow.saved_wishes.need(guifang)
        worker, address = uow.workers.need(row.worker_id), uow.addresses.need(row.address_id)
        return saved_wishes.save(uow, city.deployment, worker, address, let_go=[Condition.PLACE])

    row = city.run(again)
    assert row.id == guifang
    assert row.until == city.clock.today() + timedelta(days=90)
    assert saved_wishes.let_go_in(row.wish) == [Condition.PLACE]
    assert city.run(lambda uow: uow.session.query(SavedWish).count()) == 1


def test_a_wish_that_was_ended_fires_no_more(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both

    def end(uow: UnitOfWork) -> bool:
        return saved_wishes.end(uow, city.deployment, uow.workers.need(worker_of(uow, guifang)))

    assert city.run(end)
    assert not city.run(end)
    opened(city)
    city.pass_time(minutes=1)
    assert told(city, guifang) == []


def test_an_erased_worker_leaves_no_wish(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both

    def erase(uow: UnitOfWork) -> str:
        row = uow.saved_wishes.need(guifang)
        address, worker = uow.addresses.need(row.address_id), uow.workers.need(row.worker_id)
        shown = privacy.export(uow, address, worker)
        privacy.erase(uow, city.deployment, address, worker)
        return shown

    assert "saved_wish" in city.run(erase)
    assert city.run(lambda uow: uow.session.query(SavedWish).count()) == 0
    assert city.run(lambda uow: uow.session.query(Worker).count()) == 0
    assert (
        city.run(
            lambda uow: uow.session.query(Vacancy).filter_by(status=VacancyStatus.FILLED).count()
        )
        == 0
    )
