"""Tells what is wrong with a credit code or an ID number before anyone stores it.

The numbers themselves are never kept or logged here.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from stdnum.cn import ric, uscc

LENGTH = 18
_CREDIT_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
_ADCODE = slice(2, 8)
_DIGITS = frozenset("0123456789")


def folded(number: str) -> str:
    """Return the number in half-width capitals without spaces, dashes and dots."""
    if number.isascii() and number.isalnum():
        return number.upper()
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def credit_code_problem(code: str) -> str | None:
    """Return what is wrong with a 统一社会信用代码, or None for a well-formed one.

    Returns:
        `length` (not 18 signs), `characters` (I, O, S, V, Z, something that is no letter or
        digit, or a letter in the place code, signs 3 to 8) or
        `check_digit` (GB 32100, modulo 31): the last part of
        `check_digits.credit_code.*` among the texts.
    """
    plain = folded(code)
    if len(plain) != LENGTH:
        return "length"
    if not _CREDIT_ALPHABET.issuperset(plain) or not _DIGITS.issuperset(plain[_ADCODE]):
        return "characters"
    # Not uscc.validate: it refuses letters at the start, which village collectives have (N2…).
    return None if uscc.calc_check_digit(plain) == plain[-1] else "check_digit"


def id_number_problem(number: str, *, today: date | None = None) -> str | None:
    """Return what is wrong with a 公民身份号码, or None for a well-formed one.

    The place of first registration is not judged: it may have been abolished since, see
    `id_number_place_is_known`.

    Args:
        number: As typed.
        today: A birth after this day is impossible; None leaves that unchecked.

    Returns:
        `length`, `characters`, `birth_date` or `check_digit` (GB 11643): the last part of
        `check_digits.id_number.*` among the texts.
    """
    plain = folded(number)
    if len(plain) != LENGTH:
        return "length"
    if not _DIGITS.issuperset(plain[:-1]) or plain[-1] not in _DIGITS | {"X"}:
        return "characters"
    born = _birth_date(plain)
    if born is None or (today is not None and born > today):
        return "birth_date"
    return None if ric.calc_check_digit(plain) == plain[-1] else "check_digit"


def id_number_place_is_known(number: str) -> bool:
    """Tell whether the first six digits were a place in the year of birth; False only warns."""
    try:
        return bool(ric.get_birth_place(folded(number)))
    except ValueError:
        return False


def id_number_birth(number: str) -> date | None:
    """Return the day of birth in an ID number of 18 signs, or None where it holds no date."""
    plain = folded(number)
    return _birth_date(plain) if len(plain) == LENGTH and plain[:-1].isdecimal() else None


def id_number_is_male(number: str) -> bool:
    """Tell whether the 17th digit of a well-formed ID number is odd, which stands for a man."""
    return int(folded(number)[16]) % 2 == 1


def _birth_date(plain: str) -> date | None:
    try:
        return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None
