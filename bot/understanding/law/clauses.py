"""Unlawful words, the clause and sentence they stand in, and what there makes them lawful."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.understanding.values import ViolationCode

NEVER = re.compile(r"(?!)")
REFUSED = (
    "(?:暂时?|一律|一概|统统|都|也|就|概)?(?:不(?:要(?!紧)来?|招|收|录用?|用|考虑|予|接受|安排|聘|行|得行|合适)|"
    "勿|[莫别]进|不进|不安排|不行|算了|就算|暂停招?|停招?|进不了|不办|抱歉|不合适|莫来|莫|免谈|免问|免(?!费)|除外|拒|别来|别|绕[道行开]|请绕|请勿|请别|谢绝|靠边)"
)
# 男女不限 in the same clause says nothing about marriage, faith or origin.
UNLIMITED = "(?<!男女)(?<!学历)(?<!经验)(?<!年龄)(?<!性别)不限(?!男女|学历|经验|年龄|性别)"
# Words that tell of somebody else's unlawful offer, so that the sentence warns against it.
WARNING = (
    "(?<!不是)(?<!不)(?<!非)骗[子局人]|诈骗|防骗|行骗|谨防|警惕|当心|莫信|别信|不要(?:轻易)?相?信|切勿|"
    "鬼话|冒充|谎称|假冒|黑中介|(?:谁|凡是?|如有|如果|如遇|要是|发现|若|有人|任何人|遇到)[^。!?]{0,24}"
    "(?:举报|投诉|报警|打110|找我们|莫理|别理|不要理)"
)
_CLAUSE_ENDS = ",。;!?\n "
_SENTENCE_ENDS = "。;!?\n"
_NEAR = 120
_AFTER = 16


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing something unlawful, and what makes it lawful.

    Attributes:
        words: The unlawful words; the match is the excerpt.
        hints: Words of which the text must have one; a cheap test before the search.
        unless: Clears them anywhere in their clause.
        before: Clears them in what stands before them in their clause.
        after: Clears them in the sixteen characters behind them in their sentence, commas
            included.
        near: Clears them anywhere in their sentence.
    """

    words: re.Pattern[str]
    hints: tuple[str, ...] = ()
    unless: re.Pattern[str] = NEVER
    before: re.Pattern[str] = NEVER
    after: re.Pattern[str] = NEVER
    near: re.Pattern[str] = NEVER


@dataclass(frozen=True, slots=True)
class Concern:
    """What the law forbids under one code.

    Attributes:
        code: The check code.
        hints: Characters or words of which the text must have one, a test that costs nothing.
        rules: Every way of writing it.
        weigh: Returns the unlawful spans where more than the rules decides.
    """

    code: ViolationCode
    hints: tuple[str, ...]
    rules: tuple[Rule, ...]
    weigh: Callable[[str], Iterator[tuple[int, int]]] | None = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of the unlawful words of a folded text in their order."""
        if not any(hint in text for hint in self.hints):
            return []
        found = self.weigh(text) if self.weigh else spans_of(text, self.rules)
        return _merged(sorted(_trimmed(text, span) for span in found))

    def is_named(self, text: str) -> bool:
        """Tell whether a folded text speaks of it, lawfully or not."""
        if not any(hint in text for hint in self.hints):
            return False
        return any(one.words.search(text) for one in self.rules) or bool(self.spans(text))


def rule(
    words: str,
    *,
    hints: str = "",
    unless: str = "",
    before: str = "",
    after: str = "",
    near: str = "",
) -> Rule:
    """Compile a rule; hints are parted by blanks, and an empty pattern clears nothing."""
    clearing = (re.compile(one) if one else NEVER for one in (unless, before, after, near))
    return Rule(re.compile(words), tuple(hints.split()), *clearing)


def spans_of(text: str, rules: Iterable[Rule]) -> Iterator[tuple[int, int]]:
    """Return the spans of the rules' words that nothing around them makes lawful."""
    for one in rules:
        if one.hints and not any(hint in text for hint in one.hints):
            continue
        for match in one.words.finditer(text):
            if match.end() > match.start() and not _is_cleared(text, match, one):
                yield match.span()


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the clause or clauses that the words touch, 120 characters each way."""
    return _scope(text, start, end, _CLAUSE_ENDS)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence or line that the words stand in, 120 characters each way."""
    return _scope(text, start, end, _SENTENCE_ENDS)


def _scope(text: str, start: int, end: int, ends: str) -> tuple[int, int]:
    first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
    left = max(text.rfind(sign, first, start) for sign in ends)
    right = min((at for sign in ends if (at := text.find(sign, end, last)) >= 0), default=last)
    return (first if left < 0 else left + 1), right


def _is_cleared(text: str, match: re.Match[str], one: Rule) -> bool:
    start, end = match.span()
    left, right = clause_of(text, start, end)
    if one.unless.search(text, left, right) or one.before.search(text[left:start]):
        return True
    if one.after is NEVER and one.near is NEVER:
        return False
    first, last = sentence_of(text, start, end)
    if one.after.search(text[end : min(last, end + _AFTER)]):
        return True
    return one.near.search(text, first, last) is not None


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start] in " ,:、":
        start += 1
    while start < end and text[end - 1] in " ,:、":
        end -= 1
    return start, end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap: 男工 and 男工优先 are one condition."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
