"""What shuts people out of a vacancy, put right by one line: 学历不限, 要3年经验, 到岗 12月1日."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.understanding.posts.durations import read_days
from bot.understanding.posts.experience import read_experience_years
from bot.understanding.posts.nearness import read_nearby_only
from bot.understanding.posts.offers_beside_pay import read_shifts
from bot.understanding.posts.practised_hands import read_needs_skill
from bot.understanding.posts.requirements import read_certificates, read_education
from bot.understanding.posts.reserved_groups import read_reserved_for
from bot.understanding.posts.starts import read_start
from bot.understanding.values import CorrectedField, Correction

_COLON = r"(?:改成|改为|改到|是|为|[:=])?[\s:=,]*"
_ANYTHING = (
    r"(?:不限制?|不要求|不作要求|没(?:有|得)?(?:要求|限制)|无(?:要求|限制)?|都(?:行|可以?|要|收)|"
    r"不(?:要|用|需要?|看|论|问|管)|没有?|没得|随便|取消|去掉|无所谓|没关系)"
)
_DROP = r"(?:不限(?:于|制)?|不(?:要求?|用|需要?|看|问|论)|没有?|没得|无需?|取消|去掉)"
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_WANT = r"(?:只|仅|就)?(?:要求?|需要?|得|须|必须|至少|最少|最低|起码|招|凭)?"
_CHANGED = re.compile(r"^(?:改成|改为|改|把) ?")
_ADD = re.compile(r"(?:还|也|另外)?(?:要|需|得|必须|加)")
_TAKE_OUT = re.compile(r"(?:不(?:要|用|需要?|上)|没有?|没得|无需?|取消|去掉|免)")
_COUNT = re.compile(rf"(?:{_NUMBER}|半) ?个?(?:天|日|周|星期|礼拜|月)(?:左右)?的?$")
_OPEN_TO_GROUP = re.compile(r"不(?:限(?:于)?|只[招要限收]|仅?限)(?P<group>.+)")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One requirement: its label, a whole line without label, and how a post would say it.

    `spell` makes of a bare value the words that the post's own reader knows.
    """

    field: CorrectedField
    label: str
    bare: str
    read: Callable[[str, date | None], Correction | None]
    spell: Callable[[str], str]
    lifted: str = r"(?!)"

    def correct(self, line: str, today: date | None) -> Correction | None:
        """Read a folded line that is about this requirement and nothing else."""
        if self._lifts(line):
            return self._lift(line)
        labelled = re.fullmatch(rf"(?:{self.label}){_COLON}(?P<value>.+)", line)
        values = [labelled["value"]] if labelled else []
        if re.fullmatch(self.bare, line):
            values.append(line)
        said = (self.read(words, today) for value in values for words in (value, self.spell(value)))
        return next((found for found in said if found is not None), None)

    def _lifts(self, line: str) -> bool:
        forms = (
            rf"(?:{self.label}){_COLON}{_ANYTHING}(?:了|的|也行)?",
            rf"{_DROP}(?:{self.label})(?:要求|限制)?(?:的?[也都]?(?:行|可以?|要|收))?了?",
            self.lifted,
        )
        return any(re.fullmatch(form, line) for form in forms)

    def _lift(self, line: str) -> Correction:
        # Who asks for no experience takes beginners too.
        asked = False if self.field in {"experience", "nearby"} else None
        return Correction(self.field, line, yes=asked)


def read_requirement(line: str, today: date | None) -> Correction | None:
    """Read a folded line that states or lifts one requirement; None for anything else.

    Days are only read where `today` is known.
    """
    words = _CHANGED.sub("", line.strip(" 。.!"))
    for kind in _KINDS:
        found = kind.correct(words, today)
        if found is not None:
            return found
    group = _OPEN_TO_GROUP.fullmatch(words)
    if group and read_reserved_for(f"限{group['group']}"):
        return Correction("reserved", words)
    return None


def requirements_in(words: str, today: date | None) -> list[Correction]:
    """Return every requirement that folded words state as a post does, in a fixed order."""
    return [found for kind in _KINDS if (found := kind.read(words, today)) is not None]


def _education(words: str, today: date | None) -> Correction | None:
    del today
    level = read_education(words)
    return Correction("education", words, education=level) if level else None


def _experience(words: str, today: date | None) -> Correction | None:
    del today
    years, needs = read_experience_years(words), read_needs_skill(words)
    if years is None and needs is None:
        return None
    return Correction("experience", words, number=years, yes=needs)


def _certificates(words: str, today: date | None) -> Correction | None:
    del today
    out = _TAKE_OUT.match(words)
    named = read_certificates(words[out.end() :] if out else words)
    if not named:
        return None
    adds = True if _ADD.match(words) else None
    return Correction("certificates", words, named=named, yes=False if out else adds)


def _nearby(words: str, today: date | None) -> Correction | None:
    del today
    return Correction("nearby", words, yes=True) if read_nearby_only(words) else None


def _start(words: str, today: date | None) -> Correction | None:
    day = read_start(words, today)
    return Correction("start", words, day=day) if day else None


def _length(words: str, today: date | None) -> Correction | None:
    days = read_days(words, today)
    return Correction("length", words, number=days) if days else None


def _reserved(words: str, today: date | None) -> Correction | None:
    del today
    groups = read_reserved_for(words)
    return Correction("reserved", words, named=groups) if groups else None


def _shifts(words: str, today: date | None) -> Correction | None:
    del today
    out = _TAKE_OUT.match(words)
    named = read_shifts(words[out.end() :] if out else words)
    return Correction("shifts", words, named=named, yes=False if out else None) if named else None


def _length_words(words: str) -> str:
    counted = _COUNT.search(words)
    return f"工期{counted.group()}" if counted else words


def _experience_words(words: str) -> str:
    years = re.fullmatch(rf"{_WANT}(?P<years>{_NUMBER}年(?:及?以上)?)", words)
    return f"经验{years['years']}" if years else "要有经验"


_KINDS = (
    _Kind(
        "education",
        r"学历(?:要求)?|文化(?:程度|水平)?(?:要求)?|教育程度",
        rf"{_WANT}(?:小学|初中|高中|中专|中职|职高|技校|大专|专科|本科)(?:毕业|文化|学历|程度|水平|"
        r"及|以上|起)*(?:的|就行|即可)?",
        _education,
        str,
        lifted=r"(?:没|不(?:识|认))(?:得|有)?(?:文化|学历|字)的?[也都]?(?:行|可以?|要|收)|识字就行",
    ),
    _Kind(
        "experience",
        r"(?:工作|相关)?经验(?:要求)?|工龄|驾龄|熟手|手艺",
        rf"{_WANT}有?(?:{_NUMBER}年(?:及?以上)?的?)?(?:工作|相关)?(?:经验|工龄|驾龄|熟手|熟练工?|老手|"
        r"会做的|做过的)(?:及?以上)?的?|(?:生手|新手|没得?经验|没有经验|无经验|零基础|小白)的?[也都]?"
        r"(?:行|可以?|要|收|可教|能教|来|包教会?|得行|要得)+|不(?:要|招|收)(?:生手|新手|小白)",
        _experience,
        _experience_words,
    ),
    _Kind(
        "certificates",
        r"证件(?:要求)?|证书|证照|持证|资格证|证",
        rf"(?:还|也|另外|加|持|有|带|不(?:要|用|需要?)|取消|去掉|免)?{_WANT}(?:有|持|带)?"
        r"[a-z0-9\u4e00-\u9fff、/]{1,16}(?:证|驾照|本)的?",
        _certificates,
        str,
    ),
    _Kind(
        "nearby",
        r"附近|远近|距离|周边",
        r"(?:只|仅|就|必须|要求)?(?:限|要|招|收|是|住)*(?:在)?(?:附近|周边|本村|本镇|本社区)(?:的)?"
        r"(?:人|居民|村民)?(?:才(?:要|收|招|来))?",
        _nearby,
        lambda words: f"只要{words}",
        lifted=r"(?:住得)?远(?:的|点|一点)*(?:人)?[也都](?:行|可以?|要|收)",
    ),
    _Kind(
        "start",
        r"(?:到岗|上岗|开工|入职|报到|开始)(?:上班)?(?:时间|日期|日)?|上班日期",
        r"[\w./-]{1,14}(?:到岗|上岗|开工|入职|报到|进厂|开始上班)的?",
        _start,
        lambda words: f"{words}到岗",
        lifted=r"随时(?:都|可以?|能)*(?:到岗|上岗|上班|来|入职)|哪天(?:到岗|来)都(?:行|可以?)",
    ),
    _Kind(
        "length",
        r"工期|时长|做多久|干多久|短工|临时工|用工(?:时间|期)|天数",
        r"(?:短工|临时工|只|就|要|大概|大约|一共|共)*(?:做|干|忙)?(?:个)?"
        rf"(?:{_NUMBER}|半) ?个?(?:天|周|星期|礼拜|月)(?:左右)?的?(?:短工|临时工|活)?",
        _length,
        _length_words,
        lifted=r"不是(?:短工|短期工?|临时工?|零工)|(?:做|干|是|招)?(?:长期|长年|常年)工?(?:做|干|的)?",
    ),
    _Kind(
        "reserved",
        r"(?:招工?)?对象|人群|身份",
        r"(?:只|仅|限|专)门?(?:招|要|收|限|面向|给)?[^\d,。]{2,24}",
        _reserved,
        lambda words: f"限{words}",
        lifted=r"(?:谁|哪个|什么人|啥子人)都(?:行|可以?|要|招|收)(?:来|报名?)?",
    ),
    _Kind(
        "shifts",
        r"班次|倒班|班制",
        r"(?:要|只|都|是|改)*(?:上|不上|没有|没得|无|不用上|取消)?(?:长)?(?:白班|夜班|晚班|[两二三]班倒|半天班)的?",
        _shifts,
        str,
    ),
)
