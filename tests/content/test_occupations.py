from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from content.data_files import DataFolder
from content.occupations import Relation, read_trades
from content.reader import read_catalogue

TRADES = read_catalogue().trades
any_word = st.sampled_from(TRADES.words())

CANONICAL = {
    "普工",
    "电子装配工",
    "电焊工",
    "电工",
    "木工",
    "钢筋工",
    "砌筑工",
    "抹灰工",
    "油漆工",
    "架子工",
    "混凝土工",
    "管道工",
    "建筑小工",
    "塔吊司机",
    "挖掘机司机",
    "叉车工",
    "货车司机",
    "网约车司机",
    "公交车司机",
    "快递员",
    "网约配送员",
    "搬运工",
    "仓库管理员",
    "分拣员",
    "包装工",
    "缝纫工",
    "裁剪工",
    "制鞋工",
    "质检员",
    "数控车工",
    "冲压工",
    "注塑工",
    "车工",
    "钳工",
    "机修工",
    "汽车修理工",
    "家电维修工",
    "安装工",
    "厨师",
    "配菜工",
    "面点师",
    "洗碗工",
    "服务员",
    "保洁员",
    "保安",
    "月嫂",
    "育婴员",
    "家政服务员",
    "养老护理员",
    "医院护工",
    "收银员",
    "理货员",
    "营业员",
    "客服",
    "电商客服",
    "电商主播",
    "文员",
    "美容美发师",
    "修脚师",
    "洗车工",
    "绿化工",
    "采摘工",
    "种植工",
    "养殖工",
    "护林员",
    "环卫工",
    "编织工",
    "印刷工",
    "木器工",
    "水产加工工",
    "屠宰工",
    "司炉工",
    "辅警",
    "导游",
}

WELDER = """["电焊工"]
en = "welder"
code = "6-18-02-04"
skilled = "skilled"
synonyms = ["焊工", "烧焊", "氩弧焊"]
near = []
transferable = []
"""
FITTER = WELDER.replace("电焊工", "钳工").replace(
    '"焊工", "烧焊", "氩弧焊"', '"修模", "装配", "划线"'
)


def test_every_canonical_word_has_its_trade() -> None:
    assert set(TRADES.words()) == CANONICAL


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("踩平车", "缝纫工"),
        ("车位", "缝纫工"),
        ("电车工", "缝纫工"),
        ("打灰", "混凝土工"),
        ("砖工", "砌筑工"),
        ("泥瓦工", "砌筑工"),
        ("贴砖", "砌筑工"),
        ("墩子", "配菜工"),
        ("棒棒", "搬运工"),
        ("守厂", "保安"),
        ("烧电焊", "电焊工"),
        ("做饭", "厨师"),
        ("带娃", "育婴员"),
        ("扫地", "保洁员"),
        ("开叉车", "叉车工"),
        ("送外卖", "网约配送员"),
        ("跑滴滴", "网约车司机"),
        ("保安", "保安"),
    ],
)
def test_what_workers_say_means_a_trade(said: str, word: str) -> None:
    assert TRADES.synonyms()[said] == word


@given(any_word)
def test_every_trade_has_an_english_name_and_three_everyday_words(word: str) -> None:
    trade = TRADES.get(word)
    assert trade is not None
    assert trade.en.isascii()
    assert len(trade.synonyms) >= 3


@given(any_word, any_word)
def test_a_relation_is_the_same_in_both_directions(a: str, b: str) -> None:
    assert TRADES.relation(a, b) is TRADES.relation(b, a)


@given(any_word)
def test_a_trade_is_the_same_only_as_itself(word: str) -> None:
    same = [other for other in TRADES.words() if TRADES.relation(word, other) is Relation.same]
    assert same == [word]


def test_no_trade_stands_alone() -> None:
    for word in TRADES.words():
        relations = {TRADES.relation(word, other) for other in TRADES.words()}
        assert relations & {Relation.near, Relation.transferable}, word


def test_related_trades_are_told_apart_by_closeness() -> None:
    assert TRADES.relation("电子装配工", "普工") is Relation.near
    assert TRADES.relation("电焊工", "管道工") is Relation.transferable
    assert TRADES.relation("电焊工", "月嫂") is Relation.unrelated
    assert TRADES.relation("宇航员", "宇航员") is Relation.same
    assert TRADES.get("宇航员") is None


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (WELDER.replace('en = "welder"\n', ""), 1, "en is not text"),
        (WELDER.replace('code = "6-18-02-04"\n', ""), 1, "code is not text"),
        (WELDER.replace('"skilled"', '"hard"'), 4, "skilled is unknown"),
        (WELDER.replace(', "氩弧焊"', ""), 5, "has 2 synonyms"),
        (WELDER.replace("near = []", 'near = ["钳工"]', 1), 6, "钳工 is no other trade"),
        (WELDER + FITTER.replace("修模", "焊工"), 12, "焊工 already means 电焊工"),
        (
            WELDER.replace("near = []", 'near = ["钳工"]', 1)
            + FITTER.replace("transferable = []", 'transferable = ["电焊工"]'),
            14,
            "both near and transferable",
        ),
        (WELDER.replace("near = []", 'near = "钳工"', 1), 6, "not a list of texts"),
        ('en = "welder"\n', 1, "outside a table"),
    ],
)
def test_a_wrong_trade_is_refused_with_its_line(
    folder_of: Callable[[Mapping[str, str]], DataFolder], text: str, line: int, problem: str
) -> None:
    with pytest.raises(ContentError, match=f"trades.toml:{line}: .*{problem}"):
        read_trades(folder_of({"trades.toml": text}))
