"""A message of several recruitment posts, cut into single ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.understanding.occupations.trades import TradeFinder
from bot.understanding.pay.wages import find_wages
from bot.understanding.posts.offered_trades import find_offers
from bot.understanding.posts.post_text import PostText, prepare

LONGEST_MESSAGE = 8_000
_RULE = re.compile(r"^[ \t]*[-=*_~#.·•—─━➖☆★◆◇]{3,}[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n")
_BRACKETS = re.compile(r"[^\w\n【]*(?:【|\[|〖|第[一二三四五六七八九十\d]{1,2}[条则个])")
_WORD = re.compile(r"\w")
_CALL_END, _LINE_END, _BLANK_LINE, _RULE_LINE = range(4)
_FOOTER = re.compile(
    r"[^\w\n]*(?:地址|地点|工作地|上班|包|管|提供|食宿|住宿|吃住|五险|社保|要求|年龄|微信|联系|电话|手机|有意|以上|备注|注|福利|"
    r"待遇|工资|薪资|男女|\d{2} ?-|面试|报名|欢迎|非诚|另|车费|路费|来回|本周|截止)"
)
_RECRUITS = re.compile(
    r"招(?!呼|待|商|牌)|聘|急需|[缺差][^,。;\n]{0,8}[人名个]|[找要请][^,。;\n]{0,8}[人名个工]"
)
_HEADLINE = re.compile(
    r"\s*(?:【|\[|〖|\d{1,2} ?[.、)](?!\d)|[(]?[一二三四五六七八九十]{1,3}[、.)]|[①-⑳]|"
    r"第?[一二三四五六七八九十\d]{1,2}[条则个]|"
    r"[\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])"
)
# Behind a telephone the next post may go on in the same line.
_AFTER_CALL = re.compile(r"[^\w\n]{0,3}(?:\([^()\n]{0,12}\)|\(?微信同号\)?)?[ \t。;,!/|]{0,4}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch that is never cut again.

    Attributes:
        start: Where it begins.
        gap: How it is set off from the piece before, one of the constants above.
        has_work: It names work or says that somebody is wanted.
        has_call: A telephone stands in it.
        opens: It looks like the head of a post or an item of a list.
        announces: It is a headline in brackets, or says that somebody is wanted.
        closes: It looks like the end of one.
    """

    start: int
    gap: int
    has_work: bool
    has_call: bool
    opens: bool
    announces: bool
    closes: bool


def split_posts(original: str, trades: TradeFinder) -> tuple[str, ...]:
    """Return the single posts of a message, in order; together they are the message.

    A post is complete when it names work and a telephone; the next one begins where work is
    named again and has a telephone of its own. Rules (---) and blank lines separate posts
    that say each for themselves that somebody is wanted. Numbered titles under one
    telephone stay one post.
    """
    post = prepare(original)
    pieces = _pieces(post, trades)
    starts = [0]
    work = call = False
    for place, piece in enumerate(pieces):
        complete = work and call and _goes_on(pieces, place)
        apart = work and _stands_apart(pieces, place)
        if complete or apart:
            starts.append(piece.start)
            work = call = False
        work, call = work or piece.has_work, call or piece.has_call
    ends = [*starts[1:], len(original)]
    parts = [original[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return tuple(_RULE.sub("", part).strip() for part in parts) if len(parts) > 1 else (original,)


def _pieces(post: PostText, trades: TradeFinder) -> list[_Piece]:
    """Cut at line ends and behind telephones; pieces without a word only widen the gap."""
    text = post.folded
    breaks = {match.end(): _LINE_END for match in _LINE.finditer(text)}
    for phone in post.phones:
        behind = _AFTER_CALL.match(text, phone.end)
        breaks.setdefault(behind.end() if behind else phone.end, _CALL_END)
    breaks.update((match.end(), _BLANK_LINE) for match in _BLANK.finditer(text))
    breaks.update((match.end(), _RULE_LINE) for match in _RULE.finditer(post.original))
    calls = [phone.start for phone in post.phones]
    edges = [0, *sorted(place for place in breaks if 0 < place < len(text))]
    pieces: list[_Piece] = []
    gap = _CALL_END
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        gap = max(gap, breaks.get(start, _CALL_END))
        has_call = any(start <= call < end for call in calls)
        if has_call or _WORD.search(text, start, end):
            head = _HEADLINE.match(post.original, start, end) is not None
            piece = _piece(text[start:end], trades, has_call=has_call)
            pieces.append(replace(piece, start=start, gap=gap, opens=head or piece.opens))
            gap = _CALL_END
    return pieces


def _piece(words: str, trades: TradeFinder, *, has_call: bool) -> _Piece:
    recruits = _RECRUITS.search(words) is not None
    return _Piece(
        start=0,
        gap=_CALL_END,
        has_work=recruits or bool(find_offers(words, trades) or (has_call and find_wages(words))),
        has_call=has_call,
        opens=recruits,
        announces=recruits or _BRACKETS.match(words) is not None,
        closes=_FOOTER.match(words) is not None,
    )


def _stands_apart(pieces: list[_Piece], place: int) -> bool:
    """Tell whether a rule, or a blank line and a headline, begins a post without telephone."""
    first = pieces[place]
    if first.gap == _RULE_LINE:
        return any(piece.has_work for piece in pieces[place:])
    if first.gap != _BLANK_LINE or not first.announces:
        return False
    rest = takewhile(lambda piece: piece.gap < _BLANK_LINE, pieces[place + 1 :])
    return first.has_work or any(piece.has_work for piece in rest)


def _goes_on(pieces: list[_Piece], place: int) -> bool:
    """Tell whether a piece begins a post that comes to work and then to a telephone."""
    first = pieces[place]
    if not (first.has_work or first.opens) and (first.closes or first.gap == _CALL_END):
        return False
    work = False
    for piece in pieces[place:]:
        work = work or piece.has_work
        if piece.has_call:
            return work
    return False
