"""A post in lawful words: what is unlawful is taken out or said as the law wants it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.law.clauses import clause_of
from bot.understanding.law.sexes import SLANG
from bot.understanding.law.violations import CONCERNS
from bot.understanding.values import Violation, ViolationCode
from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import read_number

_ITEM_ENDS = ",，。;；!！?？\n 、|"
_MOST_EDITS = 40
_LEFT_OVER = 12
_INSTEAD: dict[ViolationCode, str] = {
    "gender_discrimination": "男女不限",
    "marital_fertility_discrimination": "婚育不限",
    "id_retention": "身份证当面核对后马上退还",
    "underage": "年满16周岁",
}
_SEXED_ROLE = re.compile(
    "(?P<verb>招聘|诚聘|急招|招|聘|找|请|需)?(?:仅|只|专|限|要|性)*(?:年轻|漂亮)?[男女]性?"
    "(?P<role>[\u4e00-\u9fff]{2,4})"
)
_SEX_ONLY = re.compile("[性士工生的职员孩子同志们者人]*(?:.*[优勿不莫别免佳除绕].*)?")
_SEATS = re.compile(r"[男女](?:性|工|生)?(?P<seats>\d{1,3}(?:名|个|人|位))")
_CALLED = re.compile(
    rf"(?P<before>.*?)(?:年轻)?(?:{SLANG})们?(?P<after>(?![些家就都]*(?:优先|勿|最好|为佳|即可|[莫别]|不|免|算了|先|首选|谢绝)).*)"
)
# Words that would limit what is no longer limited: 只接受男女不限.
_LIMITING = re.compile("(?:清一色|全部|只接受|只|仅|先|专|就|都)+$")
_FIGURES = re.compile(
    r"\d{2,5}(?:\.\d)?[k千]?|\d(?:\.\d)?[k千]|[一二两三四五六七八九][千百][一二三四五六七八九]?"
)
# A clause that only says when the money or the paper comes back falls with it.
_COMES_BACK = re.compile(
    r"[,，、 ](?![^,，。;；!！?？\n]*\d{4})[^,，。;；!！?？\n]{0,10}(?:退还?|"
    r"返还?|[再才就发]还|发回|还(?:[你给清]|"
    r"(?=[,，。;；!！\n]|$))|归还|抵扣|不退|(?:时候?|年底|期满|离职|辞工)[^,，。;；\n]{0,4}(?:拿|给|领))"
    r"[^,，。;；!！?？\n ]{0,6}"
)
_TIED = ("deposit", "fee", "id_retention")
_COMMAS, _STOPS = ",，、;；", "。!！?？\n"
_TRAILING = 3


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    instead: str


def suggest(text: str) -> str:
    """Return a post, as written, without its unlawful words or with lawful ones instead.

    Restrictions to a sex become 男女不限, different pay the higher pay for all. Money, kept
    papers and false promises are taken out with the clause that tells when they come back.
    Pay below the minimum stays: what is paid instead only the employer can say.
    """
    for _ in range(_MOST_EDITS):
        edit = _next_edit(text)
        if edit is None:
            break
        text = _joined(text[: edit.start], edit.instead, text[edit.end :])
    return text


def suggest_clause(text: str, violation: Violation) -> str:
    """Return the clause that holds a violation in lawful words; empty when it is taken out.

    Args:
        text: The post as written.
        violation: One of its violations; its excerpt stands in the text.
    """
    start = text.find(violation.excerpt)
    if start < 0:
        return _INSTEAD.get(violation.code, "")
    first, last = clause_of(fold(text), start, start + len(violation.excerpt))
    return suggest(text[first:last]).strip()


def _joined(before: str, instead: str, after: str) -> str:
    """Join the parts; where nothing stands between them, one sign of two is enough."""
    if not instead:
        if not after or after[0] in _COMMAS + _STOPS:
            before = before.rstrip(_COMMAS)
        if not before or before[-1] in _STOPS + "(（:：":
            after = after.lstrip(_COMMAS + "。")
    return before + instead + after


def _next_edit(text: str) -> _Edit | None:
    """Return the edit of the longest unlawful words, which may hold those of another code."""
    folded = fold(text)
    found = [(span, one.code) for one in CONCERNS for span in one.spans(folded)[:1]]
    if not found:
        return None
    span, code = max(found, key=lambda entry: (entry[0][1] - entry[0][0], -entry[0][0]))
    return _edit(text, code, *span)


def _edit(text: str, code: ViolationCode, start: int, end: int) -> _Edit:
    words = fold(text[start:end])
    first, last = _item(text, start, end)
    if code == "gender_discrimination":
        instead = _without_sex(words)
        if (
            instead == _INSTEAD[code]
            and last - end <= _TRAILING
            and not _has_figure(text[end:last])
        ):
            end = last
        if instead == _INSTEAD[code]:
            start -= len(_limit_before(text[:start]))
        said = instead == _INSTEAD[code] and instead in text[:start] + text[end:]
        return _Edit(start, end, "" if said else instead)
    if (last - first) - (end - start) < _LEFT_OVER:
        start, end = first, last
    back = _COMES_BACK.match(text, end) if code in _TIED else None
    instead = _INSTEAD.get(code, "")
    # A lawful wording that stands there already is not said twice.
    said = bool(instead) and instead in text
    return _Edit(start, end if back is None else back.end(), "" if said else instead)


def _limit_before(words: str) -> str:
    limit = _LIMITING.search(words)
    return limit.group() if limit else ""


def _has_figure(words: str) -> bool:
    return re.search(r"[\d一二两三四五六七八九十]", words) is not None


def _without_sex(words: str) -> str:
    """Return the words without the sex: the pay for all, the seats, the work, or 男女不限."""
    figures = _FIGURES.findall(words)
    seats = _SEATS.fullmatch(words)
    if seats is not None:
        return seats["seats"]
    if len(figures) > 1 and "男" in words and "女" in words:
        return f"男女都是{max(figures, key=_yuan)}"
    called = _CALLED.fullmatch(words)
    if called is not None:
        return f"{called['before']}员工{called['after']}"
    named = _SEXED_ROLE.fullmatch(words)
    if named is not None and not _SEX_ONLY.fullmatch(named["role"]):
        return f"{named['verb'] or ''}{named['role']}"
    return f"({_INSTEAD['gender_discrimination']})" if words[:1] == "(" else "男女不限"


def _yuan(figure: str) -> float:
    scale = 1_000 if figure.endswith(("k", "千")) else 1
    return (read_number(figure.rstrip("k千")) or 0.0) * scale


def _item(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind(sign, 0, start) for sign in _ITEM_ENDS) + 1
    right = min((at for sign in _ITEM_ENDS if (at := text.find(sign, end)) >= 0), default=len(text))
    return left, right
