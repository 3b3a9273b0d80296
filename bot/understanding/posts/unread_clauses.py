"""What of a post nobody has read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from bot.understanding.law.violations import speaks_of_law
from bot.understanding.pay.piece_rates import pays_by_piece
from bot.understanding.pay.wages import find_wages
from bot.understanding.pay.working_hours import read_hours, read_payday
from bot.understanding.posts.ages import read_ages
from bot.understanding.posts.board_and_lodging import read_board, read_lodging
from bot.understanding.posts.deadlines import read_valid_until
from bot.understanding.posts.durations import read_days
from bot.understanding.posts.headcounts import find_anywhere, says_many
from bot.understanding.posts.nearness import read_nearby_only
from bot.understanding.posts.offers_beside_pay import read_insurance, read_shifts
from bot.understanding.posts.post_text import PostText
from bot.understanding.posts.practised_hands import read_needs_skill
from bot.understanding.posts.requirements import (
    asks_for_licence,
    read_certificates,
    read_education,
)
from bot.understanding.posts.reserved_groups import read_reserved_for
from bot.understanding.posts.sexes import read_gender
from bot.understanding.posts.starts import read_start

# Words that only say that this is a post, or where its parts begin.
_FRAME = re.compile(
    r"(?:[\W\d_]|急|诚|大量|长期|现|直|高薪|招聘|招工|招人|招募|聘|招|信息|启事|简章|公告|通知|岗位|职位|工种|人数|"
    r"工资|薪资|薪酬|待遇|福利|要求|任职|条件|年龄|性别|学历|地址|地点|工作|上班|时间|食宿|保险|联系|电话|手机|"
    r"方式|咨询|报名|热线|微信|同号|号|人|名|各位|老乡|们|大家|好|您|你|打|加|有意|者|请|致电|来电|座机|固话|以上|以下|"
    r"综合|面议|面谈|详谈|描述|职责|内容|名称|需求|计划|公司|本|我|厂|单位|的|了|均|都|小时工|临时工|长期工|暑假工|寒假工|[一二三四五六七八九十]|或|及|和|与|另|还|是|在|也|要|需|[a-z]){0,30}"
)
_CALL = re.compile(
    r"[^,。;\n]{0,3}(?:联系|电话|手机|咨询|打电话|致电|微信|号码|请找|热线|tel)[\w\s:：()]{0,8}"
)
_CLAUSES = re.compile(r"(?:(?<=[\u4e00-\u9fff)]) (?=[\u4e00-\u9fff]{3})|[,。;!?\n|])+")
_NO_AGES = (None, None)
# Whether a clause names a day, not which one.
_ANY_DAY = date(2026, 1, 5)
# The cheapest first.
_READERS: tuple[Callable[[str], object], ...] = (
    read_insurance,
    read_gender,
    read_shifts,
    read_hours,
    read_payday,
    find_wages,
    find_anywhere,
    says_many,
    read_certificates,
    asks_for_licence,
    read_education,
    lambda words: read_valid_until(words, _ANY_DAY),
    lambda words: read_needs_skill(words) is not None,
    read_reserved_for,
    read_nearby_only,
    lambda words: read_start(words, _ANY_DAY),
    lambda words: read_days(words, _ANY_DAY),
    pays_by_piece,
    speaks_of_law,
)
# 老曹13900000417: what stands right beside a telephone names whom to call.
_WHOM_TO_CALL = 12


def find_unread(post: PostText, spots: Iterable[int]) -> tuple[str, ...]:
    """Return the clauses in which nothing was recognised, as written.

    Args:
        post: The post.
        spots: Where its trades and places stand.
    """
    seen = sorted(spots)
    calls = [edge for phone in post.phones for edge in (phone.start - 1, phone.end)]
    left = []
    for start, end in _clauses(post.folded):
        if any(start <= spot < end for spot in seen):
            continue
        words = post.folded[start:end]
        short = len("".join(words.split())) <= _WHOM_TO_CALL
        names_whom = short and any(start <= call <= end for call in calls)
        if not names_whom and not _is_understood(words):
            left.append(_as_pasted(post, start, end))
    return tuple(words for words in left if words)


def _as_pasted(post: PostText, start: int, end: int) -> str:
    """Return a clause as written, without the telephone or decoration at its edges."""
    words = post.folded[start:end]
    first = start + len(words) - len(words.lstrip())
    return post.original[first : first + len(words.strip())]


def _clauses(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for stop in _CLAUSES.finditer(text):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def _is_understood(clause: str) -> bool:
    if not re.search(r"[\u4e00-\u9fff]", clause) or _FRAME.fullmatch(clause):
        return True
    if _CALL.fullmatch(clause.strip()):
        return True
    if read_board(clause) is not None or read_lodging(clause) is not None:
        return True
    return read_ages(clause) != _NO_AGES or any(reader(clause) for reader in _READERS)
