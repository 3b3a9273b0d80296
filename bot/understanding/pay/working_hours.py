"""When work is done and when it is paid, as a post says it."""

from __future__ import annotations

import re

from bot.understanding.writing.numerals import read_number

_HALF_DAY, _DAY, _LONGEST = 12, 24, 16
_HALF_SHIFT, _LONGEST_OF_PARTS = 7, 13
_PART = "清早|早上|上午|下午|晚上|夜晚|傍晚|中午|凌晨|早|晚|夜"
_LATE = ("下午", "晚上", "晚", "夜", "夜晚", "傍晚")
_CLOCK = r"(?:(?<!\d)\d{1,2}(?!\d)|[一二两三四五六七八九十]{1,3})"
_MINUTES = r"(?:点(?:半|\d{1,2}分?|钟|整)?|:\d{2})"
_SHIFT = re.compile(
    rf"(?P<from>{_PART})?(?P<start>{_CLOCK})(?P<start_minutes>{_MINUTES})"
    rf"(?:上班)?[,]?(?: ?(?:到|至|-{{1,2}}) ?)"
    rf"(?:次日|第二天|隔天)?(?P<until>{_PART})?(?P<end>{_CLOCK})(?P<end_minutes>{_MINUTES})"
    rf"|(?P<from_2>早|朝)(?P<start_2>{_CLOCK})[点]?半?(?:到|至|-)?(?P<until_2>晚)(?P<end_2>{_CLOCK})"
)
_HOURS_SAID = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_FIGURE = rf"{_HOURS_SAID}(?:\.5)?(?:[-到至]{_HOURS_SAID})?"
_LENGTH = r"个?半?(?:小时|钟头|钟(?!点))"
_DAY_LENGTH = re.compile(
    "(?:每天|一天|每日|每次|天天|上班|两班倒|对班|倒班|工作(?:时间|时长)?|上|做|干|长白班|日班|白班|夜班|中班|"
    rf"上午|下午|早上|晚上|半天|工时)(?:(?!加班|休息|车程)[^,。;\d\n]){{0,5}}?(?P<a>{_FIGURE}){_LENGTH}"
    rf"|(?P<b>(?<![\d+加]){_FIGURE}){_LENGTH}"
    "(?:(?:一天|每天|每日)(?![\\d一二两三四五六七八九十])|/天|/日|工作制|制|长白班|白班|班|两班倒|上班|的班|左右一天)"
    rf"|(?P<c>\d{{1,2}})(?:\+|加)(?P<more>\d)(?:{_LENGTH}|工作制|模式|制)"
    r"|(?<!\d)(?P<d>8|九|八|9|10|11|12)小时(?!以|内|后|前|/|加)"
)
_NOT_A_DAY = re.compile(r"(?:加班|超过|满|车程|休息|元|块|\d)[^,。;]{0,2}$")
_SIGNS = re.compile(r"小时|钟|点|:|朝|早|\d[+加]\d")
_HOURS = re.compile(
    r"(?:每天|一天|每日|上班|两班倒|工作|上|做|长白班|日班|白班|夜班)[^,。;\d]{0,4}?"
    r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:小时|钟头?)"
    r"|(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:小时|钟头?)(?:一天|每天|/天|制|工作制)"
    r"|半天班|长白班|"
    r"[两二三]班倒|(?:上|下)班(?:时间)?[^,。;]{0,3}\d[^,。;]{0,6}|"
    r"[^,。;\s]{1,3}点半?下班|夜班|白班"
)
_PAYDAY = re.compile(
    r"(?:每月|每个月|次月|下月|下个月|当月|月底|月初)?\d{0,2}[号日]?(?:前|准时|"
    r"按时)?发(?:工资|工钱|薪|钱|放工资)(?:日)?[:是]?[^,。;\s]{0,8}|(?:工资)?(?:日|周|月|"
    "现|半月)结|当天结(?:账|钱)?|做完就?结|干完结"
)


def read_hours(text: str) -> str | None:
    """Return the working hours in the post's own (folded) words."""
    match = _SHIFT.search(text) or _HOURS.search(text)
    return None if match is None else match.group().strip()


def hours_a_day(text: str) -> float | None:
    """Return the stated hours a day, 1 to 16, of a plain figure or of clock times.

    The parts of a divided day (8:00-12:00, 14:00-18:00) are added up; a meal inside one
    span is not subtracted. Overtime counts where it is part of the figure (8+2小时).
    """
    if not _SIGNS.search(text):
        return None
    for match in _DAY_LENGTH.finditer(text):
        if not _NOT_A_DAY.search(text[max(0, match.start() - 5) : match.start()]):
            hours = _plain_hours(match)
            if hours is not None and 1 <= hours <= _LONGEST:
                return hours
    spans = [hours for match in _SHIFT.finditer(text) if (hours := _span(match)) is not None]
    if not spans:
        return None
    if len(spans) > 1 and max(spans) < _HALF_SHIFT and sum(spans) <= _LONGEST_OF_PARTS:
        return sum(spans)
    return spans[0] if 1 <= spans[0] <= _LONGEST else None


def read_payday(text: str) -> str | None:
    """Return when wages are paid in the post's own (folded) words."""
    match = _PAYDAY.search(text)
    return None if match is None else match.group().strip()


def _plain_hours(match: re.Match[str]) -> float | None:
    if match["c"]:
        return float(match["c"]) + float(match["more"])
    words = re.split("[-到至]", match["a"] or match["b"] or match["d"])[0]
    hours = read_number(words)
    half = re.search(f"{re.escape(words)}个半", match.group())
    return hours if hours is None or half is None else hours + 0.5


def _span(match: re.Match[str]) -> float | None:
    start = read_number(match["start"] or match["start_2"])
    end = read_number(match["end"] or match["end_2"])
    if start is None or end is None or max(start, end) > _DAY:
        return None
    until = match["until"] or match["until_2"]
    start += _minutes(match["start_minutes"])
    end += _minutes(match["end_minutes"])
    # Only the words tell day from night: 晚8点到早6点 is ten hours, 8点到6点 too.
    if match["from"] in _LATE and start < _HALF_DAY:
        start += _HALF_DAY
    if until in _LATE and end < _HALF_DAY:
        end += _HALF_DAY
    if end > start:
        return end - start
    by_half = until is None and (start < _HALF_DAY or match["from"] in _LATE)
    nearest = end + _HALF_DAY if by_half and end + _HALF_DAY > start else end + _DAY
    return nearest - start


def _minutes(words: str | None) -> float:
    if words is None:
        return 0.0
    if "半" in words:
        return 0.5
    figure = re.search(r"\d+", words)
    return int(figure.group()) / 60 if figure else 0.0
