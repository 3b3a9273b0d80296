"""Illness: county hospitals, and half of what lies above the halved deductible."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.content.benefits.people import (
    ABSENT,
    CHECK,
    CHONGQING,
    LIKELY,
    NOT,
    Bureau,
    Case,
    asked,
    changed,
    excluded,
    met,
)

STAY = {
    "hospital_level": "county",
    "in_region": True,
    "self_paid": 90000,
    "major_base_deductible": 20000,
}
PATIENT = {**CHONGQING, "inpatient": STAY}
BOTH = [
    met(),
    excluded("category", categories=["低保"]),
    excluded("medical", medical="职工"),
    excluded("inpatient", inpatient=ABSENT),
    asked("medical", medical=None),
    asked("inpatient", inpatient=None),
    asked("category_verified", categories=[], claimed=["建档立卡"]),
]
COUNTY = [
    excluded("inpatient.hospital_level", inpatient__hospital_level="tertiary"),
    excluded("inpatient.hospital_level", inpatient__hospital_level="township"),
    excluded("inpatient.in_region", inpatient__in_region=False),
    asked("inpatient.hospital_level", inpatient__hospital_level="诊所"),
    asked("inpatient.in_region", inpatient__in_region=ABSENT),
    met(inpatient__self_paid=None),
]
MAJOR = [
    met(inpatient__hospital_level="tertiary", inpatient__in_region=False),
    met(inpatient__hospital_level=None),
    excluded("inpatient.self_paid", inpatient__self_paid=10000),
    excluded("inpatient.self_paid", inpatient__self_paid=0),
    asked("inpatient.self_paid", inpatient__self_paid=None),
    asked("inpatient.self_paid", inpatient__self_paid=-5),
    asked("inpatient.major_base_deductible", inpatient__major_base_deductible=ABSENT),
]


@pytest.mark.parametrize("case", BOTH + COUNTY, ids=str)
def test_a_stay_in_a_county_hospital(bureau: Bureau, case: Case) -> None:
    bureau.check(PATIENT, "med_inpatient_county", case)


@pytest.mark.parametrize("case", BOTH + MAJOR, ids=str)
def test_a_major_illness(bureau: Bureau, case: Case) -> None:
    bureau.check(PATIENT, "med_major_illness", case)


def illness(bureau: Bureau, paid: object, base: object) -> object:
    """The sum in yuan, or the verdict if there is none."""
    row = changed(PATIENT, {"inpatient.self_paid": paid, "inpatient.major_base_deductible": base})
    assessment = bureau.assess(row)
    found = assessment.of("med_major_illness")
    assert found is not None
    return assessment.amounts.get("med_major_illness", found.verdict)


@pytest.mark.parametrize(
    ("paid", "base", "expected"),
    [
        (0, 20000, NOT),
        (10000, 20000, NOT),
        (10000.01, 20000, "0.01"),
        (10000.02, 20000, "0.01"),
        (10001, 20000, "0.50"),
        (90000, 20000, "40000.00"),
        (200000, 30000, "92500.00"),
        (200000.01, 30000, "92500.00"),
        (250000, 30000, "92500.00"),
        (100, 0, "50.00"),
        (250000, 400000, NOT),
        (250000, 399999.98, "0.01"),
    ],
)
def test_the_sum_counts_from_half_the_deductible_to_the_ceiling(
    bureau: Bureau, paid: object, base: object, expected: object
) -> None:
    wanted = Decimal(str(expected)) if expected is not NOT else NOT
    assert illness(bureau, paid, base) == wanted


@pytest.mark.parametrize(
    ("paid", "base", "expected"),
    [
        # An odd base: the halved one has half a fen, the sum quarters of a fen.
        # What would come to nothing is for an officer.
        (10000.01, 20000.01, CHECK),
        (10000.02, 20000.01, "0.01"),
        (10000.03, 20000.01, "0.01"),
        (10000.04, 20000.01, "0.02"),
        (33333.33, 20000.03, "11666.66"),
        # An odd sum: half a fen goes up.
        (33333.33, 20000, "11666.67"),
        (199999.99, 0.01, "99999.99"),
    ],
)
def test_odd_fen_are_rounded_once_and_upwards_from_half(
    bureau: Bureau, paid: object, base: object, expected: object
) -> None:
    wanted = Decimal(str(expected)) if expected is not CHECK else CHECK
    assert illness(bureau, paid, base) == wanted


def test_above_the_ceiling_the_clause_says_nothing_and_so_does_the_verdict(bureau: Bureau) -> None:
    row = changed(PATIENT, {"inpatient.self_paid": 250000})
    verdict = bureau.verdict(row, "med_major_illness")
    assert (verdict.verdict, verdict.reasons) == (LIKELY, ("inpatient.above_ceiling",))


def test_the_county_rate_is_no_sum(bureau: Bureau) -> None:
    assert set(bureau.assess(PATIENT).amounts) == {"med_major_illness"}
