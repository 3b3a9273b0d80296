"""The sex that a message says outright."""

from __future__ import annotations

import re

from bot.understanding.messages.found import Found
from bot.understanding.values import Gender

_SEX = "(?:(?P<male{0}>男)|(?P<female{0}>女|妇女))"
_NO_PERSON = (
    "(?![儿婿孩友朋]|人(?!一|家)|老板|领导|同事|工友|[娃子](?!子|儿|一|\\d|"
    "[一二三四五六七八九]?十))"
)
_SAID = re.compile(
    rf"(?:我|我们|俺|俺们|本人|性别|学生)(?:是|就是|系|:)?(?:一?个)?(?:农村|"
    rf"乡下)?的?{_SEX.format(1)}{_NO_PERSON}"
    rf"|(?<=[\d十一二三四五六七八九岁])(?:周岁)?(?:的|多)?(?:农村|"
    rf"乡下)?{_SEX.format(2)}{_NO_PERSON}"
    rf"|(?:^|[,。;!?\s:])(?:农村)?{_SEX.format(3)}(?:性|士|同志|工|的|娃子?|娃儿|方)?"
    r"(?=[,。;!?\s\d:]|$|[一二三四五六七八九]?十|岁|哈|哦|嘛|一个|[1一]名|跑|会|做|想|"
    r"都(?!行|可|要|能)|初|高中|小学)"
    "|(?P<old>老太婆|老大姐一个|老婆子一个|我(?:这个|们)?当(?:奶奶|妈|外婆|婆婆|娘|嬢嬢)的)"
    r"|(?<=[\d十一二三四五六七八九岁多])的?(?:(?P<male5>老头|老者|老汉|汉子|小伙)|"
    r"(?P<female5>老婆婆|老太婆|嬢嬢|孃孃|"
    r"大妈|大姐|妈妈|宝妈|奶奶|婆婆|大婶|媳妇))"
    r"|(?:^|[,。;!?\s])(?:(?P<female6>孃孃|嬢嬢|大姐|大妈|老婆子|婆婆|姐姐|大婶|妹儿|阿姨)|"
    r"(?P<male6>哥老倌|老头子?|老汉|大叔|叔叔|大哥|老哥|大爷|爷爷))我(?=[\d今一二三四五六七八九想会,也是老])"
    r"|(?:要不要|有没得?|招不招|收不收|招|要|收)(?:(?P<male7>男工)|(?P<female7>女工))(?=[,。;!?\s不吗嘛没]|$)"
    "|(?P<male4>我(?:这个)?当(?:爷爷|爸|外公|老汉|爹)的)"
)
_MAY_SAY = re.compile("[男女婆当嬢孃妈姐叔哥爷奶妹姨媳婶]|老头|老者|老汉|汉子|小伙|大妈|大姐")
_DENIED = re.compile("(?:不是|莫得|没有|不要|不收|不限|无论|男|个|位)$")
_BOTH = re.compile("男女|男的?女的?|女的?男的?")


def find_gender(text: str) -> Found[Gender] | None:
    """Read a sex said outright: 男的45, 女,三十六, 三十八岁妇女一个.

    Where both sexes are named, only what the writer says of themselves counts.
    """
    if _MAY_SAY.search(text) is None:
        return None
    own: list[Found[Gender]] = []
    found: list[Found[Gender]] = []
    for match in _SAID.finditer(text):
        one = _sex_of(text, match)
        if one is not None:
            (own if match["male1"] or match["female1"] else found).append(one)
    for group in (own, found):
        if len({one.value for one in group}) == 1:
            return group[0]
    return None


def _sex_of(text: str, match: re.Match[str]) -> Found[Gender] | None:
    male = next((f"male{place}" for place in "1234567" if match[f"male{place}"]), None)
    female = next((f"female{place}" for place in "123567" if match[f"female{place}"]), None)
    sign = match.start(male or female or "old")
    if _DENIED.search(text[max(0, sign - 2) : sign]) and not (
        match["female1"] or match["male1"] or match["female7"] or match["male7"]
    ):
        return None
    if _BOTH.match(text, sign):
        return None
    return Found("male" if male else "female", match.start(), match.end())
