"""What is known of a worker, and what stays unknown."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date

import pytest

from bot.services.benefits.profiles import benefit_profile
from content.benefits.facts import BenefitProfile
from content.benefits.verdicts import Standing, assess
from content.benefits.vocabulary import SINGLE_FACTS, UNKNOWN
from storage.models import Employment, OutsidePayment, TrainingWish, Worker
from storage.states import EndReason, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import CHONGQING, GUIFANG_ID, SHIZHU, YUZHONG, add_worker, enter
from tests.chat import City

TRIP: Mapping[str, object] = {
    "trip.mode": "hsr_second_class",
    "trip.price": 19850,
    "trip.from_county": SHIZHU,
    "trip.to_county": YUZHONG,
}


def profile(uow: UnitOfWork, city: City, worker: Worker, **answers: object) -> BenefitProfile:
    return benefit_profile(uow, city.deployment, worker, answers=answers)


def test_what_nobody_knows_is_unknown_and_never_a_default(cq: City) -> None:
    def work(uow: UnitOfWork) -> BenefitProfile:
        worker = add_worker(uow, cq, address=None, birth_year=None)
        worker.status = WorkerStatus.NEW
        return profile(uow, cq, worker)

    found = cq.run(work)
    assert {name for name in SINGLE_FACTS if found.facts.get(name) is not UNKNOWN} == set()
    assert (found.age, found.knows_categories, found.children) == (None, False, None)
    assert found.facts["trip"] is UNKNOWN
    assert (found.jurisdiction, found.as_of) == ("CQ", date(2026, 11, 23))
    assert found.problems == ()


def test_only_the_register_verifies_and_a_claim_stays_a_claim(cq: City) -> None:
    def work(uow: UnitOfWork) -> tuple[BenefitProfile, BenefitProfile]:
        known = add_worker(uow, cq, address=None)
        enter(uow, known, cq.clock.now(), number=GUIFANG_ID, hukou="农业")
        stranger = add_worker(uow, cq, address=None, name="王大力")
        return (
            profile(uow, cq, known, claimed=["低保"]),
            profile(uow, cq, stranger, claimed=["建档立卡"]),
        )

    known, stranger = cq.run(work)
    assert (set(known.categories), known.knows_categories) == ({"建档立卡"}, True)
    assert known.claimed == {"低保"}
    assert known.facts["hukou"] == "rural"
    assert known.age == 52
    assert (len(stranger.categories), stranger.knows_categories) == (0, False)
    verdict = assess(stranger, cq.deployment.catalogue.benefits).of("transport_subsidy")
    assert verdict is not None
    assert verdict.verdict is Standing.CHECK
    assert "category_verified" in verdict.missing


def test_an_entry_of_the_workers_own_number_tells_of_no_categories(cq: City) -> None:
    def work(uow: UnitOfWork) -> BenefitProfile:
        worker = add_worker(uow, cq, address=None)
        entry = enter(uow, worker, cq.clock.now(), number=GUIFANG_ID, categories=())
        entry.source = Source.WORKER
        return profile(uow, cq, worker)

    found = cq.run(work)
    assert not found.knows_categories
    assert found.age == 52


@pytest.mark.parametrize(
    ("year", "age"), [(1974, 51), (2010, None), (2009, 16), (1966, None), (1967, 58), (1956, None)]
)
def test_a_year_of_birth_tells_the_age_but_in_the_year_in_which_the_day_decides(
    cq: City, year: int, age: int | None
) -> None:
    def work(uow: UnitOfWork) -> int | None:
        return profile(uow, cq, add_worker(uow, cq, address=None, birth_year=year)).age

    assert cq.run(work) == age


def test_answers_fill_in_a_journey_and_leave_the_rest_unknown(cq: City) -> None:
    def work(uow: UnitOfWork) -> BenefitProfile:
        worker = add_worker(uow, cq, address=None)
        return benefit_profile(uow, cq.deployment, worker, answers=TRIP)

    found = cq.run(work)
    assert found.sum_of("trip.price") == 19850
    assert found.facts["trip.other_dept_paid"] is UNKNOWN
    assert found.facts["trip.has_ticket"] is UNKNOWN


def test_a_group_that_does_not_apply_is_absent(cq: City) -> None:
    def work(uow: UnitOfWork) -> BenefitProfile:
        return profile(uow, cq, add_worker(uow, cq, address=None), trip=False, graduate=False)

    found = cq.run(work)
    assert "trip" not in found.facts
    assert found.facts["inpatient"] is UNKNOWN


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (EndReason.LOST, "lost_job"),
        (EndReason.EMPLOYER_CLOSED, "lost_job"),
        (EndReason.CHANGED, "changing"),
        (None, "employed"),
    ],
)
def test_our_own_records_tell_of_the_work(cq: City, reason: EndReason | None, said: str) -> None:
    def work(uow: UnitOfWork) -> object:
        worker = add_worker(uow, cq, address=None)
        if reason is None:
            worker.status = WorkerStatus.EMPLOYED
        today = cq.clock.today()
        uow.session.add(
            Employment(
                worker_id=worker.id,
                started_on=today,
                ended_on=None if reason is None else today,
                end_reason=reason,
                source=Source.WORKER,
                last_confirmed_on=today,
                recorded_at=cq.clock.now(),
            )
        )
        uow.session.flush()
        return profile(uow, cq, worker).facts["employment"]

    assert cq.run(work) == said


def test_a_wish_to_learn_is_known(cq: City) -> None:
    def work(uow: UnitOfWork) -> object:
        worker = add_worker(uow, cq, address=None)
        uow.session.add(TrainingWish(worker_id=worker.id, since=cq.clock.now()))
        uow.session.flush()
        return profile(uow, cq, worker).facts["wants_training"]

    assert cq.run(work) is True


def test_what_another_department_paid_outweighs_the_answer(cq: City) -> None:
    def work(uow: UnitOfWork) -> object:
        worker = add_worker(uow, cq, address=None)
        entry = enter(uow, worker, cq.clock.now(), number=GUIFANG_ID)
        uow.benefit_applications.add_payments(
            CHONGQING,
            [
                OutsidePayment(
                    bureau_adcode=CHONGQING,
                    id_index=entry.id_index,
                    code="transport_subsidy",
                    department="区乡村振兴局",
                    amount_fen=100,
                    paid_on=cq.clock.today(),
                )
            ],
        )
        answers = {**TRIP, "trip.other_dept_paid": False}
        found = benefit_profile(uow, cq.deployment, worker, answers=answers)
        return found.facts["trip.other_dept_paid"]

    assert cq.run(work) is True


def test_without_a_home_the_bureaus_city_decides(cq: City) -> None:
    def work(uow: UnitOfWork, home: str | None) -> str:
        return profile(uow, cq, add_worker(uow, cq, address=None, home=home)).jurisdiction

    assert cq.run(functools.partial(work, home=None)) == "CQ"
    assert cq.run(functools.partial(work, home="510623")) == "DY"
    assert cq.run(functools.partial(work, home="441900")) == ""
