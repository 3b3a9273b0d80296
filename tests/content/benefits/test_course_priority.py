"""Seats of a course: the groups of the text first, then by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.benefits.course_priority import CourseApplicant, Seating, seats_given

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def applicant(person: int, *groups: str, minute: int = 0) -> CourseApplicant:
    return CourseApplicant(
        person=person,
        asked_at=START + timedelta(minutes=minute),
        is_woman="woman" in groups,
        is_poor="poor" in groups,
        is_disabled="disabled" in groups,
        left_school="left_school" in groups,
    )


@pytest.mark.parametrize(
    ("groups", "comes_first"),
    [
        ((), False),
        (("woman",), False),
        (("poor",), False),
        (("woman", "poor"), True),
        (("disabled",), True),
        (("left_school",), True),
    ],
)
def test_three_groups_come_first(groups: tuple[str, ...], *, comes_first: bool) -> None:
    assert applicant(1, *groups).comes_first is comes_first


def test_groups_go_before_others_and_each_by_time() -> None:
    people = [
        applicant(1, minute=0),
        applicant(2, "woman", "poor", minute=9),
        applicant(3, "disabled", minute=5),
        applicant(4, "left_school", minute=7),
        applicant(5, "poor", minute=1),
    ]
    assert seats_given(people, 4) == Seating((3, 4, 2, 1), (5,))


def test_who_asks_twice_has_one_seat_by_the_first_time() -> None:
    people = [applicant(1, minute=5), applicant(2, minute=2), applicant(1, minute=1)]
    assert seats_given(people, 1) == Seating((1,), (2,))


def test_seats_are_not_negative() -> None:
    assert seats_given([applicant(1)], 0) == Seating((), (1,))
    with pytest.raises(ValueError, match="not negative"):
        seats_given([], -1)


@given(
    minutes=st.lists(st.integers(0, 5), max_size=8),
    seats=st.integers(0, 8),
)
def test_the_order_of_the_list_changes_nothing_and_nobody_is_lost(
    minutes: list[int], seats: int
) -> None:
    people = [applicant(number, minute=minute) for number, minute in enumerate(minutes)]
    seating = seats_given(people, seats)
    assert seating == seats_given(reversed(people), seats)
    assert sorted(seating.seated + seating.waiting) == list(range(len(people)))
    assert len(seating.seated) == min(seats, len(people))
