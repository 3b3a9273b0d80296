"""A link asks before it joins a page that is used already, and before it parts one."""

from __future__ import annotations

import pytest

from bot.services.people import workers
from bot.services.sending import return_links
from storage.models import Worker
from storage.models.reaching import ReturnLink
from storage.states import LinkPurpose
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.sms_city import SmsCity, asked_on_day_three, hired, token_in
from tests.worker_world import registered, workers_of

ASKED = "这个链接是{name}的。是不是你，或你家里人？"
DONE = "好，断开了，以后不发到这里。打扰了。"
SURE = "断开后，陈*芳的消息不再发到这里。断开不？"
SON = workers.ProfileDraft(name="李大山", phone="13766665555")


def link_of(city: City, worker: Worker, purpose: LinkPurpose = LinkPurpose.SMS) -> str:
    """Return the token of a link that opens the chat as `worker`."""

    def make(uow: UnitOfWork) -> str:
        found = uow.workers.need(worker.id)
        return return_links.make(uow, city.deployment, found, purpose=purpose)

    return city.run(make)


def used_page(city: City) -> Person:
    """Return a page of somebody else, who is known there."""
    page = city.person("the son's page")
    page.says("你好")
    registered(page, SON)
    return page


def names_at(page: Person) -> set[str | None]:
    return {one.name for one in workers_of(page)}


def relation_of(city: City, worker: Worker, page: Person) -> str | None:
    key = page.row().id
    return city.run(lambda uow: uow.workers.relation(worker.id, key))


def opened_by(city: City) -> object:
    return city.run(lambda uow: uow.session.query(ReturnLink).one().opened_by)


def test_a_page_of_somebody_else_is_asked_before_it_is_joined(city_on_both: City) -> None:
    city = city_on_both
    mother = registered(city.person("guifang"))
    page = used_page(city)
    assert page.says(f"/start r_{link_of(city, mother)}") == [ASKED.format(name="陈*芳")]
    assert names_at(page) == {"李大山"}
    assert opened_by(city) is None
    assert page.taps("是")[0] == "陈*芳，接着上回的说。"
    assert names_at(page) == {"李大山", "陈桂芳"}
    assert relation_of(city, mother, page) == "family"
    assert page.row().acting_for == mother.id


def test_who_says_no_is_not_joined_and_goes_on_with_what_was_asked(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer()
    mother = registered(city.person("guifang"))
    page = used_page(city)
    page.says("我的信息")
    before = page.row().step
    page.says(f"/start r_{link_of(city, mother)}")
    officer.listens()
    heard = page.taps("不是")
    assert heard[0] == "好，没连到这里。"
    assert page.row().step == before
    assert names_at(page) == {"李大山"}
    assert opened_by(city) is None
    (told,) = officer.listens()
    assert told == "陈*芳：有人点开短信里的链接，说不是本人。号码可能错了，请核对。"


def test_a_page_where_somebody_unknown_wrote_before_is_asked_too(city: City) -> None:
    mother = registered(city.person("guifang"))
    page = city.person("a stranger's page")
    page.says("你好")
    assert page.says(f"/start r_{link_of(city, mother)}") == [ASKED.format(name="陈*芳")]


def test_opening_the_link_twice_asks_once_more_and_forgets_nothing(city: City) -> None:
    mother = registered(city.person("guifang"))
    page, token = used_page(city), link_of(city, mother)
    page.says("我的信息")
    before = page.row().step
    page.says(f"/start r_{token}")
    page.says(f"/start r_{token}")
    page.taps("不是")
    assert page.row().step == before


def test_a_yes_that_comes_when_the_link_is_stopped_joins_nobody(city: City) -> None:
    mother = registered(city.person("guifang"))
    page, token = used_page(city), link_of(city, mother)
    page.says(f"/start r_{token}")
    now = city.clock.now()
    city.run(lambda uow: return_links.revoke_all(uow, uow.workers.need(mother.id), now))
    assert "停用了" in page.taps("是")[0]
    assert names_at(page) == {"李大山"}
    assert page.row().step is None


def test_a_card_opens_again_on_another_phone_after_the_name(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer()
    mother = registered(city.person("guifang"))
    token = link_of(city, mother, LinkPurpose.CARD)
    first, second = city.person("a first browser"), city.person("a new phone")
    assert first.says(f"/start r_{token}")[0] == "陈*芳，接着上回的说。"
    assert second.says(f"/start r_{token}") == [ASKED.format(name="陈*芳")]
    officer.listens()
    assert second.taps("是")[0] == "陈*芳，接着上回的说。"
    assert names_at(second) == {"陈桂芳"}
    (told,) = officer.listens()
    assert told == "陈*芳：卡片在另一个手机上打开了。请打个电话，问问是不是本人。"


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_card_that_is_over_says_where_there_is_a_new_one(city: City, how: str) -> None:
    mother = registered(city.person("guifang"))
    token = link_of(city, mother, LinkPurpose.CARD)
    now = city.clock.now()
    if how == "revoked":
        city.run(lambda uow: return_links.revoke_all(uow, uow.workers.need(mother.id), now))
    else:
        city.clock.advance(return_links.CARD_LIFE)
    (answer,) = city.person("a page").says(f"/start r_{token}")
    assert "找村上干部" in answer
    assert "短信" not in answer


def opened(city: SmsCity) -> Person:
    """Ask by text message, and open the link on a fresh page."""
    hired(city)
    asked_on_day_three(city)
    token = token_in(city.phone().reads()[0])
    page = city.person("a fresh page")
    page.says(f"/start r_{token}")
    return page


def test_parting_is_asked_once(sms_city_on_both: SmsCity) -> None:
    page = opened(sms_city_on_both)
    assert page.taps("不是我") == [SURE]
    assert len(workers_of(page)) == 1
    assert page.taps("断开") == [DONE]
    assert workers_of(page) == []


def test_who_does_not_part_is_asked_again_what_was_open(sms_city: SmsCity) -> None:
    page = opened(sms_city)
    page.says("9")
    heard = page.taps("不断")
    assert heard == ["好，照旧。", "三天了，还在宏达制衣不？"]
    assert page.row().step == "check_in.still_there"
    page.taps("在")
    assert "记下了：还在做" in page.heard


@pytest.mark.parametrize("words", ["9", "不是我", "打错了", "弄错了"])
def test_weeks_later_no_word_parts_anybody(sms_city: SmsCity, words: str) -> None:
    page = opened(sms_city)
    sms_city.clock.advance(return_links.CARD_LIFE)
    page.says(words)
    assert "断开" not in page.heard
    assert len(workers_of(page)) == 1


@pytest.mark.parametrize("words", ["9", "不是我"])
def test_after_an_answer_no_word_parts_anybody(sms_city: SmsCity, words: str) -> None:
    page = opened(sms_city)
    page.taps("在")
    page.says(words)
    assert "断开" not in page.heard
    assert len(workers_of(page)) == 1


@pytest.mark.parametrize("words", ["打错了", "弄错了"])
def test_a_typing_mistake_is_no_wrong_person(sms_city: SmsCity, words: str) -> None:
    page = opened(sms_city)
    page.says(words)
    assert "断开" not in page.heard
    assert len(workers_of(page)) == 1


def test_not_me_is_told_to_an_officer_of_the_workers_own_bureau_without_the_name(
    sms_city: SmsCity,
) -> None:
    city = sms_city
    officer = city.officer()
    city.account_id = city.run(lambda uow: uow.accounts.find_or_add("web", "510700").id)
    stranger = city.officer("吴军", scope="510623101")
    web = city.app.account_id("web")
    city.account_id = web
    page = opened(city)
    page.taps("不是我")
    page.taps("断开")
    assert [line for line in officer.listens() if line.startswith("陈*芳：")]
    assert "陈桂芳" not in officer.heard
    city.account_id = city.run(lambda uow: uow.accounts.find_or_add("web", "510700").id)
    assert stranger.listens() == []
