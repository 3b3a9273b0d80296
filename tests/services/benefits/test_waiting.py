"""What waits for officers: not forgotten in silence, filed hands, photos that go with it."""

from __future__ import annotations

import functools
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.services.benefits import applications, decisions
from bot.services.benefits.decision_steps import Step
from bot.services.people import privacy
from storage.benefit_states import BenefitStatus
from storage.models import Attachment, BenefitDecision
from storage.unit_of_work import UnitOfWork
from tests import phone_world
from tests.benefit_world import (
    GUIFANG_ID,
    JOURNEY,
    SHIZHU,
    answer_all,
    application_id,
    applications_in,
    fill_in,
    handed_in,
    officers,
    registered,
    sends_photo,
)
from tests.chat import City, Person


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


def step(city: City, key: UUID, by: Person, taken: Step) -> None:
    officer_id = by.as_officer().id

    def work(uow: UnitOfWork) -> None:
        officer, row = uow.officers.need(officer_id), uow.benefit_applications.need(key)
        if taken is Step.PROPOSE:
            decisions.propose(uow, city.deployment, row, officer, amount_fen=None, note="x")
        elif taken is Step.GIVE_BACK:
            decisions.give_back(uow, city.deployment, row, officer, reason="x")
        else:
            decisions.approve(uow, city.deployment, row, officer)

    city.run(work)


def photos(city: City) -> int:
    return city.run(lambda uow: len(list(uow.session.scalars(select(Attachment)))))


@pytest.mark.parametrize("is_open", [True, False])
def test_whoever_waits_for_money_is_not_forgotten_in_silence(cq: City, is_open: bool) -> None:
    officers(cq)
    key = handed_in(cq, registered(cq, number=GUIFANG_ID))

    def settle(uow: UnitOfWork) -> None:
        status = BenefitStatus.APPROVED if is_open else BenefitStatus.REFUSED
        uow.benefit_applications.need(key).status = status

    cq.run(settle)
    cq.clock.advance(privacy.UNUSED_FOR + timedelta(days=1))

    def unused(uow: UnitOfWork) -> int:
        before = cq.deployment.now - privacy.UNUSED_FOR
        bureau = cq.deployment.bureau_adcode
        return len(uow.workers.unused_since(bureau, before, question="q", limit=9))

    assert cq.run(unused) == (0 if is_open else 1)


def test_who_decided_is_told_that_an_erasure_took_an_application_away(
    cq: City, pair: tuple[Person, Person]
) -> None:
    guifang = registered(cq, number=GUIFANG_ID)
    step(cq, handed_in(cq, guifang), pair[0], Step.PROPOSE)
    pair[0].listens()

    def erase(uow: UnitOfWork) -> None:
        address = uow.addresses.find(cq.account_id, guifang.address)
        assert address is not None
        (worker,) = uow.addresses.workers_at(address.id)
        privacy.erase(uow, cq.deployment, address, worker)

    cq.run(erase)
    assert applications_in(cq) == []
    assert pair[0].listens() == ["B-0001：打工车票补贴，本人撤回了。"]


def test_whoever_once_filed_it_never_approves_it(cq: City, pair: tuple[Person, Person]) -> None:
    first, second = pair
    phone_world.add_worker(cq, home=SHIZHU)
    first.says(f"/act {phone_world.NUMBER}")
    first.says("我要报车票")
    answers = {
        "要不要写身份证号": "1",
        "身份证号18位": GUIFANG_ID,
        "要记下家里是不是低保": "2",
        **JOURNEY,
    }
    answer_all(first, first.says("1"), answers)
    first.says("1")
    key = application_id(cq)
    step(cq, key, second, Step.GIVE_BACK)

    def file_again(uow: UnitOfWork) -> None:
        row = uow.benefit_applications.need(key)
        assert row.worker_id is not None
        assert row.address_id is not None
        worker, phone = uow.workers.need(row.worker_id), uow.addresses.need(row.address_id)
        chat = uow.addresses.find_or_add(
            cq.account_id, "own chat", language=phone.language, now=cq.clock.now()
        )
        uow.session.flush()
        applications.submit(uow, cq.deployment, row, worker, chat)

    cq.run(file_again)
    assert cq.run(lambda uow: uow.benefit_applications.need(key).filed_by) is None
    step(cq, key, second, Step.PROPOSE)
    with pytest.raises(UserError, match=r"refused\.own"):
        step(cq, key, first, Step.APPROVE)
    assert "filed" in cq.run(lambda uow: list(uow.session.scalars(select(BenefitDecision.step))))


@pytest.mark.parametrize("is_filed", [False, True])
def test_the_photo_goes_with_what_is_taken_back(cq: City, is_filed: bool) -> None:
    officers(cq)
    guifang = registered(cq, number=GUIFANG_ID)
    fill_in(guifang, **{"票上有个号码": ""})
    answer_all(guifang, sends_photo(guifang), JOURNEY)
    assert photos(cq) == 1
    if is_filed:
        guifang.says("1")
    key = application_id(cq)

    def withdraw(uow: UnitOfWork, *, key: UUID) -> None:
        applications.withdraw(uow, cq.deployment, uow.benefit_applications.need(key))

    cq.run(functools.partial(withdraw, key=key))
    assert photos(cq) == 0


def test_a_photo_that_another_one_replaces_goes(cq: City) -> None:
    officers(cq)
    guifang = registered(cq, number=GUIFANG_ID)
    fill_in(guifang, **{"票上有个号码": ""})
    answer_all(guifang, sends_photo(guifang), JOURNEY)
    guifang.taps("改")
    guifang.taps("车票")
    sends_photo(guifang, "photo-2")
    assert photos(cq) == 1
