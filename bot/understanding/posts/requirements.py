"""Licences and schooling that a post requires, not those it merely prefers."""

from __future__ import annotations

import re

from bot.understanding.posts.licence_words import CANONICAL, OF_TRADE, WORD
from bot.understanding.values import Education

_CLASS = r"[abc][1-3](?!\d)"
_LICENCE = re.compile(
    rf"(?<![a-z0-9])(?P<classes>{_CLASS}e?(?:(?:[/、或,]|或者){_CLASS})*)(?:以上|及以上)?"
    r"(?=[证照驾]|本|[\u4e00-\u9fff,;。)\s]|$)|(?<![a-z0-9])(?P<letter>[abc])(?:类)?(?=[照本证驾])"
    rf"|(?P<word>{WORD})"
)
_OF_LETTER = {"a": "A1|A2", "b": "B1|B2", "c": "C1"}
_EITHER = re.compile(r"[:、]?(?:或者?是?|/|、或)(?:持|有|者)?")
_ANY_OF_THEM = re.compile(r"均可|任一|之一|任意|有一个|有其一|一种|其中一|都行|都可")
# Whoever has none is sent away: the licence is required.
_REFUSED_WITHOUT = re.compile(
    r"(?:无|没有?|没得|未持|不持)[^,。;]{0,8}(?:证|照)(?:的|者|人员)?[^,。;]{0,3}(?:勿|莫|别|免(?!费)|请绕|不(?!要紧|限))"
)
# 要叉车证,没证可培训考证: the next clause takes the requirement back.
_TAKEN_BACK = re.compile(
    r"[ (]*(?:没(?:有|得)?证?|无证|证件?|暂无)?(?:的|者)?"
    r"(?:可以?|均可|能|公司|厂里?|单位|我们|老板|入职后?|来了|后期|统一|免费|帮忙?|协助|负责|由){1,4}"
    r"[^,。;]{0,3}?(?:代办|办|培训|考证|去?考|拿证|补办)|[ (]*(?:不强制|有没有都|没有也|没得也|"
    r"没证也)"
)
_NOT_REQUIRED = re.compile(
    r"优先|优考|最好|更好|加分|不(?:要求|需|用|要|限)|没有?[^,。;]{0,4}证|无证|无需|代办|公司办|免费办|帮办|包办|统一办|"
    r"可(?:以)?(?:后)?办|可(?:以)?(?:免费)?(?:培训|代|考)|考证|带考|包考|出钱|没有的?(?:由|公司|厂|可|我们|老板|也)|厂里办|办理|入职后办|协助办|者优|均可(?:办)"
)
_CLAUSE = re.compile(
    r"[^,。;!\n |]+(?: (?:者?优先|均可|都可|可|也|公司|没有?的|不要求|即可|必须|及以上|"
    r"以上)[^,。;!\n |]*)*"
)
# Only the paper that is named is got for them: C1, 没有网约车证我们代办.
_GIVEN = r"(?:(?:代|包|给|帮|协助|免费|统一)?办|(?:代|包|去|来)?考|培训|补办|拿证)"
_GIVER = (
    r"(?:公司|厂里?|单位|我们|老板|店里|入职后?|来了|后期|统一"
    r"|免费|帮忙?|协助|负责|由|给|可以?|能|再){1,4}"
)
_WAIVED = re.compile(
    r"(?:没有?|无|没得|未持|差|缺)[^,。;!\n不莫勿别免]{0,8}(?:证|照)(?:的|者|人员)?"
    rf"[^,。;!\n不莫勿别免]{{0,3}},?[^,。;!\n不莫勿别免]{{0,6}}(?:{_GIVEN}|也行|也可|也要|也收|可以|"
    r"都行|都可|没关系|没得事|不要紧|无所谓|照样)"
    rf"|[\u4e00-\u9fff]{{0,8}}证,?(?:没得|没有?|无|暂无)的?(?:话|人|者)?,?(?:{_GIVER})?[^,。;!\n不]{{0,3}}{_GIVEN}"
    rf"|[\u4e00-\u9fff]{{0,8}}证,?{_GIVER}[^,。;!\n不]{{0,3}}{_GIVEN}"
    r"|(?:代办|包办|免费办|帮办|协助办|代考|包考|带考|给办)[^,。;!\n]{0,8}证"
    r"|[\u4e00-\u9fff]{0,8}证(?:可以?|能|也|都){0,2}(?:后补|后办|后考|以后再?[办考补]|后头再?[办考补])"
    r"|证不证|有证(?:无|没)证|有无证|有没有[^,。;!\n]{0,6}证都|不看证"
)
EVERY_LICENCE = "*"
_NOT_ENOUGH = re.compile(
    r"(?:光|只|仅|单)(?:是|凭)?有?[^,。;!\n]{0,8}[证照]的?[^,。;!\n]{0,3}(?:不|没用|莫)"
)
_ANY_LICENCE = (
    r"(?:好|有|相关|有效|上岗|操作|特种作业|从业|资格|岗位"
    r"|作业|正规|对应|相应|本工种|的|国家|全套){0,3}证件?"
)
_NAMELESS = re.compile(
    rf"(?:^|[^没无不])(?:带|持|凭|需|须|要|有|具备|具有){_ANY_LICENCE}"
    r"(?:来|上岗|者|的|必备|齐全|才(?:要|行|收|能来?)|上班|(?:老?师傅))?(?=[,。;! )\n]|$)"
    r"|(?:^|[,。;! (\n])(?:操作证|上岗证|资格证|作业证)(?:必须"
    r"|一定|要)?(?:要|必|具)?(?:有|备)?(?=[,。;! )\n]|$)"
    r"|(?:^|[,。;! (\n])(?:没有?|没得|无)(?:操作|上岗)?证的?(?:人"
    r"|者)?(?:勿|莫|别|免|请绕|不(?:要|收|招|用))"
)
_NOT_STRICT = re.compile(
    "优先|最好|更好|者优|无证(?!的?[者人]?[勿莫别免请不])|没得?证(?!的?[勿莫别免请不])|不(?:要求|需|用|限|看)"
)
_ANY_CLAUSE = re.compile(r"[^,。;!\n]+")
_BOTH_TENSIONS = re.compile("高[、/和]?低压(?:电工)?(?:操作)?证")
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
    r"需|须|要|最低|最少|至少|起码|不低于)[: ]?$"
)
_NO_SCHOOLING = re.compile(
    r"不限|不要求|不问|不看|优先|没读完|没毕业|无要求|以下|附近|旁|门口|食堂|门卫|校门|师傅|学校|在读|学生|暑假"
)

_LESS_REFUSED = re.compile(
    r"(?:学历|文化|毕业)?(?:以下|没毕业|没读完|未毕业)的?[^,。;]{0,3}(?:勿|莫|别|免|不(?:要|收|招))"
)


def read_certificates(text: str) -> tuple[str, ...]:
    """Return the licences that folded text requires, in the order said.

    Driving licences come as their class alone (A2); classes of which either is enough are
    joined by `|`. 持证上岗 names no licence.
    """
    if not ("证" in text or "本" in text or "照" in text or re.search(_CLASS, text)):
        return ()
    found: list[str] = []
    spelt = _BOTH_TENSIONS.sub("高压证、低压证", text)
    clauses = [clause.group() for clause in _CLAUSE.finditer(spelt)]
    for clause, following in zip(clauses, [*clauses[1:], ""], strict=True):
        if _is_demanded(clause, following):
            found.extend(_licences_of(clause))
        else:
            found.extend(_kept_beside(clause))
    named = tuple(dict.fromkeys(found))
    driving = any(re.match("[ABC][1-3]", licence) for licence in named)
    return tuple(licence for licence in named if not (driving and licence == "驾照"))


def read_waived(text: str) -> frozenset[str]:
    """Return the licences that folded text does not ask for, whatever a field says.

    `EVERY_LICENCE` stands for all but driving licences, where none is named: 没证公司办.
    """
    if "证" not in text:
        return frozenset()
    waived: set[str] = set()
    for match in _WAIVED.finditer(text):
        if not _REFUSED_WITHOUT.search(match.group()):
            named = [_licence(one) for one in _LICENCE.finditer(match.group())]
            waived.update(named or [EVERY_LICENCE])
    return frozenset(waived)


def is_waived(licence: str, waived: frozenset[str]) -> bool:
    """Tell whether a licence, or one of which either is enough, need not be had."""
    parts = licence.split("|")
    if any(part in waived for part in parts):
        return True
    driving = any(re.fullmatch("[ABC][1-3]|驾照", part) for part in parts)
    return EVERY_LICENCE in waived and not driving


def asks_for_licence(text: str) -> bool:
    """Tell whether folded text requires the trade's licence without its name: 带证来."""
    return "证" in text and any(
        _NAMELESS.search(clause) and not _NOT_STRICT.search(clause)
        for clause in _ANY_CLAUSE.findall(text)
    )


def nameless_licence(text: str, trade: str | None) -> tuple[str, ...]:
    """Return the usual licence of a trade where folded text asks for it without its name."""
    usual = OF_TRADE.get(trade or "")
    if usual is None or not asks_for_licence(text) or is_waived(usual, read_waived(text)):
        return ()
    return (usual,)


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


def _is_demanded(clause: str, following: str) -> bool:
    if _REFUSED_WITHOUT.search(clause):
        return True
    if _NOT_REQUIRED.search(clause) or _NOT_ENOUGH.search(clause) or read_waived(clause):
        return False
    return not (following and _TAKEN_BACK.match(following))


def _kept_beside(clause: str) -> list[str]:
    """Return what a clause asks for beside the one paper that it waives by name."""
    waived = read_waived(clause)
    if not waived or EVERY_LICENCE in waived:
        return []
    kept = _WAIVED.sub(" ", clause)
    return [] if _NOT_REQUIRED.search(kept) else _licences_of(kept)


def _licences_of(clause: str) -> list[str]:
    """Return the licences of a clause; those of which either is enough joined by `|`."""
    named: list[str] = []
    end = 0
    any_will_do = _ANY_OF_THEM.search(clause)
    matches = list(_LICENCE.finditer(clause))
    has_class = any(match["classes"] or match["letter"] for match in matches)
    for match in matches:
        if has_class and match["word"] and _licence(match) == "驾照":
            continue
        either = any_will_do or _EITHER.fullmatch(clause, end, match.start())
        if named and either:
            named[-1] = "|".join(dict.fromkeys((*named[-1].split("|"), _licence(match))))
        else:
            named.append(_licence(match))
        end = match.end()
    return named


def _is_required(clause: str, match: re.Match[str]) -> bool:
    if _LESS_REFUSED.match(clause, match.end()):
        return True
    if _NO_SCHOOLING.search(clause):
        return False
    behind = clause[match.end() : match.end() + 8]
    around = clause[max(0, match.start() - 6) : match.start()]
    alone = len(clause.strip()) <= len(match.group()) + 2
    return alone or bool(_SCHOOLED.search(around) or _SCHOOLED.search(behind))


def _licence(match: re.Match[str]) -> str:
    if match["classes"]:
        return "|".join(re.findall("[ABC][1-3]", match["classes"].upper()))
    if match["letter"]:
        return _OF_LETTER[match["letter"]]
    return CANONICAL[match["word"]]
