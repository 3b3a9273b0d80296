"""A pasted post made readable: one form for every sign, each character in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.writing.folding import blank, fold
from bot.understanding.writing.phones import Phone, find_phones

_DECORATION = re.compile("[\u25a0-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\u20e3\U0001f000-\U0001faff]")
# What the firm says of itself: no headcount, place or pay of the work is in it.
_CLAUSE = re.compile(r"[^。;!\n,]+")
_FIRM_OF_ITSELF = re.compile(
    r"成立于|创立于|创建于|始建于|占地|建筑面积|注册资[本金]|年产值|年销售额|上市公司|员工总数|"
    r"(?:现有|拥有|在职)(?:员工|职工|工人)|(?:员工|职工)(?:约|近)?\d+(?:多|余)?[人名]|"
    r"总部(?:位于|设在|设于|在)"
)


@dataclass(frozen=True, slots=True)
class PostText:
    """A post as pasted and as it is read; positions are the same in all three texts.

    Attributes:
        original: As pasted.
        folded: Folded, telephones and decorations blanked.
        facts: The same without what the firm says of itself.
        phones: The telephones, in the order written.
    """

    original: str
    folded: str
    facts: str
    phones: tuple[Phone, ...]

    def as_written(self, words: str) -> str:
        """Return the post's own words for folded ones, so that they can be found in it.

        Of words that span several stretches of a job, joined by `;`, the first are returned.
        """
        for said in (words, words.split(";", maxsplit=1)[0]):
            start = self.folded.find(said)
            if start >= 0:
                return self.original[start : start + len(said)]
        return words


def prepare(original: str) -> PostText:
    """Make a post readable."""
    folded = fold(original)
    phones = tuple(find_phones(folded))
    folded = _with_columns(folded, original)
    plain = _DECORATION.sub(" ", blank(folded, [(phone.start, phone.end) for phone in phones]))
    about = [
        clause.span()
        for clause in _CLAUSE.finditer(plain)
        if _FIRM_OF_ITSELF.search(plain, clause.start(), clause.end())
    ]
    facts = blank(plain, about)
    return PostText(original, plain, facts, phones)


def _with_columns(folded: str, original: str) -> str:
    """Write the tabs between columns as bars, which folding has made spaces."""
    if "\t" not in original:
        return folded
    return "".join(
        "|" if written == "\t" else sign for sign, written in zip(folded, original, strict=True)
    )
