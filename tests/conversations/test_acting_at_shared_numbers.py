"""Acting for one of several people who share a number, or for whoever has it now."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.services.people import workers
from bot.services.people.acting import current
from bot.services.phoning import phone_list
from storage.models import AuditEntry, Worker
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person
from tests.officer_world import GUANGHAN, ZHONGJIANG, audited

OTHER_NUMBER = "13811112222"


def people(city: City) -> dict[str, Worker]:
    """Return everybody who is registered, by name."""
    return city.run(lambda uow: {str(row.name): row for row in uow.session.scalars(select(Worker))})


def shared(city: City, *, home: str = ZHONGJIANG) -> tuple[UUID, UUID]:
    """Register two people who gave one number and are both phoned there."""
    first = world.add_worker(city, "陈桂芳")
    second = world.add_worker(city, "李国强", home=home)
    for key in (first, second):
        world.number_of(city, key)
    return first, second


def audited_about(city: City, action: str) -> list[UUID]:
    """Return whom the entries of an action are about."""
    question = select(AuditEntry.subject_id).where(AuditEntry.action == action)
    return [key for key in city.run(lambda uow: list(uow.session.scalars(question))) if key]


def acted_for(officer: Person) -> UUID | None:
    """Return for whom an officer acts by what is kept."""
    begun = current(officer.row().memory or {})
    return begun.worker_id if begun is not None else None


def test_a_newcomer_at_a_family_number_changes_nobody_else(city_on_both: City) -> None:
    city = city_on_both
    shared(city)
    officer = city.officer()
    officer.says(f"/act {world.NUMBER}")
    officer.taps("都不是")
    assert "同意登记不" in officer.says("赵小兰")[-1]
    heard = officer.taps("同意")
    assert "替赵*兰办" in "\n".join(heard)
    officer.says("会电焊,想去成都")
    known = people(city)
    assert set(known) == {"陈桂芳", "李国强", "赵小兰"}
    assert known["陈桂芳"].trades == known["李国强"].trades == ["缝纫工"]
    assert known["赵小兰"].trades == ["电焊工"]
    assert known["赵小兰"].phone == world.NUMBER
    assert acted_for(officer) == known["赵小兰"].id


def test_a_newcomer_at_a_family_number_who_does_not_agree_is_not_kept(city: City) -> None:
    shared(city)
    officer = city.officer()
    officer.says(f"/act {world.NUMBER}")
    officer.taps("都不是")
    officer.says("赵小兰")
    assert officer.taps("不记")[0] == "好，没登记。"
    assert set(people(city)) == {"陈桂芳", "李国强"}
    assert acted_for(officer) is None


def test_whoever_has_a_given_up_number_learns_nothing_of_the_person_before(city: City) -> None:
    city.officer("周明")
    other = city.officer("吴军", scope=GUANGHAN)
    worker = world.add_worker(city)
    old = world.number_of(city, worker)

    def change(uow: UnitOfWork) -> None:
        row = uow.workers.need(worker)
        known = replace(workers.draft_of(row, {}), phone=OTHER_NUMBER)
        workers.change(uow, city.deployment, row, known)

    city.run(change)
    other.says(f"/act {world.NUMBER}")
    other.says("赵小兰")
    other.says("我的信息")
    other.says("会电焊,想去成都")
    assert OTHER_NUMBER not in other.heard
    assert "1974" not in other.heard
    assert people(city)["陈桂芳"].trades == ["缝纫工"]
    assert city.run(lambda uow: uow.workers.relation(worker, old.id)) is None


def test_acting_for_one_never_asks_for_which_of_them(city: City) -> None:
    first, second = shared(city, home=GUANGHAN)
    officer = city.officer(scope=ZHONGJIANG)
    officer.says(f"/act {world.NUMBER}")
    heard = officer.says("删除我的信息")
    assert "给谁办" not in "\n".join(heard)
    officer.taps("删")
    assert set(people(city)) == {"李国强"}
    assert first not in {row.id for row in people(city).values()}
    assert second in {row.id for row in people(city).values()}


def test_a_relative_out_of_scope_is_not_taken_off_the_number(city: City) -> None:
    first, second = shared(city, home=GUANGHAN)
    officer = city.officer(scope=ZHONGJIANG)
    officer.says(f"/act {world.NUMBER}")
    officer.says("家里人")
    officer.taps("去人")
    officer.taps("李*强")
    heard = officer.taps("删")
    assert heard == ["没找到这个人，或不归你管。"]
    assert set(people(city)) == {"陈桂芳", "李国强"}
    assert second in audited_about(city, "refused_out_of_scope")
    assert acted_for(officer) is None
    assert first in audited_about(city, "act_for")


def test_what_turns_to_a_relative_is_audited_about_that_person(city: City) -> None:
    officer = city.officer()
    worker = world.add_worker(city)
    officer.says(f"/act {world.NUMBER}")
    officer.says("帮我嫂子找活,她会踩平车")
    heard = officer.taps("同意")
    assert "替嫂子办" in "\n".join(heard)
    relative = people(city)["嫂子"].id
    assert acted_for(officer) == relative
    assert set(audited_about(city, "act_for")) == {worker, relative}
    assert people(city)["陈桂芳"].trades == ["缝纫工"]


def test_of_those_who_share_a_number_nobody_out_of_scope_is_shown(city: City) -> None:
    shared(city, home=GUANGHAN)
    officer = city.officer(scope=ZHONGJIANG)
    heard = officer.says(f"/act {world.NUMBER}")
    assert "替陈*芳办" in heard[0]
    assert not any("李" in label for label in officer.buttons())
    assert audited(city, "refused_out_of_scope") == 1


@pytest.mark.parametrize("words", ["我的信息", "导出"])
def test_on_a_foreign_platform_full_name_and_number_are_not_read_out(
    city: City, words: str
) -> None:
    city.account_id = city.app.account_id("telegram")
    officer, worker = city.officer(), world.add_worker(city)
    officer.says(f"/act {world.NUMBER}")
    before = len(officer.heard_bodies)
    officer.says(words)
    said = "\n".join(body.text for body in officer.heard_bodies[before:])
    assert "陈桂芳" not in said
    assert world.NUMBER not in said
    assert ("/sheets/" in said) is (words == "导出")
    assert acted_for(officer) == worker
    assert phone_list.may_be_phoned(world.number_of(city, worker))
