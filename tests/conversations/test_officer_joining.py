from __future__ import annotations

import re
from datetime import timedelta

from bot.services.people import officers
from storage.states import Role
from tests.chat import City
from tests.officer_world import ZHONGJIANG, audited, open_step


def invite(city: City, scope: str = ZHONGJIANG) -> str:
    return city.run(lambda uow: officers.invite(uow, city.deployment, scope=scope, name="吴丽"))


def test_a_link_makes_an_officer_in_four_answers(city: City) -> None:
    person = city.person("newcomer")
    assert person.says(f"/join o_{invite(city)}") == ["请吴丽来管中江县的工友和招工审核。接不接？"]
    person.taps("接")
    assert person.buttons() == ["就叫吴丽"]
    person.says("吴秀丽")
    heard = person.says("139 0000 7777")
    assert heard[0] == "吴秀丽，中江县以后归你管。"
    officer = person.as_officer()
    assert (officer.name, officer.phone, officer.scope) == ("吴秀丽", "13900007777", ZHONGJIANG)
    assert person.row().role is Role.OFFICER
    assert person.row().step == "menu.officer"


def test_typed_digits_do_the_same_as_buttons(city: City) -> None:
    person = city.person("newcomer")
    person.says(f"/join o_{invite(city)}")
    for digit in ("1", "1", "1"):
        person.says(digit)
    assert (person.as_officer().name, person.as_officer().phone) == ("吴丽", None)


def test_declining_leaves_the_invitation_open(city: City) -> None:
    token = invite(city)
    person = city.person("newcomer")
    person.says(f"/join o_{token}")
    person.says("2")
    assert person.row().role is Role.WORKER
    assert "接不接" in person.says(f"/join o_{token}")[0]


def test_used_expired_and_unknown_links_each_get_their_answer(city: City) -> None:
    used, old = invite(city), invite(city)
    first = city.person("first")
    first.says(f"/join o_{used}")
    first.says("1")
    second = city.person("second")
    assert second.says(f"/join o_{used}") == ["这个邀请用过了，一个只能用一次。"]
    assert second.says(f"/join o_{'x' * 32}") == ["没有这个邀请，请让发的人重发。"]
    city.clock.advance(timedelta(hours=73))
    assert second.says(f"/join o_{old}") == ["这个邀请过期了，请让发的人重发。"]


def test_an_invitation_that_expires_between_question_and_answer_is_refused(city: City) -> None:
    person = city.person("newcomer")
    person.says(f"/join o_{invite(city)}")
    city.clock.advance(timedelta(hours=73))
    assert person.says("1") == ["这个邀请过期了，请让发的人重发。"]
    assert person.row().role is Role.WORKER


def test_an_officer_cannot_join_twice(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    assert officer.says(f"/join o_{invite(city)}") == ["你已经是干部了。"]


def test_an_officer_invites_the_next_one_for_a_place_inside(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    open_step(city, officer, "officer_joining.invite")
    officer.says("吴丽")
    heard = officer.says("中江")
    assert heard[0].startswith("给吴丽，管中江县。72小时内点开，只能用一次：")
    token = re.search(r"/join/o_([\w-]{32})$", heard[0])
    assert token is not None
    link = next(body.link for body in officer.heard_bodies if body.link)
    assert link == f"/qr/o_{token[1]}.svg"
    person = city.person("newcomer")
    assert "请吴丽来管中江县" in person.says(f"/join o_{token[1]}")[0]
    assert audited(city, "invite_officer") == 2


def test_a_place_can_be_given_by_its_code(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    open_step(city, officer, "officer_joining.invite")
    officer.says("吴丽")
    assert "管中江县" in officer.says("510623")[0]


def test_an_officer_invites_for_the_own_scope_with_one_tap(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    open_step(city, officer, "officer_joining.invite")
    officer.says("吴丽")
    assert "管中江县" in officer.says("1")[0]


def test_nobody_invites_beyond_the_own_scope(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    open_step(city, officer, "officer_joining.invite")
    officer.says("吴丽")
    for words in ("广汉", "5106", "510681"):
        assert officer.says(words) == ["那里不归你管，请不了。"]
