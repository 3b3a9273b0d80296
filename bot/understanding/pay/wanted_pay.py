"""The pay a worker asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.understanding.messages.polarity import Clause, clause_at
from bot.understanding.pay.wage_words import COUNTED_AFTER, NOT_MINE_AFTER
from bot.understanding.pay.wages import TimeUnit, Wage, find_wages
from bot.understanding.values import Context, Intent
from bot.understanding.writing.numerals import find_amounts

_SPEAKS_OF_MONEY: frozenset[Intent] = frozenset(
    ("complain_wages", "policy_question", "training", "checkin_reply", "delete_my_data")
)
_LEAST_BARE: tuple[tuple[TimeUnit, int], ...] = (("month", 800), ("day", 50), ("hour", 10))
_LONGEST_REST = 6
_MOST_A_MONTH = 40_000
_HEAD = 14
_SAID, _DEMANDED, _CHANGED = range(3)

# The nearest of these words in front of a figure tells what it is.
_MARKS = re.compile(
    "(?P<once>以前|原来|原先|过去|从前|之前|早先|前几?年|去年|当年|那时|那阵|曾经|上回|上次|上个?月|头回)"
    "|(?P<promised>说好|讲好|谈好|说的|讲的|说是|承诺|答应|招工写|合同|宣传|约定|发到手|广告|结账|当时|"
    "(?:登|填|写|报|记|存)的?(?:是|要|成|的|了)+)"
    "|(?P<others>人家|妹儿?|哥|弟|姐夫?|老表|舅子|邻居|朋友|儿子|幺儿|女儿|女婿|亲戚|别个|别人|他们|老乡|工友|同村|隔壁)"
    "|(?P<now>(?:现在|目前|眼下)(?!肯|想|要|愿|找|打算|只|改|准备|能去|可以)|才(?=[\\d一二两三四五六七八九拿得给有开])|只有|只拿|只给|只发)"
    "|(?P<demand>想(?!不通|起)|要|找|希望|打算|求|今年|这回|这次|起码|至少|最少|最低|低于|少于|不下|没得|"
    "改|换|涨到|是(?=\\d|[一二两三四五六七八九]))"
)
_OLD_VALUE = re.compile(
    "(?:不(?:是|要)要?|(?:你们|那)那?[个家份]|把|从|由|原先?的?|老的?)$"
    "|(?:登记?|填|写|报|记|存)(?:的|错|成了)[^,。;! ]{0,5}$"
    "|(?:不|莫|别)要?再?(?:写|填|登|报|记)(?:成|的|起)?$"
)
_FALLS_SHORT = re.compile("(?:挣|拿|赚|搞|得|发)不到$|不足$|不满$")
_REFUSED = re.compile(r"(?:块钱?|元)?的?(?:话|我|就|都)*(?:不|莫)")
_BECOMES = re.compile(
    r" ?(?:的|元|块)? ?(?:的?(?:要价|工价|价钱|工资|日工)(?:改|换|涨|提|调)|"
    r"改成|改到|改为|换成|变成|调到|涨到|加到|→|-+>)|[ ,]不[ ,]"
    "|[ ,](?:不对|错了|说错)|(?:块|元)?(?:是不是|对不对|合不合|是真)"
)
_NEW_VALUE = re.compile(
    "(?:改成|改到|改为|换成|变成|调成|调到|涨到|加到|提到|升到|降到|→|>|应该是|,是|"
    "(?:给我|帮我|跟我|重新|应该|麻烦)(?:写|填|登|改|记|报|提)(?:成|到|个|为)?|"
    "(?:原先|以前|原来|之前|早先)[写填登报要][^。;]{1,6}[, ]"
    "(?:现在|如今|现而今|而今)(?:要|想要|改|写)?)$"
)
_TOO_LITTLE = re.compile(
    r"(?:块钱?|元)?(?:的)?(?:一个月|的活)?(?:确实|肯定|实在|有点|都|就|我|也)*"
    r"(?:太低|太少|低了|少了|不够|不干|不行|不得行|不考虑|不去|不做|不来|不要|莫喊|莫找|划不来|养不|哪里够)"
)
_WELCOME = re.compile(
    r"(?:的)?(?:话)?(?:我)?(?:都|就|也|才)?(?:行|可以|要得|得行|满意|够了|干|去|来|成|差不多|算了|好)"
)
_GRIEVANCE = re.compile(
    "欠条|欠起|条子上|哄[人鬼]|骗[人子]|克扣|凭啥|不认账|讨(?:回|要)|莫声张|踢来踢去"
)
_FOR_ALL = re.compile(r"(?:一共|总共|共计|加起来|[两三四五六七八九十\d]个人的?工[资钱]).{0,4}$")
_JOIN = re.compile(r" ?(?:、|或者?|/|要么|到)? ?")
_FIGURE = re.compile(r"[\d一二两三四五六七八九十百千万]")
_BREAKS = ",。;!? \n"
_BREAK = re.compile(rf"[{_BREAKS}]+")
_EARNED = re.compile("拿|挣|赚|开|得|发|搞")
_BY_DAY = re.compile(
    "[日天]结|[一每][天日]|点工|工价|按天|天工|一天一结|小工|大工|工地|打杂|砌砖|木工|钢筋|油漆|粉墙|贴砖|泥水|瓦工|砖工|架子|打灰|刷墙|刮灰|水电|模板"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    wage: Wage
    strength: int


def find_wanted_pay(
    text: str, clauses: list[Clause], intent: Intent, context: Context
) -> Wage | None:
    """Find the lowest pay asked for in folded text.

    A changed value (改成五千五) goes before a demand, a demand before a bare figure. What
    was or is earned, promised, written before, paid to others, owed or called too little is
    not asked for. The answer to the bot's question of pay may be a bare figure.
    """
    if intent in _SPEAKS_OF_MONEY:
        return None
    found = list(_candidates(text, clauses, find_wages(text)))
    if not found and _BY_DAY.search(text):
        daily = (wage for wage in find_wages(text, usual="day") if _is_said_as_pay(text, wage))
        found = list(_candidates(text, clauses, list(daily)))
    if _GRIEVANCE.search(text):
        # The intent may have missed it; then only a clear demand is one.
        found = [candidate for candidate in found if candidate.strength != _SAID]
    if found:
        return min(found, key=_rank).wage
    if (context.question or "").endswith(("wage", "wage_min")):
        return _bare_wage(text)
    return None


def _rank(candidate: _Candidate) -> tuple[int, int]:
    # Of several demands the lowest counts; of bare figures and changes the first.
    lowest = candidate.wage.monthly()[0] if candidate.strength == _DEMANDED else 0
    return -candidate.strength, lowest


def _candidates(text: str, clauses: list[Clause], wages: list[Wage]) -> Iterator[_Candidate]:
    marks = list(_MARKS.finditer(text)) if wages else []
    for wage in _joined(text, wages):
        left = text[max(0, wage.figure - _HEAD) : wage.figure]
        if _NEW_VALUE.search(left):
            yield _Candidate(wage, _CHANGED)
        elif not _is_unasked(text, wage, left):
            mark = _nearest(text, marks, wage)
            past = clause_at(clauses, wage.end - 1).past and mark != "demand"
            strength = _strength(text, wage, mark)
            if strength is not None and not past:
                yield _Candidate(wage, strength)


def _joined(text: str, wages: list[Wage]) -> list[Wage]:
    """Join alternatives that are said in one breath: 两千八三千都得行."""
    joined: list[Wage] = []
    for wage in wages:
        last = joined[-1] if joined else None
        if (
            last is not None
            and _JOIN.fullmatch(text, last.end, wage.start)
            and last.unit == wage.unit
            and last.high < wage.low <= 2 * last.low
        ):
            joined[-1] = replace(last, high=wage.high, end=wage.end)
        else:
            joined.append(wage)
    return joined


def _is_unasked(text: str, wage: Wage, left: str) -> bool:
    """Tell a sum that is no wish of the writer's, by the words that touch it."""
    if _BECOMES.match(text, wage.end) or _OLD_VALUE.search(left) or _FOR_ALL.search(left):
        return True
    if NOT_MINE_AFTER.match(text, wage.end) or wage.monthly()[0] > _MOST_A_MONTH:
        return True
    if _FALLS_SHORT.search(left) and not _REFUSED.match(text, wage.end):
        return True
    return not _is_floor(text, wage) and _TOO_LITTLE.match(text, wage.end) is not None


def _is_floor(text: str, wage: Wage) -> bool:
    # 两千多 only says about how much; 两千以上 is what is asked.
    loose = text[wage.figure : wage.end].rstrip("块钱元").endswith(("多", "几"))
    return wage.bound == "at_least" and not loose


def _nearest(text: str, marks: list[re.Match[str]], wage: Wage) -> str | None:
    """Return the kind of the nearest word that is close enough to bear on the figure.

    What was earned once may stand one clause before the sum, further only where the sum is
    said to be earned; a promise or other people's pay stands in the same clause.
    """
    nearest = next((mark for mark in reversed(marks) if mark.start() < wage.figure), None)
    if nearest is None or nearest.lastgroup == "demand":
        return None if nearest is None else "demand"
    between = text[nearest.end() : wage.figure]
    breaks = len(_BREAK.findall(between))
    earned = _EARNED.search(text, max(nearest.end(), wage.start - 4), wage.figure) is not None
    kind = nearest.lastgroup
    if kind == "others":
        return kind if earned and breaks == 0 else None
    if kind == "promised":
        return kind if breaks == 0 else None
    near = breaks == 0 or (breaks == 1 and not _is_floor(text, wage))
    return kind if near or earned else None


def _strength(text: str, wage: Wage, mark: str | None) -> int | None:
    """Return how clearly a figure is asked for, None if it is not."""
    welcome = _is_floor(text, wage) or _WELCOME.match(text, wage.end) is not None
    if mark in ("once", "promised", "others"):
        return None
    if mark == "now":
        return _DEMANDED if welcome else None
    return _DEMANDED if welcome or mark == "demand" else _SAID


def _is_said_as_pay(text: str, wage: Wage) -> bool:
    """Tell whether a small figure is offered as pay: 给两百六, 150可以, or a clause of its own."""
    words = _FIGURE.sub("", text[wage.start : wage.end]).strip()
    alone = text[: wage.start].endswith(tuple(_BREAKS)) and (
        wage.end == len(text) or text[wage.end] in _BREAKS
    )
    if text[: wage.start].endswith(("改", "提", "涨", "起码", "至少", "最少", "最低")):
        return True
    return alone or words != "" or _WELCOME.match(text, wage.end) is not None


def _bare_wage(text: str) -> Wage | None:
    """Read the bare answer to the question of pay: 200 is a day's, 20 an hour's."""
    for amount in find_amounts(text):
        rest = text[: amount.start] + text[amount.end :]
        if COUNTED_AFTER.match(text, amount.end) or len(rest.strip()) > _LONGEST_REST:
            continue
        unit = next((unit for unit, least in _LEAST_BARE if amount.low >= least), None)
        if unit is None or amount.high > _MOST_A_MONTH:
            return None
        return Wage(
            low=amount.low,
            high=amount.high,
            bound="exact",
            unit=unit,
            unit_said=False,
            weight=0,
            start=amount.start,
            figure=amount.start,
            end=amount.end,
        )
    return None
