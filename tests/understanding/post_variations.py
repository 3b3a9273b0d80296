"""Other ways to write the same post: signs, numerals, units, order, noise."""

from __future__ import annotations

import re
from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,:;()!"}
_PLAIN = {ord(wide): plain for wide, plain in zip("，：；（）！", ",:;()!", strict=True)}
_SHARED = re.compile(
    r"(?:均|都|全部)?(?:包吃包住|包吃住|包住|管吃管住|五险一金|五险|社保|交五险|买五险|买社保|男女不限|意外险|买意外险)"
)
_PEOPLE = re.compile(r"(?<![\d.])(\d{1,2})(?=[名人](?![民员]))")
_RANGE = re.compile(r"(?<![\d.\-])(\d{4,5})[-~—](\d{4,5})(?![\d\-])")
_THOUSANDS = re.compile(r"(?<![\d.\-~—到])([1-9])([1-9])00元/月(?![\d\-])")


def wide_signs(text: str) -> str:
    """Write digits and signs in full width."""
    return text.translate(_WIDE)


def plain_signs(text: str) -> str:
    """Write Chinese signs as ASCII."""
    return text.translate(_PLAIN)


def han_headcounts(text: str) -> str:
    """Write headcounts below 100 in Chinese: 12名, 十二名."""
    return _PEOPLE.sub(lambda found: _in_han(int(found.group(1))), text)


def spoken_ranges(text: str) -> str:
    """Write 4000-5500 as 4000到5500."""
    return _RANGE.sub(r"\1到\2", text)


def waved_ranges(text: str) -> str:
    """Write 4000-5500 as 4000~5500."""
    return _RANGE.sub(r"\1~\2", text)


def thousands(text: str) -> str:
    """Write 4500元/月 as 4.5k/月."""
    return _THOUSANDS.sub(r"\1.\2k/月", text)


def years_of_age(text: str) -> str:
    """Write 岁 as 周岁."""
    return re.sub(r"(?<!周)岁", "周岁", text)


def urgent(text: str) -> str:
    """Put noise around the post."""
    return f"‼️‼️急急急\n{text}\n(转发有福,非诚勿扰)"


def decorated(text: str) -> str:
    """Put decorations at the head and at every full stop."""
    return "✨✨" + text.replace("。", "。💥") + "💪💪"


def spaced(text: str) -> str:
    """Put a blank behind every comma and two at the ends."""
    return "  " + text.replace("，", "， ").replace(",", ", ") + "  "


def windows_lines(text: str) -> str:
    """End lines as some editors do."""
    return text.replace("\n", "\r\n")


def marked_up(text: str) -> str:
    """Paste the post with the markup of a web page."""
    return f"<p>{text}</p>".replace("\n", "<br>\n")


def shared_first(text: str) -> str:
    """Move clauses that hold for the whole post to its head."""
    clauses = re.split(r"([,，。])", text)
    words, signs = clauses[::2], [*clauses[1::2], ""]
    moved = [word for word in words if _SHARED.fullmatch(word)]
    if not moved or any("\n" in word or ";" in word or "；" in word for word in words):
        return text
    kept = "".join(
        word + sign for word, sign in zip(words, signs, strict=True) if not _SHARED.fullmatch(word)
    )
    return ",".join(moved) + "。" + kept


def said_otherwise(text: str) -> str:
    """Use other words for the same: 包吃住, 管吃管住."""
    for word, other in (("包吃住", "管吃管住"), ("月薪", "工资"), ("电话(?=[:：\\d])", "联系电话")):
        text = re.sub(f"(?<!不)(?<!联系){word}", other, text)
    return text


VARIATIONS: dict[str, Callable[[str], str]] = {
    make.__name__: make
    for make in (
        wide_signs,
        plain_signs,
        han_headcounts,
        spoken_ranges,
        waved_ranges,
        thousands,
        years_of_age,
        urgent,
        decorated,
        spaced,
        windows_lines,
        marked_up,
        shared_first,
        said_otherwise,
    )
}


def _in_han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _HAN[tens]) + "十"
    return head + (_HAN[ones] if ones or not tens else "")
