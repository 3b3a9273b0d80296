"""What a message says about the person to be placed: age, sex, distance, bed and meals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.understanding.values import Context, Gender, Migration
from bot.understanding.writing.numerals import read_number

_HAN = "零一二三四五六七八九"
_FULL_YEAR = 4
_OLDEST, _YOUNGEST = 100, 14
_NUMBER = r"(?:\d{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)"
_AGE = re.compile(
    rf"(?<![\d.])(?P<years>{_NUMBER})(?:周?岁|(?=了?(?:咯|了)(?:[,。;!?\s]|还|$)))"
    r"|(?:今年|年龄|岁数|年纪|满了?|我是?|[他她]|男的?|女的?|(?:^|[,。;!?\s]))(?:是|有|"
    rf"都)?(?P<bare>{_NUMBER})(?=[,。;!?\s]|$|不是|了|咯|的人)"
)
_BIRTH = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}|"
    r"\d{2})年?(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:出?生(?:的|人)?|的(?=[,。;!?\s]|$)|属)"
    r"|(?<!\d)(?P<plain>(?:19|20)\d{2}|\d{2})年(?=[,。;!?\s]|$)"
    rf"|(?P<han>(?:[一二]九?|二零)?[{_HAN}]{{2}})年(?:的|生|出生|属|$|(?=[,。;!?\s]))"
)
_YEAR_ONLY = re.compile(
    rf"\s*(?:我是?)?(?P<year>(?:19|20)?\d{{2}}|(?:一九|二零)?[{_HAN}]{{2}})(?:年|后)?(?:的|"
    r"生的?)?\s*"
)
_KIN_MALE = (
    "老公|男人|老汉儿?|爸爸?|幺儿|儿子|娃儿他爸|哥哥?|兄弟|弟弟?|老表|舅舅?|叔叔?|伯伯|女婿|"
    "老丈人|爷爷|外公|孙子|侄儿|侄子|表哥|表弟"
)
_KIN_FEMALE = (
    "婆娘|老婆|媳妇儿?|堂客|妈妈?|老妈|嫂子|嫂嫂|姐姐?|妹妹?|妹儿|女儿|幺女|姑姑|嬢嬢|姨妈?|"
    "舅妈|婶婶|奶奶|外婆|孙女|侄女|表姐|表妹|儿媳"
)
_FOR_WHOM = re.compile(
    "(?:帮|给|替|我|我家|我们家|俺|咱|问|跟)(?:我|"
    f"我家)?(?:的)?(?P<kin>(?P<male>{_KIN_MALE})|(?P<female>{_KIN_FEMALE})|老乡|朋友|亲戚|"
    "邻居|娃儿?|两口子)"
    r"(?!(?:一路|一起|在读|要照|还小|上学|读书|瘫|住院|有病|要接|都))"
)
_SELF = re.compile(
    r"(?:^|[,。;!?\s我])(?:(?P<male>男)|(?P<female>女))(?:的|性|士|娃儿?|同志|"
    r"工)?(?=[,。;!?\s\d]|$|[一二三四五六七八九十])"
)
_MIGRATIONS: tuple[tuple[Migration, re.Pattern[str]], ...] = (
    (
        "near_home",
        re.compile(
            "家门口|屋门口|门口附近|(?:在|就)?(?:本)?村(?:头|里|上)(?:做|干|找|上|踩|"
            "有)?|本村|本镇|镇上|附近|离家近|近点|挨到屋|不出远门|出不得远门|走不远|"
            "走不开|照顾|离不得人|离不开|"
            "(?:屋头|屋里|家里|家头)有?(?:个|两个)?(?:娃|老人|细娃|小孩|病人|老的|小的)|"
            "带娃|看娃|接送娃|接娃|要接送"
        ),
    ),
    ("in_county", re.compile(r"本县|县城|县里|县内|县头|不出县|本区|区内")),
    (
        "in_province",
        re.compile(r"不想?出川|不出川|四川境内|省内|川内|不想?出省|本省|不出重庆|市内|不出市|本市"),
    ),
    ("out_of_province", re.compile(r"出省|省外|外省|沿海|出川|出去闯")),
    (
        "anywhere",
        re.compile(
            "哪(?:里|儿|点|块|哈儿|个地方|个塌塌)?(?:都|也)(?:得行|可以|行|去|要得|愿意|"
            "没问题|无所谓|中)|到处都|不限地方|不挑地方|地方不限|天南海北"
        ),
    ),
)
_WANTED_BOARD = re.compile(
    "(?:要|得|必须|需要|想要|最好)?(?:包|管)(?:吃|住|饭|伙食|中午|三餐|食宿)(?:(?:包|"
    "管)?住)?|夫妻房|住家|(?:要|有)(?:地方)?住|有住处|要(?:有)?宿舍|有宿舍|提供住宿|"
    "吃住(?:都)?(?:包|管|全包)|免费?吃住|食宿"
)
_DECLINED_BOARD = re.compile(
    "(?:吃住|吃饭|住宿|住|吃)(?:我)?(?:各人|自己|个人)(?:管|解决|弄|想办法|负责)?|"
    "不(?:用|要|需要)?(?:包|管)(?:吃|住|饭)|不住(?:厂|校|宿舍)|不住家|回家住|住自己家|"
    "住屋头"
)


_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[_Value]):
    """A value and where its words stand."""

    value: _Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """What is said about the person to be placed, and where; None is not said."""

    birth_year: Found[int] | None
    age: Found[int] | None
    migration: Found[Migration] | None
    room_board: Found[bool] | None
    for_whom: Found[str] | None
    said_gender: Found[Gender] | None
    kin_gender: Gender | None

    @property
    def gender(self) -> Gender | None:
        """The sex said outright, else the one a kinship word tells."""
        return self.kin_gender if self.said_gender is None else self.said_gender.value

    def spans(self) -> list[tuple[int, int]]:
        """Return where everything was said."""
        parts = (
            self.birth_year,
            self.age,
            self.migration,
            self.room_board,
            self.for_whom,
            self.said_gender,
        )
        return [(part.start, part.end) for part in parts if part is not None]


def read_person(text: str, context: Context) -> Person:
    """Read all slots of the person from folded text without phones."""
    birth_year = find_birth_year(text, context)
    for_whom, kin_gender = find_for_whom(text)
    return Person(
        birth_year=birth_year,
        age=None if birth_year else find_age(text),
        migration=find_migration(text),
        room_board=find_room_board(text),
        for_whom=for_whom,
        said_gender=find_gender(text),
        kin_gender=kin_gender,
    )


def find_age(text: str) -> Found[int] | None:
    """Read the stated age, 14 to 100; the first one said counts."""
    for match in _AGE.finditer(text):
        years = read_number(match["years"] or match["bare"])
        if years is not None and _YOUNGEST <= years <= _OLDEST:
            return Found(int(years), match.start(), match.end())
    return None


def find_birth_year(text: str, context: Context) -> Found[int] | None:
    """Read a year of birth: 74年, 七四年的, 1974; a bare figure only as the answer to it.

    Two digits mean the century that makes the person 14 to 100 years old; years outside
    those ages are no birth years.
    """
    match = _BIRTH.search(text)
    words = (match["year"] or match["plain"] or match["han"]) if match else None
    if match is None and (context.question or "").endswith("birth_year"):
        match = _YEAR_ONLY.fullmatch(text)
        words = match["year"] if match else None
    if match is None or words is None:
        return None
    year = _four_digits(words, context.today)
    return None if year is None else Found(year, match.start(), match.end())


def find_migration(text: str) -> Found[Migration] | None:
    """Read how far the person would go; the nearest limit that is said counts."""
    for migration, pattern in _MIGRATIONS:
        match = pattern.search(text)
        if match is not None:
            return Found(migration, match.start(), match.end())
    return None


def find_room_board(text: str) -> Found[bool] | None:
    """Read whether food or lodging is required (True) or declined (False)."""
    for value, pattern in ((False, _DECLINED_BOARD), (True, _WANTED_BOARD)):
        match = pattern.search(text)
        if match is not None:
            return Found(value, match.start(), match.end())
    return None


def find_for_whom(text: str) -> tuple[Found[str] | None, Gender | None]:
    """Read the other person to be placed, and the sex that the kinship word tells."""
    match = _FOR_WHOM.search(text)
    if match is None:
        return None, None
    gender: Gender | None = "male" if match["male"] else "female" if match["female"] else None
    return Found(match["kin"], match.start(), match.end()), gender


def find_gender(text: str) -> Found[Gender] | None:
    """Read a sex said outright: 男的45, 女,三十六."""
    match = _SELF.search(text)
    if match is None:
        return None
    return Found("male" if match["male"] else "female", match.start(), match.end())


def _four_digits(words: str, today: date | None) -> int | None:
    digits = "".join(str(_HAN.index(sign)) if sign in _HAN else sign for sign in words)
    # Without a day, only what is implausible in every year of this decade is refused.
    now = today.year if today else 2029
    candidates = (
        [int(digits)]
        if len(digits) == _FULL_YEAR
        else [1900 + int(digits[-2:]), 2000 + int(digits[-2:])]
    )
    plausible = [year for year in candidates if _YOUNGEST <= now - year <= _OLDEST]
    return max(plausible) if plausible else None
