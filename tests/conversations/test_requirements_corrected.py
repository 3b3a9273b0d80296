"""What shuts people out of a vacancy: the firm and the officer read it, one line puts it right."""

from __future__ import annotations

from datetime import date

import pytest

from storage.models import Vacancy
from storage.states import VacancyStatus
from tests.chat import City, Person
from tests.conversations.firm_world import LAWFUL_POST, Firm, firm_in, only_vacancy, published

ASKING_POST = (
    "中江南华镇招叉车工2名,月5000,包吃住,高中以上,3年经验,要叉车证,只招脱贫户,"
    "只要附近的,12月1日到岗,做7天"
)
ALL_ASKED = "要求：高中以上、3年经验、熟手、叉车证、只要附近、只招脱贫户、12月1日到岗、做7天"


def posted(city: City, post: str = LAWFUL_POST) -> tuple[Person, Firm, str]:
    """Return the officer, the firm, and what the firm heard back about its post."""
    officer = city.officer()
    firm = firm_in(city)
    return officer, firm, "\n".join(firm.boss.says(post))


def corrected(city: City, line: str, post: str = LAWFUL_POST) -> tuple[str, Vacancy]:
    """Return what the firm heard back about one line, and the vacancy as stored."""
    _, firm, _ = posted(city, post)
    heard = firm.boss.says(line)[0]
    return heard, only_vacancy(city, firm)


def test_the_firm_reads_everything_that_shuts_people_out(city_on_both: City) -> None:
    _, _, heard = posted(city_on_both, ASKING_POST)
    assert ALL_ASKED in heard


def test_the_officer_reads_everything_that_shuts_people_out(city_on_both: City) -> None:
    officer, firm, _ = posted(city_on_both, ASKING_POST)
    firm.boss.says("1")
    officer.listens()
    assert ALL_ASKED in "\n".join(officer.taps("现在审"))


def test_a_firm_that_reads_english_reads_the_requirements_in_english(city_on_both: City) -> None:
    city_on_both.officer()
    firm = firm_in(city_on_both)
    firm.boss.says("/lang en")
    heard = "\n".join(firm.boss.says(ASKING_POST))
    assert "required: senior high school, years of experience: 3, practised hands" in heard


def test_a_post_that_asks_for_nothing_shows_no_requirement(city_on_both: City) -> None:
    _, _, heard = posted(city_on_both)
    assert "要求" not in heard
    assert "生手" not in heard


def test_beginners_who_may_come_are_no_requirement(city_on_both: City) -> None:
    _, _, heard = posted(city_on_both, f"{LAWFUL_POST},生手可教")
    assert "生手可教" in heard
    assert "要求" not in heard


def test_either_of_two_driving_licences_is_said_as_that(city_on_both: City) -> None:
    _, _, heard = posted(city_on_both, "中江南华镇招货车司机2名,月6000,包吃住,要A2或B2驾照")
    assert "A2或B2驾照" in heard


@pytest.mark.parametrize(
    ("line", "column", "value", "answer"),
    [
        ("学历不限", "education", None, "学历不限"),
        ("不要经验", "experience_years", None, "生手可教"),
        ("经验不限", "needs_skill", False, "生手可教"),
        ("证件不限", "certificates", [], "证件不限"),
        ("不要叉车证", "certificates", [], "证件不限"),
        ("不限附近", "nearby_only", False, "不限附近"),
        ("到岗不限", "starts_on", None, "到岗时间不限"),
        ("不是短工", "lasts_days", None, "不是短工"),
        ("对象不限", "reserved_for", [], "对象不限"),
        ("不限脱贫户", "reserved_for", [], "对象不限"),
    ],
)
def test_one_line_lifts_a_requirement(
    city: City, line: str, column: str, value: object, answer: str
) -> None:
    heard, vacancy = corrected(city, line, ASKING_POST)
    assert heard == f"改成：{answer}"
    assert getattr(vacancy, column) == value


@pytest.mark.parametrize(
    ("line", "column", "value", "answer"),
    [
        ("高中以上", "education", "senior_high", "高中以上"),
        ("要3年经验", "experience_years", 3, "3年经验、熟手"),
        ("要熟手", "needs_skill", True, "熟手"),
        ("要叉车证", "certificates", ["叉车证"], "叉车证"),
        ("只要附近的", "nearby_only", True, "只要附近"),
        ("到岗 12月1日", "starts_on", date(2026, 12, 1), "12月1日到岗"),
        ("1月5日到岗", "starts_on", date(2027, 1, 5), "2027年1月5日到岗"),
        ("做7天", "lasts_days", 7, "做7天"),
        ("只招脱贫户", "reserved_for", ["脱贫户"], "只招脱贫户"),
        ("夜班", "shifts", ["night"], "夜班"),
    ],
)
def test_one_line_states_a_requirement(
    city: City, line: str, column: str, value: object, answer: str
) -> None:
    heard, vacancy = corrected(city, line)
    assert heard == f"改成：{answer}"
    assert getattr(vacancy, column) == value


def test_a_licence_more_joins_those_asked_for(city_on_both: City) -> None:
    _, vacancy = corrected(city_on_both, "还要健康证", ASKING_POST)
    assert vacancy.certificates == ["叉车证", "健康证"]


def test_several_requirements_are_corrected_in_one_message(city_on_both: City) -> None:
    heard, vacancy = corrected(city_on_both, "学历不限,不要经验,工资 6000", ASKING_POST)
    assert (vacancy.education, vacancy.experience_years, vacancy.wage_min) == (None, None, 6000)
    assert heard == "改成：学历不限、生手可教、月6000"


def test_requirements_in_the_words_of_a_post_are_taken_as_those(city_on_both: City) -> None:
    _, vacancy = corrected(city_on_both, "要求:高中以上、3年经验、要叉车证")
    assert vacancy.education == "senior_high"
    assert vacancy.experience_years == 3
    assert vacancy.certificates == ["叉车证"]


def test_undoing_one_line_restores_the_requirements_before_it(city_on_both: City) -> None:
    _, firm, _ = posted(city_on_both, ASKING_POST)
    firm.boss.says("到岗不限,对象不限,证件不限,学历不限,不要经验,不限附近,不是短工")
    assert ALL_ASKED in firm.boss.says("撤销")[0]
    vacancy = only_vacancy(city_on_both, firm)
    assert vacancy.starts_on == date(2026, 12, 1)
    assert vacancy.reserved_for == ["脱贫户"]


def test_a_changed_requirement_sends_a_published_vacancy_back_to_review(city_on_both: City) -> None:
    officer, firm, _ = posted(city_on_both, ASKING_POST)
    firm.boss.says("1")
    published(city_on_both, firm)
    officer.listens()
    firm.boss.says("我的招工")
    firm.boss.says("1")
    firm.boss.taps("改别的")
    assert "重新审" in "".join(firm.boss.says("不要经验"))
    vacancy = only_vacancy(city_on_both, firm)
    assert vacancy.status is VacancyStatus.IN_REVIEW
    assert vacancy.needs_skill is False


def test_a_corrected_requirement_is_what_the_review_shows(city_on_both: City) -> None:
    officer, firm, _ = posted(city_on_both, ASKING_POST)
    firm.boss.says("学历不限")
    firm.boss.says("1")
    officer.listens()
    shown = "\n".join(officer.taps("现在审"))
    assert "高中" not in shown
    assert "叉车证" in shown


def test_reposting_keeps_the_requirements(city_on_both: City) -> None:
    _, firm, _ = posted(city_on_both, ASKING_POST)
    firm.boss.says("1")
    published(city_on_both, firm)
    firm.boss.says("我的招工")
    firm.boss.says("1")
    assert ALL_ASKED in firm.boss.taps("重新发")[0]
    assert ALL_ASKED in "\n".join(firm.boss.says("1"))


def test_another_trade_takes_another_occupation(city_on_both: City) -> None:
    _, firm, _ = posted(city_on_both)
    before = only_vacancy(city_on_both, firm).occupation_code
    firm.boss.says("工种 保安")
    after = only_vacancy(city_on_both, firm).occupation_code
    assert after is not None
    assert after != before
