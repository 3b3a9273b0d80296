"""Every showing is kept with what spoke for it, until it is old or its worker is erased."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from bot.clock import FixedClock
from bot.scheduler import impressions_forgotten
from bot.scheduler.ticks import Tick
from bot.services.people import workers
from bot.services.ranking import impressions
from bot.services.ranking.recommendations import recommend
from content.catalogue import Catalogue
from matching.types import Match, Reason, ReasonCode
from storage.database import Database
from storage.models import Impression, Worker
from storage.repositories.personal_data import PersonalData
from storage.unit_of_work import UnitOfWork
from tests.broadcast_world import WideCity, approved, make_all
from tests.chat import City
from tests.services.job_world import (
    CANGSHAN,
    NANHUA,
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
    publish_new,
)


@pytest.fixture
def guifang(city_on_both: City) -> uuid.UUID:
    """A worker with a page of her own, and two vacancies that suit her."""
    city = city_on_both

    def work(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        firm = add_firm(uow, now)
        add_vacancy(uow, now, firm, title="近的", town=NANHUA)
        add_vacancy(uow, now, firm, title="同县", town=CANGSHAN)
        page = add_address(uow, city.account_id, now, "guifang")
        return add_worker(uow, now, address=page).id

    worker_id = city.run(work)
    city.app.refresh_board()
    return worker_id


def shows(city: City, worker_id: uuid.UUID) -> list[Match]:
    def work(uow: UnitOfWork) -> list[Match]:
        draft = workers.draft_of(uow.workers.need(worker_id), {})
        profile = workers.profile_of(draft, key=worker_id.hex, today=city.deployment.today)
        found = recommend(uow, city.deployment, profile, worker_id=worker_id, limit=5)
        return [item.match for item in found]

    return city.run(work)


def kept(city: City, **where: object) -> list[Impression]:
    question = select(Impression).filter_by(**where).order_by(Impression.seq)
    return city.run(lambda uow: list(uow.session.scalars(question)))


def test_a_list_is_kept_in_its_order_with_scores_reasons_and_terms(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    matches = shows(city_on_both, guifang)
    rows = kept(city_on_both, worker_id=guifang)
    assert [(row.vacancy_id.hex, row.position) for row in rows] == [
        (match.vacancy_id, number) for number, match in enumerate(matches, start=1)
    ]
    first = rows[0]
    assert first.place == "list"
    assert first.at == city_on_both.clock.now()
    assert first.weights_id is None
    assert first.score == pytest.approx(matches[0].score)
    assert [code for code, _ in first.reasons] == [one.code.value for one in matches[0].reasons]
    assert set(first.terms) == {name for name, _ in matches[0].terms}
    assert all(0 <= value <= 1 for value in first.terms.values())


def test_every_showing_is_kept_and_not_the_newest_only(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    shows(city_on_both, guifang)
    city_on_both.clock.advance(timedelta(hours=1))
    shows(city_on_both, guifang)
    assert len(kept(city_on_both, worker_id=guifang)) == 4


def test_a_push_is_kept_for_everybody_who_is_told(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both

    def publish(uow: UnitOfWork) -> int:
        firm = add_firm(uow, city.clock.now())
        _, published = publish_new(uow, city.deployment, firm)
        return published.chosen

    assert city.run(publish) == 1
    (row,) = kept(city, place="push")
    assert (row.worker_id, row.position) == (guifang, 1)
    assert row.terms


def test_a_broadcast_is_kept_for_everybody_it_goes_to(
    database: Database, catalogue: Catalogue, clock: FixedClock
) -> None:
    city = WideCity(database, catalogue, clock)
    readers = {city.reader("telegram") for _ in range(7)}
    city.reader("telegram", birth_year=1950)
    vacancy = city.vacancy(age_max=55)
    make_all(city, approved(city, vacancy=vacancy)[0])
    rows = kept(city, place="broadcast")
    assert {row.worker_id for row in rows} == readers
    assert len(rows) == len(readers)
    assert {(row.vacancy_id, row.position) for row in rows} == {(vacancy.id, 1)}


def test_many_showings_are_one_statement(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    match = shows(city, guifang)[0]
    showings = [impressions.Showing(guifang, match, number) for number in range(1, 201)]
    statements: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(city.database.engine, "before_cursor_execute", listen)
    place = impressions.Place.BROADCAST
    city.run(lambda uow: impressions.note(uow, city.deployment, showings, place=place))
    event.remove(city.database.engine, "before_cursor_execute", listen)
    assert sum("INSERT INTO impression" in one for one in statements) == 1
    assert len(kept(city, place="broadcast")) == 200


def test_misses_stand_apart_from_reasons(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    shown = shows(city, guifang)[0]
    match = Match(
        shown.vacancy_id, guifang.hex, 0.4, (), (Reason(ReasonCode.WAGE_BELOW, 3500),), ()
    )
    showing = [impressions.Showing(guifang, match)]
    place = impressions.Place.WISH
    city.run(lambda uow: impressions.note(uow, city.deployment, showing, place=place))
    (row,) = kept(city, place="wish")
    assert (row.reasons, row.misses, row.terms) == ([], [["wage_below", 3500]], {})


def test_nothing_of_an_erased_worker_is_kept(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    shows(city, guifang)

    def erase(uow: UnitOfWork) -> None:
        worker = uow.workers.need(guifang)
        nowhere = add_address(uow, city.account_id, city.clock.now(), "nowhere")
        PersonalData(uow.session).erase_worker(worker, tombstone=None, nowhere=nowhere)

    city.run(erase)
    assert kept(city) == []
    assert city.run(lambda uow: uow.session.scalars(select(Worker)).all()) == []


def test_a_worker_who_asks_sees_what_was_shown(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    shows(city, guifang)
    found = city.run(lambda uow: PersonalData(uow.session).rows_about(uow.workers.need(guifang)))
    assert len(found["impression"]) == 2


def forget(city: City) -> int:
    return impressions_forgotten.forget(Tick(city.database, city.app.engine, [city.account_id]))


def test_showings_are_forgotten_after_two_years(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    shows(city, guifang)
    city.clock.advance(timedelta(days=729))
    assert forget(city) == 0
    city.clock.advance(timedelta(days=33))
    assert forget(city) == 2
    assert kept(city) == []


def test_a_bureau_may_keep_them_for_less_long(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    limits = type(city.deployment.limits)(impressions_kept_months=1)
    object.__setattr__(city.deployment, "limits", limits)
    shows(city, guifang)
    city.clock.advance(timedelta(days=62))
    assert forget(city) == 2
