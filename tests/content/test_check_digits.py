from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.catalogue import Catalogue
from content.check_digits import (
    credit_code_problem,
    id_number_place_is_known,
    id_number_problem,
)

CREDIT_CODE = "91350100M000100Y43"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (CREDIT_CODE, None),
        ("９１３５０１００ｍ０００１００ｙ４３", None),
        ("9135 0100-m000 100y 43", None),
        ("91350100M000100Y44", "check_digit"),
        ("91350100M000100Y4", "length"),
        ("", "length"),
        ("91350100I000100Y43", "characters"),
        ("91350100O000100Y43", "characters"),
        ("9135010营M000100Y43", "characters"),
        ("9A350100M000100Y43", "check_digit"),
        ("91A50100M000100Y43", "characters"),
    ],
)
def test_a_credit_code_is_judged_by_length_signs_and_check_digit(
    code: str, problem: str | None
) -> None:
    assert credit_code_problem(code) == problem


def with_check_sign(body: str) -> str:
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


credit_code_bodies = st.builds(
    "".join,
    st.tuples(
        st.text(ALPHABET, min_size=2, max_size=2),
        st.text("0123456789", min_size=6, max_size=6),
        st.text(ALPHABET, min_size=9, max_size=9),
    ),
)


@given(credit_code_bodies, st.integers(0, 17), st.sampled_from("0123456789"))
def test_a_computed_credit_code_is_valid_and_one_changed_sign_is_not(
    body: str, place: int, other: str
) -> None:
    code = with_check_sign(body)
    assert credit_code_problem(code) is None
    changed = code[:place] + other + code[place + 1 :]
    assert changed == code or credit_code_problem(changed) == "check_digit"


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("11010519491231002X", None),
        ("11010519491231002x", None),
        ("１１０１０５ 19491231 002X", None),
        ("53010219200508011X", None),
        ("110105194912310021", "check_digit"),
        ("11010519490231002X", "birth_date"),
        ("1101051949123100", "length"),
        ("1101051949123100XX", "characters"),
        ("ABCDEFGHIJKLMNOPQR", "characters"),
    ],
)
def test_an_id_number_is_judged_by_length_signs_birth_and_check_digit(
    number: str, problem: str | None
) -> None:
    assert id_number_problem(number) == problem


def test_nobody_is_born_tomorrow() -> None:
    born = "11010519491231002X"
    assert id_number_problem(born, today=date(1949, 12, 30)) == "birth_date"
    assert id_number_problem(born, today=date(1949, 12, 31)) is None


def test_an_unknown_place_of_birth_only_warns() -> None:
    number = "99999919900101001"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    number += "10X98765432"[total % 11]
    assert id_number_problem(number) is None
    assert not id_number_place_is_known(number)
    assert id_number_place_is_known("11010519491231002X")


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    assert id_number_problem(text) in {None, "length", "characters", "birth_date", "check_digit"}
    assert credit_code_problem(text) in {None, "length", "characters", "check_digit"}


def test_every_problem_has_its_words(catalogue: Catalogue) -> None:
    keys = catalogue.texts.keys("zh")
    for problem in ("length", "characters", "check_digit"):
        assert f"check_digits.credit_code.{problem}" in keys
    for problem in ("length", "characters", "birth_date", "check_digit"):
        assert f"check_digits.id_number.{problem}" in keys
