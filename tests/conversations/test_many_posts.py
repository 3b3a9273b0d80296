"""Many posts in one message: a draft for each, looked at one by one or sent together."""

from __future__ import annotations

import pytest

from storage.models import Vacancy
from storage.states import EnterpriseStatus, VacancyStatus
from tests.chat import City, Person
from tests.conversations.firm_world import Firm, firm_in, only_vacancy, vacancies_of

TEN = """1. 中江南华镇招平车工6名，月4000-5500，中午管饭
2. 中江招保安2名，月3000，55岁以下，包住
3. 广汉招普工10名，5000-6000，五险
4. 什邡招洗碗工1名，2500一个月，限女
5. 旌阳区招保洁员3名，2800/月
6. 罗江区招焊工2名，月7000-9000，要焊工证
7. 绵竹招包装工5名，计件4000左右
8. 中江仓山镇招养殖工1名，4500包吃住
9. 德阳招叉车工2名，月薪面议
10. 中江招护理员4名，3500-4000，三班倒"""
TWO_FIRMS = """宏达制衣，中江南华镇招平车工6名，月4000-5500
平安物业，中江招保安2名，月3000，包住"""


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def firm(city: City, officer: Person) -> Firm:
    return firm_in(city)


def pasted(firm: Firm) -> str:
    return "\n".join(firm.boss.says(TEN))


def stored(city: City, firm: Firm) -> list[Vacancy]:
    return vacancies_of(city, firm)


def states(city: City, firm: Firm) -> list[VacancyStatus]:
    return [vacancy.status for vacancy in stored(city, firm)]


def test_ten_posts_in_one_message_become_ten_drafts(city: City, firm: Firm) -> None:
    heard = pasted(firm)
    drafts = stored(city, firm)
    assert len(drafts) == 10
    assert "共10条" in heard
    assert [draft.trade for draft in drafts][:4] == ["缝纫工", "保安", "普工", "洗碗工"]
    assert [draft.adcode for draft in drafts][:3] == ["510623", "510623", "510681"]


def test_the_list_names_what_each_draft_lacks(city: City, firm: Firm) -> None:
    lines = pasted(firm).splitlines()
    by_number = {line.split(".")[0]: line for line in lines if line[:1].isdigit()}
    assert "没说：" in by_number["1"]
    assert "不合法：限女" in by_number["4"]
    assert "差：工资" in by_number["9"]


def test_all_lawful_and_complete_ones_are_sent_together(
    city: City, firm: Firm, officer: Person
) -> None:
    pasted(firm)
    assert firm.boss.buttons() == ["全部送审（8条）", "一条条看", "先停着"]
    heard = firm.boss.says("全部送审")
    assert heard[0].startswith("送审8条：V-0001")
    assert states(city, firm).count(VacancyStatus.IN_REVIEW) == 8
    assert sum("待审" in line for line in officer.listens()) == 8


def test_a_flawed_post_never_holds_up_the_others(city: City, firm: Firm) -> None:
    pasted(firm)
    heard = firm.boss.says("全部送审")
    assert any("（4/10）" in line for line in heard)
    heard = firm.boss.says("跳过")
    assert any("（9/10）" in line for line in heard)
    assert heard[-1].startswith("一个月给多少钱")
    heard = firm.boss.says("3000-4000")
    firm.boss.says("送审")
    assert states(city, firm).count(VacancyStatus.IN_REVIEW) == 9
    assert "送审9条、留着1条" in firm.boss.heard


def test_each_is_looked_at_with_its_place_in_the_whole(city: City, firm: Firm) -> None:
    pasted(firm)
    assert any("（1/10）" in line for line in firm.boss.says("一条条看"))
    assert any("（2/10）" in line for line in firm.boss.says("送审"))
    assert any("（3/10）" in line for line in firm.boss.says("跳过"))
    assert states(city, firm)[:3] == [
        VacancyStatus.IN_REVIEW,
        VacancyStatus.DRAFT,
        VacancyStatus.DRAFT,
    ]


def test_the_one_before_can_be_looked_at_again(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("一条条看")
    firm.boss.says("跳过")
    assert any("（1/10）" in line for line in firm.boss.says("上一个"))
    assert "第一条" in firm.boss.says("上一个")[0]


def test_one_that_was_sent_can_still_be_corrected_by_going_back(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("一条条看")
    firm.boss.says("送审")
    assert "已经送审" in firm.boss.says("上一个")[-1]
    heard = firm.boss.says("人数 8")
    assert "平车工8人" in heard[0]
    assert any("（2/10）" in line for line in heard)
    assert stored(city, firm)[0].headcount == 8


def test_stopping_keeps_what_was_done(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("一条条看")
    firm.boss.says("送审")
    assert firm.boss.says("停") == ["这批：送审1条、留着9条。"]
    assert states(city, firm).count(VacancyStatus.DRAFT) == 9
    heard = firm.boss.taps("接着弄")
    assert "共9条" in heard[-1]


def test_a_draft_of_many_is_corrected_by_a_line_and_undone(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("一条条看")
    firm.boss.says("跳过")
    assert "月3200" in firm.boss.says("工资 3200")[0]
    firm.boss.says("跳过")
    firm.boss.says("上一个")
    assert "月3000" in firm.boss.says("撤销")[0]
    assert stored(city, firm)[1].wage_min == 3000


def test_what_was_sent_one_by_one_is_not_sent_again_with_all(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("一条条看")
    firm.boss.says("送审")
    heard = "\n".join(firm.boss.says("全部送审"))
    assert "【已送审】" in heard
    assert firm.boss.buttons()[0] == "全部送审（7条）"
    firm.boss.says("1")
    assert states(city, firm).count(VacancyStatus.IN_REVIEW) == 8


def test_what_was_agreed_for_one_post_is_not_taken_out_of_another(city: City, firm: Firm) -> None:
    firm.boss.says("1. 中江招保安2名，月3000，限男\n2. 广汉招洗碗工1名，月2500，限女")
    firm.boss.says("一条条看")
    firm.boss.says("照改")
    first, second = stored(city, firm)
    assert first.violations == []
    assert [code for code, _ in second.violations] == ["gender_discrimination"]


def test_a_dropped_one_is_counted_and_the_rest_go_on(city: City, firm: Firm) -> None:
    firm.boss.says("1. 中江招保安2名，月3000\n2. 广汉招洗碗工1名，月2500")
    firm.boss.says("一条条看")
    firm.boss.says("不发了")
    heard = firm.boss.says("送审")
    assert heard[-1] == "这批：送审1条、没发1条。"


def test_the_same_posts_again_within_the_hour_make_no_second_drafts(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("全部送审")
    firm.boss.says("停")
    heard = pasted(firm)
    assert heard.count("一小时内发过") == 10
    assert len(stored(city, firm)) == 10


def test_nothing_is_lost_when_the_service_starts_anew(city: City, firm: Firm) -> None:
    pasted(firm)
    firm.boss.says("一条条看")
    firm.boss.says("跳过")
    kept = firm.boss.row().answers
    assert kept is not None
    assert len(kept["answers"]["drafts"]) == 10  # type: ignore[index]
    assert any("（3/10）" in line for line in firm.boss.says("跳过"))


def test_an_officers_posts_go_to_the_firms_they_name(city: City, officer: Person) -> None:
    sewing = firm_in(city)
    guards = firm_in(city, name="平安物业", credit_code="91510623MA00000001")
    heard = "\n".join(officer.says(TWO_FIRMS))
    assert "宏达制衣 | 平车工6人" in heard
    assert only_vacancy(city, sewing).trade == "缝纫工"
    vacancy = only_vacancy(city, guards)
    assert vacancy.trade == "保安"
    assert vacancy.posted_by_officer == officer.as_officer().id


def test_for_posts_without_a_firm_an_officer_is_asked_once(city: City, officer: Person) -> None:
    firm = firm_in(city)
    heard = officer.says(TEN)
    assert heard == ["有10条没写是哪家，替哪家发？选一家，或发企业名。"]
    assert "共10条" in officer.says("宏达")[-1]
    assert len(vacancies_of(city, firm)) == 10


def test_posts_may_be_pasted_where_the_firm_is_asked_for(city: City, officer: Person) -> None:
    firm = firm_in(city)
    officer.says("/post")
    officer.says("宏达制衣，中江南华镇招平车工6名，月4000-5500")
    assert only_vacancy(city, firm).headcount == 6


def test_a_firm_of_another_county_is_not_taken_from_the_words(city: City) -> None:
    city.officer()
    other = city.officer("王芳", scope="510681")
    firm = firm_in(city)
    other.says(TWO_FIRMS)
    assert vacancies_of(city, firm) == []


def test_a_suspended_firm_does_not_hold_up_the_others(city: City, officer: Person) -> None:
    sewing = firm_in(city)
    firm_in(
        city,
        name="平安物业",
        credit_code="91510623MA00000001",
        status=EnterpriseStatus.SUSPENDED,
    )
    heard = "\n".join(officer.says(TWO_FIRMS))
    assert "平安物业已停用" in heard
    assert only_vacancy(city, sewing).trade == "缝纫工"


def test_a_post_that_cannot_be_made_lawful_raises_a_case_and_the_others_go_on(
    city: City, firm: Firm, officer: Person
) -> None:
    heard = firm.boss.says("1. 中江招保安2名，月3000\n2. 广汉招洗碗工1名，月2500，押身份证")
    assert "不能发" in heard[0]
    assert states(city, firm) == [VacancyStatus.DRAFT, VacancyStatus.REJECTED]
    assert any("请去核实" in line for line in officer.listens())
    firm.boss.says("全部送审")
    assert states(city, firm) == [VacancyStatus.IN_REVIEW, VacancyStatus.REJECTED]
    assert firm.boss.heard_bodies[-1].text == "这批：送审1条、不能发1条。"


def test_posts_wait_while_their_firm_is_registered(city: City, officer: Person) -> None:
    officer.says(TEN)
    officer.says("登记一家新的")
    officer.says("中江新新鞋厂")
    officer.says("91510623MA6234567C")
    officer.says("南华镇")
    assert any("共10条" in line for line in officer.says("1"))


def test_a_pending_firm_hears_once_that_publishing_waits(city: City, officer: Person) -> None:
    firm = firm_in(city, status=EnterpriseStatus.PENDING)
    firm.boss.says("1. 中江招保安2名，月3000\n2. 广汉招洗碗工1名，月2500")
    heard = firm.boss.says("全部送审")
    assert sum("还没核实" in line for line in heard) == 1


def test_what_was_not_understood_of_one_post_is_shown_with_it(city: City, firm: Firm) -> None:
    firm.boss.says("1. 中江招保安2名，月3000\n2. 广汉招洗碗工1名，月2500，门口有棵大黄桷树")
    assert "黄桷树" in firm.boss.heard


def test_shifts_and_schooling_stand_in_the_line(city: City, firm: Firm) -> None:
    firm.boss.says("中江招护理员4名，3500-4000，三班倒，初中以上")
    assert "三班倒" in firm.boss.heard
    assert "初中以上" in firm.boss.heard


def test_an_ambiguous_workplace_is_asked_about_with_numbers(city: City, firm: Firm) -> None:
    heard = firm.boss.says("鼓楼区招保安2名，月3000")
    assert heard[-1] == "上班的地方是哪一个？都不是就写县和镇。"
    assert firm.boss.buttons() == ["南京鼓楼区", "福州鼓楼区"]
    firm.boss.says("1")
    assert only_vacancy(city, firm).adcode == "320106"


def test_an_ambiguous_workplace_is_settled_by_words_too(city: City, firm: Firm) -> None:
    firm.boss.says("招保安2名，月3000")
    assert "哪一个" in firm.boss.says("鼓楼区")[-1]
    firm.boss.says("福州鼓楼区")
    assert only_vacancy(city, firm).adcode == "350102"
