"""Families share a phone."""

from __future__ import annotations

from datetime import timedelta

from bot.services.people.workers import ProfileDraft
from tests.chat import City, Person
from tests.worker_world import count, registered, workers_of

AUNT = ProfileDraft(trades=("厨师",), migration="anywhere", name="嫂子")


def family(city: City) -> Person:
    person = city.person("family")
    registered(person)
    city.clock.advance(timedelta(seconds=1))
    registered(person, AUNT, relation="family")
    return person


def test_a_relative_is_registered_after_a_consent_of_their_own(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    assert person.says("给我婆娘找个活")[-1] == "帮婆娘找活，要记婆娘会做啥、想去哪。本人同意不？"
    assert person.says("1")[-1] == "婆娘会做啥？想去哪儿？"
    assert {worker.name for worker in workers_of(person)} == {"陈桂芳", "婆娘"}


def test_a_relative_who_does_not_agree_is_not_kept(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("给我婆娘找个活")
    assert person.says("2") == ["好，没记。"]
    assert count(city, "worker") == 1


def test_what_was_said_of_the_relative_is_used(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("帮我嫂子找活，踩平车，就在中江")
    person.says("要得")
    aunt = next(worker for worker in workers_of(person) if worker.name == "嫂子")
    assert aunt.trades == ["缝纫工"]


def test_for_whom_is_asked_once_a_conversation(city: City) -> None:
    person = family(city)
    assert person.says("找活") == ["这次是给谁办？"]
    assert person.buttons() == ["陈*芳", "嫂子", "找真人"]
    person.says("2")
    assert (person.row().step or "").startswith(("job_search.", "saved_wish."))
    assert "这次是给谁办？" not in person.says("我的信息")
    assert "厨师" in person.heard


def test_for_whom_is_asked_again_in_the_next_conversation(city: City) -> None:
    person = family(city)
    person.says("我的信息")
    person.says("1")
    person.says("菜单")
    city.clock.advance(timedelta(hours=3))
    assert person.says("找活") == ["这次是给谁办？"]


def test_who_names_the_person_is_not_asked(city: City) -> None:
    person = family(city)
    assert "这次是给谁办？" not in person.says("帮我嫂子找活")
    aunt = next(worker for worker in workers_of(person) if worker.name == "嫂子")
    assert person.row().acting_for == aunt.id


def test_the_chosen_persons_data_is_what_is_deleted(city: City) -> None:
    person = family(city)
    person.says("把我的资料删了")
    person.says("2")
    person.says("1")
    assert [worker.name for worker in workers_of(person)] == ["陈桂芳"]


def test_who_is_on_this_phone_is_shown_and_can_be_changed(city: City) -> None:
    person = family(city)
    assert person.says("家里人") == ["这个手机上有2个人：陈*芳、嫂子。"]
    person.taps("去人")
    person.taps("嫂子")
    person.taps("删")
    assert [worker.name for worker in workers_of(person)] == ["陈桂芳"]


def test_somebody_can_be_added_by_name(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("/family")
    person.taps("添人")
    person.says("李秀英")
    person.taps("同意")
    assert {worker.name for worker in workers_of(person)} == {"陈桂芳", "李秀英"}


def test_alone_on_the_phone_nobody_is_asked(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    assert "这次是给谁办？" not in person.says("找活")
