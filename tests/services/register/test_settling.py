"""What officers settle between a sheet and a person, and take back, when the person goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.follow_up import employments
from bot.services.people import workers
from bot.services.register import differences as settling
from bot.services.register.differences import OURS, THEIRS
from storage.models import Officer, RegisterDifference, Worker
from storage.states import EndReason, Source
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import bring_in, person, xlsx
from tests.services.register.test_given_numbers import gives
from tests.services.register.test_importing import (
    MOBILE,
    NAME,
    chatting,
    differences,
    everybody,
    only,
    spells,
)

SHEET, FIRST, LATER = "13600000002", "13700000001", "13500000003"
Settle = Callable[[UnitOfWork, Deployment, Officer, RegisterDifference], object]


def says_phone(city: City, worker: Worker, phone: str) -> None:
    """Let a worker give another number."""

    def change(uow: UnitOfWork) -> None:
        row = uow.workers.need(worker.id)
        draft = replace(workers.draft_of(row, {}), phone=phone)
        workers.change(uow, city.deployment, row, draft)

    city.run(change)


def says_work(city: City, worker: Worker, firm: str, began: date) -> None:
    """Let a worker tell of a firm."""
    city.run(
        lambda uow: employments.open_spell(
            uow,
            city.deployment,
            worker=uow.workers.need(worker.id),
            started_on=began,
            source=Source.WORKER,
            employer=firm,
            workplace="510623",
        )
    )


def act(city: City, name: str, work: Settle) -> object:
    """Do something with the only difference of a name."""

    def settle(uow: UnitOfWork) -> object:
        officer = uow.session.scalars(select(Officer)).one()
        rows = uow.session.scalars(
            select(RegisterDifference).where(RegisterDifference.name == name)
        )
        return work(uow, city.deployment, officer, rows.one())

    return city.run(settle)


def choose(choice: str) -> Settle:
    """Return what settles a difference so."""
    return lambda uow, city, officer, row: settling.resolve(uow, city, officer, row, choice)


def phones_differ(city: City) -> Worker:
    """Return somebody whose number the sheet tells otherwise."""
    worker = chatting(city, birth_year=1963)
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE)]))
    says_phone(city, worker, FIRST)
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=SHEET)]))
    city.officer("周明", scope="51")
    return worker


def test_a_newer_word_of_the_workers_is_not_overwritten(city_on_both: City) -> None:
    worker = phones_differ(city_on_both)
    says_phone(city_on_both, worker, LATER)
    assert act(city_on_both, "phone", choose(THEIRS)) is False
    assert only(city_on_both).phone == LATER
    (asked,) = differences(city_on_both)
    assert asked.ours == LATER
    assert act(city_on_both, "phone", choose(THEIRS)) is True
    assert only(city_on_both).phone == SHEET
    act(city_on_both, "phone", settling.undo)
    assert only(city_on_both).phone == LATER


def test_a_decision_is_not_taken_back_over_what_the_worker_said_since(city: City) -> None:
    worker = phones_differ(city)
    act(city, "phone", choose(THEIRS))
    says_phone(city, worker, LATER)
    with pytest.raises(UserError, match="changed_since"):
        act(city, "phone", settling.undo)
    assert only(city).phone == LATER


def test_keeping_our_word_needs_no_newer_look(city: City) -> None:
    worker = phones_differ(city)
    says_phone(city, worker, LATER)
    assert act(city, "phone", choose(OURS)) is True
    assert only(city).phone == LATER


def works_differ(city: City) -> Worker:
    """Return somebody whose work the sheet tells otherwise."""
    worker = chatting(city, birth_year=1963)
    gives(city, worker, person(3)["证件号码"])
    says_work(city, worker, "自己找的厂", date(2026, 5, 1))
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE, 务工所在地="广东省深圳市龙岗区")]))
    city.officer("周明", scope="51")
    return worker


def test_a_decision_about_work_is_taken_back(city: City) -> None:
    worker = works_differ(city)
    assert act(city, "work", choose(THEIRS)) is True
    act(city, "work", settling.undo)
    (open_one,) = [one for one in spells(city, worker) if one.ended_on is None]
    assert open_one.employer == "自己找的厂"
    assert len(differences(city)) == 1


def test_a_newer_job_of_the_workers_is_not_corrected_away(city: City) -> None:
    worker = works_differ(city)
    act(city, "work", choose(THEIRS))
    city.clock.advance(timedelta(days=10))
    says_work(city, worker, "新工厂", city.clock.today())
    with pytest.raises(UserError, match="changed_since"):
        act(city, "work", settling.undo)
    (open_one,) = [one for one in spells(city, worker) if one.ended_on is None]
    assert open_one.employer == "新工厂"
    assert all(one.end_reason is not EndReason.CORRECTED for one in spells(city, worker))


def test_whose_a_row_is_can_be_taken_back_though_time_goes_on(city: City) -> None:
    other = {"姓名": NAME, "联系电话": MOBILE, "人口编号": "A2"}
    bring_in(city, xlsx([other | {"文化程度": "初中"}]))
    first = only(city)
    city.run(lambda uow: _another(uow, city))
    bring_in(city, xlsx([{"姓名": NAME, "联系电话": MOBILE}]))
    city.officer("周明", scope="51")
    act(city, "person", choose(THEIRS))
    assert len(everybody(city)) == 3
    city.clock.advance(timedelta(minutes=1))
    act(city, "person", settling.undo)
    assert len(everybody(city)) == 2
    (asked,) = differences(city)
    assert first.id.hex in repr(asked.ours)


def _another(uow: UnitOfWork, city: City) -> None:
    address = uow.addresses.find_or_add(
        city.account_id, "address of another", language="zh", now=city.clock.now()
    )
    uow.session.flush()
    draft = workers.ProfileDraft(name=NAME, phone=MOBILE)
    workers.register(uow, city.deployment, address, draft)
