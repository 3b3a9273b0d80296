"""The sex that a post wants, or that it leaves it open."""

from __future__ import annotations

import re

from bot.understanding.values import PostGender

_REFUSED = (
    r"[^,。;!\n]{0,5}(?:不要|勿|免|不收|不招"
    r"|不考虑|莫来|别来|不用来|不合适|不适合|就算了|莫问|请绕)"
)
_THINGS = (
    "宿舍|朋友|分开|分房|同工|同酬|浴|装|鞋|服(?!务)|厕|比例|裤"
    "|款|科|友|袜|包|婴|宝|主人|儿|娃|孩(?!子?(?:优|最|更))"
)
_EITHER = "(?:都|均|皆|不限|不论|不拘|不管|随便|无所谓|各)"
_NOUN = "(?:性|士|工|生|的|孩子?|同志|同胞|人|娃儿?|劳力|将|方|员工|职工|师傅)?"
_ANY = re.compile(
    rf"男女(?!{_THINGS})|男,女{_EITHER}|(?:不限|不论|无论|不分|不管|不问|不挑)(?:是)?(?:性别|男女|男|女)|"
    r"性别[: ]?(?:不限|不拘|无要求|均可|都可|不论|不挑|没要求|无限制)|"
    rf"男{_NOUN}(?:、|和|或|或者|,|跟|/)?女{_NOUN}(?:、|,)?[^。;\n]{{0,14}}?"
    rf"{_EITHER}|女{_NOUN}(?:、|和|或|或者|,|跟|/)?男{_NOUN}(?:、|,)?[^。;\n]{{0,14}}?{_EITHER}|"
    r"(?:阿姨|嬢嬢|大姐|姐姐|妹妹|妹儿)(?:、|和|或者?|,)(?:大叔|叔叔|大哥|哥哥|大爷|弟弟|小伙)|"
    r"男(?:性|士|工|的)?(?:年龄)?[: ]?\d[^。;\n男]{0,12}女(?:性|士|工|的)?(?:年龄)?[: ]?\d|"
    r"女(?:性|士|工|的)?(?:年龄)?[: ]?\d[^。;\n女]{0,12}男(?:性|士|工|的)?(?:年龄)?[: ]?\d"
)
_PREFERRED = (
    "(?:优先|最好|更好|为主|为佳|为宜|最合适|最适合"
    "|更合适|先要|先考虑|先安排|优先考虑|的?请进|的来)"
)
# Mothers are not here: those words are about children.
_WOMAN = "女|嬢嬢|阿姨|大姐|姐妹|小姑娘|姑娘|妹儿|妹子|小妹|美女|大妈|婆婆|妇女|小姐姐"
_MAN = "男|小伙子?|大叔|叔叔|大哥|大爷|老汉|汉子|大?老?爷们|帅哥|兄弟|爷爷"
_KIN_OF = {"男": _MAN, "女": _WOMAN}


def _only(sex: str, other: str) -> re.Pattern[str]:
    noun = f"{sex}{_NOUN}"
    return re.compile(
        rf"(?<!不)(?<!不只)(?<!非)(?:限|招|要|收|找|聘|须|需|为|是|[名个位]){sex}"
        rf"(?!{other}|{_THINGS}|朋)"
        rf"|{noun}{_PREFERRED}|(?:{_KIN_OF[sex]})(?:们|些)?{_PREFERRED}"
        rf"|{sex}(?:服务员|保安|员工|普工|营业员|收银员|文员|主播|客服|工(?!宿舍|{_THINGS})|"
        rf"性(?!用品|服)|士|劳力|同志)(?![{other}及和、])"
        rf"|(?:^|[,。;、\s(:]){sex}(?:性|士|工|生|的|职工|员工|同志|将)?(?=[,。;、\s)]"
        rf"|$|\d)|性别[: ]?{sex}|的{sex}(?:孩子?|生(?!产|活|宿))(?=[,。;、\s)]|$)"
        rf"|(?:^|[,。;、\s(:]){sex}(?!{other}|{_THINGS})(?![\u4e00-\u9fff]?宿)[\u4e00-\u9fff]{{2,4}}?(?=\d|[一二两三四五六七八九十]{{1,2}}[名个人位])"
        rf"|(?:{_KIN_OF[other]}){_NOUN}(?:们|些)?(?:就)?{_REFUSED}"
    )


_MEN, _WOMEN = _only("男", "女"), _only("女", "男")
_SIGN = re.compile(f"性别|或|{_MAN}|{_WOMAN}")


def read_gender(text: str) -> PostGender | None:
    """Read the sex that folded text wants; `any` only if it says so, or names both."""
    if not _SIGN.search(text):
        return None
    if _ANY.search(text):
        return "any"
    men, women = _MEN.search(text), _WOMEN.search(text)
    if men and women:
        return "any"
    if men:
        return "male"
    return "female" if women else None
