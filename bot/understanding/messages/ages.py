"""Ages and years of birth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.understanding.messages.found import Found
from bot.understanding.messages.persons import Placed
from bot.understanding.values import Context
from bot.understanding.writing.numerals import read_number

_HAN = "零一二三四五六七八九"
_FULL_YEAR = 4
_OLDEST, _YOUNGEST = 100, 14
_NUMBER = r"(?:\d{2}|[一二三四五六七八九]?十(?:有?[一二三四五六七八九])?)"
_PARTICLE = r"(?:了|咯|啰|咧|撒|噻|的|嘛|吧|哈|哦|呢|嘞|哩|岁|啊|呀|哟|多|来|几)*"
_END = (
    rf"(?:(?:了|咯|啰)|{_PARTICLE}(?=[,。;!?\s、]|$|男|女|今年|人|老|看|招|是|来|在|跟|学|"
    rf"[我俺他她您你](?!们)|还|不|做|会|想|身体|跑|开|没|能|要|也|只|系统|就|以前|,|属|打|"
    rf"在|找|暑|寒|刚|高|初|大专|退|帮|给))"
)
_AGE = re.compile(
    rf"(?:(?<![\d.点第十百千万:])(?P<years>{_NUMBER})(?:[多几来])?(?:周?岁|虚岁|"
    rf"整(?=[,。;!?\s]|$)|出头|挂零|冒头|挨边)"
    rf"|(?P<led>今年|年龄[:是]?|岁数[:是]?|年纪[:是]?|刚?满了?|虚岁|实岁|才|已经|现在|"
    rf"如今|实际|其实|应该|改成|改为|马上|快|满打满算|整|都|是|我|俺|他|她|本人|男的?|"
    rf"女的?|[妈爸爹娘哥姐弟妹嫂姨舅叔伯婶儿女婿公婆娘夫子娃崽汉客表妇媳伴孩嬢孃爷奶孙甥友"
    rf"伙子]|[,。;!?\s]|^)"
    rf"(?:是|有|都|已经|才|刚|刚满|满了?|快|也|,|今年|"
    rf"[,\s])*(?<![\d.点第十百千万:])(?P<bare>{_NUMBER}){_END})"
)
_UNIT = re.compile(
    r"\s*(?:公里|里路|块|元|个|天(?!天)|年|人|号|斤|米|度|点|分|小时|k|%|千|百|万|月|"
    r"名|以|到|至|-|\d|、[一二三四五六七八九\d]|几块|多块|来块|里|层|楼|斤|班|w|毛|"
    r"多个|几个|多年|几年)"
)
_LIMIT = re.compile(
    r"\s*(?:周?岁)?(?:以上|以下|以内|之内|及|或|往上|不要|内的|高龄|老人|的老人|退休|"
    r"才|就退|的农民工|一[档线]|的卡|还收|以里|的不)"
)
_LIMIT_BEFORE = re.compile(
    r"(?:跨年就?|翻年就?|明年就?|过年就?|超过|不满|到|只要|限|卡在|低于|高于|小于|大于|"
    r"要求|至|-|满\d\d到)$"
)
_DENIED = re.compile(r"(?:不是|还是|写的是?|成了?|错成|写成|登的是?|填的是?|登成|当成)$")
_OTHERS = re.compile(
    "老的|老人|父母|爹妈|爸妈|老板|厂里|厂头|人家|别个|他们|招工|公司|门卫|主管|写着|娃儿?|孩子|孙"
)
# 家里有八十岁老娘, 带个两岁的孙: an age before the word for somebody who is cared for.
_KEEPS = re.compile("(?:有|养|管|带|照顾|服侍|伺候|守|还有|剩)(?:到|着|起)?(?:个|一个|两个|了)?$")
_OF_A_RELATIVE = re.compile(
    "(?:多|几|来)?岁?(?:多|了)?的?(?:瘫痪?|生病)?的?(?:老?[娘妈爹爸]|老母|老汉|老人|老的|母亲|父亲|婆婆|公公|"
    "[奶爷]|外[公婆]|岳|丈|[幺儿女孙娃崽孩])"
)
_SELF = re.compile("(?<![靠跟住离])我|俺|本人")
_THEY = re.compile("[他她]")
_STOPS = ",。;!? \n"
_BIRTH = re.compile(
    r"(?<![\d了过干做有好])(?P<year>(?:19|20)\d{2}|"
    r"\d{2})年?(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:出?生(?:的|人)?|的(?=[,。;!?\s]|$)|属)"
    r"|(?<![\d了过干做有好开])(?P<plain>(?:19|20)\d{2}|\d{2})年(?=[,。;!?\s]|$)"
    rf"|(?<![了过干做有好开])(?P<han>(?:[一二]九?|二零)?[{_HAN}]{{2}})年(?:的|生|出生|"
    rf"属|$|(?=[,。;!?\s]))"
)
_YEAR_ONLY = re.compile(
    rf"\s*(?:我是?)?(?P<year>(?:19|20)?\d{{2}}|(?:一九|二零)?[{_HAN}]{{2}})(?:年|后)?(?:的|"
    r"生的?)?\s*"
)
_MAY_BE_NUMBER = re.compile(r"\d\d|[十年]")


def find_age(text: str, placed: Placed, context: Context) -> Found[int] | None:
    """Read the age stated for the person to be placed, 14 to 100 years.

    An age of somebody else is left out; the one said of this very person comes before one
    that is said of nobody, and the last of several corrections counts.
    """
    if _MAY_BE_NUMBER.search(text) is None:
        return None
    found: list[tuple[int, Found[int]]] = []
    for match in _AGE.finditer(text):
        one = _age_of(text, match)
        if one is None:
            continue
        fit = _fit(text, one.start, placed)
        if fit > 0:
            found.append((fit, one))
    if found:
        best = max(fit for fit, _ in found)
        return next(one for fit, one in found if fit == best)
    return _bare_answer(text) if _asks(context) == "age" else None


def _age_of(text: str, match: re.Match[str]) -> Found[int] | None:
    name = "years" if match["years"] else "bare"
    start, end = match.span(name)
    years = _number(match[name])
    if _OF_A_RELATIVE.match(text, end) and _KEEPS.search(text[max(0, start - 5) : start]):
        return None
    if years is None or _LIMIT_BEFORE.search(text[max(0, start - 4) : start]):
        return None
    if _LIMIT.match(text, end) or (name == "bare" and _UNIT.match(text, end)):
        return None
    if name == "bare" and match["bare"] == "十":
        return None
    if _DENIED.search(text[max(0, start - 3) : start]):
        return None
    return Found(years, start, match.end())


def _number(words: str) -> int | None:
    years = read_number(words.replace("有", ""))
    return int(years) if years is not None and _YOUNGEST <= years <= _OLDEST else None


def _fit(text: str, start: int, placed: Placed) -> int:
    """Weigh whose age it is: 3 said of the person, 2 said of nobody, 0 of somebody else."""
    cut = max(text.rfind(stop, 0, start) for stop in _STOPS)
    looks_back = text[cut + 1 : start] in _LEADS and cut > 0
    if looks_back:
        # 我弟,十九: the subject stands before the stop.
        cut = max(text.rfind(stop, 0, cut) for stop in _STOPS)
    named = [kin for kin in placed.named if cut < kin.end <= start]
    kin_at = named[-1].end - 1 if named else -1
    inside = [(kin.start, kin.end) for kin in named]
    own_at = _last(_SELF, text, cut + 1, start, inside)
    they_at = _last(_THEY, text, cut + 1, start, inside)
    other_at = -1 if looks_back else _last(_OTHERS, text, cut + 1, start, inside)
    latest = max(kin_at, own_at, they_at, other_at)
    if latest < 0:
        return 2
    if latest == other_at:
        return 0
    if placed.kin is None:
        return 3 if latest == own_at else 0
    if latest == kin_at:
        return 4 if placed.kin.start <= named[-1].start < placed.kin.end else 0
    return 3 if latest == they_at else 0


def _last(
    words: re.Pattern[str], text: str, start: int, end: int, besides: list[tuple[int, int]]
) -> int:
    """Return where the last of the words stands outside the stretches, or -1."""
    places = [match.start() for match in words.finditer(text, start, end)]
    free = [place for place in places if not any(low <= place < high for low, high in besides)]
    return free[-1] if free else -1


_LEADS = frozenset(
    (
        "",
        "今年",
        "都",
        "满",
        "是",
        "才",
        "刚满",
        "已经",
        "快",
        "有",
        "也",
        "今年都",
        "今年满",
        "今年才",
        "男",
        "女",
        "男的",
        "女的",
    )
)


_FIRST_NUMBER = re.compile(rf"(?<![\d.])(?P<bare>{_NUMBER})(?![\d百千万年块元])")


def _bare_answer(text: str) -> Found[int] | None:
    match = _FIRST_NUMBER.search(text)
    years = None if match is None else _number(match["bare"])
    return None if match is None or years is None else Found(years, match.start(), match.end())


def _asks(context: Context) -> str:
    return (context.question or "").rpartition(".")[2]


def find_birth_year(text: str, context: Context) -> Found[int] | None:
    """Read a year of birth: 74年, 七四年的, 1974; a bare figure only as the answer to it.

    Two digits mean the century that makes the person 14 to 100 years old; years outside
    those ages are no birth years.
    """
    if _MAY_BE_NUMBER.search(text) is None and _asks(context) != "birth_year":
        return None
    match = _BIRTH.search(text)
    words = (match["year"] or match["plain"] or match["han"]) if match else None
    if match is None and _asks(context) == "birth_year":
        match = _YEAR_ONLY.fullmatch(text)
        words = match["year"] if match else None
    if match is None or words is None:
        return None
    year = _four_digits(words, context.today)
    return None if year is None else Found(year, match.start(), match.end())


def _four_digits(words: str, today: date | None) -> int | None:
    digits = "".join(str(_HAN.index(sign)) if sign in _HAN else sign for sign in words)
    # Without a day, only what is implausible in every year of this decade is refused.
    now = today.year if today else 2029
    candidates: Sequence[int] = (
        [int(digits)]
        if len(digits) == _FULL_YEAR
        else [1900 + int(digits[-2:]), 2000 + int(digits[-2:])]
    )
    plausible = [year for year in candidates if _YOUNGEST <= now - year <= _OLDEST]
    return max(plausible) if plausible else None
