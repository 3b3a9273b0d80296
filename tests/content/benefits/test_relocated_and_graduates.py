"""Households without work, and graduates without a plan: what officers must see at none."""

from __future__ import annotations

from datetime import date

import pytest

from content.benefits.graduates import GraduatePlan, without_a_plan
from content.benefits.relocated_households import HouseholdMember, needs_alert

ON = date(2021, 6, 28)


def member(
    birth: date = date(1980, 1, 1),
    *,
    able: bool = True,
    student: bool = False,
    employed: bool = False,
) -> HouseholdMember:
    return HouseholdMember(birth, is_able=able, is_student=student, is_employed=employed)


@pytest.mark.parametrize(
    ("members", "alert"),
    [
        ([member()], True),
        ([member(), member()], True),
        ([member(), member(employed=True)], False),
        ([member(), member(date(1955, 1, 1), employed=True)], False),
        ([member(able=False)], False),
        ([member(student=True)], False),
        ([member(able=False), member()], True),
        ([], False),
        ([member(date(2005, 6, 28))], True),
        ([member(date(2005, 6, 29))], False),
        ([member(date(1961, 6, 29))], True),
        ([member(date(1961, 6, 28))], False),
    ],
)
def test_a_household_in_which_somebody_could_work_and_nobody_does(
    members: list[HouseholdMember], *, alert: bool
) -> None:
    assert needs_alert(members, ON) is alert


def plan(person: int, *has: str, willing: bool = True) -> GraduatePlan:
    return GraduatePlan(
        person,
        is_willing=willing,
        has_work="work" in has,
        is_trainee="trainee" in has,
        is_in_course="course" in has,
    )


def test_each_willing_graduate_has_one_of_the_three() -> None:
    plans = [
        plan(4),
        plan(1, "work"),
        plan(2, "trainee"),
        plan(3, "course"),
        plan(5, willing=False),
    ]
    assert without_a_plan([*plans, plan(0)]) == (0, 4)
    assert without_a_plan(plans[1:]) == ()
