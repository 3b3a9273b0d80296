"""Pay of public-welfare posts goes by attendance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.benefits.public_post_pay import PayDue, PostExit, Review, has_to_leave, pay_due


@pytest.mark.parametrize(
    ("attended", "required", "fen"),
    [(22, 22, 60_000), (11, 22, 30_000), (1, 22, 2727), (7, 22, 19_091), (1, 3, 20_000)],
)
def test_pay_is_the_share_that_was_worked(attended: int, required: int, fen: int) -> None:
    assert pay_due(60_000, attended=attended, required=required) == PayDue(fen, None)


def test_half_a_fen_goes_up() -> None:
    assert pay_due(1, attended=1, required=2).fen == 1
    assert pay_due(3, attended=1, required=2).fen == 2


def test_who_never_came_is_not_paid_and_is_looked_at() -> None:
    due = pay_due(60_000, attended=0, required=22)
    assert due == PayDue(0, Review.NEVER_CAME)
    assert due.is_stopped


def test_more_attendance_than_agreed_earns_the_rate_and_is_looked_at() -> None:
    due = pay_due(60_000, attended=25, required=22)
    assert due == PayDue(60_000, Review.CAME_MORE_THAN_AGREED)
    assert not due.is_stopped


@pytest.mark.parametrize(
    ("rate", "attended", "required"), [(-1, 1, 1), (1, -1, 1), (1, 1, 0), (1, 1, -1)]
)
def test_numbers_that_cannot_be_are_refused(rate: int, attended: int, required: int) -> None:
    with pytest.raises(ValueError, match="not negative"):
        pay_due(rate, attended=attended, required=required)


@given(
    rate=st.integers(0, 10**7),
    required=st.integers(1, 300),
    attended=st.integers(0, 400),
    more=st.integers(0, 400),
)
def test_who_comes_more_is_never_paid_less(
    rate: int, required: int, attended: int, more: int
) -> None:
    less = pay_due(rate, attended=attended, required=required).fen
    assert 0 <= less <= pay_due(rate, attended=attended + more, required=required).fen <= rate


def test_the_bureau_sets_how_many_absences_end_a_post() -> None:
    assert [has_to_leave(count) for count in (2, 3)] == [False, True]
    assert not has_to_leave(3, limit=5)


def test_every_way_out_of_a_post_has_a_name() -> None:
    assert {reason.value for reason in PostExit} == {
        "found_work", "age_or_health", "unfit", "misconduct", "post_cancelled", "absences",
        "own_wish",
    }  # fmt: skip
