from __future__ import annotations

import pytest

from bot.understanding import TextReader
from bot.understanding.law.violations import find_violations
from bot.understanding.writing.folding import fold


@pytest.mark.parametrize(
    ("words", "code", "excerpt"),
    [
        ("工服押金200元,干满一年退", "deposit", "工服押金200元"),
        ("报名先交培训费300元", "fee", "交培训费300元"),
        ("身份证放公司统一保管,离职再还", "id_retention", "身份证放公司统一保管"),
        ("入职扣身份证", "id_retention", "扣身份证"),
        ("要押身份证", "id_retention", "押身份证"),
        ("统一收身份证", "id_retention", "收身份证"),
        ("进厂扣留员工身份证", "id_retention", "扣留员工身份证"),
        ("招女服务员5名", "gender_discrimination", "女服务员"),
        ("男士优先", "gender_discrimination", "男士优先"),
        ("已婚已育优先", "marital_fertility_discrimination", "已婚已育优先"),
        ("彝族暂时不要", "ethnic_discrimination", "彝族暂时不要"),
        ("必须信佛", "religion_discrimination", "必须信佛"),
        ("要查乙肝", "hepatitis_discrimination", "要查乙肝"),
        ("河南人不招", "region_discrimination", "河南人不招"),
        ("14岁以上都要", "underage", "14岁以上"),
        ("不用护照有人带路过境", "suspected_fraud", "不用护照"),
    ],
)
def test_unlawful_words_are_found(words: str, code: str, excerpt: str) -> None:
    found = {violation.code: violation.excerpt for violation in find_violations(fold(words))}

    assert code in found
    assert excerpt in found[code]


@pytest.mark.parametrize(
    "words",
    [
        "不收押金",
        "免押金入职",
        "乙肝不影响",
        "不做乙肝检查",
        "未满18勿扰",
        "未满16岁请勿报名",
        "身份证原件核对后退还",
        "面试带身份证,看一眼当面还",
        "不扣身份证",
        "绝不会扣押身份证",
        "严禁收身份证",
        "收身份证看一下就还",
        "收身份证复印件一张",
        "招保安不限男女",
        "男女均可",
        "少数民族同胞也欢迎",
        "井下采掘限男职工",
        "仅限本县脱贫户和边缘易致贫户申请",
        "免费岗前培训",
        "谁喊你交押金、中介费都是骗子,我们一分钱不收",
        "16岁以上",
        "18-30岁",
        "附近的优惠接送",
    ],
)
def test_lawful_look_alikes_are_never_flagged(words: str) -> None:
    assert find_violations(fold(words)) == ()


def test_very_low_pay_is_flagged_without_any_table(reader: TextReader) -> None:
    reading = reader.read_post("罗江招营业员1名,一个月1200,早8点到晚6点")

    assert [found.code for found in reading.violations] == ["below_minimum_wage"]


def test_public_welfare_posts_are_not_judged_by_the_month(reader: TextReader) -> None:
    reading = reader.read_post("中江公益性岗位:护林员2名,每天3小时,补贴600元/月")

    assert reading.violations == ()
