"""Years of experience that a post requires: 3年以上经验, 两年工龄, 驾龄三年以上."""

from __future__ import annotations

import re

from bot.understanding.writing.numerals import read_number

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_YEARS = (
    rf"(?<![\d.])(?P<n{{k}}>{_N}|[一二两三四五六七八][二两三四五六七八九])(?:(?:-|到|至|、){_N})?"
    r"(?:\.5|来|多)?年(?:半)?(?:\(含\))?(?:及?以上|或以上|之上|往上|\+)?"
)
_WHAT = r"[^,。;\d\n]{0,10}?"
_Y1, _Y2, _Y3, _Y4, _Y5, _Y6 = (_YEARS.replace("{k}", number) for number in "123456")
_EXPERIENCE = re.compile(
    rf"{_Y1}{_WHAT}(?:经验|经历|工龄|驾龄|资历|厂龄|从业史|手艺)"
    r"|(?:经验|工龄|驾龄|从业(?:年限|时间)?|工作年限|经历|资历|驾照|驾驶证|[abc][1-3]证?)[^,。;\d\n一二两三四五六七八九十]{0,5}?"
    rf"{_Y2}"
    rf"|(?:干|做|搞|从事|开|焊|跑|烧|炒|踩|整|弄|打|驾驶)(?:这[行个])?[^,。;\d\n]{{0,5}}?(?:过|龄|了(?=.{{1,4}}以上))(?:至少|起码|满|了)?{_Y3}(?!经验)"
    rf"|{_Y4}的?(?:熟手|熟练工?|老师傅|师傅|老手|驾驶员|老手艺|老员工|老快递)"
    # 要五年以上: a clause of its own.
    rf"|(?:^|(?<=[ ,。;:(|\n①-⑳]))(?:要(?:求|有)?|需要?|须|得|必须|起码|至少"
    rf"|最少|不少于){{1,3}}(?:干|做)?{_Y5}(?:的|才要|才行)?(?=[ ,。;)|\n]|$)"
    rf"|(?:^|(?<=[ ,。;:(|\n①-⑳])){_Y6}(?<=[上+])(?:的|才要|才行)?(?=[ ,。;)|\n]|$)"
)
_PREFERRED = re.compile(
    r"优先|优选|优考|最好|更好|更佳|加分|为佳|者佳|工资面议|待遇(?:从优|另)|优厚|不限|不要求|不需|无需|不用|不要(?!.{0,4}(?:勿|莫))|年(?:以下|以内)"
)
_REWARD = re.compile(
    r"[^,。;\n]{0,6}(?:奖|涨|加(?:薪|工资|\d)|补贴|报销|返|退还?|享|转正|合同|可以?升|晋|买|有年)"
)
SPEAKS_OF_FIRM = re.compile(
    r"(?:公司|本厂|老厂|老板|门店|本店|我厂|开店|企业|成立|经营)[^,。;\n]{0,8}$|合同$"
)
_CLAUSE_END = re.compile(r"[,。;!?\n)|①-⑳]|\d[.、)]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff\d])")


def read_experience_years(text: str) -> int | None:
    """Return the least whole years of experience that folded text requires, not prefers."""
    if "年" not in text:
        return None
    for match in _EXPERIENCE.finditer(text):
        words = next(match[f"n{number}"] for number in "123456" if match[f"n{number}"])
        before = clause_before(text, match.start())
        if _PREFERRED.search(before + match.group() + clause_behind(text, match.end())):
            continue
        if SPEAKS_OF_FIRM.search(before) or (match["n3"] and _REWARD.match(text, match.end())):
            continue
        years = read_number(words) or read_number(words[0])
        if years:
            return int(years)
    return None


def clause_before(text: str, start: int) -> str:
    """Return the words of the clause in front of a place, fourteen at most."""
    words = text[max(0, start - 14) : start]
    return re.split(r"[,。;!?\n(|①-⑳]", words)[-1]


def clause_behind(text: str, end: int) -> str:
    """Return the words of the clause behind a place, sixteen at most, and 优先 after a blank."""
    stop = _CLAUSE_END.search(text, end)
    words = text[end : min(stop.start() if stop else len(text), end + 16)]
    # 有经验 优先: a blank before the word does not part them.
    rest = text[end + len(words) :].lstrip(" )")[:4]
    return words + (rest if rest.startswith(("优先", "者优", "更好", "也可")) else "")
