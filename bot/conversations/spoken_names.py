"""Names as people say them, and what a sentence tells of a person besides its answer."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.turn import Turn
from bot.services.workers import ProfileDraft, birth_year_in, is_full_name, is_under_age

_LEAD = re.compile(r"^(?:我的?名字(?:叫|是)?|名字(?:叫|是)?|我叫|我是|叫|姓名)[:： ]*")
_NAME = re.compile(r"[\u3400-\u9fff]{2,6}(?:·[\u3400-\u9fff]{1,10})*|[A-Za-z][A-Za-z .'\-]{1,29}")
# 没名字, 不说, 莫得: no family name begins so.
_REFUSED = re.compile(r"没|不|莫得|冇")


def name_said(text: str) -> str | None:
    """Return the name in a short answer (我叫陈桂芳), or None; kinship words count here."""
    said = _LEAD.sub("", text.strip()).strip(" 。.,，!！")
    return said if _NAME.fullmatch(said) and not _REFUSED.match(said) else None


def full_name_said(text: str) -> str | None:
    """Return the name by which a firm can call for somebody; 儿子 is none."""
    said = name_said(text)
    return said if said is not None and is_full_name(said) else None


def with_person_said(turn: Turn, known: ProfileDraft) -> ProfileDraft:
    """Return `known` with name, telephone and year that one sentence tells together."""
    reading = turn.reading
    today = turn.deployment.today
    year = birth_year_in(reading, today=today)
    if year is None or is_under_age(reading, today=today):
        year = known.birth_year
    rest = reading.not_understood
    named = full_name_said(rest) if _LEAD.match(rest) else None
    return replace(
        known,
        name=named or known.name,
        phone=reading.phone or known.phone,
        birth_year=year,
    )
