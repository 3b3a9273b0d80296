"""How many people a post wants for one kind of work."""

from __future__ import annotations

import re

from bot.understanding.posts.offered_trades import COUNT, PEOPLE
from bot.understanding.writing.numerals import read_number

_NOT_WANTED = (
    r"(?!月|小时|钟|体|点|子(?!工)|间|房|床|宿舍|一间|以上(?:团|组)|/间|份|帮|"
    r"工(?!人)|礼拜|星期|班(?!组))"
)
_PEOPLE = rf" ?(?:(?:多|余|来)?(?:名|个人|个|人|位)){_NOT_WANTED}"
_SPAN = rf"(?!{COUNT}(?:-|到|至){COUNT})"
_HEAD = rf"(?P<count>{COUNT})"
_RIGHT_AFTER = re.compile(
    rf"(?:\([^()\n]{{0,20}}\))?(?:[^\d,。;!?、\n|一二两三四五六七八九十]{{0,7}}?)[:|"
    rf"( ,]{{0,3}}?(?:[招要需缺差找共各聘]|人数|名额|若?){{0,2}}[:|"
    rf" ]{{0,3}}{_SPAN}{_HEAD}{_PEOPLE}"
)
_LABELLED = re.compile(
    rf"[^\n。;]{{0,12}}?[\s|(,;。]*(?:招聘|需求|招收|招|计划)?(?:人数|名额|数量|"
    rf"需求人数)[:| ]*{_SPAN}{_HEAD}(?: ?{PEOPLE})?(?![\d.])"
)
_CELL = re.compile(
    r"[:|× x*( ]{0,3}(?P<count>\d{1,2}|\d{3}(?= *\|))(?=[\s,。;、()|]|$)(?! ?[|"
    r":-]? ?\d{0,3} ?(?:元|块|岁))"
)
_CELL_LATER = re.compile(r"[^\n]{0,40}?\| *(?P<count>\d{1,3}) *(?:\||\n|$)")
_AFTER_PAY = re.compile(
    rf"[^\n,。;、\d]{{0,4}}\d[\d.]*k?(?: ?(?:-|到|至) ?[\d.]+k?)?(?:元|块)?(?:/[月天时])?"
    rf"[ ,/|]{{1,3}}{_HEAD}{_PEOPLE}"
)
_BEFORE = re.compile(
    rf"(?<![\d.]){_HEAD}{_PEOPLE}(?:[^,。;、\s\d]{{0,8}}的|会[^,。;\d]{{0,6}}的?)?(?:熟练|有经验的?|优秀|专职|全职|兼职|长期|女|男|大|中|小|[\u4e00-\u9fff]{{0,3}})$"
)
_MANY = re.compile(
    r"[^,。;!?\d\n]{0,4}[:| (]*(?:若干|多名|数名|多人|数人|不限人数|人数不限|名额不限|"
    r"大量|几名|几个|数[十百]|[二三四五]?十?来个)"
)
_EACH = re.compile(rf"各(?:招|要|需|聘)?{_HEAD}(?:{_PEOPLE}|(?=[\s,。;:、)]|$))")
_WANTED = re.compile(
    rf"(?:招聘?|要|共|需要?|先来|再来|还来|收|请|找|缺|差|聘|名额|人数|只剩)(?:工|募|约|"
    rf"人)?[:： ]?(?:{PEOPLE})? ?{_SPAN}{_HEAD}{_PEOPLE}"
)
_ANYWHERE = re.compile(
    rf"(?<![\d.月满每上到至第-]){_SPAN}{_HEAD} ?(?:名(?!额)|个人|人|位){_NOT_WANTED}(?!员)"
    r"(?<!的一个人)(?<!的1个人)"
)
_ONE = re.compile(r"(?:找|要|招|缺|差|请|聘|来)个(?!人|体|月|别|把)|一[名个](?=[,。;\s(]|$)")
_OTHERS = re.compile(
    r"(?:员工|职工|现有|拥有|在职|服务(?!员)|客户|每班|每组|每间|班组(?!长)|可容纳|团队|规模|(?<![包管吃])住)[^,。;\n]{0,8}$|一对$|[第有带]$"
)
_TENTH = re.compile("[多余来]")
_MOST = 5_000


class Headcounts:
    """Reads headcounts from the front of a folded post to its end, each figure once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._taken: set[int] = set()

    def beside(self, start: int, end: int, until: int) -> int | None:
        """Read the figure in front of the title from `start` to `end`, else behind it.

        `until` is where the words about the title end. A figure in front that an earlier
        title has taken is no longer there.
        """
        front = _BEFORE.search(self._text[max(0, start - 18) : start])
        if front is not None:
            offset = max(0, start - 18) + front.start("count")
            if offset not in self._taken and not _OTHERS.search(
                self._text[max(0, offset - 12) : offset]
            ):
                self._taken.add(offset)
                return _number(front["count"])
        return self._behind(end, until)

    def _behind(self, end: int, until: int) -> int | None:
        words = self._text[end:until]
        if _MANY.match(words):
            return None
        for pattern in (_RIGHT_AFTER, _LABELLED, _CELL, _CELL_LATER, _AFTER_PAY):
            match = pattern.match(words)
            if match is not None and not self._is_taken(end + match.start("count")):
                self._taken.add(end + match.start("count"))
                return _number(match["count"])
        return None

    def _is_taken(self, offset: int) -> bool:
        return offset in self._taken or bool(
            _OTHERS.search(self._text[max(0, offset - 10) : offset])
        )


def find_each(words: str) -> int | None:
    """Read the number wanted for each of the titles in front of `words`: 各2名."""
    match = _EACH.search(words)
    return None if match is None else _number(match["count"])


def find_anywhere(text: str) -> int | None:
    """Read the number wanted from a post that offers one kind of work."""
    for pattern in (_WANTED, _ANYWHERE):
        for match in pattern.finditer(text):
            start = match.start("count")
            if not _OTHERS.search(text[max(0, start - 12) : start]):
                return _number(match["count"])
    return 1 if _ONE.search(text) else None


def says_many(words: str) -> bool:
    """Tell whether the words behind a title want people without saying how many."""
    return _MANY.match(words) is not None


def _number(words: str) -> int | None:
    number = read_number(words)
    return int(number) if number is not None and 1 <= number <= _MOST else None
