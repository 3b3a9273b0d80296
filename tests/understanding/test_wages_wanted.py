from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.messages.polarity import read_clauses
from bot.understanding.pay.wages import Wage
from bot.understanding.pay.wanted_pay import find_wanted_pay
from bot.understanding.values import Context
from bot.understanding.writing.folding import fold

ASKED = Context(question="profile.wage")
UNASKED = Context()


def _wanted(text: str, context: Context = UNASKED) -> Wage | None:
    folded = fold(text)
    return find_wanted_pay(folded, read_clauses(folded), "find_job", context)


def _monthly(text: str, context: Context = UNASKED) -> int | None:
    wage = _wanted(text, context)
    return None if wage is None else wage.monthly()[0]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("以前在厂里头拿七千 现在想在屋门口找个四千的", 4000),
        ("原来那边5500,现在才三千多,想找个五千的", 5000),
        ("现在才三千多 想找个五千的", 5000),
        ("低于5000不干", 5000),
        ("没得六千不去", 6000),
        ("少了5000不考虑", 5000),
        ("莫低于8k", 8000),
        ("4到5千", 4000),
        ("少说要有个五千", 5000),
        ("五千块就行", 5000),
        ("一个月四千五就够了", 4500),
        ("给我开五千我就去", 5000),
        ("两个娃儿一年学费一万二,想找个五千以上的", 5000),
        ("月薪六千不包住也行", 6000),
        ("六千包住 六千五不包住", 6000),
        ("最少三百一天,钢筋工", 7800),
        ("一天没得三百五莫喊我", 9100),
        ("做小工,两百三", 5980),
        ("20块一个小时的钟点工", 4160),
        ("二十五一个钟头嘛", 5200),
        ("从四千改成五千", 5000),
        ("把工资改成六千", 6000),
        ("不要四千的,要五千的", 5000),
        ("不是五千 是六千", 6000),
        ("4500太少了 起码5000", 5000),
        ("三千五不干,四千可以", 4000),
        ("想找个工资四五千的", 4000),
        ("工资要求4000-5000", 4000),
        ("要求:工资5000元以上,包吃住", 5000),
        ("焊工一万二往上走", 12000),
        ("一万不到的就算了", 10000),
        ("5、6千都行", 5000),
        ("能不能给到七千", 7000),
        ("年薪不低于十万", 8333),
        ("一年挣个八九万", 6667),
        ("工资五千到七千 五险一金", 5000),
        ("男,45岁,叉车,5500", 5500),
        ("女 50 保洁 2800 什邡", 2800),
        ("我52了,一个月三千五千都可以", 3000),
        ("要三千块以上的,两千多的就不去了", 3000),
        ("工资没得五千块我搞不赢,娃儿要读书", 5000),
        ("底薪三千以上有提成的", 3000),
        ("两千块左右的轻松活", 2000),
        ("日结两百以上", 5200),
        ("日结的 180起", 4680),
        ("100块一天的不干,150可以", 3900),
        ("5000块一个月,要预支2000", 5000),
        ("帮我婆娘找,她想要三千五,我自己要六千", 3500),
        ("1万块的活有没得", 10000),
        ("上万的活路", 10000),
        ("月入过万的", 10000),
        ("七千、八千都可以", 7000),
        ("不得低于四千八哈", 4800),
        ("四千八不讲价", 4800),
        ("四千八,少一分都不干", 4800),
        ("年纪大了,千把块钱的看门活也行", 1000),
        ("八百块的公益岗也要得", 800),
        ("六张一天我就来", 15600),
        ("工资的话五千左右吧", 5000),
        ("想要五k以上", 5000),
        ("工资5K+", 5000),
        ("薪资：8000～10000", 8000),
        ("工资 5 500", 5500),
        ("三千六改成四千六,小时工的话二十五也行", 4600),
        ("工资要求 6000→5500", 5500),
        ("原来写的四千那是前年的事了,没有五千五我不去", 5500),
        ("四千 不 四千五", 4500),
        ("两千八三千都得行", 2800),
        ("老乡们帮看哈,打灰的,一天三百二", 8320),
    ],
)
def test_the_lowest_pay_asked_for_is_read(text: str, yuan: int) -> None:
    assert _monthly(text) == yuan


@pytest.mark.parametrize(
    "text",
    [
        "去年一个月六千,今年不想去那么远了",
        "我妹儿在那边一个月拿八千,我也想去",
        "人家隔壁厂开六千",
        "押了我两千块押金",
        "我欠银行三万",
        "身份证号510623197405061234",
        "我1974年的",
        "1982年生,做过保洁",
        "十月五号以后有空",
        "一个月歇四天",
        "每天八个小时",
        "离家三十公里以内",
        "八点到六点",
        "有二十年工龄",
        "我们一共5个人",
        "要1000人以上的大厂",
        "工资好多",
        "工资随便",
        "工资高点就行",
        "15一小时太低了",
        "你们那个五千的厂还招不",
        "5600那个我想去",
        "6500那家在哪里",
        "上个月工资五千只发三千",
        "扣了我八百",
        "老板说好六千的",
        "转了500块给中介",
        "买票花了三百六",
        "路费两百哪个出",
        "一个月挣不到三千",
        "现在一个月五千多,想换个近点的",
        "在东莞干了八年 一个月能拿七千 想回来",
        "我体重一百二,身高一米七",
        "考了85分",
        "楼层1203",
        "我家在1000号",
        "做桌子六张",
    ],
)
def test_sums_that_nobody_asks_for_are_no_wish(text: str) -> None:
    assert _wanted(text) is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("5000", 5000),
        ("五千", 5000),
        ("200一天", 5200),
        ("随便", None),
        ("两百", 5200),
        ("20", 4160),
        ("900", 900),
        ("4、5千", 4000),
        ("五千吧", 5000),
        ("我五十二岁", None),
        ("13900000101", None),
        ("就三千嘛", 3000),
        ("五六千", 5000),
        ("5k", 5000),
        ("1万", 10000),
        ("看着给", None),
        ("三千五以上", 3500),
        ("八百块", 800),
        ("3千5 包住", 3500),
        ("不晓得", None),
        ("5", None),
    ],
)
def test_the_answer_to_the_question_of_pay_may_be_bare(text: str, yuan: int | None) -> None:
    assert _monthly(text, ASKED) == yuan


def test_a_bare_figure_is_no_pay_where_pay_was_not_asked_for() -> None:
    assert _wanted("200") is None


def test_a_grievance_asks_for_no_pay() -> None:
    text = "说好一个月六千"

    assert find_wanted_pay(text, read_clauses(text), "complain_wages", Context()) is None


@given(st.text(max_size=120), st.booleans())
def test_no_text_raises_and_none_without_numerals_asks_for_pay(text: str, asked: bool) -> None:
    wage = _wanted(text, ASKED if asked else Context())

    assert wage is None or 0 <= wage.start <= wage.figure < wage.end <= len(text)
