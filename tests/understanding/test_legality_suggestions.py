from __future__ import annotations

import pytest

from bot.understanding.law.fraud import STRONG, WEAK, fraud_signals
from bot.understanding.law.rewriting import suggest, suggest_clause
from bot.understanding.law.violations import find_violations
from bot.understanding.values import Violation
from bot.understanding.writing.folding import fold


@pytest.mark.parametrize(
    ("post", "instead"),
    [
        ("中江招文员,限女性,3000元", "中江招文员,男女不限,3000元"),
        ("招女服务员5名,包吃住", "招服务员5名,包吃住"),
        ("分拣,男工5500女工4800,包住", "分拣,男女都是5500,包住"),
        ("招传菜小妹3名", "招传菜员工3名"),
        ("前台(女)2名", "前台(男女不限)2名"),
        ("招保安,男女不限,男士优先。包住", "招保安,男女不限。包住"),
        ("包吃住。押金200,干满一年退。电话联系", "包吃住。电话联系"),
        ("包住,工服押金200元", "包住"),
        ("包住,身份证放公司保管,离职再还,月休四天", "包住,身份证当面核对后马上退还,月休四天"),
        ("无纹身、无少数民族、无案底", "无纹身、无案底"),
        ("贴膜 14岁以上都要 包吃住", "贴膜 年满16周岁 包吃住"),
        ("文员,已婚已育优先,4000元", "文员,婚育不限,4000元"),
        ("４０００元，押金２００，包住", "４０００元，包住"),
    ],
)
def test_a_post_keeps_its_words_but_the_unlawful_ones(post: str, instead: str) -> None:
    assert suggest(post) == instead


def test_one_clause_is_said_lawfully() -> None:
    post = "中江招文员,限女性,押金200"
    by_code = {found.code: found for found in find_violations(fold(post))}

    assert suggest_clause(post, by_code["gender_discrimination"]) == "男女不限"
    assert suggest_clause(post, by_code["deposit"]) == ""


def test_words_that_stand_elsewhere_get_the_general_wording() -> None:
    away = Violation("gender_discrimination", "限男")

    assert suggest_clause("包吃住", away) == "男女不限"


def test_a_strong_sign_of_fraud_is_enough() -> None:
    (sign,) = fraud_signals(fold("打字员,有人带路过境"))

    assert (sign.name, sign.weight) == ("smuggling", STRONG)


def test_one_weak_sign_of_fraud_is_not_enough_and_two_are() -> None:
    alone, both = fold("招普工,加微信"), fold("招普工,保证录取,加微信")

    assert [sign.weight for sign in fraud_signals(alone)] == [WEAK]
    assert find_violations(alone) == ()
    assert [found.code for found in find_violations(both)] == ["suspected_fraud"]


def test_each_sign_of_fraud_names_its_own_words() -> None:
    text = fold("名额有限,先转账再上班")

    assert {sign.name: text[sign.start : sign.end] for sign in fraud_signals(text)} == {
        "hurry": "名额有限",
        "money_first": "先转账",
    }


def test_the_same_weak_sign_twice_is_one_sign() -> None:
    assert find_violations(fold("加微信,可加qq")) == ()


def test_a_thousand_a_day_is_absurd_only_for_unskilled_work() -> None:
    assert find_violations(fold("在家做手工一天1000")) != ()
    assert find_violations(fold("氩弧焊一天1000")) == ()
