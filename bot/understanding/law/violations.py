"""What the law forbids in a post, found by its words; the codes are those of the posting checks."""

from __future__ import annotations

from bot.understanding.law.children import UNDERAGE
from bot.understanding.law.clauses import Concern
from bot.understanding.law.families import FAMILY
from bot.understanding.law.fraud import FRAUD
from bot.understanding.law.health import HEPATITIS
from bot.understanding.law.money import DEPOSIT, FEE
from bot.understanding.law.origins import ETHNIC, REGION, RELIGION
from bot.understanding.law.papers import ID_RETENTION
from bot.understanding.law.sexes import GENDER
from bot.understanding.values import Violation

CONCERNS: tuple[Concern, ...] = (
    DEPOSIT,
    FEE,
    ID_RETENTION,
    GENDER,
    FAMILY,
    ETHNIC,
    RELIGION,
    HEPATITIS,
    REGION,
    UNDERAGE,
    FRAUD,
)


def find_violations(text: str) -> tuple[Violation, ...]:
    """Find unlawful words in folded text from which phones are blanked.

    One violation a code, in the order of the text, with the words as its excerpt. Denials
    and lawful look-alikes in the same clause or sentence clear the words.
    """
    found = [(spans[0], one.code) for one in CONCERNS if (spans := one.spans(text))]
    return tuple(Violation(code, text[start:end]) for (start, end), code in sorted(found))


def speaks_of_law(text: str) -> bool:
    """Tell whether folded text names what the checks look for, lawful or not: 不收押金."""
    return "身份证" in text or any(one.is_named(text) for one in CONCERNS)
