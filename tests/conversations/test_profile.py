"""Questions about a person: each on its own, in free words, never guessed."""

from __future__ import annotations

import pytest

from bot.services.people.workers import ProfileDraft
from tests.chat import City, Person
from tests.worker_world import count, draft_at, everything_stored, is_asked, registered

BARE = ProfileDraft(trades=("缝纫工",), locations=("510623",))


def somebody(city: City, draft: ProfileDraft = BARE) -> Person:
    person = city.person("guifang")
    registered(person, draft)
    return person


@pytest.mark.parametrize(
    ("words", "wage"),
    [("4000", 4000), ("四千五", 4500), ("200一天", 5200), ("800", 800), ("６０００块", 6000)],
)
def test_pay_is_yuan_a_month_unless_said_otherwise(city: City, words: str, wage: int) -> None:
    person = somebody(city)
    is_asked(person, "profile.wage")
    person.says(words)
    assert draft_at(person).wage_min == wage


def test_a_tiny_figure_is_asked_about(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.wage")
    assert person.says("200") == ["200元，是多久的？"]
    person.says("一天")
    assert draft_at(person).wage_min == 5200


@pytest.mark.parametrize(
    ("words", "home"),
    [("中江南华镇", "510623101"), ("广汉", "510681"), ("我是中江的", "510623")],
)
def test_home_is_county_and_town_as_far_as_said(city: City, words: str, home: str) -> None:
    person = somebody(city)
    is_asked(person, "profile.home")
    person.says(words)
    assert draft_at(person).home == home


def test_a_name_of_two_places_is_asked_about(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.home")
    assert person.says("太平镇") == ["是哪一个？"]
    person.taps("江油太平镇")
    assert draft_at(person).home == "510781101"


def test_a_town_near_the_bureau_needs_no_question(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.home")
    assert person.says("南华") == ["记下：家在中江南华镇。"]
    assert draft_at(person).home == "510623101"


def test_the_limit_that_makes_the_year_matter_is_named(city: City) -> None:
    person = somebody(city)
    assert is_asked(person, "profile.birth_year", age_limit=55) == ["哪年生的？（这家限55岁）"]


@pytest.mark.parametrize(
    ("words", "year"),
    [("74年", 1974), ("74", 1974), ("1974", 1974), ("七四年的", 1974), ("52岁", 1974)],
)
def test_a_year_of_birth_is_read_as_people_say_it(city: City, words: str, year: int) -> None:
    person = somebody(city)
    is_asked(person, "profile.birth_year")
    person.says(words)
    assert draft_at(person).birth_year == year


def test_two_digits_that_may_be_an_age_are_asked_about(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.birth_year")
    assert person.says("18") == ["是岁数，还是哪年生？"]
    person.taps("18岁")
    assert draft_at(person).birth_year == 2008


def test_in_the_year_of_sixteen_the_birthday_decides(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.birth_year")
    assert person.says("2010年") == ["16岁生日过了没有？"]
    person.taps("过了")
    assert draft_at(person).birth_year == 2010


@pytest.mark.parametrize("words", ["2012年", "14岁", "2013", "12"])
def test_who_is_too_young_is_erased_at_once_and_told_whom_to_ask(city: City, words: str) -> None:
    person = somebody(city, ProfileDraft(trades=("缝纫工",), name="陈小妹", phone="13900005678"))
    is_asked(person, "profile.birth_year")
    heard = "\n".join(person.says(words))
    assert "满16岁才能做工" in heard
    assert "0838-2500000" in heard
    left = everything_stored(city)
    secrets = ("陈小妹", "13900005678", "缝纫工", f"'{words}'")
    assert not [secret for secret in secrets if secret in left]
    assert count(city, "worker") == 0
    assert count(city, "consent") == 0


def test_a_child_who_says_so_first_is_not_kept(city: City) -> None:
    person = city.person("child")
    assert "满16岁才能做工" in "\n".join(person.says("我15岁 想打工"))
    assert person.row().memory in (None, {})


def test_a_mother_who_mentions_her_child_is_not_erased(city: City) -> None:
    person = somebody(city)
    person.says("屋头有娃15岁 要四千")
    assert count(city, "worker") == 1


def test_a_child_cannot_be_placed_by_a_relative(city: City) -> None:
    person = somebody(city)
    heard = person.says("帮我女儿找活 她15岁")
    assert heard[0] == "满16岁才能做工，现在不能帮着找。没记。"
    assert "0838-2500000" in heard[1]
    assert count(city, "worker") == 1


@pytest.mark.parametrize(("words", "name"), [("我叫陈桂芳", "陈桂芳"), ("陈桂芳", "陈桂芳")])
def test_a_name_is_kept_as_said(city: City, words: str, name: str) -> None:
    person = somebody(city)
    is_asked(person, "profile.name")
    person.says(words)
    assert draft_at(person).name == name


@pytest.mark.parametrize(
    "words", ["13900001234", "电焊工", "找活", "<b>王</b>", "没名字", "不晓得", "1974", "儿子"]
)
def test_what_is_no_name_is_not_taken_for_one(city: City, words: str) -> None:
    person = somebody(city)
    is_asked(person, "profile.name")
    person.says(words)
    assert draft_at(person).name is None


def test_a_phone_number_is_kept_in_digits(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.phone")
    person.says("139 0000-1234")
    assert draft_at(person).phone == "13900001234"


def test_whoever_has_no_phone_goes_where_the_caller_wants(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.phone", then="profile.name", otherwise="profile.wage")
    assert person.says("没得电话") == ["一个月最少要多少钱？"]


def test_a_sub_question_goes_on_to_where_it_was_needed(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.birth_year", then="profile.name")
    assert person.says("74年") == ["名字叫啥？写全，厂里好找你。"]


def test_a_licence_that_is_held_is_kept(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.certificate", certificate="焊工证", then="profile.name")
    person.taps("有焊工证")
    assert draft_at(person).certificates == ("焊工证",)


def test_several_facts_in_one_sentence_are_all_kept_and_repeated_back(city: City) -> None:
    person = somebody(city)
    heard = person.says("改成电焊，去成都，要五千，包吃住")
    known = draft_at(person)
    assert "电焊工" in known.trades
    assert (known.locations, known.wage_min, known.wants_room_board) == (("510100",), 5000, True)
    assert len(heard) == 1
    assert all(word in heard[0] for word in ("电焊", "成都", "五千", "管吃住"))


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("改工资", "一个月最少要多少钱？"),
        ("改电话", "厂里打哪个电话？"),
        ("改名字", "名字叫啥？写全，厂里好找你。"),
        ("改老家", "老家在哪个县、哪个镇？"),
        ("改地方", "想去哪儿做？说个地名就行。"),
    ],
)
def test_change_and_a_word_go_to_the_right_question(city: City, words: str, question: str) -> None:
    assert somebody(city).says(words) == [question]


def test_a_changed_number_is_taken_at_its_word(city: City) -> None:
    person = somebody(city)
    assert person.says("换号了 13900009999") == ["记下：电话13900009999。"]
    assert draft_at(person).phone == "13900009999"


def test_a_changed_trade_replaces_the_old_one(city: City) -> None:
    person = somebody(city)
    person.says("改手艺")
    person.says("电焊")
    assert draft_at(person).trades == ("电焊工",)


def test_going_only_near_home_asks_where_home_is(city: City) -> None:
    person = somebody(city, ProfileDraft(trades=("缝纫工",)))
    is_asked(person, "profile.place")
    assert person.taps("家门口") == ["老家在哪个县、哪个镇？"]
    person.says("中江")
    assert (draft_at(person).migration, draft_at(person).home) == ("near_home", "510623")


def test_a_change_in_the_middle_of_something_else_does_not_go_on_with_it(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.birth_year", then="menu.worker")
    person.says("改工资")
    assert person.says("4500") == ["记下：4500元以上。"]


def test_a_bare_year_where_no_pay_was_asked_is_a_year_of_birth(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.name", then="menu.worker")
    heard = person.says("1974")
    assert heard == ["记下：1974年生。", "名字叫啥？写全，厂里好找你。"]
    known = draft_at(person)
    assert (known.birth_year, known.wage_min) == (1974, None)


def test_name_year_and_phone_in_one_sentence_are_all_kept(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.name", then="menu.worker")
    heard = person.says("1974年生，叫陈桂芳，电话13900001234")
    assert heard == ["记下：1974年生、叫陈桂芳、电话13900001234。", "要办啥？"]
    known = draft_at(person)
    assert (known.name, known.birth_year, known.phone) == ("陈桂芳", 1974, "13900001234")


@pytest.mark.parametrize("step", ["profile.phone", "profile.birth_year"])
def test_what_is_said_besides_the_answer_is_kept_too(city: City, step: str) -> None:
    person = somebody(city)
    is_asked(person, step)
    person.says("1974年生，叫陈桂芳，电话13900001234")
    known = draft_at(person)
    assert (known.name, known.birth_year, known.phone) == ("陈桂芳", 1974, "13900001234")


def test_a_trade_said_at_another_question_is_kept_and_the_question_stays(city: City) -> None:
    person = somebody(city)
    is_asked(person, "profile.phone", then="menu.worker")
    heard = person.says("会电焊")
    assert heard[-1] == "厂里打哪个电话？"
    assert "电焊工" in draft_at(person).trades
