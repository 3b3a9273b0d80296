"""A profile of an earlier day holds what was true then, not what is true today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.services.benefits.profiles import benefit_profile
from content.benefits.facts import BenefitProfile
from storage.models import Course, Employment, Enrolment, Worker
from storage.states import EndReason, Source, WorkerStatus
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import add_worker
from tests.chat import City

WEEK = timedelta(days=7)


def on(uow: UnitOfWork, city: City, worker: Worker, day: date) -> BenefitProfile:
    return benefit_profile(uow, city.deployment, worker, answers={}, as_of=day)


def worked(
    uow: UnitOfWork, city: City, worker: Worker, start: date, end: date | None
) -> Employment:
    spell = Employment(
        worker_id=worker.id,
        started_on=start,
        ended_on=end,
        end_reason=None if end is None else EndReason.LOST,
        source=Source.WORKER,
        last_confirmed_on=start,
        recorded_at=city.clock.now(),
    )
    uow.session.add(spell)
    uow.session.flush()
    return spell


def test_work_found_after_the_day_does_not_count_on_it(cq: City) -> None:
    def work(uow: UnitOfWork) -> list[object]:
        today = cq.clock.today()
        worker = add_worker(uow, cq, address=None)
        worked(uow, cq, worker, today - 8 * WEEK, today - 4 * WEEK)
        worked(uow, cq, worker, today - WEEK, None)
        worker.status = WorkerStatus.EMPLOYED
        days = [today - 5 * WEEK, today - 4 * WEEK, today - 2 * WEEK, today]
        return [on(uow, cq, worker, day).facts["employment"] for day in days]

    assert cq.run(work) == ["employed", "lost_job", "lost_job", "employed"]


def test_the_wish_to_work_is_that_of_the_day(cq: City) -> None:
    def work(uow: UnitOfWork) -> list[object]:
        today = cq.clock.today()
        worker = add_worker(uow, cq, address=None)
        then = cq.clock.now() - 2 * WEEK
        uow.workers.note_status(worker.id, WorkerStatus.SEEKING, at=then)
        uow.workers.note_status(worker.id, WorkerStatus.NOT_LOOKING, at=cq.clock.now())
        worker.status = WorkerStatus.NOT_LOOKING
        uow.session.flush()
        return [on(uow, cq, worker, day).facts["wants_work"] for day in (today - WEEK, today)]

    assert cq.run(work) == [True, False]


@pytest.mark.parametrize(
    ("days_after", "attends"), [(-1, False), (0, True), (10, True), (11, False)]
)
def test_a_course_is_attended_on_its_own_days_only(
    cq: City, days_after: int, *, attends: bool
) -> None:
    def work(uow: UnitOfWork) -> bool:
        today = cq.clock.today()
        starts = today - timedelta(days=days_after)
        worker = add_worker(uow, cq, address=None)
        course = Course(
            bureau_adcode=cq.deployment.bureau_adcode,
            number=1,
            title="电工班",
            seats=30,
            status=CourseStatus.RUNNING,
            starts_on=starts,
            ends_on=starts + timedelta(days=10),
            subsidised=True,
            created_at=cq.clock.now(),
            changed_at=cq.clock.now(),
        )
        uow.session.add(course)
        uow.session.flush()
        uow.session.add(
            Enrolment(
                course_id=course.id,
                worker_id=worker.id,
                status=EnrolmentStatus.ATTENDED,
                tier=0,
                asked_at=cq.clock.now(),
                changed_at=cq.clock.now(),
            )
        )
        uow.session.flush()
        return on(uow, cq, worker, today).facts.get("attending_subsidised_training") is True

    assert cq.run(work) is attends
