"""What a course offers, in patterns over folded words: seats, hours, money, paper, school."""

from __future__ import annotations

import re

from bot.understanding.writing.numerals import read_number

_COUNT = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
_SEATS = (
    re.compile(
        r"(?:名额|人数|座位|席位|计划|限招|招生|招收|招|限|收|满)(?:人数|名额|学员)?"
        rf"(?:改成|改为|[:：是为有共 ]){{0,2}}(?P<count>{_COUNT})"
        r" ?(?:个名额|个座位|名|人|个|位)?(?![\d岁元天点月日周:年]|小时|课时)"
    ),
    re.compile(rf"(?P<count>{_COUNT}) ?(?:个名额|个座位|个位子|名额|名学员|名|个人|人|位)(?!份)"),
)
_DAY_PART = (
    r"(?:每天|每日|每晚|每周|工作日|周[一二三四五六日天末]|星期[一二三四五六日天]|周末"
    r"|上午|早上|中午|下午|晚上|晚间|白天)"
)
_CLOCK = r"\d{1,2}(?::\d\d|[点时]半?)"
_DAILY = (
    re.compile(r"(?:上课时间|每天时间|学时|课时|时段)[:：是为 ]{0,2}(?P<said>[^。;\n]{2,40})"),
    re.compile(
        rf"(?P<said>{_DAY_PART}[^。;\n,\d]{{0,8}}{_CLOCK}(?:[^。;\n,]{{0,20}}{_CLOCK})?"
        rf"(?:,? ?{_DAY_PART}[^。;\n,\d]{{0,4}}{_CLOCK}(?:[^。;\n,]{{0,12}}{_CLOCK})?)?)"
    ),
    re.compile(rf"(?P<said>{_CLOCK} ?(?:到|至|-) ?(?:{_DAY_PART})?{_CLOCK})"),
    re.compile(rf"(?P<said>{_DAY_PART}[^。;\n,]{{0,6}}\d{{1,2}}(?:个)?(?:小时|课时|节课))"),
)
_ALLOWANCE = (
    r"(?:生活费?(?:补贴|补助|津贴)|生活费|伙食(?:补贴|补助)|误工(?:补贴|费)"
    r"|培训(?:补贴|补助)|交通(?:补贴|费))"
)
_NO_ALLOWANCE = re.compile(
    rf"(?:没有?|没得|无|不发|不给|不提供|不补|不含|莫得)[^,。;\n]{{0,4}}{_ALLOWANCE}"
    rf"|{_ALLOWANCE}[:： ]{{0,2}}(?:没有?|没得|无|不发|不给|不提供|否|莫得)"
)
_HAS_ALLOWANCE = re.compile(_ALLOWANCE)
_SUBSIDISED = re.compile(r"政府补贴性?|补贴性培训|补贴性|项目制")
_NOT_SUBSIDISED = re.compile(r"(?:不是|非)(?:政府)?补贴性|自费班")
_FREE = re.compile(
    r"(?<!不)免费|不收(?:任何)?(?:费|钱|学费)|不要钱|不交(?:钱|费|学费)|不用交|全免|零学费|免学费"
)
_PAID = re.compile(
    r"不免费|(?<!不)收费(?!用?[:： ]{0,2}(?:无|免|没))|自费|学费[:： ]{0,2}\d"
    r"|(?:交|收)学费|每人\d+元"
)
_PAPER = re.compile(
    r"(?:发|颁发|考|考取|取得|拿|获得|获|领|可得|证书)"
    r"(?:给|到|个|合格的|相应的|国家|[:：是为 ]){0,3}"
    r"(?P<paper>[\u4e00-\u9fff0-9a-zA-Z()]{2,16}?(?:资格证书|等级证书|操作证|合格证书?|证书|证)(?!明))"
    r"|证书?[:：是为 ]{1,3}(?P<named>[\u4e00-\u9fff0-9a-zA-Z()]{2,16}?证书?)(?=[,。;\s]|$)"
)
_PAPER_ALONE = re.compile(r"^(?P<paper>[\u4e00-\u9fff0-9a-zA-Z()]{2,16}?证书?)$")
_NO_PAPER = re.compile(r"身份证|户口|毕业证|健康证|学历证|结婚证|残疾证|工作证")
_SCHOOL_KINDS = (
    r"(?:职业(?:技术|技能)?(?:培训)?(?:学校|学院|中心)|技工学校|高级技工学校|技师学院|职校|技校|职教中心|职中"
    r"|培训学校|培训中心|培训基地|就业(?:服务|培训)中心|职业高中|职业中学)"
)
_SCHOOL = (
    re.compile(
        r"(?:培训机构|培训学校|承办单位|承办|主办单位|举办单位|办学单位|学校|机构)"
        r"(?:改成|改为|[:：是由为 ])+(?P<said>[^,。;\n(]{3,40})"
    ),
    re.compile(rf"(?P<said>[\u4e00-\u9fff]{{1,16}}?{_SCHOOL_KINDS})"),
)
_NOT_OF_A_NAME = re.compile(r"^(?:上课|培训|在|由|地点|地址|就在|到|是|的|去|联系|请)+")
_MOST_SEATS = 1_000


def read_seats(text: str) -> int | None:
    """Return how many can take part, from folded text."""
    for pattern in _SEATS:
        for match in pattern.finditer(text):
            number = read_number(match["count"])
            if number is not None and 1 <= number <= _MOST_SEATS:
                return int(number)
    return None


def daily_span(text: str) -> tuple[int, int] | None:
    """Return where folded text says the hours of a day."""
    for pattern in _DAILY:
        match = pattern.search(text)
        if match is not None:
            return match.span("said")
    return None


def read_allowance(text: str) -> bool | None:
    """Return whether there is a living allowance; a sum is never read."""
    if _NO_ALLOWANCE.search(text):
        return False
    return True if _HAS_ALLOWANCE.search(text) else None


def read_subsidised(text: str) -> bool | None:
    """Return whether it is 政府补贴性培训."""
    if _NOT_SUBSIDISED.search(text):
        return False
    return True if _SUBSIDISED.search(text) else None


def read_free(text: str) -> bool | None:
    """Return whether nothing is paid for it."""
    if _PAID.search(text):
        return False
    return True if _FREE.search(text) else None


def certificate_span(text: str) -> tuple[int, int] | None:
    """Return where folded text names the paper that the course leads to; not one to bring."""
    for pattern in (_PAPER, _PAPER_ALONE):
        for match in pattern.finditer(text):
            group = "paper" if match["paper"] else "named"
            if not _NO_PAPER.search(match[group]):
                return match.span(group)
    return None


def school_span(text: str) -> tuple[int, int] | None:
    """Return where folded text names who teaches."""
    for pattern in _SCHOOL:
        match = pattern.search(text)
        if match is not None:
            start, end = match.span("said")
            lead = _NOT_OF_A_NAME.match(match["said"])
            return (start + lead.end() if lead else start), end
    return None
