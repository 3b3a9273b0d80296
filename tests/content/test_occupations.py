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

# Whose practice → where it serves.
NEAR = """
厨师→配菜工 配菜工→洗碗工 混凝土工→建筑小工 砌筑工→抹灰工 货车司机→网约车司机
公交车司机→网约车司机 月嫂→育婴员 月嫂→家政服务员 育婴员→家政服务员
养老护理员→医院护工 医院护工→养老护理员 家政服务员→保洁员 普工→电子装配工
电子装配工→普工 注塑工→普工 普工→包装工 普工→分拣员 快递员→网约配送员
网约配送员→快递员 客服→电商客服 保洁员→环卫工 仓库管理员→理货员 收银员→营业员
种植工→采摘工 家电维修工→安装工 辅警→保安
"""
TRANSFERABLE = """
电焊工→管道工 电焊工→钳工 缝纫工→裁剪工 缝纫工→编织工 木工→混凝土工 木工→钢筋工
木工→木器工 厨师→面点师 建筑小工→混凝土工 混凝土工→钢筋工 抹灰工→砌筑工 车工→数控车工
数控车工→车工 叉车工→仓库管理员 叉车工→搬运工 普工→注塑工 公交车司机→货车司机
育婴员→月嫂 洗碗工→配菜工 保安→辅警 机修工→钳工
"""
UNRELATED = """
配菜工→厨师 洗碗工→厨师 普工→缝纫工 普工→制鞋工 普工→仓库管理员 普工→数控车工
冲压工→数控车工 电焊工→厨师 电焊工→电工 木工→缝纫工 木工→管道工 木工→厨师 厨师→电焊工
厨师→管道工 网约车司机→货车司机 网约车司机→公交车司机 叉车工→钢筋工 叉车工→木工
叉车工→塔吊司机 养老护理员→月嫂 养老护理员→钢筋工 搬运工→架子工 服务员→厨师
洗车工→汽车修理工 电焊工→月嫂
"""

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


@given(any_word)
def test_a_trade_is_the_same_only_as_itself(word: str) -> None:
    same = [other for other in TRADES.words() if TRADES.relation(word, other) is Relation.same]
    assert same == [word]


def test_no_trade_stands_alone() -> None:
    for word in TRADES.words():
        others = [other for other in TRADES.words() if other != word]
        relations = {TRADES.relation(word, other) for other in others}
        relations |= {TRADES.relation(other, word) for other in others}
        assert relations != {Relation.unrelated}, word


def test_words_that_are_no_trade_are_the_same_as_themselves_only() -> None:
    assert TRADES.relation("宇航员", "宇航员") is Relation.same
    assert TRADES.relation("宇航员", "电焊工") is Relation.unrelated
    assert TRADES.get("宇航员") is None


@given(any_word)
def test_every_relation_leads_to_another_trade_and_is_written_once(word: str) -> None:
    trade = TRADES.get(word)
    assert trade is not None
    written = (*trade.near, *trade.transferable)
    assert word not in written
    assert set(written) <= set(TRADES.words())
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("pair", NEAR.split())
def test_some_can_start_in_another_trade_at_once(pair: str) -> None:
    assert TRADES.relation(*pair.split("→")) is Relation.near


@pytest.mark.parametrize("pair", TRANSFERABLE.split())
def test_some_learn_another_trade_quickly(pair: str) -> None:
    assert TRADES.relation(*pair.split("→")) is Relation.transferable


@pytest.mark.parametrize("pair", UNRELATED.split())
def test_some_trades_are_worth_nothing_in_another(pair: str) -> None:
    assert TRADES.relation(*pair.split("→")) is Relation.unrelated


def test_a_relation_may_hold_one_way_only() -> None:
    one_way = [
        (a, b)
        for a in TRADES.words()
        for b in TRADES.words()
        if TRADES.relation(a, b) is Relation.near and TRADES.relation(b, a) is Relation.unrelated
    ]
    assert ("厨师", "配菜工") in one_way
    assert ("货车司机", "网约车司机") in one_way


@pytest.mark.parametrize(
    ("word", "skilled"),
    [
        ("缝纫工", "skilled"),
        ("钢筋工", "skilled"),
        ("混凝土工", "skilled"),
        ("导游", "skilled"),
        ("制鞋工", "trainable"),
        ("质检员", "trainable"),
        ("快递员", "trainable"),
        ("网约配送员", "trainable"),
        ("养老护理员", "trainable"),
        ("收银员", "trainable"),
        ("营业员", "trainable"),
        ("客服", "trainable"),
        ("养殖工", "trainable"),
        ("保洁员", "unskilled"),
        ("建筑小工", "unskilled"),
    ],
)
def test_how_hard_a_trade_is_to_enter(word: str, skilled: str) -> None:
    trade = TRADES.get(word)
    assert trade is not None
    assert trade.skilled == skilled


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
            WELDER.replace("near = []", 'near = ["钳工"]').replace(
                "transferable = []", 'transferable = ["钳工"]'
            )
            + FITTER,
            6,
            "钳工 is both near and transferable",
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


def test_two_trades_may_be_near_one_way_and_transferable_the_other(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    welder = WELDER.replace("near = []", 'near = ["钳工"]')
    fitter = FITTER.replace("transferable = []", 'transferable = ["电焊工"]')
    trades = read_trades(folder_of({"trades.toml": welder + fitter}))
    assert trades.relation("电焊工", "钳工") is Relation.near
    assert trades.relation("钳工", "电焊工") is Relation.transferable
