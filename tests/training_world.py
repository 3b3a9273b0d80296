"""Courses, people who want to learn, and an officer who opens and calls the roll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.services.people.workers import ProfileDraft
from bot.services.training.courses import create_course, open_course
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Course, Enrolment, RegisterEntry, Worker, WorkerCategory
from storage.register_states import CategoryState
from storage.states import Source
from storage.training_states import EnrolmentStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.job_world import add_firm, add_vacancy
from tests.worker_world import registered

ZHONGJIANG, NANHUA = "510623", "510623101"
# The clock of the tests stands at Monday, 23 November 2026.
ELECTRICIANS = CourseFacts(
    title="电工培训班",
    trade="电工",
    school="众信职业培训学校",
    adcode=NANHUA,
    address="南华镇职教中心",
    starts_on=date(2026, 12, 7),
    ends_on=date(2026, 12, 11),
    daily="上午9点到下午5点",
    seats=2,
    living_allowance=True,
    is_free=True,
    certificate="低压电工证",
)
POST = (
    "中江县电工培训班12月7日开班，共5天，每天上午9点到下午5点，地点中江南华镇职教中心，"
    "招2人，免费，有生活费补贴，考低压电工证"
)


def open_one(
    city: City, officer: Person, facts: CourseFacts = ELECTRICIANS, *, first_come: bool = True
) -> UUID:
    """Return an open course; without gathering unless a test is about the order of seats."""
    by = officer.as_officer()

    def work(uow: UnitOfWork) -> UUID:
        course = create_course(uow, city.deployment, facts, officer=uow.officers.need(by.id))
        open_course(uow, city.deployment, course, uow.officers.need(by.id))
        if first_come:
            course.allots_at = None
        return course.id

    return city.run(work)


def course_of(city: City, course_id: UUID) -> Course:
    """Return a course as it is stored."""
    return city.run(lambda uow: uow.courses.need(course_id))


def learner(
    city: City,
    name: str,
    *,
    trades: Sequence[str] = ("缝纫工",),
    home: str = NANHUA,
    **parts: object,
) -> tuple[Person, UUID]:
    """Return somebody registered, who has said hello, and their key."""
    person = city.person(name)
    person.says("你好")
    draft = ProfileDraft(
        trades=tuple(trades), migration="in_county", home=home, name=name, birth_year=1986
    )
    worker = registered(person, replace(draft, **parts))  # type: ignore[arg-type]
    return person, worker.id


def enrolment_of(city: City, course_id: UUID, worker_id: UUID) -> Enrolment:
    """Return how somebody stands to a course."""
    found = city.run(lambda uow: uow.enrolments.find(course_id, worker_id))
    assert found is not None
    return found


def status_of(city: City, course_id: UUID, worker_id: UUID) -> EnrolmentStatus:
    """Return the state of somebody's seat."""
    return enrolment_of(city, course_id, worker_id).status


def seated(city: City, course_id: UUID) -> int:
    """Return how many seats are taken."""
    return city.run(lambda uow: uow.enrolments.seats_taken([course_id]).get(course_id, 0))


def put_in_register(
    city: City,
    worker_id: UUID,
    *categories: str,
    sex: str = "男",
    born: str = "1986-05-01",
    **facts: str,
) -> None:
    """Let the bureau's sheet say something of a worker."""

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        uow.session.add(
            RegisterEntry(
                bureau_adcode=city.deployment.bureau_adcode,
                worker_id=worker_id,
                facts={"sex": sex, "born": born, **facts},
                source=Source.IMPORT,
                changed_at=now,
            )
        )
        for category in categories:
            uow.session.add(
                WorkerCategory(
                    worker_id=worker_id,
                    category=category,
                    state=CategoryState.VERIFIED,
                    source=Source.IMPORT,
                    since=now,
                )
            )

    city.run(work)


def worker_of(city: City, worker_id: UUID) -> Worker:
    """Return a worker as stored."""
    return city.run(lambda uow: uow.workers.need(worker_id))


def go_to(city: City, day: date, hour: int = 9) -> None:
    """Let it be an hour of a day in the city, and run what is due."""
    zone = city.deployment.clock.timezone
    then = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    city.clock.advance(then - city.clock.now())
    city.tick()


def days_before(facts: CourseFacts, days: int) -> date:
    """Return the day so many days before a course begins."""
    assert facts.starts_on is not None
    return facts.starts_on - timedelta(days=days)


def add_electrician(city: City, *papers: str, valid_for_days: int = 90) -> None:
    """Open a vacancy for which one has to have learnt the trade, and hold these papers."""

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        firm = add_firm(uow, now)
        vacancy = add_vacancy(
            uow, now, firm, trade="电工", title="维修电工", valid_for_days=valid_for_days
        )
        vacancy.needs_skill, vacancy.certificates = True, list(papers)
        uow.vacancies.note_change(vacancy, at=now)

    city.run(work)
