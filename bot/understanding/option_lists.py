"""The choices a message offers, in whatever way they are numbered."""

from __future__ import annotations

import re

_HAN = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {
    sign: place for place, sign in enumerate("零壹贰叁肆伍陆柒捌玖")
}
_CIRCLED = {sign: place for place, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨")}
_LETTERS = {sign: place for place, sign in enumerate("abcdefgh", start=1)}
YES, NO = 1, 2
_END = r"[,。;\n|]"
# The number in front of its label, in order of how certain it is to number anything.
_IN_FRONT: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?P<mark>[①②③④⑤⑥⑦⑧⑨⓪])"),
    re.compile(r"\[(?P<mark>\d)\]"),
    re.compile(r"(?P<mark>\d)\ufe0f?\u20e3"),
    re.compile(r"回复?(?P<mark>\d)(?=[^,。;\d请])[ —=:是-]*"),
    re.compile(
        r"(?:^|[\s:?。;,])\s*第?(?P<mark>[一二三四五六七八九壹贰叁肆伍])(?:种|号|个)?"
        r"[、,:. ]+(?=\S)"
    ),
    re.compile(r"(?:^|[\n:?。;])\s*第?(?P<mark>\d)(?:个|号)[、,: ]+"),
    re.compile(r"(?:^|[\s:?。;,!])(?P<mark>[a-h])(?:[:.、 ]+|(?=[\u4e00-\u9fff]))"),
    re.compile(
        r"(?<![\d.元个年月日点至到/-])(?P<mark>\d)"
        r"(?:[.、:)=]\s*(?!\d*(?:[天元日点]|月(?!嫂)))|[ ]+(?!\d*[天元个月日号点家])|"
        r"(?=[\u4e00-\u9fffa-z])(?![天元个日号点家或到]|月(?!嫂)))"
    ),
)
# The label in front of its number: 继续回1,不用回2.
_BEHIND = re.compile(
    r"(?P<label>[^,。;:?!\n 1-9]{1,10})(?:请|就)?回复?(?P<mark>\d|[ynab])(?![\u4e00-\u9fff])"
)


def read_options(text: str) -> tuple[tuple[int, str], ...]:
    """Return (number, label) of folded text in the order shown; empty where fewer than two.

    Letters count from 1; Y and N are 1 and 2.
    """
    behind = [
        (_number(found["mark"]), found["label"].removesuffix("请"))
        for found in _BEHIND.finditer(text)
    ]
    if len(behind) > 1:
        return tuple(behind)
    best: tuple[tuple[int, str], ...] = ()
    for pattern in _IN_FRONT:
        found = _labelled(text, list(pattern.finditer(text)))
        if len(found) > len(best):
            best = found
    return best if len(best) > 1 else ()


def _labelled(text: str, marks: list[re.Match[str]]) -> tuple[tuple[int, str], ...]:
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    return tuple(
        (_number(mark["mark"]), _label(text[mark.end() : end]))
        for mark, end in zip(marks, ends, strict=True)
    )


def _label(words: str) -> str:
    return re.split(r"[。;\n?]", words.strip(" \n"))[0].strip(" ,、/|=:回第-—·").removesuffix("请")


def _number(mark: str) -> int:
    for table in (_HAN, _CIRCLED, _LETTERS):
        if mark in table:
            return table[mark]
    if mark in "yn":
        return YES if mark == "y" else NO
    return int(mark)
