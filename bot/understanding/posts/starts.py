"""The day by which one must begin: 12月1日到岗, 下周一上班, 立即上岗, 过完年开工."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.posts.spoken_days import FIRM_DAY, LOOSE_DAY, read_day
from bot.understanding.posts.work_spans import find_span
from bot.understanding.writing.numerals import read_number

_LITERALS = (
    "岗", "班", "工", "职", "厂", "场", "报到", "就上", "开始", "开干", "开摘", "到位", "就要人",
    "就来", "就干", "动身", "出发", "来", "上户", "到", "发车", "上车", "集合", "开盘",
)  # fmt: skip
_WORK = (
    r"(?:到岗|到位|上班|上岗|上工|开工|动工|复工|返岗|入职|进厂|进场|进驻|报到|开干|开摘|开采|动身"
    r"|集合|出发|发车|上车(?!费)|开盘(?!价)"
    r"|来厂(?!里)|到厂(?!里)|到工地|就要人|就来(?!电)|就上(?![午门])|就干|开始(?:上班|上岗|干|做|摘|采|收|"
    r"用工|施工|计薪|工作|招|(?=[,。;!)\s]|$)))"
)
_DAYS = re.compile(r"日[)之以]?前|[月号周星礼初节年]|[明后今]|即日|元宵|除夕|\d[./-]\d")
_SOON = ("马上", "立", "即", "现在", "今", "火速")
_CLAUSE = re.compile(r"[^,。;!?\n]{4,}")
_TIME = (
    r"(?:\([^()\n]{1,8}\)|\))?(?:早上|早晨|清早|上午|下午|一早|晚上?|中午)?"
    r"(?:\d{1,2}[点:]\d{0,2}半?)?"
)
_BEFORE_IT = r"\)?(?:之前|以前|前)"
_THEN = (
    r"(?:[ ]|前后|之前|以前|左右|前|起|后|以后|之后|必须|务必|要|要求|正式|准时|能|得|统一|"
    r"集中|集体|集合|一起|一同|坐车|包车|"
    r"再|就(?![要来上干])|可(?!以)|来(?!电)|去|大家|全部){0,3}"
)
_FOR_A_RANGE = rf"(?:(?P<from>{FIRM_DAY})(?:到|至|-|~))?"
_ON_A_DAY = re.compile(
    rf"{_FOR_A_RANGE}(?P<firm>{FIRM_DAY}){_TIME}{_THEN}{_WORK}"
    rf"|(?P<loose>{LOOSE_DAY}){_TIME}{_THEN}(?:到岗|入职|进厂|进场|开工|动工|报到|上岗|"
    r"(?<=号)上班|(?<=月)上班|(?<=前)上班|(?<=统一|正式)上班|"
    r"(?<=前)到(?:厂|位|场|工地)|集合|出发|动身|发车|进驻|开盘|开始(?:上班|上岗|干|做|摘|采|收|用工))"
    rf"|(?P<come>{FIRM_DAY}){_TIME}(?:就|必须|要|得|能|过){{0,2}}(?:来(?:人|上户|做)?|过来|上户|到户|上门|接手|到)(?=[,。;!\s]|$)"
    rf"|(?P<by>{LOOSE_DAY}|(?<![\d月.每到至-])\d{{1,2}}日){_BEFORE_IT}(?:必须|务必|要|得|赶|能|都|全部|人){{0,3}}"
    r"(?:到(?:齐|场|岗|厂|位|达|工地)?|过来|上岗|进厂|进场|报到)(?=[,。;!\s]|$)"
    r"|(?:到岗|开工|上岗|入职|进场|进厂|报到|开始|用工|动工|起始|上班|工作)(?:时间|日期|日子|"
    r"日)?[:是为在定 ]{0,3}"
    rf"(?:大概|大约|约|定在|预计)?(?P<label>{FIRM_DAY})"
)
_AT_ONCE = re.compile(
    r"(?:马上|立马|立即|立刻|即刻|现在|今天|今日|今晚)(?:上午|下午|晚上|中午|就|要|能|开始|过来|来|必须|可以){0,3}"
    r"(?:到岗|到位|上岗|上班|上工|开工|入职|进厂|进场|干活|开干|就上|(?<=就)上(?!午|门)|(?<=就)干|(?<=就)来(?!电)|(?<=就要)人?(?=[,。;!\s]|$))"
    r"|即日起?(?:上岗|上班|到岗|入职|开工)|(?:即时|火速)(?:上岗|到岗)"
)
_MERELY_CAN = re.compile(
    r"(?:(?<![也都就])可以?|即可|便可|能够|随时|面试|体检|通过|合格|报名)[^,。;\n]{0,3}$"
)
_OF_THE_WORKER = re.compile(r"[^,。;\n]{0,3}(?:者|的)(?!工资|优先)")
_NO_CONDITION = re.compile(
    r"[^,。;!\n]{0,6}优先|[^,。;!\n]{0,4}(?:投产|开业|建设|奠基|成立)|(?:时间|制度?)[: ]|"
    r"[^,。;!\n]{0,3}(?:都可以?|均可|也行|也可以)"
)
_FIRM = re.compile(r"(?:公司|厂房|新厂|工厂|本厂|酒店|商场|项目)[^,。;\n]{0,4}$")
_SALE = re.compile("楼盘|售楼|置业|房产|地产|销售|案场|股")
_ARRIVES = re.compile("到(?:位|齐)?$")
_PAY = re.compile(r"(?:工资|薪|钱|款|账)[^,。;\n]{0,6}$")
_OPENS = re.compile("开工|动工|开始$")
_WITHIN = re.compile(
    r"(?:(?P<days>\d{1,2}|[一二两三四五六七八九十]|半) ?(?P<unit>天|日|周|个?星期|个?礼拜|"
    r"个?月)(?:以内|之内|内)|"
    r"(?P<week>[本这]周(?:以内|之内|内)))(?:必须|要|能|可以?|就要|须|得)?(?:到岗|上岗|上班|入职|报到|进厂|开工|到位)"
)
_WEEK, _MONTH, _HALF = 7, 30, 15
_LONG_PAST = 60


def read_start(text: str, today: date | None) -> date | None:
    """Read the day by which one must begin from folded text; None without `today`.

    马上上班 is the day of reading. A day that some only prefer, at which one merely can
    begin (面试合格即可上岗), or long past (the firm's own beginnings) is none.
    """
    if today is None or not any(sign in text for sign in _LITERALS):
        return None
    for clause in _CLAUSE.finditer(text):
        day = _day_of(text, clause, today)
        if day is not None:
            return day
    span = find_span(text, today)
    return span[0] if span else _within(text, today) or _at_once(text, today)


def _day_of(text: str, clause: re.Match[str], today: date) -> date | None:
    """Return the day named in a clause; the long pattern is tried only where it may match."""
    words = clause.group()
    if not _DAYS.search(words) or not any(sign in words for sign in _LITERALS):
        return None
    for match in _ON_A_DAY.finditer(text, *clause.span()):
        if _NO_CONDITION.match(text, match.end()) or _is_of_else(text, match):
            continue
        words = match["from"] or match["firm"] or match["loose"] or match["come"]
        words = words or match["by"] or match["label"]
        day = read_day(words, today)
        if words.startswith("今") and _merely_can(text, match):
            continue
        if day is not None and (today - day).days <= _LONG_PAST:
            return day
    return None


def _within(text: str, today: date) -> date | None:
    """Return the last day of 三天内到岗, 本周内上班."""
    match = _WITHIN.search(text) if "内" in text else None
    if match is None or _NO_CONDITION.match(text, match.end()):
        return None
    if match["week"]:
        return today + timedelta(days=_WEEK - 1 - today.weekday())
    unit = match["unit"]
    scale = _MONTH if "月" in unit else 1 if unit in "天日" else _WEEK
    number = read_number(match["days"])
    days = _HALF if number is None else int(number) * scale
    return today + timedelta(days=days)


def _at_once(text: str, today: date) -> date | None:
    if not any(sign in text for sign in _SOON):
        return None
    for match in _AT_ONCE.finditer(text):
        if not _NO_CONDITION.match(text, match.end()) and not _merely_can(text, match):
            return today
    return None


def _merely_can(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    return _MERELY_CAN.search(before) is not None and not _OF_THE_WORKER.match(text, match.end())


def _is_of_else(text: str, match: re.Match[str]) -> bool:
    """Tell whether the day is that of the firm's opening, of a sale of flats or of the pay."""
    before = text[max(0, match.start() - 8) : match.start()]
    if match.group().endswith("开盘") and _SALE.search(text):
        return True
    if _ARRIVES.search(match.group()) and _PAY.search(before):
        return True
    opened = re.search(r"20\d\d", match.group()) and _OPENS.search(match.group())
    return bool(opened and _FIRM.search(before))
