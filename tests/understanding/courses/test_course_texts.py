"""A course announced in free words, and one line that puts it right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding.courses.course_facts import CourseFacts
from bot.understanding.courses.course_texts import CourseTexts
from bot.understanding.reader import TextReader
from content.catalogue import Catalogue

TODAY = date(2026, 11, 23)
HOME = "510600"
NOTICE = """关于举办养老护理员培训班的通知
培训时间：2026年12月8日至12月18日
上课时间：每天上午9:00-12:00，下午2:00-5:00
培训地点：德阳市旌阳区泰山北路职教中心三楼
名额：40名
补贴性培训，不收费。培训合格发养老护理员证书
承办单位：德阳市众信职业培训学校
报名截止12月1日，联系人张老师 13900001111"""
KNOWN = CourseFacts(
    title="电工班",
    trade="电工",
    starts_on=date(2026, 12, 7),
    ends_on=date(2026, 12, 11),
    seats=20,
    living_allowance=True,
)


@pytest.fixture(scope="module")
def courses(catalogue: Catalogue) -> CourseTexts:
    return TextReader(catalogue).courses


def read(courses: CourseTexts, words: str) -> CourseFacts:
    return courses.read(words, home=HOME, today=TODAY)


def test_a_notice_is_read_whole(courses: CourseTexts) -> None:
    assert read(courses, NOTICE) == CourseFacts(
        title="养老护理员培训班",
        trade="养老护理员",
        school="德阳市众信职业培训学校",
        adcode="510603",
        address="德阳市旌阳区泰山北路职教中心三楼",
        starts_on=date(2026, 12, 8),
        ends_on=date(2026, 12, 18),
        daily="每天上午9:00-12:00，下午2:00-5:00",
        seats=40,
        living_allowance=None,
        subsidised=True,
        is_free=True,
        certificate="养老护理员证书",
        contact="13900001111",
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("12月1日到12月10日", (12, 1), (12, 10)),
        ("12月1日到10日", (12, 1), (12, 10)),
        ("12月1日-10日上课", (12, 1), (12, 10)),
        ("12月1日开班，共10天", (12, 1), (12, 10)),
        ("12月1日开课，学两周", (12, 1), (12, 14)),
        ("12月1日开班，5个工作日", (12, 1), (12, 7)),
        ("下周一开课，学15天", (11, 30), (12, 14)),
        ("12月1日开班", (12, 1), None),
    ],
)
def test_days_follow_from_a_span_or_a_length(
    courses: CourseTexts, words: str, first: tuple[int, int], last: tuple[int, int] | None
) -> None:
    facts = read(courses, f"电工培训班，{words}")
    assert facts.starts_on == date(2026, *first)
    assert facts.ends_on == (date(2026, *last) if last else None)


def test_a_course_over_the_new_year_ends_in_the_next(courses: CourseTexts) -> None:
    facts = read(courses, "焊工班12月20日到1月5日")
    assert (facts.starts_on, facts.ends_on) == (date(2026, 12, 20), date(2027, 1, 5))


def test_the_last_day_to_sign_up_is_no_day_of_the_course(courses: CourseTexts) -> None:
    assert read(courses, "电工培训班，报名截止12月1日").starts_on is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("有生活费补贴", True),
        ("每天发生活费50元", True),
        ("没有生活费", False),
        ("生活补贴：无", False),
        ("学完发证", None),
    ],
)
def test_an_allowance_is_yes_no_or_unsaid_and_never_a_sum(
    courses: CourseTexts, words: str, expected: bool | None
) -> None:
    facts = read(courses, f"面点班，{words}")
    assert facts.living_allowance is expected
    assert "50" not in str(facts)


@pytest.mark.parametrize(
    ("words", "expected"), [("免费", True), ("不收钱", True), ("学费800元", False), ("招人", None)]
)
def test_whether_it_is_free(courses: CourseTexts, words: str, expected: bool | None) -> None:
    assert read(courses, f"面点班，{words}").is_free is expected


@pytest.mark.parametrize(
    ("words", "seats"),
    [("招30人", 30), ("名额：40名", 40), ("25个名额", 25), ("限二十人", 20), ("早上9点上课", None)],
)
def test_seats_are_read_in_figures_and_words(
    courses: CourseTexts, words: str, seats: int | None
) -> None:
    assert read(courses, f"面点班，{words}").seats == seats


@pytest.mark.parametrize("words", ["带身份证", "要健康证", "凭毕业证报名"])
def test_a_paper_to_bring_is_none_to_gain(courses: CourseTexts, words: str) -> None:
    assert read(courses, f"面点班，{words}").certificate is None


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("名额 35", {"seats": 35}),
        ("35人", {"seats": 35}),
        ("生活费 没有", {"living_allowance": False}),
        ("地点 中江县职教中心二楼", {"adcode": "510623", "address": "中江县职教中心二楼"}),
        ("证书 电工证", {"certificate": "电工证"}),
        ("工种 电焊工", {"trade": "电焊工"}),
        ("名称 焊工班", {"title": "焊工班", "trade": "电焊工"}),
        ("电话 13900002222", {"contact": "13900002222"}),
        ("每天9点到4点", {"daily": "每天9点到4点"}),
        ("不收钱", {"is_free": True}),
        ("今天天气不错", {}),
    ],
)
def test_one_line_changes_what_it_names_and_nothing_else(
    courses: CourseTexts, line: str, changed: dict[str, object]
) -> None:
    facts, names = courses.correct(KNOWN, line, home=HOME, today=TODAY)
    assert facts == replace(KNOWN, **changed)  # type: ignore[arg-type]
    assert set(names) == set(changed)


@pytest.mark.parametrize("line", ["开班 12月14日", "改到12月14日", "12月14日开课"])
def test_another_first_day_moves_the_whole_course(courses: CourseTexts, line: str) -> None:
    facts, _names = courses.correct(KNOWN, line, home=HOME, today=TODAY)
    assert (facts.starts_on, facts.ends_on) == (date(2026, 12, 14), date(2026, 12, 18))


@pytest.mark.parametrize(
    ("words", "trade"),
    [
        ("我想学电工", "电工"),
        ("想学做包子馒头", "面点师"),
        ("学叉车要几天", "叉车工"),
        ("月嫂培训班要不要钱嘛", "月嫂"),
        ("我想学点手艺", None),
    ],
)
def test_what_somebody_wants_to_learn_is_named(
    courses: CourseTexts, words: str, trade: str | None
) -> None:
    assert courses.trade_in(words) == trade


@pytest.mark.parametrize(
    "words", ["", " ", "0", "\n\n", "？" * 3000, "12月32日到13月1日", "招9999999人"]
)
def test_odd_words_are_read_as_nothing_and_break_nothing(courses: CourseTexts, words: str) -> None:
    facts = read(courses, words)
    assert facts.starts_on is None
    assert facts.seats is None
