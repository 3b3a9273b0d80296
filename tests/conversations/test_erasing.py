"""删完了 is true: at the firm's and the officer's phone as well."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from storage.models import Case, ContactAddress, Promise
from storage.states import CaseStatus, Matter
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import open_case
from tests.services.job_world import add_address, add_firm, add_vacancy
from tests.worker_world import everything_stored, registered

NAME, PHONE = "陈桂芳", "13900001234"
KEPT_NOWHERE = (NAME, PHONE, "陈*芳")


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer("周明", scope="5106")


@pytest.fixture
def boss(city: City, officer: Person) -> Person:
    officer.listens()
    return city.person("厂长")


@pytest.fixture
def key(city: City, boss: Person) -> str:
    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        page = add_address(uow, city.account_id, now, boss.address)
        page.role = "enterprise"  # type: ignore[assignment]
        return add_vacancy(uow, now, add_firm(uow, now, address=page)).id.hex

    found = city.run(work)
    city.database.read(city.deployment.board.refresh)
    return found


@pytest.fixture
def guifang(city: City, key: str) -> Person:
    """Somebody who has applied."""
    person = city.person("guifang")
    registered(person)
    person.presses(f"a:apply:{key}")
    person.says("1")
    return person


def delete(person: Person) -> None:
    person.says("删除我的信息")
    assert person.says("1")[-1].startswith("删完了")


def left(city: City) -> list[str]:
    stored = everything_stored(city)
    return [word for word in KEPT_NOWHERE if word in stored]


def test_what_a_firm_was_shown_of_an_applicant_is_erased(
    city: City, boss: Person, guifang: Person, key: str
) -> None:
    boss.listens()
    boss.presses(f"a:applicants:{key}")
    boss.taps(NAME)
    boss.presses(f"a:applicants:{key}")
    assert PHONE in boss.heard
    assert NAME in repr(boss.row().answers)
    delete(guifang)
    assert left(city) == []
    assert boss.row().step is None


def test_a_firm_busy_with_something_else_keeps_its_question(
    city: City, boss: Person, guifang: Person
) -> None:
    boss.says("菜单")
    before = boss.row().step
    delete(guifang)
    assert boss.row().step == before


def test_the_firm_is_told_that_somebody_does_not_come(boss: Person, guifang: Person) -> None:
    boss.listens()
    delete(guifang)
    told = [text.partition("：")[2] for text in boss.listens()]
    assert told == ["有个报名的人删了资料，不来了。点“谁报了名”看还有谁。"]


@pytest.fixture
def case_id(city: City, guifang: Person) -> UUID:
    return open_case(city, guifang, Matter.GRIEVANCE, words="工资两个月没发")


def test_what_an_officer_saw_of_a_case_is_erased(
    city: City, officer: Person, guifang: Person, case_id: UUID
) -> None:
    officer.presses(f"a:case:{case_id.hex}")
    officer.taps("看电话")
    officer.says("菜单")
    assert PHONE in officer.heard
    delete(guifang)
    assert left(city) == []
    assert "工资两个月没发" not in everything_stored(city)


def test_the_owner_of_an_open_case_is_told_and_the_promise_ends(
    city: City, officer: Person, guifang: Person, case_id: UUID
) -> None:
    officer.listens()
    delete(guifang)
    assert officer.listens()[-1] == "C-0001：本人删了资料，这件结了，不用再打。"

    def read(uow: UnitOfWork) -> tuple[CaseStatus, bool]:
        promised = uow.session.scalars(select(Promise).where(Promise.subject_id == case_id))
        return uow.cases.need(case_id).status, all(row.kept_at for row in promised)

    assert city.run(read) == (CaseStatus.FALSE_ALARM, True)


def test_erasing_during_a_talk_gives_the_conversation_back(
    city: City, officer: Person, guifang: Person, case_id: UUID
) -> None:
    officer.presses(f"a:talk:{case_id.hex}")
    officer.says("你在哪个厂？")
    guifang.says("在宏达")
    delete(guifang)
    assert "这人删了资料，不说了，已还给稳工。" in officer.listens()
    assert left(city) == []

    def talks(uow: UnitOfWork) -> list[ContactAddress]:
        taken = ContactAddress.handed_over_to.is_not(None)
        return list(uow.session.scalars(select(ContactAddress).where(taken)))

    assert city.run(talks) == []
    assert officer.says("菜单")[-1] == "要办什么？"
    assert city.run(lambda uow: uow.session.scalars(select(Case)).one().words) is None
