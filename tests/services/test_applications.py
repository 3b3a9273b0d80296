from __future__ import annotations

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.services.follow_up import applications
from storage.models import Application, CheckIn, Employment, Recommendation, Vacancy
from storage.states import (
    ApplicationStatus,
    CheckInKind,
    CheckInStatus,
    Response,
    Source,
    VacancyStatus,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import add_address, add_firm, add_vacancy, add_worker, close

S = ApplicationStatus


def applied(
    uow: UnitOfWork, city: City, *, headcount: int | None = 1, vacancy: Vacancy | None = None
) -> Application:
    now = city.clock.now()
    firm_page = add_address(uow, city.account_id, now, f"firm {uuid.uuid4()}")
    if vacancy is None:
        firm = add_firm(uow, now, address=firm_page)
        vacancy = add_vacancy(uow, now, firm, headcount=headcount)
    address = add_address(uow, city.account_id, now, f"page {uuid.uuid4()}")
    worker = add_worker(uow, now, address=address)
    return applications.apply(uow, city.deployment, worker, vacancy, address)


def mark(
    uow: UnitOfWork,
    city: City,
    application: Application,
    status: ApplicationStatus,
    source: Source = Source.ENTERPRISE,
) -> None:
    applications.mark(uow, city.deployment, application, status, source=source)


def test_applying_plans_what_both_sides_are_asked(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> tuple[int, Response | None]:
        application = applied(uow, city_on_both)
        rows = uow.session.scalars(select(CheckIn)).all()
        shown = uow.session.scalars(select(Recommendation)).one()
        assert application.sent_at == city_on_both.clock.now()
        return len(rows), shown.response

    assert city_on_both.run(work) == (4, Response.APPLIED)


def test_applying_twice_is_applying_once(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        first = applied(uow, city_on_both)
        worker = uow.workers.need(first.worker_id)
        address = uow.addresses.need(first.address_id)
        vacancy = uow.vacancies.need(first.vacancy_id)
        again = applications.apply(uow, city_on_both.deployment, worker, vacancy, address)
        assert again.id == first.id

    city_on_both.run(work)


def test_a_closed_vacancy_refuses_applications(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city_on_both.clock.now()
        vacancy = add_vacancy(uow, now, add_firm(uow, now))
        close(uow, city_on_both.deployment, vacancy.id)
        with pytest.raises(UserError, match=r"applications\.closed\.now"):
            applied(uow, city_on_both, vacancy=vacancy)

    city_on_both.run(work)


def test_being_hired_opens_a_spell_and_fills_the_last_place(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        application = applied(uow, city_on_both)
        mark(uow, city_on_both, application, S.HIRED)
        spell = uow.session.scalars(select(Employment)).one()
        assert spell.started_on == city_on_both.clock.today()
        assert uow.workers.need(application.worker_id).status is WorkerStatus.EMPLOYED
        assert uow.vacancies.need(application.vacancy_id).status is VacancyStatus.FILLED

    city_on_both.run(work)


def test_a_place_that_is_left_keeps_the_vacancy_open(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        application = applied(uow, city_on_both, headcount=2)
        mark(uow, city_on_both, application, S.HIRED)
        assert uow.vacancies.need(application.vacancy_id).status is VacancyStatus.PUBLISHED

    city_on_both.run(work)


def test_both_words_about_one_hiring_make_one_spell(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        application = applied(uow, city_on_both)
        for source in (Source.WORKER, Source.ENTERPRISE):
            applications.mark(
                uow,
                city_on_both.deployment,
                application,
                S.HIRED,
                source=source,
                started_on=date(2026, 11, 23),
            )
        assert len(uow.session.scalars(select(Employment)).all()) == 1

    city_on_both.run(work)


def test_whoever_was_hired_and_never_came_is_not_employed(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        application = applied(uow, city_on_both, headcount=2)
        mark(uow, city_on_both, application, S.HIRED)
        mark(uow, city_on_both, application, S.NO_SHOW)
        spell = uow.session.scalars(select(Employment)).one()
        assert spell.ended_on == spell.started_on

    city_on_both.run(work)


def test_the_worker_is_still_asked_after_the_firm_said_that_nobody_came(
    city_on_both: City,
) -> None:
    def work(uow: UnitOfWork) -> set[CheckInKind]:
        mark(uow, city_on_both, applied(uow, city_on_both), S.NO_SHOW)
        planned = select(CheckIn.kind).where(CheckIn.status == CheckInStatus.SCHEDULED)
        return set(uow.session.scalars(planned))

    assert city_on_both.run(work) == {CheckInKind.STARTED_WORK}


@pytest.mark.parametrize("status", [S.REJECTED, S.WITHDRAWN])
def test_nobody_is_asked_any_more_about_an_application_that_is_over(
    city_on_both: City, status: ApplicationStatus
) -> None:
    source = Source.WORKER if status is S.WITHDRAWN else Source.ENTERPRISE

    def work(uow: UnitOfWork) -> set[CheckInStatus]:
        mark(uow, city_on_both, applied(uow, city_on_both), status, source)
        return set(uow.session.scalars(select(CheckIn.status)))

    assert city_on_both.run(work) == {CheckInStatus.CANCELLED}


@pytest.mark.parametrize(
    ("first", "then"),
    [(S.HIRED, S.REJECTED), (S.WITHDRAWN, S.INTERVIEW), (S.REJECTED, S.NO_ANSWER)],
)
def test_a_state_that_cannot_follow_is_refused(
    city_on_both: City, first: ApplicationStatus, then: ApplicationStatus
) -> None:
    def work(uow: UnitOfWork) -> None:
        application = applied(uow, city_on_both)
        mark(uow, city_on_both, application, first)
        with pytest.raises(applications.ApplicationStateError):
            mark(uow, city_on_both, application, then)

    city_on_both.run(work)


def test_the_same_word_twice_changes_nothing(city_on_both: City) -> None:
    def work(uow: UnitOfWork) -> None:
        application = applied(uow, city_on_both)
        mark(uow, city_on_both, application, S.INTERVIEW)
        changed_at = application.changed_at
        mark(uow, city_on_both, application, S.INTERVIEW)
        assert application.changed_at == changed_at

    city_on_both.run(work)


def test_an_application_for_a_firm_without_an_address_goes_to_an_officer(city: City) -> None:
    officer = city.officer()

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        address = add_address(uow, city.account_id, now, "page")
        worker = add_worker(uow, now, address=address)
        vacancy = add_vacancy(uow, now, add_firm(uow, now))
        applications.apply(uow, city.deployment, worker, vacancy, address)

    city.run(work)
    assert "陈桂芳报名，电话13900001111，请转告厂里" in officer.listens()[-1]
