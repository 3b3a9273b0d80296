"""The last day of an offer: 报名到十月底, 截止11月10日, 本月底截止."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.posts.spoken_days import LOOSE_DAY, read_day

_LITERALS = (
    "截",
    "报名",
    "有效",
    "期限",
    "为止",
    "止",
    "前",
    "招到",
    "收到",
    "招聘时间",
    "失效",
    "不",
    "停",
    "结束",
)
_TO = r"(?: ?(?:到|至|-|~) ?)"
_LABEL = (
    r"(?:截止(?:到|至|时间|日期|日)?|截至|有效期?(?:至|到|限)?|(?:招聘|招工|招募)(?:期限|时间|日期|截止)|"
    r"报名(?:截止)?(?:时间|期限?|日期)?(?:截止|到|至)?|投(?:简历|递)(?:到|至)|招(?:人|聘|工)?(?:到|至)|收(?:人收?|简历)(?:到|至))"
)
_LAST_DAY = re.compile(
    rf"{_LABEL}[^,。;\d\n招开止]{{0,6}}?(?:从?{LOOSE_DAY}(?:开始|"
    rf"起)?{_TO})? ?(?P<a>{LOOSE_DAY})(?!开工|上班|到岗|面试|体检)"
    rf"|(?P<b>{LOOSE_DAY})(?:晚上?|下午)?(?:\d{{1,2}}[点:时]\d{{0,2}})?(?:就)?"
    r"(?:报名|招聘|招工|招人|招募|投递|登记|收人|收简历|应聘|接收)?(?:就|已经?|将|便|前|之前|以前|正式|时|准时){0,2}(?:截止|截至|为止|关门|(?:结束|停止|终止|关闭)(?:报名|招聘|招工|招人|收人|登记)|报名结束|停招|有效|报名截止|失效|止(?!付|损|住|咳))"
    rf"|(?P<c>{LOOSE_DAY})(?:之前|以前|前)(?!到|上|开|入|进)[^,。;\n ]{{0,6}}"
    r"(?:报名|登记|投简历|打电话|联系)"
    rf"|(?P<e>{LOOSE_DAY})(?:之后|以后|过后|后|一过|过了)[^,。;\n]{{0,4}}(?:不再?(?:收|招|要|候|接|报)|莫来|勿扰|停止|停招)"
    rf"|(?:过了?|超过)(?P<f>{LOOSE_DAY})[^,。;\n]{{0,4}}(?:不再?(?:收|招|要|候|接|报)|莫来|勿扰|停止|停招)"
    rf"|(?:招聘|报名|招工)(?:将|已)?[于在](?P<g>{LOOSE_DAY})结束"
    r"|(?P<d>20\d\d[年./-]\d{1,2}[月./-]\d{1,2}[日号]?)(?:之前|以前|前)(?![^,。;\n]{0,4}"
    r"(?:到岗|上班|上岗|开工|入职|进厂|报到|进场|完工|干完|做完|成立))"
)
_WORK_GOES_ON = re.compile(r"(?:干|做|忙|摘|采|收割|搬|工期|用工|上班)[^,。;\n]{0,3}$")


def read_valid_until(text: str, today: date | None = None) -> date | None:
    """Read the last day of the offer from folded text; 招满为止 is none.

    A date without year is the one nearest to `today` that has not long passed; without
    `today` it is none, nor is 月底.
    """
    if not any(sign in text for sign in _LITERALS):
        return None
    for match in _LAST_DAY.finditer(text):
        if _WORK_GOES_ON.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        words = (
            match["a"]
            or match["b"]
            or match["c"]
            or match["d"]
            or match["e"]
            or match["f"]
            or match["g"]
        )
        if today is None and not re.match(r"20\d\d", words):
            continue
        day = read_day(words, today or date.min, at_end=True)
        if day is not None:
            return day
    return None
