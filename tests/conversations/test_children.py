"""Nobody below sixteen is placed, whoever asks and however it is said."""

from __future__ import annotations

import pytest

from bot.services.people.workers import ProfileDraft
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.job_world import add_address, add_firm, add_vacancy
from tests.worker_world import count, everything_stored, registered, workers_of

TOO_YOUNG = "满16岁才能做工，现在不能帮着找。没记。"
WHOM = "读书、过日子有难处，打0838-2500000，或按0找真人。"


@pytest.fixture
def boss(city: City) -> Person:
    return city.person("厂长")


@pytest.fixture
def key(city: City, boss: Person) -> str:
    """An open vacancy without any limit of age."""

    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        page = add_address(uow, city.account_id, now, boss.address)
        return add_vacancy(uow, now, add_firm(uow, now, address=page)).id.hex

    found = city.run(work)
    city.database.read(city.deployment.board.refresh)
    return found


@pytest.mark.parametrize("words", ["他15岁，想进厂 在中江", "他今年15", "我儿15岁了"])
def test_a_stranger_cannot_register_a_son_of_fifteen(city: City, words: str) -> None:
    city.officer()
    father = city.person("father")
    father.says("帮我儿子找活")
    assert father.says(words) == [TOO_YOUNG, WHOM]
    assert count(city, "worker") == 0
    assert "儿子" not in repr(father.row().memory)


@pytest.mark.parametrize("consent_first", [True, False])
def test_a_registered_parent_cannot_register_a_son_of_fifteen(
    city: City, *, consent_first: bool
) -> None:
    mother = city.person("mother")
    registered(mother)
    mother.says("帮我儿子找活")
    if consent_first:
        mother.says("1")
    assert mother.says("他15岁，想进厂 在中江") == [TOO_YOUNG, WHOM]
    assert [worker.name for worker in workers_of(mother)] == ["陈桂芳"]


def test_a_child_of_the_relative_is_not_the_relative(city: City) -> None:
    person = city.person("family")
    person.says("帮我嫂子找活")
    person.says("她会踩平车，在中江，屋头有娃10岁")
    assert "缝纫工" in repr(person.row().memory)


def test_the_year_is_asked_before_every_application(city: City, boss: Person, key: str) -> None:
    person = city.person("guifang")
    registered(person, ProfileDraft(name="陈桂芳", phone="13900001234"))
    assert person.presses(f"a:apply:{key}") == ["满16岁才能做工，先问一句。", "哪年生的？"]
    assert person.says("2012年")[0].startswith("满16岁才能做工")
    assert boss.listens() == []
    assert "陈桂芳" not in everything_stored(city)


def test_who_turns_sixteen_this_year_is_asked_about_the_birthday(city: City, key: str) -> None:
    person = city.person("young")
    registered(person, ProfileDraft(name="陈小明", phone="13900001234", birth_year=2010))
    assert person.presses(f"a:apply:{key}") == ["16岁生日过了没有？"]
    assert person.says("1")[-1].startswith("把名字电话给")


def test_a_word_of_kinship_is_no_name_for_a_firm(city: City, key: str) -> None:
    person = city.person("mother")
    registered(person)
    person.says("帮我嫂子找活")
    person.says("1")
    person.presses(f"a:apply:{key}")
    person.says("84年")
    assert person.says("李秀英")[-1] == "厂里打哪个电话？"
    assert {worker.name for worker in workers_of(person)} == {"陈桂芳", "李秀英"}


def test_a_relative_who_has_a_name_by_now_is_still_known_by_the_word(city: City, key: str) -> None:
    person = city.person("mother")
    registered(person)
    person.says("帮我嫂子找活")
    person.says("1")
    person.presses(f"a:apply:{key}")
    person.says("84年")
    person.says("李秀英")
    person.says("菜单")
    person.says("帮我嫂子找活")
    assert count(city, "worker") == 2
