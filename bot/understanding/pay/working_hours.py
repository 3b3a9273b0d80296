"""When work is done and when it is paid, as a post says it."""

from __future__ import annotations

import re

from bot.understanding.writing.numerals import read_number

_HALF_DAY, _LONGEST = 12, 16
_PART = "早上|上午|下午|晚上|早|晚|中午|凌晨"
_LATE = ("下午", "晚上", "晚")
_CLOCK = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_MINUTES = r"(?:点半?|:\d{2})钟?"
_SHIFT = re.compile(
    rf"(?P<from>{_PART})?(?P<start>{_CLOCK}){_MINUTES}(?:到|至|-)"
    rf"(?P<until>{_PART})?(?P<end>{_CLOCK}){_MINUTES}"
)
_DAY_LENGTH = re.compile(
    "(?:每天|一天|每日|上班|两班倒|工作|上|做|长白班|日班|白班|"
    r"夜班)[^,。;\d]{0,4}?(?P<a>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:小时|钟头?)"
    r"|(?P<b>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:小时|钟头?)(?:一天|每天|/天|制|工作制)"
)
_HOURS = re.compile(
    f"{_DAY_LENGTH.pattern.replace('?P<a>', '').replace('?P<b>', '')}|半天班|长白班|"
    rf"[两二三]班倒|(?:上|下)班(?:时间)?[^,。;]{{0,3}}\d[^,。;]{{0,6}}|"
    rf"[^,。;\s]{{1,3}}点半?下班|夜班|白班"
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
    """Return the stated hours a day, of a clock range or of a plain figure, 1 to 16."""
    match = _DAY_LENGTH.search(text)
    hours = read_number(match["a"] or match["b"]) if match else _shift_length(text)
    return hours if hours is not None and 1 <= hours <= _LONGEST else None


def read_payday(text: str) -> str | None:
    """Return when wages are paid in the post's own (folded) words."""
    match = _PAYDAY.search(text)
    return None if match is None else match.group().strip()


def _shift_length(text: str) -> float | None:
    match = _SHIFT.search(text)
    if match is None:
        return None
    start, end = read_number(match["start"]), read_number(match["end"])
    if start is None or end is None:
        return None
    # Only the words tell day from night: 晚8点到早6点 is ten hours, 8点到6点 too.
    if match["from"] in _LATE and start < _HALF_DAY:
        start += _HALF_DAY
    if match["until"] in _LATE and end < _HALF_DAY:
        end += _HALF_DAY
    if end <= start:
        end += _HALF_DAY if match["until"] is None and start < _HALF_DAY else 2 * _HALF_DAY
    return end - start
