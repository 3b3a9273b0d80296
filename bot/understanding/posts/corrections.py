"""An employer's one-line correction of a post: 工资 4500-5500, 住宿 有, 地点 中江南华镇."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.occupations.trades import TradeFinder
from bot.understanding.pay.offered_pay import pays_of
from bot.understanding.pay.working_hours import read_hours
from bot.understanding.places.finder import PlaceFinder
from bot.understanding.posts.ages import read_ages
from bot.understanding.posts.requirement_corrections import read_requirement
from bot.understanding.values import CorrectedField, Correction
from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import find_amounts, read_number
from bot.understanding.writing.phones import find_phones
from content.places import TOWN_CODE_LENGTH

LONGEST = 200
_FIELDS: tuple[tuple[CorrectedField, str], ...] = (
    (
        "payday",
        r"发钱日?|发工资(?:日|时间)?|发薪日?|几号发|结算|结账|工资(?:日|几号)发?|哪天发(?:钱)?",
    ),
    ("wage", r"工资|薪水|薪资|工钱|月薪|日薪|时薪|待遇|钱|价钱|价格|底薪"),
    ("headcount", r"人数|招聘人数|名额|要人|几个人|招人|招|人"),
    ("place", r"工作地点|上班地点|地点|地方|地址|位置|在哪(?:里|儿|点)?"),
    ("age", r"年龄|岁数|年纪"),
    ("lodging", r"住宿|住处|住|宿舍|(?:包|管|不包|不管|无)住宿?"),
    ("board", r"(?:管|包|不管|不包)饭|伙食|吃饭|吃|饭|包吃|管吃|餐"),
    ("contact", r"联系电话|电话|手机号?|联系(?:方式|人)?|号码"),
    ("title", r"工种|岗位|职位|活路|干啥|做啥"),
    ("hours", r"上班时间|工作时间|上班|时间|几点(?:上班)?|工时"),
)
_LINE = tuple(
    (
        field,
        re.compile(
            rf"\s*(?:改|把)?(?:{words})(?:改成|改为|改到|是|为|[:：=])?[\s:：=,]*(?P<value>.*)",
            re.DOTALL,
        ),
    )
    for field, words in _FIELDS
)
_NO = re.compile(r"不(?:包|管|提供|供|得|要|是)?|没得?|没有|无|自理|自己|自费|否|莫得")
_YES = re.compile(r"有|包|管|提供|免费|供|是|可以|要得|行|中午|早|晚|[一二三两]餐|工作餐|宿舍")
_OPEN_AGE = re.compile(
    r"(?P<years>\d{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)周?岁?(?P<side>以下|"
    r"以内|之内|内|以上|起)?\s*$"
)
_ANY_AGE = re.compile(r"不限|都行|都可以|没有限制|不限制")
_UNIT = re.compile(r"月|天|日|小时|时|计件|按件|件|按个|面议|面谈|详谈|电议|年")
_OLDEST, _YOUNGEST = 80, 16


@dataclass(frozen=True, slots=True)
class _Line:
    """The value of a line, as typed and folded, the bureau's adcode, and the folded line."""

    raw: str
    folded: str
    home: str | None
    whole: str


class Corrections:
    """Reads correction lines over one catalogue's places and trades."""

    def __init__(self, places: PlaceFinder, trades: TradeFinder) -> None:
        self._places = places
        self._trades = trades
        self._readers: dict[CorrectedField, Callable[[_Line], Correction | None]] = {
            "wage": _wage,
            "headcount": _headcount,
            "place": self._place,
            "age": _age,
            "lodging": _lodging,
            "board": _board,
            "contact": _contact,
            "title": self._title,
            "hours": _hours,
            "payday": _payday,
        }

    def read(self, line: str, *, home: str | None, today: date | None) -> Correction | None:
        """Read one line; the first field whose word opens it and whose value is plausible.

        A line that is a requirement and nothing else comes before the fields: 要 opens both
        要3年经验 and 要人3个. Days are only read where `today` is known.
        """
        raw = line[:LONGEST]
        folded = fold(raw)
        required = read_requirement(folded, today)
        if required is not None:
            return replace(required, text=raw.strip())
        for field, pattern in _LINE:
            match = pattern.fullmatch(folded)
            if match is None:
                continue
            # 包住 and 不管饭 are field and value in one.
            start = match.start("value") if match["value"].strip() else 0
            value = _Line(raw[start:].strip(), folded[start:].strip(), home, folded)
            found = self._readers[field](value)
            if found is not None:
                return found
        return None

    def _place(self, line: _Line) -> Correction | None:
        codes = self._places.finest(
            [mention.code for mention in self._places.find(line.folded, home=line.home)]
        )
        if not codes:
            return None
        town = codes[0] if len(codes[0]) == TOWN_CODE_LENGTH else None
        return Correction("place", line.raw, adcode=self._places.adcode(codes[0]), town=town)

    def _title(self, line: _Line) -> Correction | None:
        found = self._trades.find(line.folded)
        return Correction("title", line.raw, title=found[0].word if found else None)


def _wage(line: _Line) -> Correction | None:
    pay = pays_of(line.folded, [line.folded])[0]
    if pay.unit is None:
        return None
    return Correction(
        "wage",
        line.raw,
        wage_min=pay.low,
        wage_max=pay.high,
        wage_unit=pay.unit if names_unit(line.whole) else None,
        estimated=pay.estimated,
    )


def names_unit(words: str) -> bool:
    """Tell whether words say how pay is counted; bare figures leave that as it was."""
    return _UNIT.search(words) is not None


def _headcount(line: _Line) -> Correction | None:
    match = re.match(
        r"(\d{1,4}|[一二两三四五六七八九十百]{1,4}) ?(?:名|个人|个|人|位)?\s*$", line.folded
    )
    number = read_number(match.group(1)) if match else None
    return None if not number else Correction("headcount", line.raw, number=int(number))


def _age(line: _Line) -> Correction | None:
    if _ANY_AGE.search(line.folded):
        return Correction("age", line.raw)
    low, high = read_ages(line.folded)
    if low is None and high is None:
        match = _OPEN_AGE.search(line.folded)
        years = read_number(match["years"]) if match else None
        if match is None or years is None or not _YOUNGEST <= years <= _OLDEST:
            return None
        lower = match["side"] in ("以上", "起")
        low, high = (int(years), None) if lower else (None, int(years))
    return Correction("age", line.raw, age_min=low, age_max=high)


def _lodging(line: _Line) -> Correction | None:
    yes = _yes(line.folded)
    return None if yes is None else Correction("lodging", line.raw, yes=yes)


def _board(line: _Line) -> Correction | None:
    yes = _yes(line.folded)
    return None if yes is None else Correction("board", line.raw, yes=yes)


def _contact(line: _Line) -> Correction | None:
    phones = find_phones(line.folded)
    return Correction("contact", phones[0].digits) if phones else None


def _hours(line: _Line) -> Correction | None:
    return (
        Correction("hours", line.raw)
        if find_amounts(line.folded) or read_hours(line.folded)
        else None
    )


def _payday(line: _Line) -> Correction | None:
    return Correction("payday", line.raw)


def _yes(words: str) -> bool | None:
    if _NO.match(words):
        return False
    return True if _YES.search(words) else None
