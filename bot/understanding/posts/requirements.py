"""Licences and schooling that a post requires, not those it merely prefers."""

from __future__ import annotations

import re

from bot.understanding.values import Education

_LICENCES: dict[str, str] = {
    "低压证": "低压电工证",
    "低压操作证": "低压电工证",
    "高压证": "高压电工证",
    "高压操作证": "高压电工证",
    "电工操作证": "电工证",
    "电焊证": "焊工证",
    "焊工操作证": "焊工证",
    "叉车操作证": "叉车证",
    "叉车司机证": "叉车证",
    "驾驶证": "驾照",
    "驾驶执照": "驾照",
    "健康证明": "健康证",
    "育婴师证": "育婴证",
    "高空证": "登高证",
    "高空作业证": "登高证",
    "高处作业证": "登高证",
    "架子工证": "登高证",
    "特种作业操作证": "特种作业证",
    "保安员证": "保安证",
    "锅炉证": "司炉证",
    "司炉工证": "司炉证",
    "挖掘机证": "挖机证",
    "塔吊司机证": "塔吊证",
    "塔吊操作证": "塔吊证",
    "导游资格证": "导游证",
    "护理员证": "护理证",
}
_PLAIN = [
    "健康证",
    "焊工证",
    "电工证",
    "低压电工证",
    "高压电工证",
    "叉车证",
    "驾照",
    "从业资格证",
    "上岗证",
    "厨师证",
    "育婴证",
    "月嫂证",
    "母婴护理证",
    "护理证",
    "护工证",
    "养老护理员证",
    "保安证",
    "登高证",
    "特种作业证",
    "特种设备作业证",
    "挖机证",
    "塔吊证",
    "司炉证",
    "会计证",
    "导游证",
    "教师资格证",
    "教师证",
    "压力容器证",
    "行车证",
    "电梯证",
    "制冷证",
    "危化品证",
    "押运证",
    "消防证",
    "消控证",
    "安全员证",
    "建构筑物消防员证",
    "美容师证",
    "面点师证",
    "按摩证",
    "护士证",
    "药师证",
    "普通话证",
]
_WORDS = sorted({*_PLAIN, *_LICENCES} - {"上岗证"}, key=len, reverse=True)
_CLASS = r"[abc][1-3](?!\d)"
_LICENCE = re.compile(
    rf"(?<![a-z0-9])(?P<classes>{_CLASS}e?(?:(?:[/、或,]|或者){_CLASS})*)(?:以上|及以上)?"
    r"(?=[证照驾]|本|[\u4e00-\u9fff,;。)\s]|$)|(?P<word>" + "|".join(_WORDS) + ")"
)
_NOT_REQUIRED = re.compile(
    r"优先|优考|最好|更好|加分|不(?:要求|需|用|要|限)|没有?[^,。;]{0,4}证|无证|无需|代办|公司办|免费办|帮办|包办|统一办|"
    r"可(?:以)?(?:后)?办|厂里办|办理|入职后办|协助办|者优|均可(?:办)"
)
_CLAUSE = re.compile(r"[^,。;!\n]+")
_WORDS_TOGETHER = re.compile(r"[^,。;!\n |]+(?: (?:优先|及以上|以上)[^,。;!\n |]*)?")

_LEVELS: tuple[tuple[Education, str], ...] = (
    ("primary", "小学"),
    ("junior_high", "初中"),
    ("senior_high", "高中"),
    ("vocational", "中专|中职|职高|技校|中技|职业高中|职业中学"),
    ("college", "大专|专科|高职|本科|大学|研究生"),
)
_LEVEL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _LEVELS))
_SCHOOLED = re.compile(
    r"(?:学历|文化|程度|毕业|水平)|(?:及|或)?(?:以上|之上|起)|(?:学历|文化(?:程度)?|要求|"
    r"需|须|要)[: ]?$"
)
_NO_SCHOOLING = re.compile(
    r"不限|不要求|不问|不看|优先|没读完|没毕业|无要求|以下|附近|旁|门口|食堂|门卫|校门|师傅|学校|在读|学生|暑假"
)


def read_certificates(text: str) -> tuple[str, ...]:
    """Return the licences that folded text requires, in the order said.

    Driving licences come as their class alone (A2); classes of which either is enough are
    joined by `|`. 持证上岗 names no licence.
    """
    if not ("证" in text or "照" in text or re.search(_CLASS, text)):
        return ()
    found: list[str] = []
    for clause in _CLAUSE.finditer(text):
        if not _NOT_REQUIRED.search(clause.group()):
            found.extend(_licence(match) for match in _LICENCE.finditer(clause.group()))
    named = tuple(dict.fromkeys(found))
    driving = any(re.match("[ABC][1-3]", licence) for licence in named)
    return tuple(licence for licence in named if not (driving and licence == "驾照"))


def read_education(text: str) -> Education | None:
    """Return the least schooling that folded text requires; 不限 and 识字 require none."""
    order: list[Education] = [name for name, _ in _LEVELS]
    for clause in _WORDS_TOGETHER.finditer(text):
        words = clause.group()
        levels = [match for match in _LEVEL.finditer(words) if _is_required(words, match)]
        if levels:
            named = [match.lastgroup for match in levels]
            return next(level for level in order if level in named)
    return None


def _is_required(clause: str, match: re.Match[str]) -> bool:
    if _NO_SCHOOLING.search(clause):
        return False
    behind = clause[match.end() : match.end() + 8]
    around = clause[max(0, match.start() - 6) : match.start()]
    alone = len(clause.strip()) <= len(match.group()) + 2
    return alone or bool(_SCHOOLED.search(around) or _SCHOOLED.search(behind))


def _licence(match: re.Match[str]) -> str:
    if match["classes"]:
        return "|".join(re.findall("[ABC][1-3]", match["classes"].upper()))
    word = match["word"]
    return _LICENCES.get(word, word)
