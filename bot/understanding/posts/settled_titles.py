"""Words for work that only the rest of the post settles: 司机, 护理员, 学徒, 小工."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.occupations.trades import TradeMention
from bot.understanding.posts.duties import field_or_garden

_DRIVER = re.compile(r"(?:司机|驾驶员|驾驶师傅|开车的)$")
_DRIVERS = (
    ("公交车司机", re.compile("公交|客运|大巴|中巴|校车")),
    ("网约车司机", re.compile("网约|滴滴|打车平台|专车|出租")),
    ("叉车工", re.compile("叉车")),
    ("挖掘机司机", re.compile("挖机|挖掘机")),
    ("货车司机", re.compile("货车|送货|拉货|物流|大车|半挂|挂车|冷链|配送|货运|渣土|a2|b2|高栏")),
)
_NURSE = re.compile("护(?:理|里)(?:员|工)?")
_OF_THE_OLD = re.compile("养老|托老|敬老|老年|颐养|康养|福利院|老人")
_FARMING = ("绿化工", "种植工")
_CARERS = ("医院护工", "养老护理员")
_OPERATORS = frozenset({"开机员", "机台操作员", "机台操作工", "机台操作"})
_APPRENTICE, _LABOURER = "学徒", "小工"
_BUILDING = re.compile("工地|建筑|项目部|泥|砖|瓦|砌|修房|施工|装修")
_AROUND = 40


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
    if mention.word in _CARERS and _NURSE.fullmatch(mention.raw):
        return "养老护理员" if _OF_THE_OLD.search(text) else mention.word
    if mention.raw in _OPERATORS and firms:
        return firms[0].word
    if mention.raw == _LABOURER and firms and not _BUILDING.search(text):
        return firms[0].word
    if mention.word:
        return mention.word
    if mention.raw.endswith(_APPRENTICE):
        return next((one.word for one in others if one.word), "")
    if _DRIVER.search(mention.raw):
        near = text[max(0, mention.start - _AROUND) : mention.end + _AROUND]
        return next((word for word, pattern in _DRIVERS if pattern.search(near)), "")
    return ""
