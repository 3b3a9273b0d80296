"""Licences in one spelling, so that what is held can meet what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understanding.posts.licence_words import CANONICAL
from bot.understanding.posts.requirements import read_certificates
from bot.understanding.writing.folding import fold

# Had within days at the local hospital; nobody is kept from a vacancy for the want of it.
SOON_HAD = frozenset({"健康证"})
ANY_DRIVING = "驾照"
_USUAL_CLASS = "C1"  # what somebody means who says no more than 驾照
# What each driving licence also allows (order 162 of the Ministry of Public Security, annex 1).
_INCLUDED = {
    "A1": ("A3", "B1", "B2", "C1", "C2", "C3", "C4", "M"),
    "A2": ("B1", "B2", "C1", "C2", "C3", "C4", "M"),
    "A3": ("C1", "C2", "C3", "C4"),
    "B1": ("C1", "C2", "C3", "C4", "M"),
    "B2": ("C1", "C2", "C3", "C4", "M"),
    "C1": ("C2", "C3"),
}
# The narrower paper beside the wider word that posts use for it.
_ALSO_MEETS = {
    "低压电工证": ("电工证", "特种作业证"),
    "高压电工证": ("电工证", "特种作业证"),
    "电工证": ("特种作业证",),
    "焊工证": ("特种作业证",),
    "登高证": ("特种作业证",),
    "叉车证": ("特种设备作业证", "特种设备操作证"),
    "塔吊证": ("特种作业证",),
    "特种设备焊接作业证": ("焊工证", "特种设备作业证"),
    "养老护理员证": ("护理证",),
    "护工证": ("护理证",),
    "母婴护理证": ("月嫂证",),
    "月嫂证": ("母婴护理证",),
    "客运从业资格证": ("从业资格证",),
}
_EITHER = re.compile(r"或者?|[|/]")
_CLASS = re.compile(r"(?<![A-Z])[ABC][1-4](?![0-9])")


def required(words: Iterable[str]) -> tuple[str, ...]:
    """Return what is required in the spelling of posts; "A|B" where either is enough.

    What is had within days (a health certificate) is left out.
    """
    found = ("|".join(dict.fromkeys(_alternatives(word))) for word in words)
    return tuple(dict.fromkeys(word for word in found if word and word not in SOON_HAD))


def held(words: Iterable[str]) -> tuple[str, ...]:
    """Return what somebody holds, with everything that it includes.

    Any class of driving licence meets a plain 驾照; who says no more than that holds C1.
    """
    own = [licence for word in words for licence in _alternatives(word)]
    if ANY_DRIVING in own:
        own.append(_USUAL_CLASS)
    wider = [
        other
        for licence in own
        for other in (*_INCLUDED.get(licence, ()), *_ALSO_MEETS.get(licence, ()))
    ]
    # 特种设备焊接作业证 meets 焊工证, which meets 特种作业证 in its turn.
    wider += [other for licence in wider for other in _ALSO_MEETS.get(licence, ())]
    driving = [ANY_DRIVING] if any(_CLASS.fullmatch(licence) for licence in own) else []
    return tuple(dict.fromkeys((*own, *wider, *driving)))


def _alternatives(words: str) -> tuple[str, ...]:
    known = _known(words)
    if known is not None:
        return known
    return tuple(licence for part in _EITHER.split(words) for licence in _spelled(part))


def _known(word: str) -> tuple[str, ...] | None:
    """Return a word that stands in the table or is a class; thousands are asked for a night."""
    found = CANONICAL.get(word)
    if found is not None:
        return (found,)
    return (word,) if _CLASS.fullmatch(word) else None


def _spelled(word: str) -> tuple[str, ...]:
    bare = word.strip()
    folded = fold(bare)
    found = CANONICAL.get(folded.lower())
    if found is not None:
        return (found,)
    classes = tuple(_CLASS.findall(folded.upper()))
    return classes or read_certificates(folded) or ((bare,) if bare else ())
