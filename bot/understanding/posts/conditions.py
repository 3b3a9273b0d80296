"""Conditions of a post: age, sex, meals, bed, insurance, licences, last day."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.values import Insurance, PostGender
from bot.understanding.writing.numerals import read_number

_NUMBER = r"(?:\d{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)"
_OLDEST, _YOUNGEST, _YOUNGEST_ASKED = 80, 10, 14
_AGE_RANGE = re.compile(
    rf"(?<!\d:)(?<![\d./])(?P<low>{_NUMBER})(?:周?岁)?(?:以上)?(?:到|至|-{{1,2}}|"
    f",)?(?P<high>{_NUMBER})(?P<years>周?岁)?(?:以下|以内|"
    r"之间)?(?![\d.:%k万千百元块点人名个月号日天时小斤])"
)
_AGE_MAX = re.compile(
    rf"(?<!\d)(?P<a>{_NUMBER})(?:周?岁)?(?:以下|以内|之内|内|封顶)(?!元)|(?:不超过|不满|"
    rf"不得超过|低于|小于|不大于|最大)(?P<b>{_NUMBER})(?:周?岁)?(?![\d元块天人名])"
)
_AGE_MIN = re.compile(
    rf"(?<!\d)(?P<a>{_NUMBER})周?岁(?:及)?(?:以上|起)|(?<![未不])(?:满|年满|"
    f"已满)(?P<b>{_NUMBER})周?岁?|(?:未满|不满)(?P<c>{_NUMBER})周?岁?[^,。;!]{{0,3}}(?:勿|"
    f"请|不|莫|别)|大于(?P<d>{_NUMBER})岁"
)
_ANY_SEX = re.compile(
    r"不限男女|男女(?:老少)?(?:都|均|皆|不限|不分)|性别不限|不限性别|不分男女|男女老少"
)
_MEN = re.compile(
    "(?<!不)(?<!不只)(?:仅|只)?(?:限|招|要|收)男|男(?:性|士|工|生|职工)?优先|男(?:服务员|"
    "保安|工|士|性)(?![女及和])"
)
_WOMEN = re.compile(
    "(?<!不)(?:仅|只)?(?:限|招|要|收)女|女(?:性|士|工|生|职工)?优先|女(?:服务员|员工|工|"
    "士|性|营业员|收银员|文员|主播)|适合(?:女|宝妈)"
)
_NO_BOARD = re.compile(
    "餐补|饭补|(?:伙食|吃饭|餐食|吃住|食宿|饮食|用餐)(?:自理|自费|自己|各人)|自己开伙|"
    "自己(?:煮|做饭)|不(?:包|管)(?:吃|饭|餐|食)|食堂[^,。;]{0,3}自费|没有?(?:饭|伙食)"
)
_BOARD = re.compile(
    r"(?<!不)(?:包|管)(?:吃|餐|食宿|伙食|[一二两三四]餐|[^,。;\s]{0,4}饭)|工作餐|"
    "吃住(?:都|全)?(?:管|包)|(?:免费?|包)食宿|食宿(?:免费|全包|全免)|"
    r"免费[^,。;\s]{0,3}(?:吃|餐|饭)|供(?:应)?(?:午|中|晚)?(?:餐|饭)"
)
_NO_LODGING = re.compile(
    "(?:无|没得|没有|不提供|不含)住宿|不(?:包|管)(?:吃)?住|(?:住宿|食宿|吃住)(?:自理|"
    "自费|自己)|不包食宿"
)
_LODGING = re.compile(
    "(?<!不)(?:包|管)(?:吃)?住|吃住(?:都|全)?(?:管|包)|(?:免费?|包)食宿|食宿(?:免费|全包|"
    r"全免)|(?:有|提供|免费|供)[^,。;\s]{0,4}(?:宿舍|住宿|住处|住房|住的)|"
    "宿舍[^,。;]{0,4}免费|夫妻房|住工棚|工棚"
)
_INSURANCES: tuple[tuple[Insurance, re.Pattern[str]], ...] = (
    ("none", re.compile(r"(?:不买|不交|无|没有|没得|不含)(?:社保|保险|五险)")),
    ("five_insurances_one_fund", re.compile(r"[五六56]险[一二1两]金")),
    ("five_insurances", re.compile(r"[五六5]险")),
    ("social_insurance", re.compile(r"社保|社会保险")),
    ("commercial", re.compile(r"意外险|意外保险|雇主责任|商业险|商业保险|责任险")),
)
_CERTIFICATES = (
    "健康证",
    "焊工证",
    "电焊证",
    "电工证",
    "低压电工证",
    "高压电工证",
    "叉车证",
    "驾照",
    "驾驶证",
    "从业资格证",
    "厨师证",
    "育婴证",
    "育婴师证",
    "月嫂证",
    "护理证",
    "护工证",
    "保安证",
    "登高证",
    "特种作业证",
    "挖机证",
    "塔吊证",
    "会计证",
)
_CERTIFICATE = re.compile(
    "|".join(
        (
            r"(?<![a-z0-9])[abc][123]e?(?:证|照|驾照|驾驶证)",
            *sorted(_CERTIFICATES, key=len, reverse=True),
        )
    )
)
_NOT_REQUIRED = re.compile(r"优先|不要求|没有?证|无证|没证|公司办|免费办|不需")
_LAST_DAY = re.compile(
    r"(?P<y>20\d{2})[年./-](?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?(?:前|止|截止|为止|"
    "之前)|(?:截止|截至|"
    r"有效期)[^,。;\d]{0,4}(?P<y2>20\d{2})[年./-](?P<m2>\d{1,2})[月./-](?P<d2>\d{1,2})"
)


def read_ages(text: str) -> tuple[int | None, int | None]:
    """Read (lowest, highest) age; each None if not said. Figures outside 10 to 80 are no ages."""
    for match in _AGE_RANGE.finditer(text):
        low, high = _age(match["low"]), _age(match["high"])
        joined = re.search(r"到|至|-|以上", match.group()) is not None
        if joined and low is not None and high is not None and _YOUNGEST_ASKED <= low < high:
            return low, high
    return _first_age(_AGE_MIN, text), _first_age(_AGE_MAX, text)


def read_gender(text: str) -> PostGender | None:
    """Read the sex that is wanted; `any` only if the post says so."""
    if _ANY_SEX.search(text):
        return "any"
    if _MEN.search(text):
        return "male"
    return "female" if _WOMEN.search(text) else None


def read_board(text: str) -> bool | None:
    """Read whether meals are free; allowances and canteens one pays for are not."""
    if _NO_BOARD.search(text):
        return False
    return True if _BOARD.search(text) else None


def read_lodging(text: str) -> bool | None:
    """Read whether a bed is free."""
    if _NO_LODGING.search(text):
        return False
    return True if _LODGING.search(text) else None


def read_insurance(text: str) -> Insurance | None:
    """Read the insurance offered, the most that is named."""
    return next((name for name, pattern in _INSURANCES if pattern.search(text)), None)


def read_certificates(text: str) -> tuple[str, ...]:
    """Return the licences that a clause requires; preferred ones are left out."""
    found = [
        match.group().upper() if match.group()[0] in "abc" else match.group()
        for clause in re.split(r"[,。;!\n]", text)
        if not _NOT_REQUIRED.search(clause)
        for match in _CERTIFICATE.finditer(clause)
    ]
    return tuple(dict.fromkeys(found))


def read_valid_until(text: str) -> date | None:
    """Read the last day of the offer; only a full date with its year is one."""
    match = _LAST_DAY.search(text)
    if match is None:
        return None
    year, month, day = (match[part] or match[f"{part}2"] for part in "ymd")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _age(words: str | None) -> int | None:
    years = read_number(words) if words else None
    return int(years) if years is not None and _YOUNGEST <= years <= _OLDEST else None


def _first_age(pattern: re.Pattern[str], text: str) -> int | None:
    for match in pattern.finditer(text):
        age = _age(next(words for words in match.groups() if words is not None))
        if age is not None:
            return age
    return None
