from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.pay.offered_pay import Pay, pays_of
from bot.understanding.writing.folding import fold


def _pay(text: str) -> Pay:
    folded = fold(text)
    (pay,) = pays_of(folded, [folded])
    return pay


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "base"),
    [
        ("综合5000-7000,底薪2800", 5000, 7000, "元/月", 2800),
        ("底薪2300+加班,综合4800~5600", 4800, 5600, "元/月", 2300),
        ("底薪3000+提成", 3000, None, "元/月", 3000),
        ("3500-4500+提成", 3500, 4500, "元/月", None),
        ("无责底薪3500+提成+奖金", 3500, None, "元/月", 3500),
        ("底薪4500,综合七八千", 7000, 8000, "元/月", 4500),
        ("4500起", 4500, None, "元/月", None),
        ("6500+", 6500, None, "元/月", None),
        ("保底5500 计件", 5500, None, "计件", 5500),
        ("4500左右", 4500, 4500, "元/月", None),
        ("260元/天", 6760, 6760, "元/天", None),
        ("21元/小时 每天11小时", 6006, 6006, "元/小时", None),
        ("22块/小时 晚8点到早6点", 5720, 5720, "元/小时", None),
        ("20元/小时,两班倒12小时", 6240, 6240, "元/小时", None),
        ("18元/小时,朝九晚五", 3744, 3744, "元/小时", None),
        ("18元/小时 9:00-18:00", 4212, 4212, "元/小时", None),
        ("19元/小时,8小时工作制", 3952, 3952, "元/小时", None),
        ("25元一小时,每天上午3个钟头", 1950, 1950, "元/小时", None),
        ("8毛一件,多劳多得", None, None, "计件", None),
        ("计件,熟手一个月5000-8000", 5000, 8000, "计件", None),
        ("按件算钱", None, None, "计件", None),
        ("工资面议", None, None, "面议", None),
        ("待遇从优,面谈", None, None, "面议", None),
        ("月流水一万打底,车子公司出", None, None, None, None),
        ("4500元/月,餐补300,房补200,全勤奖200", 4500, 4500, "元/月", None),
        ("全勤奖200元,高温补贴300元,工资4200", 4200, 4200, "元/月", None),
        ("入职交押金300元,工资4000", 4000, 4000, "元/月", None),
        ("报名费100,体检费80,月薪5000", 5000, 5000, "元/月", None),
        ("返费3000,工价19元/小时", 3952, 3952, "元/小时", None),
        ("工龄奖每年加100,工资3800", 3800, 3800, "元/月", None),
        ("试用期3000,转正4500", 4500, 4500, "元/月", None),
        ("试用期3000元,转正后4500-6000元", 4500, 6000, "元/月", None),
        ("试用期一个月3500,转正4000+提成", 4000, None, "元/月", None),
        ("到手5000-6000,包吃住", 5000, 6000, "元/月", None),
        ("基本工资2500+绩效+全勤,月收入4500-6000", 4500, 6000, "元/月", 2500),
        ("白班150/天,夜班180/天", 3900, 4680, "元/天", None),
        ("男工5500,女工4800", 4800, 5500, "元/月", None),
        ("工资:3500-4200元/月(含餐补)", 3500, 4200, "元/月", None),
        ("薪资待遇:底薪3500元+计件提成,综合月薪6000-9000元", 6000, 9000, "元/月", 3500),
        ("5K-7K", 5000, 7000, "元/月", None),
        ("1.2万-1.5万", 12000, 15000, "元/月", None),
        ("年薪8-10万", 6667, 8333, "元/月", None),
        ("一个月3000,加班15元/小时", 3000, 3000, "元/月", None),
        ("月薪4000,加班费另算", 4000, 4000, "元/月", None),
        ("200元/天,当天结清,工期20天", 5200, 5200, "元/天", None),
        ("点工280,包工450一平方", 7280, 7280, "元/天", None),
        ("学徒2500,熟手6000-8000", 6000, 8000, "元/月", None),
        ("学徒一个两千五", 2500, 2500, "元/月", None),
        ("招2名,35-50岁,月休4天,8小时,3200元", 3200, 3200, "元/月", None),
        ("面积2000平方的厂房,员工1000多人,工资4500", 4500, 4500, "元/月", None),
        ("成立于2005年,注册资本5000万,月薪6000", 6000, 6000, "元/月", None),
        ("每月15号发工资,4500-5500", 4500, 5500, "元/月", None),
        ("月结,4000", 4000, 4000, "元/月", None),
        ("5000-6000(试用期4000)", 5000, 6000, "元/月", None),
        ("工资6000元,干满一年奖2000元", 6000, 6000, "元/月", None),
        ("生活费可借支500,工价300一天", 7800, 7800, "元/天", None),
        ("包吃包住,月薪3500-4500元,每月公休2天,工龄工资50元/年", 3500, 4500, "元/月", None),
        ("保底工资4000,平均6000以上", 6000, None, "元/月", 4000),
        ("最高可达8000,底薪3000", 3000, None, "元/月", 3000),
        ("每单4-6元,月均7000-9000", 7000, 9000, "计件", None),
        ("工资待遇:18元/小时,月综合工资5500-6500元", 5500, 6500, "元/月", None),
        ("补贴标准:1800元/月", 1800, 1800, "元/月", None),
        ("岗位补贴每月1000元", 1000, 1000, "元/月", None),
        ("每天工作8小时,工资120元/天", 3120, 3120, "元/天", None),
        ("2人 450/天", 11700, 11700, "元/天", None),
        ("180-200/天 日结", 4680, 5200, "元/天", None),
        ("工资可谈,大概5000", 5000, 5000, "元/月", None),
        ("时薪20,早8晚8,中午休息1小时", 6240, 6240, "元/小时", None),
        ("4200.00元", 4200, 4200, "元/月", None),
        ("月薪: 4000 - 5000 元", 4000, 5000, "元/月", None),
        ("4000—5000(面议)", 4000, 5000, "元/月", None),
        ("10元/小时是以前的价,现在涨到15,一天干九个钟头", 3510, 3510, "元/小时", None),
        ("头半年一个月800块生活费", 800, 800, "元/月", None),
        ("4000元, 12月到2月", 4000, 4000, "元/月", None),
        ("保洁5人 3200 12月到2月", 3200, 3200, "元/月", None),
        ("工资3000-5000不等", 3000, 5000, "元/月", None),
    ],
)
def test_the_pay_of_a_post_is_read_by_the_rules(
    text: str, low: int | None, high: int | None, unit: str | None, base: int | None
) -> None:
    pay = _pay(text)

    assert (pay.low, pay.high, pay.unit, pay.base) == (low, high, unit, base)


def test_each_kind_of_work_has_its_own_pay_and_unit() -> None:
    segments = ["5名,计件5000-8000;", "2名,3800;", "1名,面议"]

    pays = pays_of("".join(segments), segments)

    assert [(pay.low, pay.high, pay.unit) for pay in pays] == [
        (5000, 8000, "计件"),
        (3800, 3800, "元/月"),
        (None, None, "面议"),
    ]


def test_work_without_a_figure_takes_the_next_one() -> None:
    segments = ["2名、", "3名,补贴600元/月"]

    assert [pay.low for pay in pays_of("".join(segments), segments)] == [600, 600]


def test_what_is_said_for_all_goes_to_those_without_a_figure() -> None:
    segments = ["六人、", "三人、", "一人(4800元)。除司机外统一2900元/月"]

    assert [pay.low for pay in pays_of("".join(segments), segments)] == [2900, 2900, 4800]


def test_small_figures_are_a_days_pay_where_the_post_pays_by_the_day() -> None:
    segments = ["1个", "2个,砖工300,", "180,都是一天的价"]

    assert [pay.low for pay in pays_of("".join(segments), segments)] == [7800, 7800, 4680]


def test_hours_of_the_one_kind_of_work_go_before_those_of_the_post() -> None:
    segments = ["20元/小时,每天10小时;", "20元/小时"]

    assert [pay.low for pay in pays_of("每天11小时;" + "".join(segments), segments)] == [5200, 5720]


def test_a_month_of_piece_work_is_an_estimate() -> None:
    assert _pay("计件,勤快的一个月四千五到六千").estimated
    assert not _pay("四千五到六千").estimated


@given(st.text(max_size=200), st.integers(min_value=0, max_value=200))
def test_no_post_raises_and_ranges_are_ordered(text: str, cut: int) -> None:
    folded = fold(text)

    for pay in pays_of(folded, [folded[:cut], folded[cut:]]):
        assert pay.low is None or pay.high is None or pay.low <= pay.high
