"""Which stretches of a message wish, look back, repeat hearsay or give something up."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# People write without commas: a new thought begins at these words.
_CUT = re.compile(
    r"(?P<gap>[,。;!?\n …~]+)"
    r"|(?:但是|可是|不过|如今|现在|而今|目前|这哈|这阵|后来|后头|然后|结果|所以|另外|还有就是|"
    r"只好|改成|换成|换到|改到|帮我|给我(?=[找介留推看])|"
    r"(?<![不没莫别理思感心听我就还只又也他她俺在倒])(?:(?:我|俺|就|还|只|又|也|他|她|倒){0,3})想"
    r"(?=[去到在回找当做干进克切换转跑开学来给就打起再]))"
)
_MARK = re.compile(
    r"(?P<past>以前|原来|原先|过去|从前|之前|早年|前[几两]?年|去年|当年|上回|上次|"
    r"年轻时|年轻的时候|"
    r"那时|那会儿|那几年|曾经|一直在|(?:打|做|干|搞|待)了[^,。想要找]{1,4}年(?![^,。]{0,6}[想找])|刚从|从[^,。]{2,8}(?:回来|出来|回去|搬回)|开始在|"
    r"前个月|上个月|前天|昨天|前阵|上礼拜|上周)"
    r"|(?P<told>听说|听人说|听人讲|都说|说是|听别个|(?:老表|老乡|朋友|他们|人家|别个|"
    r"别人|我妈|我爸)说)"
    r"|(?P<wish>(?<![不没])想(?!不)|愿意|找(?![了过不])|改[成到为]|换[成到]|打算|希望|"
    r"盼|求|现在|如今|而今|目前|"
    r"今年|有没|有冇|有不|有得没|招(?:不|人|的|[^聘]{0,6}(?:不|吗|没))|要人|缺人|请人|"
    r"缺(?!点)|就在|只在|还要|优先|留意|"
    r"帮我|给我|推荐|介绍(?!费|来|过)|安排|看看|看下|看哈|"
    r"(?:都|也|就|就都)(?:行|可以|要得|得行|中|对|得(?![不要])|好|去(?!过)|能去|愿)|最好|更好)"
    r"|(?P<drop>(?:搞|做|干|跑|弄|焊|打|开|当|爬|扛|吃|熬|站|踩)不(?:动|得|起|来|下去|了|成)|"
    r"不(?:想|愿意?|得|能|敢|打算|准备)(?:再)?(?:做|干|搞|跑|开|当|整|弄)(?:那|这|了|咯|$)|"
    r"不再?(?:做|干|搞|跑|开|当|整|弄)(?:那|这|了|咯)|改行|转行|"
    r"(?:那个|这个|它|那[项条]|这[项条])[^,。]{0,2}(?:划|去|删|拿)(?:掉|脱|了)|^(?:划|"
    r"去|删|拿)(?:掉|脱)|"
    r"不要了$)"
)
_OTHER_OBJECT = re.compile("重活|体力|力气|夜班|长途|累活|累的|加班|高空|走路|远路|打字")
_EARNED = re.compile(
    r"(?:一个月|每个?月|一天|一年|月月|天天)(?:才|只|能|可以|也)*(?:挣|拿|得|有|搞|给)|"
    r"[千百](?:来|多)(?:块|元)?$"
)
_ASKS_FOR_WORK = re.compile(
    "应聘|(?:加|添|换)(?:个|上|一门|成)|(?<![不没])想(?:再|去|在|到|回|做|当|干|进|找|"
    "换|转|还)|(?:找|介绍|推荐|留意|"
    "安排|寻)(?:一)?(?:个|份|点|下|哈|家|些|活|工作|厂|事做|着)|还要找|再找|在找|"
    "找[^,。;!? ]{1,8}(?:的活|的工作|的厂|活路)|"
    "招不|招(?:[^,。;!?]{1,6})(?:不|吗|没)|要人|缺人|有没得?[^,。;!?]{0,6}(?:的活|要人|"
    "招|岗位)|看看|看下|看哈|(?:都|也)(?:可以|行|要得|得行)|最好"
)
_NAME = re.compile(r"我叫|名字|姓名|(?:^|我)姓")


@dataclass(frozen=True, slots=True)
class Clause:
    """One stretch between stops, blanks or turning words, and how to take what it names.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        past: It looks back, or repeats what others say, and names no wish.
        wishes: It has words of wishing, asking or agreeing.
        gives_up: It says that some work is not to be done any more, without naming which.
    """

    start: int
    end: int
    past: bool = False
    wishes: bool = False
    gives_up: bool = False


def read_clauses(text: str) -> list[Clause]:
    """Cut folded text into clauses, in order.

    What was earned is past too where the clause before looks back.
    """
    clauses: list[Clause] = []
    after_past = False
    for start, end in _stretches(text):
        kinds = {mark.lastgroup for mark in _MARK.finditer(text, start, end)}
        wishes = "wish" in kinds
        past = bool(kinds & {"past", "told"}) and not wishes
        if after_past and not past and not wishes:
            past = bool(_EARNED.search(text, start, end))
        gives_up = "drop" in kinds and not _OTHER_OBJECT.search(text, start, end)
        clauses.append(Clause(start, end, past, wishes, gives_up))
        after_past = past
    return clauses


def _stretches(text: str) -> list[tuple[int, int]]:
    stretches = []
    start = 0
    for cut in _CUT.finditer(text):
        if cut.start() > start:
            stretches.append((start, cut.start()))
        start = cut.end() if cut.lastgroup == "gap" else cut.start()
    if start < len(text):
        stretches.append((start, len(text)))
    return stretches


def index_at(clauses: list[Clause], place: int) -> int | None:
    """Return which clause covers a position of the text; None for a blank."""
    index = bisect_right(clauses, place, key=lambda clause: clause.start) - 1
    return index if index >= 0 and place < clauses[index].end else None


def clause_at(clauses: list[Clause], place: int) -> Clause:
    """Return the clause that covers a position of the text; a blank is a clause of its own."""
    index = index_at(clauses, place)
    return Clause(place, place) if index is None else clauses[index]


def is_in_name(text: str, clause: Clause, start: int) -> bool:
    """Tell whether the words at `start` are part of a person's name: 我叫李秀英 is in no 秀英区."""
    return bool(_NAME.search(text[clause.start : start]))


def asks_for_work(text: str, clause: Clause) -> bool:
    """Tell whether a clause asks for work, even in a message about something else."""
    return bool(_ASKS_FOR_WORK.search(text, clause.start, clause.end))
