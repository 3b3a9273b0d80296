"""Which clauses refuse, look back, or tell where somebody comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLAUSE = re.compile(r"[^,。;!?\n ]+")
_REFUSAL = re.compile(
    "不得?(?:想|愿意?)?(?:去|切|克|做|干|搞|考虑|要|当|回)|莫(?:去|要|给|喊)|(?:都|"
    "就)?不(?:考虑|行|要)|除了|除开|别(?:给|推)|干不动|做不动|搞不动|不想再|不会|不懂"
)
_NOT_REFUSAL = re.compile(
    r"不去不行|不要钱|要不要|去不去|不要(?:技术|经验|押金|太)|不出远门|没得[^,]{0,8}不(?:干|做)"
)
_PAST = re.compile(
    "以前|原来|原先|过去|从前|之前|早年|前几?年|去年|当年|上回|上次|"
    "[打做干搞]了[^,。]{1,4}年|(?:做|干|开|打)过|刚从|从[^,。]{2,8}回来"
)
_NOW = re.compile(r"现在|想|要|还|找|今年")
_GIVEN_UP = re.compile(
    r"(?:搞|做|干|跑|弄)不(?:动|得|起|来|下去)|不(?:想|愿|得)?(?:再)?(?:做|干|搞)了|改行|转行"
)
_FROM = re.compile(r"(?:[\u4e00-\u9fff]{0,3}?(?:的|嘞|哩|人|籍))(?:$|[想要在去找].*)")


_NAME = re.compile(r"我叫|名字|姓名|(?:^|我)姓")


@dataclass(frozen=True, slots=True)
class Clause:
    """One stretch between commas or spaces, and how to take what it names."""

    start: int
    end: int
    refuses: bool
    past: bool
    given_up: bool


def read_clauses(text: str) -> list[Clause]:
    """Cut folded text into clauses.

    A past clause is given up when a later one says that the work cannot be done any more.
    """
    clauses: list[Clause] = []
    gives_up_later = False
    for match in reversed(list(_CLAUSE.finditer(text))):
        words = match.group()
        gives_up = bool(_GIVEN_UP.search(words))
        past = bool(_PAST.search(words)) and not _NOW.search(words)
        clauses.append(
            Clause(
                start=match.start(),
                end=match.end(),
                refuses=bool(_REFUSAL.search(words)) and not _NOT_REFUSAL.search(words),
                past=past,
                given_up=gives_up or (past and gives_up_later),
            )
        )
        gives_up_later = gives_up_later or gives_up
    return clauses[::-1]


def clause_at(clauses: list[Clause], place: int) -> Clause:
    """Return the clause that covers a position of the text; blanks count as the whole text."""
    for clause in clauses:
        if clause.start <= place < clause.end:
            return clause
    return Clause(start=place, end=place, refuses=False, past=False, given_up=False)


def tells_origin(text: str, clause: Clause, end: int) -> bool:
    """Tell whether a place ending at `end` says where somebody comes from: 我云阳的."""
    rest = text[end : clause.end]
    return bool(_FROM.fullmatch(rest)) and not text[clause.start : end].startswith("在")


def is_in_name(text: str, clause: Clause, start: int) -> bool:
    """Tell whether the words at `start` are part of a person's name: 我叫李秀英 is in no 秀英区."""
    return bool(_NAME.search(text[clause.start : start]))
