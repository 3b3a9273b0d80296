"""What people see of a benefit is what is done: sums, numbers, persons, references."""

from __future__ import annotations

import functools
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.benefit_states import BenefitStatus
from storage.database import Database
from storage.models import Case, Worker
from tests.benefit_world import (
    GUIFANG_ID,
    OTHER_ID,
    add_worker,
    applications_in,
    audited,
    chongqing,
    entries_in,
    fill_in,
    handed_in,
    officers,
    registered,
)
from tests.chat import City, Person

TOLD = "记下了，尾号0018，平时只显示这四位。批之前干部要看证。"


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(sqlite_database, catalogue, clock)


def at_the_number(person: Person) -> None:
    """Lead somebody to the question for the number; a yes given before is not asked again."""
    person.says("我要报车票")
    if "要不要写身份证号" in person.says("1")[-1]:
        person.says("1")


def test_a_sum_that_changed_meanwhile_is_not_approved_unseen(cq: City) -> None:
    first, second = officers(cq)
    key = handed_in(cq, registered(cq, number=GUIFANG_ID))
    first.presses(f"a:benefit:{key.hex}")
    first.taps("提议给")
    second.presses(f"a:benefit:{key.hex}")
    first.presses(f"a:benefit:{key.hex}")
    first.taps("撤回上一步")
    first.taps("改金额")
    first.says("150")
    first.says("票上只有150能认")
    second.listens()
    heard = second.taps("批准")
    assert heard[0] == "刚才改过了，再看一遍。"
    assert applications_in(cq)[0].status is BenefitStatus.PROPOSED
    second.presses(f"a:benefit:{key.hex}")
    assert "150.00元" in second.heard
    second.taps("批准")
    assert applications_in(cq)[0].status is BenefitStatus.APPROVED


def test_nobody_learns_from_the_answer_whose_number_the_register_has(cq: City) -> None:
    first, _second = officers(cq)
    registered(cq, name="王大力", number=OTHER_ID)
    nosy = registered(cq, name="张三丰", categories=None)
    at_the_number(nosy)
    assert nosy.says(OTHER_ID)[0] == TOLD
    (case,) = cq.run(lambda uow: list(uow.session.scalars(select(Case))))
    assert case.words is not None
    assert "王" not in case.words
    honest = registered(cq, name="李四", categories=None)
    at_the_number(honest)
    assert honest.says(GUIFANG_ID)[0] == TOLD.replace("0018", "0021")
    assert first.heard.count("王*力") == 0


def test_the_summary_says_the_same_of_anybodys_number(cq: City) -> None:
    officers(cq)
    registered(cq, name="王大力", number=OTHER_ID)
    nosy = registered(cq, name="张三丰")
    last = fill_in(nosy, number=OTHER_ID)
    assert "身份证：尾号0018" in last


def test_after_three_tries_no_further_number_is_looked_up(cq: City) -> None:
    officers(cq)
    registered(cq, name="王大力", number=OTHER_ID)
    nosy = registered(cq, name="张三丰", categories=None)
    for _ in range(3):
        at_the_number(nosy)
        assert nosy.says(OTHER_ID)[0] == TOLD
        nosy.says("菜单")
        cq.clock.advance(timedelta(minutes=1))
    at_the_number(nosy)
    assert nosy.says(GUIFANG_ID)[0] == "号写过好几回了，这回没记。批之前干部要看证。"
    assert len(entries_in(cq)) == 1


def test_an_officer_in_scope_reads_whose_number_it_is_and_is_written_down(cq: City) -> None:
    first, _second = officers(cq)
    registered(cq, name="王大力", number=OTHER_ID)
    key = handed_in(cq, registered(cq))
    first.presses(f"a:benefit:{key.hex}")
    first.taps("录身份证号")
    assert first.says(OTHER_ID)[0].startswith("尾号0018在名册上是王*力的，没记。")
    assert "view_number_holder" in audited(cq)


def test_a_number_goes_to_the_person_it_was_asked_for(cq: City) -> None:
    mother = registered(cq)
    cq.clock.advance(timedelta(seconds=1))
    cq.run(
        functools.partial(
            add_worker, city=cq, address=mother.address, name="王大力", birth_year=1990
        )
    )
    mother.says("我要报车票")
    mother.taps("王*力")
    mother.says("1")
    mother.says("1")
    cq.clock.advance(timedelta(hours=3))  # the phone forgets for whom it was
    cq.run(
        lambda uow: setattr(uow.addresses.find(cq.account_id, mother.address), "acting_for", None)
    )
    mother.says(OTHER_ID)
    (entry,) = [one for one in entries_in(cq) if one.facts.get("id_number")]
    assert cq.run(lambda uow: uow.session.get_one(Worker, entry.worker_id).name) == "王大力"


def test_a_draft_has_no_number(cq: City) -> None:
    guifang = registered(cq, number=GUIFANG_ID)
    fill_in(guifang)
    assert guifang.says("我的补贴")[0] == "打工车票补贴：没填完"
