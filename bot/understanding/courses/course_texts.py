"""A course announced in free words, read into its facts; and one line that corrects them."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date

from bot.understanding.courses.course_days import read_days
from bot.understanding.courses.course_facts import CourseFacts
from bot.understanding.courses.course_words import (
    certificate_span,
    daily_span,
    read_allowance,
    read_free,
    read_seats,
    read_subsidised,
    school_span,
)
from bot.understanding.messages.skills import SkillReader
from bot.understanding.occupations.trades import GENERAL, TradeFinder
from bot.understanding.places.finder import PlaceFinder
from bot.understanding.posts.contacts import choose_contact
from bot.understanding.writing.folding import blank, fold
from bot.understanding.writing.phones import find_phones

LONGEST = 2_000
_KINDS = (
    r"(?:培训班|技能班|订单班|提升班|速成班|入门班|初级班|中级班|高级班|训练营|手艺班|班|培训|课程)"
)
_TITLE_LABEL = re.compile(
    r"(?:课程名称|班名|名称|培训(?:名称|项目|课程|内容)|课程|标题)"
    r"(?:改成|改为|[:：是为 ])+(?P<said>[^,。;\n]{2,40})"
)
_TITLE = re.compile(
    rf"(?P<said>[\u4e00-\u9fffa-z0-9()·]{{1,20}}?{_KINDS})(?=[,。;:!\s\d(]|$|开|招|将|于|报|免|在|现|的|共|为期|从)"
)
_LEADS = re.compile(
    r"^(?:.*(?:通知|公告|举办|开办|开设|开展|组织|新开|要开|开个|开一个|办一个|办个|免费|我们|本局|局里|一期|举行))"
)
_GENERIC = frozenset({"订单班", "技能班", "提升班", "初级班", "中级班", "高级班", "手艺班"})
_NO_TITLE = frozenset(
    {
        "补贴性培训",
        "政府补贴性培训",
        "项目制培训",
        "开班",
        "上班",
        "下班",
        "培训",
        "课程",
        "本班",
        "该班",
        "报班",
        "培训班",
        "参加培训",
    }
)
_PLACE_LABEL = re.compile(
    r"(?<!报名)(?<!集合)(?<!咨询)(?:地点|地址|地方|位置)(?:改到|改成|改为|就?在|[:：是为 ])*"
    r"(?P<said>[^,。;\n]{2,60})"
)
_PLACE_IN = re.compile(
    r"(?:^|[,。;\s])(?:改到|就?在|到)(?P<said>[^,。;\n]{2,40}?)(?:上课|培训|开班|学习|报到|[,。;\n]|$)"
)
_TRADE_LABEL = re.compile(
    r"(?:工种|专业|职业|培训工种)(?:改成|改为|[:：是为 ])+(?P<said>[^,。;\n]{2,24})"
)
# A line that names its field says nothing of the others.
_LABELS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(?:课程名称|班名|名称|标题|课程)"), ("title", "trade")),
    (re.compile(r"(?:工种|专业|职业)"), ("trade",)),
    (re.compile(r"(?:上课地点|培训地点|地点|地址|地方|位置|改到[^\d]{2})"), ("adcode", "address")),
    (re.compile(r"(?:上课时间|每天|课时|学时|时段)"), ("daily",)),
    (re.compile(r"(?:开班|开课|开学|报到|日期|结束|结业|时间)"), ("starts_on", "ends_on", "daily")),
    (re.compile(r"(?:名额|人数|座位|招生?|限)"), ("seats",)),
    (re.compile(r"(?:生活|伙食|补贴|补助)"), ("living_allowance", "subsidised")),
    (re.compile(r"(?:学校|机构|承办|主办)"), ("school",)),
    (re.compile(r"(?:证书|发证|考证|证)"), ("certificate",)),
    (re.compile(r"(?:电话|联系)"), ("contact",)),
    (re.compile(r"(?:费用|收费|免费|学费)"), ("is_free",)),
)  # fmt: skip
_CUTS = re.compile(r"[\n;；。]+")
_YES_NO = {
    **dict.fromkeys(("有", "是", "发", "要"), True),
    **dict.fromkeys(("没有", "没得", "无", "不发", "否"), False),
}


class CourseTexts:
    """Reads courses over one catalogue's places and trades."""

    def __init__(self, places: PlaceFinder, trades: TradeFinder, spoken: SkillReader) -> None:
        self._places = places
        self._trades = trades
        self._spoken = spoken

    def read(self, original: str, *, home: str | None, today: date) -> CourseFacts:
        """Read what somebody announces; whatever is not said stays None. Never raises."""
        raw = original[:LONGEST]
        folded = fold(raw)
        phones = find_phones(folded)
        text = blank(folded, [(one.start, one.end) for one in phones])
        title = self._title(raw, text)
        adcode, address = self._place(raw, text, home)
        first, last = read_days(text, today)
        return CourseFacts(
            title=title,
            trade=self._trade(text, title),
            school=_words(raw, school_span(text)),
            adcode=adcode,
            address=address,
            starts_on=first,
            ends_on=last,
            daily=_words(raw, daily_span(text)),
            seats=read_seats(text),
            living_allowance=read_allowance(text),
            subsidised=read_subsidised(text),
            is_free=read_free(text),
            certificate=_words(raw, certificate_span(text)),
            contact=choose_contact(folded, phones),
        )

    def correct(
        self, known: CourseFacts, words: str, *, home: str | None, today: date
    ) -> tuple[CourseFacts, tuple[str, ...]]:
        """Return the facts with what these lines say, and the names of what changed.

        A line that begins with a field's name says only that. A new first day alone moves the
        whole course.
        """
        result = known
        for line in _CUTS.split(words[:LONGEST]):
            if line.strip():
                result = self._corrected(result, line.strip(), home=home, today=today)
        changed = [
            field.name
            for field in fields(CourseFacts)
            if getattr(result, field.name) != getattr(known, field.name)
        ]
        return result, tuple(changed)

    def trade_in(self, words: str) -> str | None:
        """Return the trade that somebody wants to learn or a course teaches, or None."""
        text = fold(words[:LONGEST])
        found = [*self._trades.find(text), *self._spoken.find(text)]
        proper = [one for one in found if one.word != GENERAL]
        return (
            max(proper, key=lambda one: (one.end - one.start, -one.start)).word if proper else None
        )

    def _corrected(
        self, known: CourseFacts, line: str, *, home: str | None, today: date
    ) -> CourseFacts:
        said = self.read(line, home=home, today=today)
        folded = fold(line)
        label = next((names for mark, names in _LABELS if mark.match(folded)), None)
        new = {
            name: getattr(said, name)
            for name in (label or [field.name for field in fields(CourseFacts)])
            if getattr(said, name) is not None
        }
        if label is None and "title" not in new:
            new.pop("trade", None)
        if label is not None and "living_allowance" in label and "living_allowance" not in new:
            new.update(_yes_no(folded))
        if "starts_on" in new and "ends_on" not in new:
            new.update(_moved(known, new["starts_on"]))
        if "trade" in new and new["trade"] is None:
            del new["trade"]
        return replace(known, **new)

    def _title(self, raw: str, text: str) -> str | None:
        labelled = _TITLE_LABEL.search(text)
        if labelled is not None:
            return raw[slice(*labelled.span("said"))].strip() or None
        for match in _TITLE.finditer(text):
            said = match["said"]
            lead = _LEADS.match(said)
            start = match.start("said") + (lead.end() if lead else 0)
            words = raw[start : match.end("said")].strip("：: ")
            if words not in _NO_TITLE and len(words) > 1:
                return self._named(text, words)
        return None

    def _named(self, text: str, words: str) -> str:
        """Put the trade before a title that is only a kind: 平车工订单班."""
        found = self._trades.find(text) if words in _GENERIC else []
        return f"{found[0].raw}{words}" if found else words

    def _trade(self, text: str, title: str | None) -> str | None:
        labelled = _TRADE_LABEL.search(text)
        if labelled is not None:
            return self.trade_in(labelled["said"])
        return (self.trade_in(title) if title else None) or self.trade_in(text)

    def _place(self, raw: str, text: str, home: str | None) -> tuple[str | None, str | None]:
        found = _PLACE_LABEL.search(text) or _PLACE_IN.search(text)
        words = found["said"] if found is not None else text
        codes = self._places.finest([one.code for one in self._places.find(words, home=home)])
        adcode = codes[0] if codes else None
        if found is None:
            return adcode, None
        address = raw[slice(*found.span("said"))].strip()
        is_place = adcode is not None or re.search(r"[路街镇乡村校楼室号院心社区厂]", address)
        return adcode, address if is_place else None


def _words(raw: str, span: tuple[int, int] | None) -> str | None:
    return raw[slice(*span)].strip() or None if span is not None else None


def _yes_no(folded: str) -> dict[str, bool]:
    value = re.sub(r"^[^有没无是发否要不]*", "", folded).strip()
    return {"living_allowance": _YES_NO[value]} if value in _YES_NO else {}


def _moved(known: CourseFacts, first: date) -> dict[str, date]:
    """Return the last day of a course that begins on another day and lasts as long."""
    if known.starts_on is None or known.ends_on is None:
        return {}
    return {"ends_on": first + (known.ends_on - known.starts_on)}
