"""The first meeting: who this is, two answers, and consent once something is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.states import Decision, Purpose
from tests.chat import City
from tests.worker_world import count, draft_at, is_asked, registered, workers_of


def test_the_first_bubble_says_who_this_is_and_what_is_never_asked_for(city: City) -> None:
    heard = city.person("guifang").says("你好")
    assert heard[0] == "我是德阳市人社局的找活助手。不收钱、不要验证码、不要银行卡。"
    assert "0838-2500000" in heard[1]
    assert heard[-1] == "你会做啥？想去哪儿？"


def test_the_officer_of_the_area_is_named_when_there_is_one(city: City) -> None:
    city.officer("周明")
    assert "周干部" in city.person("guifang").says("/start")[1]


def test_two_answers_are_repeated_back_in_one_line(city: City) -> None:
    person = city.person("guifang")
    person.says("你好")
    assert person.says("踩平车 屋头有娃 只在中江 要四千") == ["听懂：踩平车、就在中江、四千以上。"]
    assert person.buttons() == ["对", "改", "找真人"]


def test_a_first_message_that_says_something_is_used_at_once(city: City) -> None:
    heard = city.person("guifang").says("踩平车 只在中江 要四千")
    assert "不收钱" in heard[0]
    assert heard[-1].startswith("听懂：")


def test_vacancies_come_before_any_consent(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    person.says("要得")
    assert (person.row().step or "").startswith(("job_search.", "saved_wish."))
    assert count(city, "worker") == 0
    assert count(city, "consent") == 0


def test_the_place_is_asked_for_when_only_the_trade_was_said(city: City) -> None:
    person = city.person("guifang")
    assert person.says("我会打灰")[-1] == "想去哪儿做？说个地名就行。"
    assert person.says("就在中江")[-1].startswith("听懂：")


def test_the_trade_is_asked_for_when_only_the_place_was_said(city: City) -> None:
    person = city.person("guifang")
    assert "会做啥？" in person.says("想去成都")[-1]
    assert person.taps("没手艺") == ["听懂：在成都。"]


def test_what_was_understood_wrongly_is_put_right_in_words(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江")
    person.says("不对，是电焊")
    assert draft_at(person).trades == ("电焊工",)


def test_whoever_is_not_understood_hears_what_was_and_can_reach_a_person(city: City) -> None:
    person = city.person("guifang")
    person.says("你好")
    heard = person.says("阿巴阿巴")
    assert heard[-1].endswith("你会做啥？想去哪儿？")
    assert person.buttons() == ["我登记过", "找真人"]


def test_home_said_in_passing_is_kept(city: City) -> None:
    person = city.person("guifang")
    person.says("我是中江南华镇的 会电焊 去成都")
    assert draft_at(person).home == "510623101"


def test_an_ambiguous_place_is_asked_about_with_numbers(city: City) -> None:
    person = city.person("guifang")
    assert person.says("会焊工 想去鼓楼")[-1] == "是哪一个？"
    assert person.buttons() == ["南京鼓楼区", "福州鼓楼区", "都不是", "找真人"]
    person.says("福州那个")
    assert draft_at(person).locations == ("350102",)


def test_the_bureau_introduces_itself_only_once(city: City) -> None:
    person = city.person("guifang")
    person.says("你好")
    assert person.says("你好") == ["你会做啥？想去哪儿？"]


def test_an_unknown_link_is_politely_ignored(city: City) -> None:
    assert city.person("guifang").says("/start v_unknown")[-1] == "你会做啥？想去哪儿？"


def test_an_enterprise_link_starts_the_registration(city: City) -> None:
    person = city.person("firm")
    person.says("/start e")
    assert (person.row().step or "").startswith("enterprise_registration.")


def test_an_officers_link_opens_the_invitation(city: City) -> None:
    assert city.person("officer").says("/start o_nothing")
    assert count(city, "officer") == 0


def test_notice_comes_in_short_messages_before_the_one_question(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    heard = person.says("登记")
    assert len(heard) == 4
    assert max(map(len, heard)) <= 60
    assert heard[-1] == "帮你记着才好报名，30天没用就删。"
    assert person.buttons() == ["同意", "不记只看", "找真人"]
    assert count(city, "worker") == 0


def test_a_yes_registers_everything_said_so_far(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    person.says("登记")
    person.says("同意")
    worker = workers_of(person)[0]
    assert (worker.trades, worker.locations, worker.wage_min) == (["缝纫工"], ["510623"], 4000)
    assert "draft" not in (person.row().memory or {})
    decided = city.run(lambda uow: [row.decision for row in uow.consents.of_worker(worker.id)])
    assert decided == [Decision.GRANTED]


def test_a_no_stores_nothing_and_vacancies_still_come(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    person.says("登记")
    assert person.says("2") == ["好，不记。活照样看，找真人也行。"]
    assert count(city, "worker") == 0
    person.says("找活")
    assert (person.row().step or "").startswith(("job_search.", "saved_wish."))


def test_after_a_no_other_conversations_do_not_ask_for_ninety_days(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    question = "帮你记着才好报名，30天没用就删。"
    is_asked(person, "first_contact.consent")
    person.says("不记只看")
    assert question not in is_asked(person, "first_contact.consent")
    city.clock.advance(timedelta(days=90))
    assert question in is_asked(person, "first_contact.consent")


def test_whoever_wants_to_be_kept_after_all_only_has_to_say_so(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    is_asked(person, "first_contact.consent")
    person.says("不记只看")
    assert person.says("登记")[-1] == "帮你记着才好报名，30天没用就删。"


def test_consent_goes_on_where_it_was_needed(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    is_asked(person, "first_contact.consent", then="profile.name", otherwise="menu.worker")
    assert person.says("1") == ["名字叫啥？写全，厂里好找你。"]


def test_a_refusal_goes_where_the_caller_wants(city: City) -> None:
    person = city.person("guifang")
    person.says("踩平车 只在中江 要四千")
    is_asked(person, "first_contact.consent", then="profile.name", otherwise="menu.worker")
    assert person.says("2")[-1] == "要办啥？"


def test_whoever_agreed_is_not_asked_again(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    assert is_asked(person, "first_contact.consent", then="profile.name") == [
        "名字叫啥？写全，厂里好找你。"
    ]


def test_a_person_can_be_fetched_before_anything_is_kept(city: City) -> None:
    city.officer("周明")
    person = city.person("guifang")
    assert "周干部" in "\n".join(person.says("0"))
    assert count(city, "worker") == 0


def test_a_strangers_relative_is_registered_as_family(city: City) -> None:
    person = city.person("brother")
    assert person.says("帮我嫂子找活")[-1] == "嫂子会做啥？想去哪儿？"
    person.says("踩平车 只在中江 要四千")
    person.says("登记")
    person.says("1")
    worker, key = workers_of(person)[0], person.row().id
    assert worker.name == "嫂子"
    assert city.run(lambda uow: uow.workers.relation(worker.id, key)) == "family"


def test_the_version_of_the_words_is_kept_with_the_answer(city: City) -> None:
    person = city.person("guifang")
    worker = registered(person)
    found = city.run(lambda uow: uow.consents.of_worker(worker.id))
    assert [row.text_version for row in found] == [city.deployment.catalogue.content_hash]
    assert [row.purpose for row in found] == [Purpose.REGISTER_AND_MATCH]


@pytest.mark.parametrize(
    "nonsense",
    [
        "😀😀😀",
        "\x00\x07\x1b[31m",
        "<script>alert(1)</script>",
        "长" * 10_000,
        "{parts}",
        "%s",
        "   ",
    ],
)
def test_nonsense_gets_a_clear_answer(city: City, nonsense: str) -> None:
    person = city.person("guifang")
    first = person.says(nonsense)
    assert first[-1].endswith("你会做啥？想去哪儿？")
    assert person.says(nonsense)[-1].endswith("你会做啥？想去哪儿？")


def test_in_english_everything_but_places_and_trades_is_english(city: City) -> None:
    person = city.person("john", language="en")
    heard = person.says("hello")
    assert heard[-1] == "What can you do? Where would you go?"
    assert "no bank card" in heard[0].lower()
