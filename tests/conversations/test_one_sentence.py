"""One sentence registers most of a profile; it is repeated back in a line, and the rest asked."""

from __future__ import annotations

import pytest

from bot.services.people.workers import ProfileDraft
from tests.chat import City, Person
from tests.follow_up_world import case_of
from tests.worker_world import draft_at, is_asked, registered, workers_of

SENTENCE = "我叫陈桂芳,52,中江南华的,会踩缝纫机,想在德阳附近,三千五以上,要包住"
LONGEST_MESSAGE = 60


def knows_it_all(draft: ProfileDraft) -> None:
    assert draft.name == "陈桂芳"
    assert draft.birth_year == 1974
    assert draft.home == "510623101"
    assert draft.trades == ("缝纫工",)
    assert draft.locations == ("510600",)
    assert draft.wage_min == 3500
    assert draft.wants_room_board is True


@pytest.fixture
def guifang(city: City) -> Person:
    return city.person("guifang")


def test_as_first_words_it_is_all_kept_and_repeated_in_one_line(guifang: Person) -> None:
    heard = guifang.says(SENTENCE)
    knows_it_all(draft_at(guifang))
    assert heard[-1].startswith("听懂：踩缝纫机、在德阳、三千五以上、要管吃住、")
    assert len(heard[-1]) <= LONGEST_MESSAGE
    assert sum("听懂" in line for line in heard) == 1


def test_nothing_that_was_said_is_asked_again(city: City, guifang: Person) -> None:
    guifang.says(SENTENCE)
    guifang.says("对")
    for question in ("会做啥", "想去哪儿做", "老家在", "最少要多少钱", "名字叫啥"):
        assert question not in guifang.heard.replace("你会做啥？想去哪儿？", "")


@pytest.mark.parametrize("step", ["trade", "place", "wage", "home", "phone", "name"])
def test_as_the_answer_to_any_question_it_is_all_kept(guifang: Person, step: str) -> None:
    registered(guifang, ProfileDraft())
    is_asked(guifang, f"profile.{step}", then="menu.worker")
    guifang.says(SENTENCE)
    knows_it_all(draft_at(guifang))


def test_what_goes_beyond_the_answer_is_repeated_back(guifang: Person) -> None:
    registered(guifang, ProfileDraft())
    is_asked(guifang, "profile.trade", then="menu.worker")
    heard = guifang.says(SENTENCE)
    assert heard[0].startswith("记下：踩缝纫机、在德阳、三千五以上、要管吃住、")
    assert len(heard[0]) <= LONGEST_MESSAGE
    assert heard[-1] == "要办啥？"


def test_with_the_wish_to_register_it_comes_before_the_consent(guifang: Person) -> None:
    heard = guifang.says(f"登记 {SENTENCE}")
    assert any(line.startswith("听懂：踩缝纫机") for line in heard)
    assert heard[-1] == "帮你记着才好报名，30天没用就删。"
    guifang.says("同意")
    knows_it_all(draft_at(guifang))
    assert workers_of(guifang)[0].name == "陈桂芳"


def test_who_registers_with_nothing_said_is_asked_for_what_decides(guifang: Person) -> None:
    guifang.says("登记")
    assert guifang.says("同意")[-1] == "会做啥？比如踩平车、打灰、煮饭。"
    assert guifang.says(SENTENCE)[-1].startswith("听懂：踩缝纫机、在德阳、三千五以上、要管吃住、")


def test_after_consent_it_is_kept_too(guifang: Person) -> None:
    registered(guifang, ProfileDraft())
    guifang.says(SENTENCE)
    knows_it_all(draft_at(guifang))


def test_only_what_is_missing_is_asked_for_one_question_a_message(guifang: Person) -> None:
    heard = guifang.says("我叫陈桂芳,会踩缝纫机,三千五以上")
    assert heard[-1] == "想去哪儿做？说个地名就行。"
    assert sum("？" in line for line in heard) == 1


def test_a_relative_is_registered_from_one_sentence(city: City, guifang: Person) -> None:
    registered(guifang)
    words = "给我婆娘登记,她叫王秀英,48岁,会煮饭,想在中江做,三千以上,要包吃"
    assert "婆娘" in guifang.says(words)[-1]
    heard = guifang.says("同意")
    assert heard[-1].startswith("听懂：煮饭、在中江、三千以上、要管吃住")
    wife = next(one for one in workers_of(guifang) if one.name == "王秀英")
    assert (wife.wage_min, wife.locations) == (3000, ["510623"])
    assert wife.birth_year == city.clock.today().year - 48


def test_the_speakers_own_name_is_not_taken_for_the_relatives(guifang: Person) -> None:
    guifang.says("我叫陈桂芳,帮我嫂子找活,她会煮饭,想在中江做")
    assert draft_at(guifang).name == "嫂子"


def test_a_strangers_relative_gets_her_name_and_is_still_known_by_the_word(
    guifang: Person,
) -> None:
    guifang.says("帮我嫂子找活,她叫王秀英,会煮饭,想在中江做")
    assert draft_at(guifang).name == "王秀英"
    guifang.says("登记")
    guifang.says("同意")
    guifang.says("帮我嫂子找活")
    assert len(workers_of(guifang)) == 1


@pytest.mark.parametrize("step", [None, "profile.phone", "first_contact.consent"])
def test_a_correction_in_words_changes_just_that(guifang: Person, step: str | None) -> None:
    guifang.says(SENTENCE)
    before = draft_at(guifang)
    if step is not None:
        is_asked(guifang, step)
    heard = guifang.says("不是三千五,是四千五")
    after = draft_at(guifang)
    assert after.wage_min == 4500
    assert (after.trades, after.locations, after.home) == (
        before.trades,
        before.locations,
        before.home,
    )
    assert any("四千五" in line for line in heard)


def test_a_correction_leaves_the_open_question_open(guifang: Person) -> None:
    registered(guifang)
    is_asked(guifang, "profile.phone")
    heard = guifang.says("不是三千五,是四千五")
    assert heard == ["记下：四千五以上。", "厂里打哪个电话？"]


def test_a_corrected_trade_is_not_kept_as_refused(guifang: Person) -> None:
    registered(guifang)
    guifang.says("不是缝纫工,是电焊工")
    known = draft_at(guifang)
    assert (known.trades, known.refused_trades) == (("电焊工",), ())


def test_a_long_line_is_cut_to_what_fits_in_a_message(guifang: Person) -> None:
    heard = guifang.says(
        "我叫陈桂芳,52岁,老家中江南华镇,会踩缝纫机电焊煮饭保洁开叉车,想去德阳成都绵阳重庆,"
        "不去广东浙江,三千五以上,要包吃住,电话13900001234"
    )
    assert all(len(line) <= LONGEST_MESSAGE for line in heard if line.startswith("听懂"))
    assert draft_at(guifang).phone == "13900001234"


def test_several_open_names_are_asked_about_one_after_the_other(guifang: Person) -> None:
    heard = guifang.says("会焊工,想去鼓楼或者朝阳")
    assert heard[-1] == "“鼓楼”是哪一个？"
    assert guifang.taps("福州鼓楼区")[-1] == "是哪一个？"
    assert guifang.taps("北京朝阳区")[-1].startswith("听懂：")
    assert draft_at(guifang).locations == ("350102", "110105")


def test_a_refused_place_of_several_is_asked_about_too(guifang: Person) -> None:
    heard = guifang.says("会焊工,想去成都,不去鼓楼")
    assert heard[-1] == "不去的是哪一个？"
    guifang.taps("南京鼓楼区")
    known = draft_at(guifang)
    assert (known.locations, known.excluded_locations) == (("510100",), ("320106",))


def test_an_open_home_in_passing_is_asked_about(guifang: Person) -> None:
    heard = guifang.says("我是太平镇的,会焊工,想去成都")
    assert heard[-1] == "是哪一个？"
    assert guifang.taps("江油太平镇")[-1].startswith("听懂：")
    assert draft_at(guifang).home == "510781101"


def test_a_place_of_several_is_asked_about_in_a_search(city: City, guifang: Person) -> None:
    registered(guifang)
    assert guifang.says("想去鼓楼找电焊的活")[-1] == "是哪一个？"
    guifang.says("南京的")
    assert "320106" in draft_at(guifang).locations


def test_a_question_is_put_again_twice_and_then_a_person_is_fetched(
    city: City, guifang: Person
) -> None:
    city.officer()
    registered(guifang, ProfileDraft())
    is_asked(guifang, "profile.phone")
    assert guifang.says("会电焊")[-1] == "厂里打哪个电话？"
    assert guifang.says("会煮饭")[-1] == "厂里打哪个电话？"
    assert "周干部" in guifang.says("1974年生")[-1]
    assert case_of(city, guifang) is not None
    known = draft_at(guifang)
    assert (set(known.trades), known.birth_year) == ({"电焊工", "厨师"}, 1974)
