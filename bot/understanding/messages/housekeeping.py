"""Cooking said together with other chores of a home: 煮饭打扫, 做饭带娃 is housekeeping."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.occupations.trades import TradeMention

HOUSEKEEPER = "家政服务员"
_COOK = "厨师"
_COOKING = "[做煮弄烧](?:个|个?点|点|点儿)?饭"
# What is done beside cooking in a canteen as well tells of no home.
_ANYWHERE = "买菜|洗碗|洗菜"
_AT_HOME = (
    "[做干搞]?家务(?:活|事)?|(?:打扫|收拾|整理|搞|做)(?:一下)?(?:卫生|清洁|屋子|屋头|屋里|房间|房子|家里|家务)"
    "|打扫|收拾|拖地|扫地|洗衣(?:服|裳)?|接送(?:娃娃?|孩子|小孩|学生)"
    "|[带看管引](?:个|一个|两个)?(?:奶?娃(?:娃|儿)?|孩子|小孩|宝宝|婴儿|孙)"
    "|(?:照顾|照看|照料|伺候|服侍|陪护|护理|看护)(?:一个|个)?(?:老人家?|老的|病人|孩子|小孩|娃娃?|婆婆|爷爷|产妇)"
)
_DUTY = re.compile(f"(?P<cooking>{_COOKING})|(?P<home>{_AT_HOME})|{_ANYWHERE}")
_JOINED = re.compile("[、和跟兼带及与加+ ]?(?:还|也|外带)?")
_FOR_MANY = re.compile(
    "食堂|工地|饭店|饭馆|餐馆|餐厅|酒店|学校|幼儿园|[厂司]|单位|项目部|后厨|厨房|工人|员工|大锅"
)


def cooks_at_home(text: str, mentions: list[TradeMention]) -> list[TradeMention]:
    """Return the trades of folded text with the cooking among a home's chores as housekeeping.

    Cooking alone, and for many (食堂煮饭打扫), stays the cook's.
    """
    if all(one.word != _COOK for one in mentions) or _FOR_MANY.search(text):
        return mentions
    homes = _homes(text)
    return [
        replace(one, word=HOUSEKEEPER)
        if one.word == _COOK and any(start <= one.start < end for start, end in homes)
        else one
        for one in mentions
    ]


def _homes(text: str) -> list[tuple[int, int]]:
    """Return where chores follow each other, cooking and a home's own chores among them."""
    runs: list[list[re.Match[str]]] = []
    for duty in _DUTY.finditer(text):
        if runs and _JOINED.fullmatch(text, runs[-1][-1].end(), duty.start()):
            runs[-1].append(duty)
        else:
            runs.append([duty])
    return [
        (run[0].start(), run[-1].end())
        for run in runs
        if any(duty["cooking"] for duty in run) and any(duty["home"] for duty in run)
    ]
