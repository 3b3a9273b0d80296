"""What a post offers or fixes beside pay, meals and bed: insurance and shifts."""

from __future__ import annotations

import re

from bot.understanding.values import Insurance, Shift

_NOTHING = re.compile(
    r"(?:不(?:买|交|缴纳?|含|提供|购买|上)|无|没有|没得|没|不给买)(?:任何)?(?:社保|保险|五险|社会保险)"
    r"|(?:社保|五险|保险)(?:自理|自己[买交缴]|没有|不买|不交)"
)
_INSURANCES: tuple[tuple[Insurance, re.Pattern[str]], ...] = (
    ("five_insurances_one_fund", re.compile(r"[五六七567]险[一二1两]金")),
    ("five_insurances", re.compile(r"[五六5](?:大)?险(?!没)|五金(?:一险)")),
    ("social_insurance", re.compile(r"社保(?!卡|补贴)|社会保险|医社保|社医保|养老保险|[三四]险")),
    (
        "commercial",
        re.compile(
            r"意外(?:伤害)?(?:保?险)|雇主(?:责任)?(?:保?险)|商业(?:保?险|意外)|责任险|团意险|团体险|团险|高空险|人身(?:保?险)|(?:摔|碰|受伤|出事)[^,。;]{0,5}保险"
        ),
    ),
)
_SHIFTS: tuple[tuple[Shift, re.Pattern[str]], ...] = (
    (
        "two_shifts",
        re.compile(r"[两二2](?:班倒|班制|班轮|班轮换|班运转)|对班倒|倒两班|白夜班?(?:轮|倒|两班)"),
    ),
    ("three_shifts", re.compile(r"[三四34](?:班(?:三|两|二)?(?:运转|倒|制|轮)|班倒)|倒三班")),
    ("half_day", re.compile(r"半天班|上半天|半日班")),
    ("night", re.compile(r"(?:夜|晚|大夜)班(?!补|津|车|费|餐|\d*元|工资|不|没)|通宵班")),
    ("day", re.compile(r"(?:长|常|正常)?(?:白|日)班(?!制|结)")),
    (
        "flexible",
        re.compile(
            r"(?:时间|上班)(?:自由|灵活|弹性)|弹性(?:上班|工作|时间)|自由安排|自由接单|时间自己"
        ),
    ),
)
_NO_NIGHT = re.compile(r"(?:不上|没有?|无|不用上?|不安排|不倒|免)(?:大)?夜班|夜班(?:不上|没有)")


def read_insurance(text: str) -> Insurance | None:
    """Read the insurance offered in folded text, the most that is named."""
    kept, denials = _NOTHING.subn(" ", text)
    for name, pattern in _INSURANCES:
        if pattern.search(kept):
            return name
    return "none" if denials else None


def read_shifts(text: str) -> tuple[Shift, ...]:
    """Read when in the day the work of folded text is done, in the order said."""
    if "班" not in text and "时间" not in text and "弹性" not in text and "自由" not in text:
        return ()
    said = _NO_NIGHT.sub(" ", text)
    found = [
        (match.start(), name)
        for name, pattern in _SHIFTS
        if (match := pattern.search(said)) is not None
    ]
    names = [name for _, name in sorted(found)]
    if "two_shifts" in names or "three_shifts" in names:
        names = [name for name in names if name not in ("day", "night")]
    return tuple(names)
