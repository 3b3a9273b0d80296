"""What a post offers or fixes beside pay, meals and bed: insurance, shifts, its last day."""

from __future__ import annotations

import calendar
import re
from datetime import date

from bot.understanding.values import Insurance, Shift

_NOTHING = re.compile(
    r"(?:不(?:买|交|缴纳?|含|提供|购买|上)|无|没有|没得|没|不给买)(?:任何)?(?:社保|保险|五险|社会保险)"
    r"|(?:社保|五险|保险)(?:自理|自己[买交缴]|没有|不买|不交)"
)
_INSURANCES: tuple[tuple[Insurance, re.Pattern[str]], ...] = (
    ("five_insurances_one_fund", re.compile(r"[五六七567]险[一二1两]金")),
    ("five_insurances", re.compile(r"[五六5](?:大)?险(?!没)|五金(?:一险)")),
    ("social_insurance", re.compile(r"社保(?!卡|补贴)|社会保险|医社保|社医保|养老保险|[三四]险")),
    (
        "commercial",
        re.compile(
            r"意外(?:伤害)?(?:保?险)|雇主(?:责任)?(?:保?险)|商业(?:保?险|意外)|责任险|团意险|团体险|团险|高空险|人身(?:保?险)|(?:摔|碰|受伤|出事)[^,。;]{0,5}保险"
        ),
    ),
)
_SHIFTS: tuple[tuple[Shift, re.Pattern[str]], ...] = (
    (
        "two_shifts",
        re.compile(r"[两二2](?:班倒|班制|班轮|班轮换|班运转)|对班倒|倒两班|白夜班?(?:轮|倒|两班)"),
    ),
    ("three_shifts", re.compile(r"[三四34](?:班(?:三|两|二)?(?:运转|倒|制|轮)|班倒)|倒三班")),
    ("half_day", re.compile(r"半天班|上半天|半日班")),
    ("night", re.compile(r"(?:夜|晚|大夜)班(?!补|津|车|费|餐|\d*元|工资|不|没)|通宵班")),
    ("day", re.compile(r"(?:长|常|正常)?(?:白|日)班(?!制|结)")),
    (
        "flexible",
        re.compile(
            r"(?:时间|上班)(?:自由|灵活|弹性)|弹性(?:上班|工作|时间)|自由安排|自由接单|时间自己"
        ),
    ),
)
_NO_NIGHT = re.compile(r"(?:不上|没有?|无|不用上?|不安排|不倒|免)(?:大)?夜班|夜班(?:不上|没有)")
_DATE = r"(?P<y{n}>20\d{{2}})[年./-](?P<m{n}>\d{{1,2}})[月./-](?P<d{n}>\d{{1,2}})[日号]?"
_DAY = r"(?P<m{n}>\d{{1,2}})(?:月|\.|/)(?P<d{n}>\d{{1,2}})[日号]?"
_ENDS = r"(?:截止(?:时间|日期)?|截至|截止到|有效期(?:至|到|限)?|招聘期限|报名时间|报名期)"
_TO = r"(?:前|止|截止|为止|之前|以前|停止报名)"
_LAST_DAY = re.compile(
    rf"{_ENDS}[^,。;\d\n]{{0,6}}(?:[\d年./月日号 ]{{6,12}}(?:到|至|-))? ?{_DATE.format(n=1)}"
    rf"|{_DATE.format(n=2)}{_TO}"
    rf"|{_ENDS}[^,。;\d\n]{{0,6}}(?:\d{{1,2}}月\d{{1,2}}[日号]?(?:到|至|-))? ?{_DAY.format(n=3)}"
    rf"|{_DAY.format(n=4)}(?:报名)?(?:截止|为止|前报名|之前报名|止)"
    r"|(?P<month_end>(?:有效期|截止|截至|报名|有效)[^,。;\d\n]{0,4}(?:本月底|这个月底|月底))"
)
_STALE_DAYS = 60


def read_insurance(text: str) -> Insurance | None:
    """Read the insurance offered in folded text, the most that is named."""
    kept, denials = _NOTHING.subn(" ", text)
    for name, pattern in _INSURANCES:
        if pattern.search(kept):
            return name
    return "none" if denials else None


def read_shifts(text: str) -> tuple[Shift, ...]:
    """Read when in the day the work of folded text is done, in the order said."""
    if "班" not in text and "时间" not in text and "弹性" not in text and "自由" not in text:
        return ()
    said = _NO_NIGHT.sub(" ", text)
    found = [
        (match.start(), name)
        for name, pattern in _SHIFTS
        if (match := pattern.search(said)) is not None
    ]
    names = [name for _, name in sorted(found)]
    if "two_shifts" in names or "three_shifts" in names:
        names = [name for name in names if name not in ("day", "night")]
    return tuple(names)


def read_valid_until(text: str, today: date | None = None) -> date | None:
    """Read the last day of the offer from folded text.

    A date without year is the one nearest to `today` that has not long passed; without
    `today` it is none, nor is 月底.
    """
    match = _LAST_DAY.search(text)
    if match is None:
        return None
    if match["month_end"]:
        return None if today is None else _month_end(today)
    groups = next(number for number in "1234" if match[f"m{number}"])
    month, day = int(match[f"m{groups}"]), int(match[f"d{groups}"])
    if groups in "12":
        return _date(int(match[f"y{groups}"]), month, day)
    if today is None:
        return None
    this_year = _date(today.year, month, day)
    if this_year is not None and (today - this_year).days > _STALE_DAYS:
        return _date(today.year + 1, month, day)
    return this_year


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
