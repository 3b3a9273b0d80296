from __future__ import annotations

import pytest

from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.job_world import (
    CANGSHAN,
    DONGGUAN,
    LABOUR,
    NANHUA,
    WELDING,
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
    close,
)


def open_vacancies(city: City, *titles: str) -> None:
    """Open sewing vacancies in 南华镇, one for each title; later ones pay a little less."""

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for number, title in enumerate(titles):
            pay = (4000 - 10 * number, 5500 - 10 * number)
            add_vacancy(uow, now, add_firm(uow, now), title=title, wage=pay)

    city.run(work)
    refresh(city)


def refresh(city: City) -> None:
    city.database.read(city.deployment.board.refresh)


@pytest.fixture
def guifang(city: City) -> Person:
    """A registered sewer from 南华镇 who would not leave her county."""
    person = city.person("桂芳")

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        address = add_address(uow, city.account_id, now, person.address)
        add_worker(uow, now, address=address, wage_min=3500)

    city.run(work)
    return person


def test_three_vacancies_are_shown_one_a_bubble_and_one_question(
    city: City, guifang: Person
) -> None:
    open_vacancies(city, "甲", "乙", "丙", "丁")
    heard = guifang.says("找活")
    assert [bubble[0] for bubble in heard[:3]] == ["①", "②", "③"]
    assert heard[0].startswith("①4000—5500元（计件） | 南华镇，同镇 | 管饭，住没说 | 甲")
    assert heard[0].endswith("为啥给你：会缝纫工的活，钱够，就在本镇")
    assert heard[3] == "看上哪个？"
    assert guifang.buttons() == ["第①个", "第②个", "第③个", "换一批", "找真人"]


@pytest.mark.parametrize("typed", ["2", "②", "第二个", "二"])
def test_a_typed_number_opens_the_vacancy_with_that_sign(
    city: City, guifang: Person, typed: str
) -> None:
    open_vacancies(city, "甲", "乙", "丙")
    guifang.says("找活")
    heard = guifang.says(typed)
    assert "| 乙" in heard[0]
    assert heard[0].endswith("厂家：宏达制衣")
    assert guifang.buttons() == ["报名", "换一个", "帮我问住宿", "找真人"]


def test_a_single_vacancy_is_opened_at_once(city: City, guifang: Person) -> None:
    open_vacancies(city, "甲")
    assert len(guifang.says("找活")) == 1
    assert guifang.buttons()[0] == "报名"


@pytest.mark.parametrize("words", ["换一批", "还有没得", "4", "more", "都不合适"])
def test_more_shows_the_next_ones_and_none_twice(city: City, guifang: Person, words: str) -> None:
    open_vacancies(city, "甲", "乙", "丙", "丁", "戊")
    first = "".join(guifang.says("找活"))
    second = "".join(guifang.says(words))
    assert all(title in first for title in "甲乙丙")
    assert all(title in second for title in "丁戊")
    assert not any(f"| {title}" in second for title in "甲乙丙")


def test_when_nothing_is_left_the_strongest_limit_is_named_with_its_count(
    city: City, guifang: Person
) -> None:
    open_vacancies(city, "甲")

    def far(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for _ in range(2):
            add_vacancy(uow, now, add_firm(uow, now), town=None, adcode=DONGGUAN, title="远")

    city.run(far)
    refresh(city)
    guifang.says("找活")
    heard = guifang.says("换一批")
    assert heard == ["合你意的都看完了。主要卡在地方，走远点还有2个。"]
    assert guifang.buttons() == ["远点的看看", "从头再看", "等合适的", "找真人"]
    assert "东莞，广东" in guifang.says("1")[0]


def test_letting_a_condition_go_leaves_the_profile_alone(city: City, guifang: Person) -> None:
    def badly_paid(uow: UnitOfWork) -> None:
        now = city.clock.now()
        add_vacancy(uow, now, add_firm(uow, now), wage=(2400, 2600), title="钱少")

    city.run(badly_paid)
    refresh(city)
    assert "主要卡在工资" in guifang.says("找活")[0]
    assert "但钱少点" not in guifang.says("1")[0]
    address_id = guifang.row().id
    wish = city.run(lambda uow: uow.addresses.workers_at(address_id)[0].wage_min)
    assert wish == 3500


def test_all_can_be_seen_again_from_the_start(city: City, guifang: Person) -> None:
    open_vacancies(city, "甲")
    first = guifang.says("找活")
    guifang.says("换一批")
    assert guifang.taps("从头再看") == first


def test_who_finds_nothing_is_offered_to_be_told_later(city: City, guifang: Person) -> None:
    assert guifang.says("找活") == ["现在没得合适的活。有合适的就告诉你？"]
    assert guifang.buttons() == ["要", "不要", "找真人"]


def test_a_refusal_asks_why_and_changes_the_next_list_at_once(city: City, guifang: Person) -> None:
    open_vacancies(city, "甲", "乙", "丙", "丁")
    guifang.says("找活")
    guifang.says("1")
    assert guifang.says("不合适") == ["为啥不合适？"]
    assert guifang.buttons() == ["太远", "工资低", "不会做", "不想做", "其他", "找真人"]
    heard = guifang.says("4")
    assert heard[0] == "记下了，这个不再给你看。"
    assert [bubble.split(" | ")[-1][0] for bubble in heard[1:4]] == ["乙", "丙", "丁"]


def test_words_of_refusal_need_no_menu(city: City, guifang: Person) -> None:
    open_vacancies(city, "甲", "乙")
    guifang.says("找活")
    guifang.says("1")
    heard = guifang.says("太远了")
    assert heard[0] == "记下了，先给你看近的。"
    assert "| 乙" in heard[1]


def test_a_vacancy_closed_since_the_list_is_said_to_be_filled(city: City, guifang: Person) -> None:
    open_vacancies(city, "甲", "乙", "丙")
    guifang.says("找活")

    def close_first(uow: UnitOfWork) -> None:
        key = next(row.id for row in uow.vacancies.published() if row.title == "甲")
        close(uow, city.deployment, key)

    city.run(close_first)
    assert guifang.says("1")[0] == "这家招满了，给你看别的。"


def test_new_wishes_in_the_list_start_a_new_search(city: City, guifang: Person) -> None:
    open_vacancies(city, "甲", "乙")

    def weld(uow: UnitOfWork) -> None:
        now = city.clock.now()
        add_vacancy(uow, now, add_firm(uow, now), trade=WELDING, title="焊工", town=CANGSHAN)

    city.run(weld)
    refresh(city)
    guifang.says("找活")
    heard = "".join(guifang.says("想做电焊"))
    assert "焊工" in heard


def test_the_firm_is_asked_once_and_everybody_who_asked_is_answered(
    city: City, guifang: Person
) -> None:
    boss, other = city.person("厂长"), city.person("秀英")

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        page = add_address(uow, city.account_id, now, boss.address)
        add_vacancy(uow, now, add_firm(uow, now, address=page))
        second = add_address(uow, city.account_id, now, other.address)
        add_worker(uow, now, name="王秀英", address=second)

    city.run(work)
    refresh(city)
    for person in (guifang, other):
        person.says("找活")
        heard = person.taps("帮我问住宿")
        assert heard[0] == "已经帮你问宏达制衣了，有回话就告诉你。"
    asked = [text for text in boss.listens() if "管不管住" in text]
    assert len(asked) == 1
    answered = boss.says("1")
    assert "2个工友" in answered[0]
    for person in (guifang, other):
        assert person.listens() == ["你问的平车工，厂里回话：管住。"]
    again = "".join(guifang.says("找活"))
    assert "包吃住" in again


def test_a_gap_that_was_asked_is_not_offered_twice(city: City, guifang: Person) -> None:
    city.officer()
    open_vacancies(city, "甲")
    guifang.says("找活")
    assert guifang.taps("帮我问住宿")[0] == "宏达制衣没上网，已请干部打电话问，有回话就告诉你。"
    assert guifang.buttons() == ["报名", "换一个", "找真人"]


def test_an_officer_phones_for_a_firm_that_is_not_in_the_chat(city: City, guifang: Person) -> None:
    officer = city.officer()
    open_vacancies(city, "甲")
    guifang.says("找活")
    guifang.taps("帮我问住宿")
    assert any("宏达制衣管不管住" in text for text in officer.listens())
    officer.taps("不管住")
    assert guifang.listens() == ["你问的甲，厂里回话：不管住。"]


def test_another_firm_cannot_answer_for_this_one(city: City, guifang: Person) -> None:
    stranger = city.person("别家")

    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        page = add_address(uow, city.account_id, now, stranger.address)
        add_firm(uow, now, name="别家", address=page)
        return add_vacancy(uow, now, add_firm(uow, now)).id.hex

    key = city.run(work)
    assert stranger.presses(f"a:gap_yes:lodging:{key}") == ["这不是你们厂的活，答不了。"]


def test_a_push_can_be_refused_days_later(city: City, guifang: Person) -> None:
    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        return add_vacancy(uow, now, add_firm(uow, now), trade=LABOUR, town=NANHUA).id.hex

    key = city.run(work)
    refresh(city)
    assert guifang.presses(f"a:refuse:{key}") == ["为啥不合适？"]
    assert guifang.says("1")[0] == "记下了，先给你看近的。"


def test_somebody_unknown_sees_vacancies_after_two_answers(city: City) -> None:
    open_vacancies(city, "甲", "乙")
    city.officer()
    stranger = city.person("新来的")
    stranger.says("你好")
    stranger.says("踩平车 屋头有娃 只在中江 要四千")
    heard = "".join(stranger.says("1"))
    assert "①4000—5500元（计件） | 南华镇，同县" in heard
    address_id = stranger.row().id
    assert city.run(lambda uow: uow.addresses.workers_at(address_id)) == []
    stranger.says("1")
    stranger.says("2")
    assert "记下了" in stranger.says("1")[0]


def test_nothing_was_seen_where_nothing_was_shown(city: City, guifang: Person) -> None:
    def badly_paid(uow: UnitOfWork) -> None:
        now = city.clock.now()
        add_vacancy(uow, now, add_firm(uow, now), wage=(2400, 2600))

    city.run(badly_paid)
    refresh(city)
    assert guifang.says("找活") == ["没有合你意的。主要卡在工资，不讲究工资有1个。"]


def test_who_is_not_remembered_reads_no_two_bubbles_alike(city: City) -> None:
    stranger = city.person("新来的")
    stranger.says("你好")
    stranger.says("踩平车 只在中江 要四千")
    stranger.says("1")
    stranger.taps("要")
    heard = stranger.taps("不记只看")
    assert heard == ["好，不记。活照样看，找真人也行。", "想看活随时来，说“找活”就行。"]
