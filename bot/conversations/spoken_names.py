"""Names as people say them, in a short answer or inside any sentence."""

from __future__ import annotations

import re

from bot.services.people.workers import is_full_name

_LEAD = re.compile(r"^(?:我的?名字(?:叫|是)?|名字(?:叫|是)?|我叫|我是|叫|姓名)[:： ]*")
_NAME = re.compile(r"[\u3400-\u9fff]{2,6}(?:·[\u3400-\u9fff]{1,10})*|[A-Za-z][A-Za-z .'\-]{1,29}")
# 没名字, 不说, 莫得: no family name begins so.
_REFUSED = re.compile(r"没|不|莫得|冇")
LONGEST_SEARCHED = 200
# What people say right behind a name where no sign parts it from the rest: 陈桂芳今年52.
_BEHIND = (
    r"(?=$|[^\u3400-\u9fff·]|今年|现年|现在|男|女|想|会|要|是|在|我|他|她|家住|家在|住|老家|属|"
    r"原来|以前|做过|干过|帮|给|电话|手机)"
)
# Nobody's name begins so: 我叫他来, 叫啥, 叫老表去.
_NO_NAME = r"(?![他她它你我俺咱啥什咋名别人家谁老小大爸妈哥姐弟妹婆娃爷奶叔没不那这一])"
_SAID = rf"{_NO_NAME}(?P<name>[\u3400-\u9fff]{{2,4}}?(?:·[\u3400-\u9fff]{{1,10}})*){_BEHIND}"
_ALONE = r"(?<![\u3400-\u9fff])叫做? ?"
_LABEL = r"(?:姓名|名字|大名|全名)(?:就?[叫是为])?[:： ]*"
_OWN = re.compile(rf"(?:(?:我|俺|本人)就?叫做? ?|{_ALONE}|{_LABEL}){_SAID}")
_OF_ANOTHER = re.compile(rf"(?:(?:她|他|人家)就?叫做? ?|{_ALONE}|{_LABEL}){_SAID}")


def name_said(text: str) -> str | None:
    """Return the name in a short answer (我叫陈桂芳), or None; kinship words count here."""
    said = _LEAD.sub("", text.strip()).strip(" 。.,，!！")
    return said if _NAME.fullmatch(said) and not _REFUSED.match(said) else None


def full_name_said(text: str) -> str | None:
    """Return the name by which a firm can call for somebody; 儿子 is none."""
    said = name_said(text)
    return said if said is not None and is_full_name(said) else None


def name_stated(text: str, *, of_another: bool = False) -> str | None:
    """Return a full name that a sentence clearly introduces, wherever it stands.

    Args:
        text: The words as typed.
        of_another: The person spoken of is a relative: 她叫王秀英 counts, 我叫陈桂芳 does not.
    """
    pattern = _OF_ANOTHER if of_another else _OWN
    match = pattern.search(text[:LONGEST_SEARCHED])
    if match is None or not is_full_name(match["name"]):
        return None
    return match["name"]
