from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services.people import joining
from bot.services.people.joining import MOST_TRIES, MOST_WRONG_A_SLOT
from bot.services.sending import ways
from storage.models import AuditEntry, JoinCode
from storage.states import Way
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.worker_world import (
    GUIFANG,
    everything_stored,
    registered,
    workers_of,
)

WRONG = "这6个数不对，要么过了10分钟。再看一眼。"
RESTING = "试了5回都不对，10分钟后再试，或者找真人。"


def shown_code(person: Person, words: str = "换手机了") -> str:
    """Ask for a code and return its six digits."""
    said = "\n".join(person.says(words))
    found = re.search(r"(\d{3}) (\d{3})", said)
    assert found is not None, said
    return found.group(1) + found.group(2)


def other_than(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 1_000_000:06d}"


@pytest.fixture
def old(city_on_both: City) -> Person:
    person = city_on_both.person("old phone")
    registered(person)
    return person


@pytest.mark.parametrize(
    "words", ["换手机了", "加个手机", "在另一个手机上用", "/code", "new phone"]
)
def test_a_code_is_shown_to_whoever_changes_phones(city: City, words: str) -> None:
    person = city.person("old phone")
    registered(person)
    assert len(shown_code(person, words)) == 6


def test_my_information_offers_a_second_phone(city: City) -> None:
    person = city.person("old phone")
    registered(person)
    person.says("我的信息")
    assert re.search(r"\d{3} \d{3}", "\n".join(person.taps("换手机")))


@pytest.mark.parametrize("form", ["{code}", "/join {code}", "{left} {right}"])
def test_the_code_typed_on_another_phone_reaches_the_same_worker(
    city_on_both: City, old: Person, form: str
) -> None:
    code = shown_code(old)
    new = city_on_both.person("new phone")
    heard = new.says(form.format(code=code, left=code[:3], right=code[3:]))
    assert "好了，陈*芳，这里也能用了。" in heard
    assert [worker.id for worker in workers_of(new)] == [worker.id for worker in workers_of(old)]
    assert new.row().acting_for == workers_of(old)[0].id
    assert new.row().step == "menu.worker"


def test_choosing_that_one_is_registered_asks_for_the_code(city: City) -> None:
    old, new = city.person("old phone"), city.person("new phone")
    registered(old)
    new.says("你好")
    assert "把看到的6个数发来" in new.taps("我登记过")[-1]
    assert "这里也能用了" in "\n".join(new.says(shown_code(old)))


def test_both_phones_are_told_and_the_first_can_part_the_other_again(
    city_on_both: City, old: Person
) -> None:
    new = city_on_both.person("new phone")
    new.says(shown_code(old))
    assert old.listens() == ["陈*芳的信息在另一个手机上接通了。不是你弄的就点“不是我”。"]
    assert old.taps("不是我")[0] == "断开了，那个手机看不到你的了。"
    assert workers_of(new) == []
    assert len(workers_of(old)) == 1


def test_nobody_parts_a_phone_with_a_button_that_is_not_theirs(city: City) -> None:
    old, new, stranger = (city.person(name) for name in ("old", "new", "stranger"))
    registered(old)
    new.says(shown_code(old))
    assert stranger.presses(f"a:unjoin:{new.row().id.hex}")[0] == "那个手机早就断开了。"
    assert len(workers_of(new)) == 1


def test_a_code_is_good_once_and_for_ten_minutes(city_on_both: City, old: Person) -> None:
    city = city_on_both
    code = shown_code(old)
    city.person("first").says(code)
    assert WRONG in city.person("second").says(code)
    late = shown_code(old)
    city.clock.advance(timedelta(minutes=10))
    assert WRONG in city.person("third").says(late)


def test_a_new_code_replaces_the_one_before(city_on_both: City, old: Person) -> None:
    city = city_on_both
    first, second = shown_code(old), shown_code(old)
    assert WRONG in city.person("new phone").says(first)
    assert "这里也能用了" in "\n".join(city.person("new phone").says(second))


def test_after_five_wrong_tries_even_the_right_code_has_to_wait(
    city_on_both: City, old: Person
) -> None:
    city = city_on_both
    code, new = shown_code(old), city.person("new phone")
    for step in range(1, MOST_TRIES + 1):
        assert WRONG in new.says(other_than(code, step))
    assert RESTING in new.says(code)
    city.clock.advance(timedelta(minutes=10))
    assert "这里也能用了" in "\n".join(new.says(shown_code(old)))


def test_guessing_from_fresh_phones_is_stopped_for_the_whole_bureau(
    city_on_both: City, old: Person
) -> None:
    city = city_on_both
    code = shown_code(old)

    def guess(uow: UnitOfWork) -> None:
        for number in range(MOST_WRONG_A_SLOT):
            address = uow.addresses.find_or_add(
                city.account_id, f"guesser {number}", language="zh", now=city.clock.now()
            )
            tried = joining.redeem(
                uow, city.deployment, address, other_than(code, number + 1), memory={}
            )
            assert tried.outcome is joining.Joined.WRONG

    city.run(guess)
    assert "这会儿试的人太多，10分钟后再试，或者找真人。" in city.person("new").says(code)
    city.clock.advance(timedelta(minutes=10))
    assert "这里也能用了" in "\n".join(city.person("new").says(shown_code(old)))


def test_the_same_phone_and_a_phone_that_is_joined_say_so(city_on_both: City, old: Person) -> None:
    code = shown_code(old)
    assert "这6个数要发在另一个手机上。" in old.says(code)
    new = city_on_both.person("new phone")
    new.says(code)
    assert "这里早就接上了，不用再发。" in new.says(shown_code(old))


def test_on_a_shared_phone_the_joined_worker_is_added_to_those_there(
    city_on_both: City, old: Person
) -> None:
    shared = city_on_both.person("shared phone")
    there = registered(shared, replace(GUIFANG, name="李大山", phone=None))
    heard = shared.says(shown_code(old))
    assert "这个手机上现在有2个人。" in heard
    joined = workers_of(old)[0].id
    assert {worker.id for worker in workers_of(shared)} == {there.id, joined}
    assert shared.row().acting_for == joined


def test_of_several_people_on_one_phone_the_one_is_asked_for(city: City) -> None:
    shared, new = city.person("shared phone"), city.person("new phone")
    registered(shared)
    wanted = registered(shared, replace(GUIFANG, name="李大山", phone=None), relation="family")
    assert shared.says("换手机了") == ["给谁换手机？"]
    code = re.search(r"(\d{3}) (\d{3})", "\n".join(shared.taps("李*山")))
    assert code is not None
    new.says("".join(code.groups()))
    assert [worker.id for worker in workers_of(new)] == [wanted.id]


def test_what_was_refused_and_agreed_to_holds_on_the_second_phone(city: City) -> None:
    old, new = city.person("old phone"), city.person("new phone")
    registered(old)
    old.says("退订")
    new.says(shown_code(old))
    assert new.row().unsubscribed_at is not None
    new.says("登记")
    assert "已经帮你记着了。" in new.heard


def test_messages_go_to_the_second_channel_where_it_is_the_better_way(city: City) -> None:
    old = city.person("old phone")
    worker = registered(old)
    telegram = city.app.account_id("telegram")
    page = old.row().id

    def join(uow: UnitOfWork) -> Way:
        address = uow.addresses.find_or_add(telegram, "chat 7", language="zh", now=city.clock.now())
        code = joining.make_code(
            uow, city.deployment, uow.workers.need(worker.id), uow.addresses.need(page)
        )
        joining.redeem(uow, city.deployment, address, code, memory={})
        found = uow.recommendations.reaches("510600", among=[worker.id])[worker.id]
        return ways.choose(found, can_sms=True, can_phone=True, now=city.clock.now()).way

    assert city.run(join) is Way.TELEGRAM


def test_only_a_keyed_hash_of_the_code_is_stored_and_joining_is_audited(
    city_on_both: City, old: Person
) -> None:
    city = city_on_both
    code = shown_code(old)
    rows = city.run(lambda uow: list(uow.session.scalars(select(JoinCode))))
    assert [len(row.code_index) for row in rows] == [32]
    city.person("new phone").says(code)
    actions = city.run(lambda uow: list(uow.session.scalars(select(AuditEntry.action))))
    assert "join_channel" in actions


def test_two_phones_that_type_one_code_at_once_do_not_both_join(
    city_on_both: City, old: Person
) -> None:
    city = city_on_both
    code = shown_code(old)
    people = [city.person(f"phone {number}") for number in range(4)]
    start = threading.Barrier(len(people))

    def type_it(person: Person) -> None:
        start.wait()
        person.says(code)

    threads = [threading.Thread(target=type_it, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    joined = [person for person in people if workers_of(person)]
    assert len(joined) == 1


def test_whoever_is_erased_takes_the_codes_along(city_on_both: City, old: Person) -> None:
    shown_code(old)
    name = GUIFANG.name or ""
    old.says("删除我的信息")
    old.taps("删掉")
    assert name not in everything_stored(city_on_both)
    assert city_on_both.run(lambda uow: list(uow.session.scalars(select(JoinCode)))) == []


def test_a_stranger_has_no_code_and_is_asked_for_one(city: City) -> None:
    stranger = city.person("stranger")
    heard = stranger.says("换手机了")
    assert heard[-1] == "在老手机上跟我说“换手机”，把看到的6个数发来。"
    assert "找真人" in stranger.taps("没在了")[0]


def test_an_officer_is_told_that_codes_are_for_workers(city: City) -> None:
    officer = city.officer()
    assert officer.says("/join 123456") == ["这里是工友用的。要换身份发 /role 。"]
