"""Ages that a post wants: 18-50岁, 五十五以内, 满18周岁, 男18-50女18-45."""

from __future__ import annotations

import re

from bot.understanding.writing.numerals import read_number

_NUMBER = r"(?:\d{2}(?!\d)|[二三四五六七八]?十[一二三四五六七八九]?)"
_YEARS = r"(?:周?岁)"
_INCLUDED = r"(?:\((?:包?含|不含)\))?"
_OLDEST, _YOUNGEST = 80, 14
_REFUSED = r"[^,。;!\n]{0,4}(?:勿|不要|不收|不招|不考虑|莫|(?<!性)别|免|请绕)"
_COUNTED = r"(?! ?[\d.:%k万千百元块点人名个月号日天时小斤件年米楼层度厘寸平公只条台/])"
_RANGE = re.compile(
    rf"(?<!\d:)(?<!\d/)(?<![\d.年月])(?P<low>{_NUMBER}){_YEARS}?{_INCLUDED}(?:以上)? ?"
    rf"(?:到|至|-{{1,3}}) ?"
    rf"(?P<high>{_NUMBER})(?P<years>{_YEARS})?{_COUNTED}"
    r"(?!(?:之间)?[^,。;\n]{0,4}(?:不安排|禁止|须监护|需监护|未成年|勿|莫))"
)
_BOTH_ENDS = re.compile(
    rf"(?P<low>{_NUMBER}){_YEARS}(?:及)?{_INCLUDED}(?:及)?以上[,、到至]?"
    rf"(?P<high>{_NUMBER}){_YEARS}(?:及)?{_INCLUDED}(?:及)?(?:以下|以内)"
)
_AT_MOST = re.compile(
    rf"(?<![\d.])(?P<a>{_NUMBER}){_YEARS}?{_INCLUDED}(?:及|或)?(?:以下|以内|以里|之内|里头|往下|朝下|下|封顶|为限)"
    rf"(?![元公人名]|{_REFUSED})"
    rf"|(?<![\d.])(?P<b>{_NUMBER})(?:{_YEARS}(?:内|止|之前|前)|内(?=[,。;)\s]|$))(?!{_REFUSED})"
    rf"|(?:年龄|年纪|岁数)[^,。;\d\n]{{0,4}}(?:到|至)(?P<f>{_NUMBER}){_YEARS}?(?![-到至\d])"
    rf"|(?<![\d.])(?P<g>[4-7]\d|[四五六七]十[一二三四五六七八九]?){_YEARS}的?[都也](?:行|可|要(?!求)|收|得行|能)"
    rf"|(?:过了?|上了|满了|超过?)(?P<h>{_NUMBER}){_YEARS}?的?(?:就)?(?:不收|不要|不招|不用|莫|免|勿|别)"
    rf"|(?:[不莫别勿没](?:得|要)?(?:超过?|高于|大于|过)|最大|上限|放宽(?:到|至)|小于|低于|顶多)[:]?(?:是|为)?"
    rf"(?P<c>{_NUMBER}){_YEARS}?{_COUNTED}"
    rf"|(?P<d>{_NUMBER}){_YEARS}(?:及)?以上(?={_REFUSED})"
    rf"|(?<![不未没])(?<!不得)(?:超过|大于|满)(?P<e>{_NUMBER}){_YEARS}(?={_REFUSED})"
)
_AT_LEAST = re.compile(
    rf"(?<![\d.])(?P<a>{_NUMBER}){_YEARS}{_INCLUDED}(?:及)?(?:以上|起|往上|\+)(?!也|{_REFUSED})"
    rf"|(?<![未不干做住])(?:年满|已满|满)(?P<b>{_NUMBER})(?!{_YEARS}{_REFUSED}){_YEARS}?"
    r"(?![\d年天日个月元人名])"
    rf"|(?:未满|不满|没满|低于|小于)(?P<c>{_NUMBER}){_YEARS}?(?={_REFUSED})"
    rf"|(?<![\d.])(?P<d>{_NUMBER}){_YEARS}?以下(?={_REFUSED})"
    rf"|(?:大于|不(?:得)?(?:低于|小于)|最小)(?P<e>{_NUMBER}){_YEARS}"
)
_OF_A_SEX = re.compile(r"[男女](?:性|士|工|的|职工|员工|方)?(?:年龄)?[: ]?$")
# 35岁以下优先 turns nobody away.
_PREFERRED_BEHIND = re.compile(
    r" ?[,(]?(?:的|者)?(?:人员|人士|朋友|老乡|女性|男性|女士|男士)?(?:可"
    r"|会|都)?(?:优先|最好|优选|优考|更好|更佳|为佳|者佳|为宜)"
)
_PREFERRED_BEFORE = re.compile(
    r"(?:最好(?:是|在|能)?|尽量|希望(?:是|在)?|(?:^"
    r"|[,。;: \n①-⑳])优先(?:考虑|录用|招|录取|要)?)(?:年龄)?[: ]?$"
)
_HEAD = 6

Ages = tuple[int | None, int | None]


def read_ages(text: str) -> Ages:
    """Read (lowest, highest) age of folded text; each None if not said.

    Figures outside 14 to 80 are no ages. Where men and women have each their own ages, the
    widest span is returned, so that nobody who may come is left out.
    """
    spans = _spans(text)
    if spans:
        return spans[0]
    low, high = _first(_AT_LEAST, text), _highest(text)
    if low is not None and high is not None and low > high:
        return None, high
    return low, high


def _spans(text: str) -> list[Ages]:
    found: list[Ages] = []
    of_a_sex: list[tuple[int, int]] = []
    for match in (*_BOTH_ENDS.finditer(text), *_RANGE.finditer(text)):
        low, high = _age(match["low"]), _age(match["high"])
        if _is_preferred(text, match) or low is None or high is None or low >= high:
            continue
        found.append((low, high))
        if _OF_A_SEX.search(text[max(0, match.start() - _HEAD) : match.start()]):
            of_a_sex.append((low, high))
    if len(of_a_sex) > 1:
        return [(min(low for low, _ in of_a_sex), max(high for _, high in of_a_sex))]
    return found


def _highest(text: str) -> int | None:
    """Return the upper end; of one for each sex the higher."""
    found = [
        (age, match)
        for match in _AT_MOST.finditer(text)
        if (age := _age(_words(match))) is not None and not _is_preferred(text, match)
    ]
    of_a_sex = [
        age
        for age, match in found
        if _OF_A_SEX.search(text[max(0, match.start() - _HEAD) : match.start()])
    ]
    if len(of_a_sex) > 1:
        return max(of_a_sex)
    return found[0][0] if found else None


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    ages = (
        _age(_words(match)) for match in pattern.finditer(text) if not _is_preferred(text, match)
    )
    return next((age for age in ages if age is not None), None)


def _is_preferred(text: str, match: re.Match[str]) -> bool:
    if "优" not in text and "最好" not in text and "尽量" not in text and "佳" not in text:
        return False
    before = text[max(0, match.start() - _HEAD) : match.start()]
    return bool(_PREFERRED_BEHIND.match(text, match.end()) or _PREFERRED_BEFORE.search(before))


def _words(match: re.Match[str]) -> str:
    return next(words for words in match.groups() if words is not None)


def _age(words: str) -> int | None:
    years = read_number(words)
    return int(years) if years is not None and _YOUNGEST <= years <= _OLDEST else None
