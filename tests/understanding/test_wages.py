from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.pay.piece_rates import find_piece_rates
from bot.understanding.pay.wages import BASE, TOTAL, TRIAL, find_wages
from bot.understanding.writing.folding import fold
from tests.benchmarks.wage_phrases import CARRIERS, Phrase, meaning_of, read_phrases

PIECES = [
    *[
        "工资",
        "四千",
        "五六千",
        "-",
        "5500",
        "到",
        "岁",
        "一天",
        "个月",
        "元",
        "/小时",
        "左右",
        "以上",
        "底薪",
    ],
    *[
        "不",
        "低于",
        "没得",
        "k",
        "+",
        "提成",
        "押金",
        "张",
        "万",
        "一",
        "计件",
        "毛一件",
        "以前",
        ",",
        " ",
    ],
]


@pytest.mark.parametrize("phrase", read_phrases(), ids=lambda phrase: phrase.form)
def test_every_phrase_of_the_table_is_read_alone_and_in_a_sentence(phrase: Phrase) -> None:
    read = {meaning_of(carrier.format(form=phrase.form)) for carrier in CARRIERS}

    assert read == {phrase.meaning}


def test_the_table_is_as_long_as_it_should_be() -> None:
    forms = [phrase.form for phrase in read_phrases()]

    assert len(set(forms)) == len(forms) >= 160


@pytest.mark.parametrize(
    "words",
    [
        *["招20人", "55岁以下", "1000人以上的大厂", "三千名工人", "第1200号", "1974", "2026年春节"],
        *[
            "押金200元",
            "资料费培训费共580元",
            "交了三百块体检费",
            "返费3000",
            "报名费一千二",
            "房租六百块",
        ],
        *[
            "餐补每天12元",
            "全勤奖200",
            "高温补贴300元",
            "工龄奖每年加100",
            "夜班补贴20元/天",
            "房补500一个月",
        ],
        *[
            "月流水一万",
            "注册资本5000万",
            "欠银行三万",
            "扣了我一千",
            "垫了五千",
            "打了两万八的欠条",
        ],
        *[
            "上班八小时",
            "一天要做12个小时",
            "一天九个钟",
            "三十天",
            "做三年",
            "八点到六点",
            "每月15号",
            "月休四天",
        ],
        *[
            "离家三十公里",
            "2000平方的厂房",
            "体重一百二",
            "身高170",
            "考了85分",
            "住1203",
            "身份证510623197405061234",
        ],
        *["做桌子六张", "万州", "万一没得", "千万莫去", "加班15元/小时", "不加班"],
    ],
)
def test_other_figures_are_no_pay(words: str) -> None:
    assert find_wages(fold(words)) == []


def test_hours_of_the_day_count_for_hourly_pay() -> None:
    assert find_wages("20元/小时")[0].monthly(hours=10) == (5200, 5200)


def test_what_comes_to_hand_outranks_base_pay_and_pay_on_trial() -> None:
    weights = [wage.weight for wage in find_wages("底薪2300,试用期3000,到手5000")]

    assert weights == [BASE, TRIAL, TOTAL]


def test_a_unit_that_belongs_to_something_else_is_left_alone() -> None:
    (wage,) = find_wages("干一天休一天 4500")

    assert (wage.unit, wage.low) == ("month", 4500)


def test_the_usual_unit_is_taken_where_it_is_plausible() -> None:
    assert [wage.unit for wage in find_wages("砖工360,厨师6000", usual="day")] == ["day", "month"]


@given(st.integers(min_value=10, max_value=999))
def test_every_way_of_writing_one_wage_means_the_same(tens: int) -> None:
    yuan = tens * 100
    forms = (
        f"{yuan}元/月",
        f"月薪{yuan:,}",
        f"一个月{yuan / 1000:g}k",
        f"{yuan / 10_000:g}万一个月",
    )

    for form in forms:
        assert [wage.monthly() for wage in find_wages(form)] == [(yuan, yuan)]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_no_wage_is_made_of_figures_that_are_not_in_the_text(text: str) -> None:
    folded = fold(text)

    for wage in find_wages(folded):
        assert 0 <= wage.start <= wage.figure < wage.end <= len(folded)
        assert 0 < wage.low <= wage.high
        assert re.match(
            "[\\d零一二两三四五六七八九十百千万壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬兩]",
            folded[wage.figure],
        )
        low, high = wage.monthly()
        assert low <= high


@given(st.text(alphabet="8一二半.-毛块角分钱元/每件斤个单 ", max_size=30))
def test_no_price_of_a_piece_raises(text: str) -> None:
    for rate in find_piece_rates(text):
        assert rate.yuan >= 0
        assert rate.start < rate.end
