"""Words for work that only the rest of the post settles: 司机, 护理员, 学徒, 小工."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.occupations.trades import TradeMention
from bot.understanding.posts.duties import field_or_garden

_DRIVER = re.compile(r"(?:司机|驾驶员|驾驶师傅|开车的)$")
_ANY_DRIVER = re.compile(
    r"(?<!代)(?:司机|驾驶员|驾驶师傅|开车的|开车师傅)(?!考试|保险|餐|休息|食堂)"
)
_DRIVERS = (
    (
        "公交车司机",
        re.compile(
            r"公交|客运|大巴|中巴|校车|班车|通勤车|旅游车|(?<!货)客车|(?<![a-z])a[13](?!\d)"
        ),
    ),
    ("网约车司机", re.compile("网约|滴滴|打车平台|专车|出租")),
    ("叉车工", re.compile("叉车")),
    ("挖掘机司机", re.compile("挖机|挖掘机")),
    (
        "货车司机",
        re.compile(
            r"货车|送货|拉货|物流|大车|半挂|挂车|冷链|配送|货运|渣土|a2|b2|高栏|罐车|搅拌车|自卸|翻斗|[厢箱]货|厢式|平板车|"
            r"拉[矿煤沙砂石土料砖水菜粮猪树苗建钢木饲肥瓷玻百垃]|运[煤矿沙砂石土料货菜输]|面包车|洒水|油罐|危货|危险品|轻卡|"
            r"皮卡|蓝牌|黄牌|搬家|送[菜米油水气]|跑(?:货|长途|专线)|专线|\d米\d|[4-9]\.\d米"
        ),
    ),
)
_NURSE = re.compile("护(?:理|里)(?:员|工)?")
_OF_THE_OLD = re.compile("养老|托老|敬老|老年|颐养|康养|福利院|老人")
_FARMING = ("绿化工", "种植工")
_CARERS = ("医院护工", "养老护理员")
_OPERATORS = frozenset({"开机员", "机台操作员", "机台操作工", "机台操作"})
_CARPENTER = "木工"
_FURNITURE = re.compile("家具|橱柜|衣柜|木门|实木|木器|板式|开料|红木")
_ON_SITE = re.compile("工地|支模|模板|装修|吊顶|装饰|建筑|项目|钉模|盒子板")
_APPRENTICE, _LABOURER = "学徒", "小工"
_BUILDING = re.compile("工地|建筑|项目部|泥|砖|瓦|砌|修房|施工|装修")
_AROUND = 40


def driver_of(text: str) -> TradeMention | None:
    """Return the driver whom a folded post without other titles wants, if it tells the vehicle."""
    for match in _ANY_DRIVER.finditer(text):
        near = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        word = _vehicle(near)
        if word:
            return TradeMention(word, match.group(), *match.span())
    return None


def settle(
    text: str, mentions: Sequence[TradeMention], firms: Sequence[TradeMention]
) -> list[TradeMention]:
    """Give such words of a folded post their trade.

    An apprentice learns the trade named before, else the firm's (理发店招学徒), else the
    next; a 小工 who builds nothing does the firm's work; the words around a driver name the
    vehicle, around a carer those who are cared for.

    Args:
        text: The folded post.
        mentions: The offered mentions, in order; the word of an unknown title is empty.
        firms: Mentions that name the firm.
    """
    settled: list[TradeMention] = []
    for mention in mentions:
        others = [*reversed(settled), *firms, *mentions]
        word = _settled_word(text, mention, others, firms)
        settled.append(replace(mention, word=word))
    return settled


def _settled_word(
    text: str,
    mention: TradeMention,
    others: Sequence[TradeMention],
    firms: Sequence[TradeMention],
) -> str:
    if mention.word in _FARMING:
        return field_or_garden(text, mention)
    if mention.word in _CARERS and _NURSE.search(mention.raw):
        # 敬老院护理员 tells it in its own words, 护理员 leaves it to the rest of the post.
        words = text if _NURSE.fullmatch(mention.raw) else mention.raw
        return "养老护理员" if _OF_THE_OLD.search(words) else mention.word
    if mention.raw == _CARPENTER:
        return _of_wood(text)
    if firms and _does_the_firms_work(text, mention):
        return firms[0].word
    if mention.word:
        return mention.word
    if mention.raw.endswith(_APPRENTICE):
        return next((one.word for one in others if one.word), "")
    if _DRIVER.search(mention.raw):
        near = text[max(0, mention.start - _AROUND) : mention.end + _AROUND]
        return _vehicle(near)
    return ""


def _vehicle(words: str) -> str:
    return next((word for word, pattern in _DRIVERS if pattern.search(words)), "")


def _does_the_firms_work(text: str, mention: TradeMention) -> bool:
    labours = mention.raw == _LABOURER and not _BUILDING.search(text)
    return labours or mention.raw in _OPERATORS


def _of_wood(text: str) -> str:
    """Tell the maker of furniture from the carpenter of a site."""
    return "木器工" if _FURNITURE.search(text) and not _ON_SITE.search(text) else _CARPENTER
