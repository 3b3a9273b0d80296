"""A stored worker is judged as the same person wherever he is judged."""

from __future__ import annotations

from datetime import date

from bot.services.people.workers import profile_of_worker
from bot.services.ranking.impressions import stored
from matching.types import Education, Reason, ReasonCode, WorkerProfile
from storage.models import Worker
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.nightly_world import IN_PROCESS, begun, pushes, replica, run_of_today
from tests.services.job_world import (
    NANHUA,
    SEWING,
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
    publish_new,
)

GROUP = "disabled"


def add_knowing(uow: UnitOfWork, city: City, name: str, *, education: str = "senior") -> Worker:
    """Store a worker of whom the four facts are known that only a register tells."""
    now = city.clock.now()
    worker = add_worker(uow, now, address=add_address(uow, city.account_id, now, name))
    worker.education = education
    worker.experience = {SEWING: 3}
    worker.available_from = date(2026, 12, 1)
    worker.groups = [GROUP]
    uow.session.flush()
    return worker


def test_each_way_of_reading_a_worker_gives_the_same_profile(city_on_both: City) -> None:
    city = city_on_both
    bureau, today = city.deployment.bureau_adcode, city.clock.today()
    education = next(iter(Education))

    def read(uow: UnitOfWork) -> list[WorkerProfile]:
        worker = add_knowing(uow, city, "one", education=education.value)
        (column,) = uow.registers.profiles(bureau, worker.id, worker.id)
        statuses = [status.value for status in WorkerStatus]
        (member,) = uow.broadcasts.members(
            bureau, places=(NANHUA,), statuses=statuses, after=None, limit=2
        )
        return [profile_of_worker(row, today=today) for row in (worker, column, member)]

    first, second, third = city.run(read)
    assert first == second == third
    assert (first.education, first.experience) == (education, ((SEWING, 3),))
    assert (first.available_from, first.groups) == (date(2026, 12, 1), frozenset({GROUP}))


def test_the_night_queues_what_it_planned_for_a_reserved_vacancy(city_on_both: City) -> None:
    city = city_on_both

    def add(uow: UnitOfWork) -> None:
        worker = add_knowing(uow, city, "in the group", education=list(Education)[-1].value)
        worker.available_from = None
        now = city.clock.now()
        vacancy = add_vacancy(uow, now, add_firm(uow, now))
        vacancy.reserved_for = [GROUP]

    city.run(add)
    run_id = begun(city)
    work = replica(city)
    work.rank(run_id, IN_PROCESS)
    assert work.allocate(run_id) == len(pushes(city)) == 1
    run = run_of_today(city)
    assert run is not None
    assert run.figures["pushes"] == run.figures["queued"] == 1


def test_a_worker_whose_experience_was_never_asked_has_none_known(city: City) -> None:
    worker = city.run(lambda uow: add_worker(uow, city.clock.now()))
    profile = profile_of_worker(worker, today=city.clock.today())
    assert (profile.experience, profile.groups) == (None, frozenset())


def test_the_word_of_a_group_is_not_stored_with_a_reason() -> None:
    reasons = [Reason(ReasonCode.RESERVED_FOR_GROUP, GROUP)]
    assert stored(reasons) == [["reserved_for_group", ""]]


def test_whoever_is_shown_a_vacancy_at_that_moment_is_noted_once(city_on_both: City) -> None:
    city = city_on_both

    def tell(uow: UnitOfWork) -> list[tuple[bool, int]]:
        now = city.clock.now()
        worker = add_knowing(uow, city, "told", education=list(Education)[-1].value)
        worker.available_from = None
        vacancy, _published = publish_new(uow, city.deployment, add_firm(uow, now))
        row = {
            "worker_id": worker.id,
            "vacancy_id": vacancy.id,
            "score": 0.5,
            "reasons": [],
            "pushed": True,
            "pushed_at": now,
            "last_shown_at": now,
            "times_shown": 1,
            "first_shown_at": now,
        }
        uow.recommendations.note_first_told([row])
        uow.session.expire_all()
        found = uow.recommendations.of_vacancy(vacancy.id, {worker.id}).values()
        return [(one.pushed, one.times_shown) for one in found]

    assert city.run(tell) == [(True, 1)]
