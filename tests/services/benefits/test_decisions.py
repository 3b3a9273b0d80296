"""Two officers, one row: who may take which step, and what it leaves behind."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.errors import UserError
from bot.services.benefits import decisions
from bot.services.benefits.decision_steps import DecidedError, Step
from bot.services.cases import promises
from bot.services.deployment import Deployment
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Officer
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import GUIFANG_ID, handed_in, officers, registered
from tests.chat import City, Person

Act = Callable[[UnitOfWork, Deployment, BenefitApplication, Officer], object]


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


@pytest.fixture
def key(cq: City, pair: tuple[Person, Person]) -> UUID:
    """An application that was handed in."""
    return handed_in(cq, registered(cq, number=GUIFANG_ID))


def act(city: City, key: UUID, by: Person, step: Act, *, is_demo: bool = False) -> object:
    """Take one step as one officer, in a transaction of its own."""
    officer_id = by.as_officer().id
    deployment = replace(city.deployment, is_demo=is_demo)

    def work(uow: UnitOfWork) -> object:
        application = uow.benefit_applications.need(key)
        return step(uow, deployment, application, uow.officers.need(officer_id))

    return city.run(work)


def proposing(amount_fen: int | None = 19850, note: str | None = None) -> Act:
    return functools.partial(decisions.propose, amount_fen=amount_fen, note=note)


def status(city: City, key: UUID) -> BenefitStatus:
    return city.run(lambda uow: uow.benefit_applications.need(key).status)


def test_who_filed_it_for_a_worker_does_not_approve_it(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    first, second = pair
    officer_id = second.as_officer().id

    def file_by(uow: UnitOfWork) -> None:
        uow.benefit_applications.need(key).filed_by = officer_id

    cq.run(file_by)
    act(cq, key, first, proposing())
    with pytest.raises(UserError, match=r"refused\.own"):
        act(cq, key, second, decisions.approve)
    act(cq, key, cq.officer("吴刚", scope="50"), decisions.approve)
    assert status(cq, key) is BenefitStatus.APPROVED


def test_the_demos_only_officer_may_approve_and_hears_that_it_is_the_demo(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    first, second = pair
    act(cq, key, first, proposing())
    with pytest.raises(UserError, match=r"refused\.own"):
        act(cq, key, first, decisions.approve, is_demo=True)

    def retire(uow: UnitOfWork, officer_id: UUID) -> None:
        uow.officers.need(officer_id).retired_at = cq.clock.now()

    cq.run(functools.partial(retire, officer_id=second.as_officer().id))
    assert act(cq, key, first, decisions.approve, is_demo=True) is True


@pytest.mark.parametrize(
    ("amount", "note", "problem"),
    [
        (19851, "多一分", "above_rule"),
        (0, "零", "above_rule"),
        (-1, "负", "above_rule"),
        (19849, None, "no_reason"),
        (None, None, "no_reason"),
    ],
)
def test_another_sum_than_the_rules_is_never_more_and_never_without_a_reason(
    cq: City,
    key: UUID,
    pair: tuple[Person, Person],
    amount: int | None,
    note: str | None,
    problem: str,
) -> None:
    with pytest.raises(UserError, match=problem):
        act(cq, key, pair[0], proposing(amount, note))
    assert status(cq, key) is BenefitStatus.SUBMITTED


@pytest.mark.parametrize(
    "step", [decisions.approve, functools.partial(decisions.refuse, reason="x")]
)
def test_a_step_out_of_turn_is_refused(
    cq: City, key: UUID, pair: tuple[Person, Person], step: Act
) -> None:
    act(cq, key, pair[0], functools.partial(decisions.refuse, reason="不算"))
    with pytest.raises(DecidedError):
        act(cq, key, pair[1], step)


def test_of_two_approvals_at_the_same_moment_one_counts(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    act(cq, key, pair[0], proposing())
    others = [pair[1], cq.officer("吴刚", scope="50")]
    outcomes: list[str] = []

    def approve(by: Person) -> None:
        try:
            act(cq, key, by, decisions.approve)
            outcomes.append("approved")
        except DecidedError:
            outcomes.append("decided")

    threads = [threading.Thread(target=approve, args=(one,)) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "decided"]
    steps = cq.run(lambda uow: [row.step for row in uow.benefit_applications.decisions_of(key)])
    assert steps == [Step.PROPOSE, Step.APPROVE]


def test_an_answer_keeps_the_promise_and_undoing_it_makes_a_new_one(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    def due(uow: UnitOfWork) -> object:
        return promises.due_at(uow, what=promises.BENEFIT, subject_id=key)

    assert cq.run(due) is not None
    act(cq, key, pair[0], functools.partial(decisions.refuse, reason="不算"))
    assert cq.run(due) is None
    act(cq, key, pair[0], decisions.undo)
    assert cq.run(due) is not None
    assert status(cq, key) is BenefitStatus.SUBMITTED


def test_only_ones_own_last_step_of_today_is_undone(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    act(cq, key, pair[0], proposing())
    with pytest.raises(DecidedError):
        act(cq, key, pair[1], decisions.undo)
    cq.clock.advance(timedelta(days=1))
    with pytest.raises(DecidedError):
        act(cq, key, pair[0], decisions.undo)


def test_nothing_is_undone_once_it_is_paid(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    act(cq, key, pair[0], proposing())
    act(cq, key, pair[1], decisions.approve)
    today = cq.clock.today()
    act(cq, key, pair[1], functools.partial(decisions.mark_paid, on=today))
    with pytest.raises(DecidedError):
        act(cq, key, pair[1], decisions.undo)
    with pytest.raises(DecidedError):
        act(cq, key, pair[1], functools.partial(decisions.mark_paid, on=today))


def test_its_own_payment_is_no_earlier_one(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    act(cq, key, pair[0], proposing())
    act(cq, key, pair[1], decisions.approve)
    act(cq, key, pair[1], functools.partial(decisions.mark_paid, on=cq.clock.today()))
    pair[0].presses(f"a:benefit:{key.hex}")
    assert "照渝人社发〔2016〕295号（条款3）：可能符合" in pair[0].heard
    assert "注意" not in pair[0].heard


def test_after_a_payment_a_second_one_is_excluded(
    cq: City, key: UUID, pair: tuple[Person, Person]
) -> None:
    act(cq, key, pair[0], proposing())
    act(cq, key, pair[1], decisions.approve)
    act(cq, key, pair[1], functools.partial(decisions.mark_paid, on=cq.clock.today()))
    guifang = cq.person("陈桂芳")
    guifang.says("我要报车票")
    heard = guifang.says("1")
    assert "这笔路费只给一次，您领过了。" in heard
