"""The identity number: a yes of its own, the check, the last four signs."""

from __future__ import annotations

import functools
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Case, Consent, Worker
from storage.states import Decision, Purpose
from tests.benefit_world import (
    CHILD_ID,
    GUIFANG_ID,
    OTHER_ID,
    add_worker,
    applications_in,
    audited,
    chongqing,
    entries_in,
    fill_in,
    officers,
    registered,
)
from tests.chat import City, Person

ASKED = "要不要写身份证号？"
WANTED = "身份证号18位，照证上写。"


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(sqlite_database, catalogue, clock)


@pytest.fixture
def guifang(cq: City) -> Person:
    return registered(cq, categories=None)


def at_the_number(person: Person) -> list[str]:
    """Lead somebody to the question for the number."""
    person.says("我要报车票")
    person.says("1")
    return person.says("1")


def decisions(city: City) -> list[Decision]:
    asked = select(Consent.decision).where(Consent.purpose == Purpose.ID_NUMBER)
    return city.run(lambda uow: list(uow.session.scalars(asked)))


def test_a_yes_of_its_own_stands_before_the_number(cq: City, guifang: Person) -> None:
    guifang.says("我要报车票")
    assert guifang.says("1")[-1] == ASKED
    assert guifang.says("1") == [WANTED]
    assert decisions(cq) == [Decision.GRANTED]


def test_a_no_lets_the_rest_go_on_and_is_not_asked_again_for_ninety_days(
    cq: City, guifang: Person
) -> None:
    guifang.says("我要报车票")
    guifang.says("1")
    heard = guifang.says("2")
    assert heard[0] == "好，不写。别的照办，干部要当面看证。"
    assert len(heard) == 2
    guifang.says("菜单")
    guifang.says("我要报车票")
    assert ASKED not in guifang.says("1")
    guifang.says("菜单")
    cq.clock.advance(timedelta(days=91))
    guifang.says("我要报车票")
    assert ASKED in guifang.says("1")


@pytest.mark.parametrize(
    "said", [GUIFANG_ID, "500240 19740305 0021", "５００２４０１９７４０３０５００２１"]
)
def test_a_number_is_kept_however_it_is_typed_and_shown_as_four_signs(
    cq: City, guifang: Person, said: str
) -> None:
    at_the_number(guifang)
    assert guifang.says(said)[0] == "记下了，尾号0021，平时只显示这四位。批之前干部要看证。"
    (entry,) = entries_in(cq)
    assert entry.facts["id_number"] == GUIFANG_ID
    assert entry.id_index is not None
    assert "id_number_kept" in audited(cq)
    assert GUIFANG_ID not in guifang.heard


def test_the_number_stands_nowhere_in_the_clear(cq: City, guifang: Person) -> None:
    at_the_number(guifang)
    guifang.says(GUIFANG_ID)
    rows = cq.run(
        lambda uow: uow.session.execute(text("SELECT facts, id_index FROM register_entry")).all()
    )
    assert all(GUIFANG_ID.encode() not in bytes(cell) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("500240197403050022", "对不上"),
        ("50024019740305002", "18位"),
        ("500240197413050021", "出生日期"),
    ],
)
def test_a_wrong_number_is_said_and_nothing_is_kept(
    cq: City, guifang: Person, said: str, problem: str
) -> None:
    at_the_number(guifang)
    heard = guifang.says(said)
    assert problem in heard[0]
    assert heard[-1] == WANTED
    assert entries_in(cq) == []


def test_the_number_of_a_child_is_not_taken(cq: City, guifang: Person) -> None:
    at_the_number(guifang)
    assert guifang.says(CHILD_ID) == ["这个号没满16岁。写申请人本人的号。", WANTED]
    assert entries_in(cq) == []


def test_the_number_outweighs_the_typed_year(cq: City) -> None:
    person = registered(cq, categories=None, birth_year=1980)
    at_the_number(person)
    person.says(GUIFANG_ID)
    years = cq.run(lambda uow: list(uow.session.scalars(select(Worker.birth_year))))
    assert years == [1974]


def test_anothers_number_is_never_merged_and_an_officer_gets_the_task(
    cq: City, guifang: Person
) -> None:
    officers(cq)
    registered(cq, name="王大力", number=OTHER_ID)
    at_the_number(guifang)
    heard = guifang.says(OTHER_ID)
    assert heard[0] == "记下了，尾号0018，平时只显示这四位。批之前干部要看证。"
    assert heard[1].startswith("坐的哪种车")
    assert len(entries_in(cq)) == 1
    (case,) = cq.run(lambda uow: list(uow.session.scalars(select(Case))))
    assert case.words is not None
    assert "尾号0018" in case.words
    assert "王" not in case.words
    assert OTHER_ID not in case.words


def test_a_number_that_differs_from_the_registers_is_not_written_over(cq: City) -> None:
    officers(cq)
    person = registered(cq, number=OTHER_ID)
    fill_in(person)
    assert ASKED not in person.heard
    assert "身份证：尾号0018" in person.heard


def test_each_of_a_family_answers_for_themself(cq: City, guifang: Person) -> None:
    guifang.says("我要报车票")
    guifang.says("1")
    guifang.says("2")
    cq.clock.advance(timedelta(seconds=1))
    cq.run(functools.partial(add_worker, city=cq, address=guifang.address, name="王大力"))
    guifang.says("菜单")
    guifang.says("我要报车票")
    guifang.taps("王*力")
    assert guifang.says("1")[-1] == ASKED


def test_a_yes_without_the_number_can_be_left_for_later(cq: City, guifang: Person) -> None:
    at_the_number(guifang)
    assert guifang.says("1")[0] == "好，先不写。批之前干部要看证。"
    (application,) = applications_in(cq)
    assert application.facts["answers"] == {}
