"""Before unused data goes, somebody is asked once; any answer keeps it."""

from __future__ import annotations

from dataclasses import replace

from bot.app import App
from bot.conversations.engine import Engine
from bot.conversations.scripts import SCRIPTS
from bot.services.limits import Limits
from tests.chat import City, Person
from tests.worker_world import count, registered, workers_of

QUESTION = "快30天没用了，还找活不？不回，满30天就删你的资料。"


def silent(city: City, **parts: float) -> Person:
    """Somebody who registered and then was silent."""
    person = city.person("guifang")
    person.says("你好")
    registered(person)
    city.pass_time(**parts)
    return person


def test_after_27_silent_days_somebody_is_asked_once(city_on_both: City) -> None:
    city = city_on_both
    person = silent(city, days=26)
    person.listens()
    city.pass_time(days=1, hours=1)
    assert person.listens() == [QUESTION]
    city.pass_time(days=1)
    city.pass_time(hours=2)
    assert person.listens() == []


def test_the_question_does_not_put_off_the_deletion(city_on_both: City) -> None:
    city = city_on_both
    person = silent(city, days=27, hours=1)
    assert QUESTION in person.listens()
    city.pass_time(days=3)
    assert count(city, "worker") == 0


def test_an_answer_keeps_the_data_for_another_thirty_days(city: City) -> None:
    person = silent(city, days=27, hours=1)
    person.listens()
    assert person.says("1") == ["要得，接着帮你找，有合适的发你。"]
    city.pass_time(days=26)
    assert person.listens() == []
    city.pass_time(days=1, hours=1)
    assert person.listens() == [QUESTION]
    assert count(city, "worker") == 1


def test_who_does_not_look_any_more_is_deleted_after_a_yes(city: City) -> None:
    person = silent(city, days=27, hours=1)
    person.listens()
    assert person.says("2删") == ["删了找不回来，报的名也撤了。真的删？"]
    assert person.says("1")[-1].startswith("删完了")
    assert count(city, "worker") == 0


def test_nobody_is_asked_in_the_quiet_hours(city: City) -> None:
    person = silent(city, days=26)
    city.pass_time(days=1, hours=13)  # ten in the evening
    person.listens()
    assert QUESTION not in person.heard
    city.pass_time(hours=11)
    assert person.listens() == [QUESTION]


def test_a_family_is_asked_once_for_all(city: City) -> None:
    person = city.person("family")
    person.says("你好")
    registered(person)
    registered(person, relation="family")
    city.pass_time(days=27, hours=1)
    assert person.listens().count(QUESTION) == 1
    city.pass_time(hours=1)
    assert person.listens() == []
    assert len(workers_of(person)) == 2


def test_who_stopped_all_messages_is_not_asked(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("退订")
    city.pass_time(days=27, hours=1)
    person.listens()
    assert QUESTION not in person.heard


def test_the_bureau_sets_the_hours_in_which_nobody_is_asked(city_on_both: City) -> None:
    city = city_on_both
    # At 10:30 in the morning, in a bureau that leaves people alone from nine until eleven.
    person = silent(city, days=26)
    limits = Limits(quiet_from=9, quiet_until=11)
    city.deployment = replace(city.deployment, limits=limits)
    city.app = App(
        city.app.settings, city.database, city.deployment, Engine(city.deployment, SCRIPTS)
    )
    city.pass_time(days=1, hours=1, minutes=30)
    person.listens()
    assert QUESTION not in person.heard
    city.pass_time(hours=1)
    assert QUESTION in person.listens()
