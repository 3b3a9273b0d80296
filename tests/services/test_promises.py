from __future__ import annotations

from datetime import timedelta

from bot.services.cases import promises
from storage.states import EnterpriseStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.officer_world import (
    ZHONGJIANG,
    add_firm,
    add_vacancy,
    add_worker,
    open_case,
    queued,
)


def escalate(city: City) -> int:
    return city.run(lambda uow: promises.escalate_overdue(uow, city.deployment))


def test_a_call_that_was_not_made_in_time_goes_to_the_next_wider_officer(
    city_on_both: City,
) -> None:
    city = city_on_both
    wider = city.officer("周明", scope="5106")
    near = city.officer("吴丽", scope=ZHONGJIANG)
    worker = city.person("桂芳")
    add_worker(city, worker)
    open_case(city, worker)
    near.listens()
    assert wider.listens() == []

    city.clock.advance(timedelta(hours=8, minutes=1))
    assert escalate(city) == 1
    assert wider.listens() == ["超时没办：C-0001，吴干部该在今天17点前打电话。"]
    assert near.listens() == []


def test_a_broken_promise_escalates_once(city_on_both: City) -> None:
    city = city_on_both
    wider = city.officer("周明", scope="5106")
    city.officer("吴丽", scope=ZHONGJIANG)
    worker = city.person("桂芳")
    add_worker(city, worker)
    open_case(city, worker)
    city.clock.advance(timedelta(days=1))
    assert [escalate(city), escalate(city)] == [1, 0]
    assert len(wider.listens()) == 1


def test_a_promise_before_its_time_stays_quiet(city: City) -> None:
    city.officer("吴丽", scope="5106")
    worker = city.person("桂芳")
    add_worker(city, worker)
    open_case(city, worker)
    city.clock.advance(timedelta(hours=8))
    assert escalate(city) == 0


def test_a_kept_promise_never_escalates(city: City) -> None:
    city.officer("吴丽", scope="5106")
    worker = city.person("桂芳")
    add_worker(city, worker)
    case_id = open_case(city, worker)

    def keep(uow: UnitOfWork) -> None:
        promises.keep(uow, city.deployment, what=promises.CASE, subject_id=case_id)

    city.run(keep)
    city.clock.advance(timedelta(days=3))
    assert escalate(city) == 0


def test_where_nobody_stands_above_the_owner_is_told(city: City) -> None:
    only = city.officer("吴丽", scope="5106")
    worker = city.person("桂芳")
    add_worker(city, worker)
    open_case(city, worker)
    only.listens()
    city.clock.advance(timedelta(days=1))
    escalate(city)
    assert only.listens() == ["超时没办：C-0001，吴干部该在11月23日17点前打电话。"]


def test_a_vacancy_that_waits_too_long_for_its_review_escalates(city: City) -> None:
    wider = city.officer("周明", scope="5106")
    city.officer("吴丽", scope=ZHONGJIANG)
    firm_id = add_firm(city, status=EnterpriseStatus.VERIFIED)
    add_vacancy(city, firm_id)
    city.clock.advance(timedelta(hours=2, minutes=1))
    assert escalate(city) == 1
    assert wider.listens() == ["超时没审：V-0001，吴干部该在今天11点前答复。"]
    assert queued(city, wider)[0].options[0].data.startswith("a:review:")
