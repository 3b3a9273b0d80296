from __future__ import annotations

import pytest

from storage.states import EnterpriseStatus, VacancyStatus
from tests.chat import City
from tests.conversations.firm_world import (
    DEMO_POST,
    LAWFUL_POST,
    firm_in,
    only_vacancy,
    published,
    vacancies_of,
)


def test_a_pasted_post_is_repeated_with_what_was_understood_and_what_was_not_said(
    city: City,
) -> None:
    city.officer()
    boss = firm_in(city).boss
    understood, gaps = boss.says(DEMO_POST)[:2]
    for part in ("平车工6人", "计件，月4000—5500", "南华镇", "管饭", "55岁以下"):
        assert part in understood
    for gap in ("住宿", "哪天发钱", "几点下班"):
        assert gap in gaps
    assert "管不管饭" not in gaps


def test_each_unlawful_condition_is_named_with_its_clause_and_a_rewrite(city: City) -> None:
    city.officer()
    boss = firm_in(city).boss
    found, question = boss.says(DEMO_POST)[2:]
    assert "限女" in found
    assert "妇女权益保障法第四十三条" in found
    assert "押金200" in found
    assert "劳动合同法第九条" in found
    assert "不收押金" in question
    assert boss.buttons() == ["照改", "有理由要申诉"]


def test_one_tap_puts_it_right_and_sends_it_to_review_with_a_promise(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says(DEMO_POST)
    now, sent = firm.boss.says("1")
    assert "男女都要" in now
    assert "不收押金" in now
    assert sent == "改好，送审 V-0001。上班时间2小时内答复。"
    vacancy = only_vacancy(city, firm)
    assert vacancy.status is VacancyStatus.IN_REVIEW
    assert vacancy.violations == []
    assert vacancy.gender == "any"
    (asked,) = officer.listens()
    assert "V-0001" in asked
    assert officer.buttons() == ["现在审"]


def test_a_double_tap_sends_nothing_twice(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(DEMO_POST)
    firm.boss.says("1")
    (answer,) = firm.boss.says("1")
    assert answer == "已经收到了，不用再点。"
    assert len(vacancies_of(city, firm)) == 1


def test_an_appeal_goes_to_the_officer_with_the_conditions_unchanged(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says(DEMO_POST)
    firm.boss.says("2")
    (answer,) = firm.boss.says("宿舍只有女生一层，押金是工服的")
    assert "申诉" in answer
    vacancy = only_vacancy(city, firm)
    assert vacancy.status is VacancyStatus.IN_REVIEW
    assert vacancy.appeal == "宿舍只有女生一层，押金是工服的"
    assert {code for code, _ in vacancy.violations} == {"gender_discrimination", "deposit"}
    assert officer.listens()


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("身份证押起", "劳动合同法第九条"),
        ("14岁以上", "禁止使用童工规定第二条"),
        ("先交钱后上岗", "人力资源市场暂行条例第二十四条"),
    ],
)
def test_what_no_rewrite_makes_lawful_is_rejected_and_an_officer_told(
    city: City, words: str, clause: str
) -> None:
    officer = city.officer()
    firm = firm_in(city)
    heard = "\n".join(firm.boss.says(f"中江招保安2人,月3000,{words}"))
    assert clause in heard
    assert "再发，先改成" in heard
    assert only_vacancy(city, firm).status is VacancyStatus.REJECTED
    assert any("请去核实" in told for told in officer.listens())


def test_one_line_corrects_the_draft_and_is_repeated(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    for line, repeated in (
        ("工资 4500-5500", "月4500—5500"),
        ("人数 8", "平车工8人"),
        ("住宿 有", "包住"),
        ("地点 中江仓山镇", "仓山镇"),
        ("年龄 60以下", "60岁以下"),
    ):
        assert repeated in firm.boss.says(line)[0]
    firm.boss.says("1")
    vacancy = only_vacancy(city, firm)
    assert (vacancy.wage_min, vacancy.wage_max) == (4500, 5500)
    assert (vacancy.headcount, vacancy.lodging, vacancy.age_max) == (8, True, 60)
    assert vacancy.status is VacancyStatus.IN_REVIEW


def test_words_without_a_field_fill_what_was_not_said(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    heard = firm.boss.says("有住的，每月15号发工资，晚上6点下班")[0]
    assert all(part in heard for part in ("包住", "15号发工资", "晚上6点下班"))


def test_the_last_change_can_be_undone_once(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("人数 8")
    assert "平车工6人" in firm.boss.says("撤销")[0]
    assert only_vacancy(city, firm).headcount == 6
    assert "没有可以撤销" in firm.boss.says("撤销")[0]


def test_a_correction_that_breaks_the_law_is_found_too(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    heard = "\n".join(firm.boss.says("工资 1400元"))
    assert "最低工资" in heard
    firm.boss.says("1")
    assert "一个月给多少钱" in firm.boss.heard_bodies[-1].text
    firm.boss.says("4200")
    firm.boss.says("1")
    vacancy = only_vacancy(city, firm)
    assert (vacancy.wage_min, vacancy.violations) == (4200, [])
    assert vacancy.status is VacancyStatus.IN_REVIEW


def test_what_was_not_understood_is_shown(city: City) -> None:
    city.officer()
    boss = firm_in(city).boss
    assert "我们是大厂" in boss.says("南华镇招包装工10名,4200-4800元/月,我们是大厂")[0]


def test_several_kinds_of_work_are_drafts_one_after_the_other(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    first = firm.boss.says("什邡师古镇食品厂招包装工10名,4200-4800元/月,洗碗工2名3000,不收押金")
    assert "（1/2）" in "".join(first)
    second = firm.boss.says("1")
    assert "（2/2）" in "".join(second)
    firm.boss.says("2")
    assert [vacancy.status for vacancy in vacancies_of(city, firm)] == [
        VacancyStatus.IN_REVIEW,
        VacancyStatus.WITHDRAWN,
    ]


def test_what_was_put_right_once_is_not_asked_again_for_the_next_draft(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("师古镇招包装工10名4200-4800元/月,洗碗工2名3000元/月,押金200")
    second = firm.boss.says("1")
    assert "押金200" not in "".join(second)
    firm.boss.says("1")
    assert [one.violations for one in vacancies_of(city, firm)] == [[], []]
    assert [one.status for one in vacancies_of(city, firm)] == [VacancyStatus.IN_REVIEW] * 2


def test_missing_essentials_are_asked_one_at_a_time(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    assert "在哪儿上班" in firm.boss.says("招平车工6名,包吃住")[-1]
    assert "一个月给多少钱" in firm.boss.says("南华镇")[-1]
    assert firm.boss.says("面议") != []
    assert only_vacancy(city, firm).wage_min is None
    firm.boss.says("4000-5500")
    firm.boss.says("1")
    vacancy = only_vacancy(city, firm)
    assert (vacancy.town, vacancy.wage_min, vacancy.wage_max) == ("510623101", 4000, 5500)


def test_an_unknown_trade_is_asked_with_the_nearest_known_ones(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("中江招夜间哄娃师3人,月5000")
    assert "育婴员" in firm.boss.buttons()
    firm.boss.taps("育婴员")
    vacancy = only_vacancy(city, firm)
    assert (vacancy.trade, vacancy.title) == ("育婴员", "夜间哄娃师")


def test_a_firm_may_keep_its_own_words_for_the_trade(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("中江招夜间哄娃师3人,月5000")
    firm.boss.taps("都不是")
    firm.boss.says("1")
    vacancy = only_vacancy(city, firm)
    assert (vacancy.trade, vacancy.status) == ("夜间哄娃师", VacancyStatus.IN_REVIEW)


def test_another_word_for_an_unknown_trade_is_looked_up(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("中江招夜间哄娃师3人,月5000")
    firm.boss.says("月嫂")
    assert only_vacancy(city, firm).trade == "月嫂"


def test_the_same_post_within_the_hour_is_asked_about(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    (asked,) = firm.boss.says(LAWFUL_POST)
    assert "V-0001" in asked
    assert "只留 V-0001" in firm.boss.says("发重了")[0]
    assert len(vacancies_of(city, firm)) == 1
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    assert len(vacancies_of(city, firm)) == 2


def test_the_same_post_after_an_hour_is_a_new_one(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    city.pass_time(hours=1, minutes=1)
    assert "读懂" in firm.boss.says(LAWFUL_POST)[0]


def test_a_pending_firm_may_post_and_hears_that_publishing_waits(city: City) -> None:
    city.officer()
    firm = firm_in(city, status=EnterpriseStatus.PENDING)
    firm.boss.says(LAWFUL_POST)
    assert "还没核实" in firm.boss.says("1")[-1]


def test_a_suspended_firm_cannot_post(city: City) -> None:
    city.officer()
    firm = firm_in(city, status=EnterpriseStatus.SUSPENDED)
    (answer,) = firm.boss.says(LAWFUL_POST)
    assert "已停用" in answer
    assert vacancies_of(city, firm) == []


def test_a_draft_can_be_dropped(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    assert "V-0001没发" in firm.boss.says("2")[0]
    assert only_vacancy(city, firm).status is VacancyStatus.WITHDRAWN


def test_what_an_officer_gave_back_is_opened_by_its_button(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    vacancy = published(city, firm)
    other = firm_in(city, name="别家", credit_code="91510623MA00000000")
    (refused,) = other.boss.presses(f"a:draft:{vacancy.id.hex}")
    assert "不是你家的" in refused
    (odd,) = firm.boss.presses("a:draft:nonsense")
    assert "没有这一条" in odd


def test_no_digit_is_said_that_stands_neither_in_the_post_nor_in_the_law(city: City) -> None:
    city.officer()
    boss = firm_in(city).boss
    understood = boss.says(DEMO_POST)[0]
    digits = {found for found in understood if found.isdigit()}
    assert digits <= set(DEMO_POST)
