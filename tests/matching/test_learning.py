from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.learning.logistic import Ridge, fit
from matching.learning.model import Answered, Learned, Verdict, learn

BUILT_IN = {"trade": 3.0, "place": 2.0, "wage": 2.0, "going": 0.5, "lodging": 1.0}
NAMES = tuple(BUILT_IN)


def town(
    tastes: dict[str, float],
    *,
    answers: int = 4_000,
    workers: int = 200,
    seed: int = 1,
    known: float = 1.0,
    base: float = -0.5,
) -> Answered:
    """Answers of people who weigh the terms by `tastes`; some terms may be unknown."""
    rng = np.random.default_rng(seed)
    terms = rng.random((answers, len(NAMES)))
    liking = (terms - 0.5) @ np.array([tastes.get(name, 0.0) for name in NAMES]) + base
    applied = rng.random(answers) < 1 / (1 + np.exp(-liking))
    terms[rng.random(terms.shape) > known] = np.nan
    misses = rng.integers(0, 3, answers)
    return Answered(NAMES, terms, misses, applied, rng.integers(0, workers, answers))


def taught(answered: Answered, *, seed: int = 7) -> Learned:
    return learn(answered, built_in=BUILT_IN, seed=seed)


def test_workers_for_whom_lodging_decides_teach_a_heavier_lodging() -> None:
    found = taught(town({"lodging": 5.0, "trade": 1.0}))
    assert found.verdict is Verdict.BETTER
    assert found.loss < found.built_in_loss
    assert found.weights["lodging"] > 3 > BUILT_IN["lodging"]
    assert found.weights["wage"] < 1


def test_known_tastes_are_found_again() -> None:
    tastes = {"trade": 1.0, "place": 4.0, "wage": 3.0, "going": 0.5, "lodging": 0.5}
    found = taught(town(tastes, answers=40_000, workers=4_000))
    assert found.coefficients == pytest.approx(tastes, abs=0.25)


def test_weights_have_the_sum_of_the_built_in_ones() -> None:
    found = taught(town({"lodging": 5.0}))
    assert sum(found.weights.values()) == pytest.approx(sum(BUILT_IN.values()))
    assert min(found.weights.values()) >= 0


def test_wage_and_nearness_keep_their_sign_against_perverse_answers() -> None:
    found = taught(town({"wage": -5.0, "place": -3.0, "going": -2.0, "trade": 3.0}))
    assert {found.weights[name] for name in ("wage", "place", "going")} == {0.0}
    assert found.weights["trade"] > BUILT_IN["trade"]


@pytest.mark.parametrize("seed", range(4))
def test_workers_who_want_what_the_built_in_weights_say_change_nothing(seed: int) -> None:
    found = taught(town(BUILT_IN, answers=1_000, seed=seed))
    assert found.verdict is Verdict.NOT_BETTER


@pytest.mark.parametrize("seed", range(4))
def test_answers_that_follow_nothing_are_not_believed(seed: int) -> None:
    assert taught(town({}, answers=1_000, seed=seed)).verdict is Verdict.NOT_BETTER


def test_too_few_answers_teach_nothing() -> None:
    few = town({"lodging": 8.0}, answers=299)
    assert taught(few).verdict is Verdict.TOO_FEW_ANSWERS
    assert dict(taught(few).weights) == BUILT_IN
    assert taught(town({"lodging": 8.0}, answers=300)).verdict is not Verdict.TOO_FEW_ANSWERS


def test_many_answers_of_few_people_teach_nothing() -> None:
    assert taught(town({"lodging": 8.0}, workers=49)).verdict is Verdict.TOO_FEW_WORKERS


def test_where_everybody_applied_there_is_nothing_to_learn() -> None:
    everybody = replace(town({}), applied=np.ones(4_000, dtype=np.bool_))
    assert taught(everybody).verdict is Verdict.ONE_SIDED


def test_one_very_busy_worker_does_not_decide_for_all() -> None:
    many = town({"trade": 4.0}, answers=1_000, workers=100)
    busy = town({"lodging": 8.0}, answers=5_000, seed=2)
    together = Answered(
        NAMES,
        np.vstack([many.terms, busy.terms]),
        np.concatenate([many.misses, busy.misses]),
        np.concatenate([many.applied, busy.applied]),
        np.concatenate([many.workers, np.full(5_000, 10_000)]),
    )
    weights = taught(together).weights
    assert weights["trade"] > weights["lodging"]


def test_unknown_terms_are_left_out_and_not_taken_for_the_worst() -> None:
    found = taught(town({"lodging": 4.0}, answers=20_000, workers=9_000, known=0.5, base=0.0))
    assert found.coefficients["lodging"] == pytest.approx(4.0, abs=0.5)


def test_a_term_that_nobody_was_shown_keeps_its_weight() -> None:
    answered = town({"trade": 5.0})
    answered.terms[:, NAMES.index("lodging")] = np.nan
    found = taught(answered)
    assert "lodging" not in found.coefficients
    assert found.weights["lodging"] == BUILT_IN["lodging"]
    assert sum(found.weights.values()) == pytest.approx(sum(BUILT_IN.values()))


def test_a_soft_miss_is_not_blamed_on_the_term_that_goes_with_it() -> None:
    rng = np.random.default_rng(3)
    answered = town({"trade": 3.0, "place": 3.0}, answers=20_000)
    badly_paid = rng.random(20_000) < 0.5
    answered.terms[:, NAMES.index("wage")] = 0.6 * rng.random(20_000) + np.where(
        badly_paid, 0.0, 0.4
    )
    misses = badly_paid.astype(np.int64)
    applied = answered.applied & ~(badly_paid & (rng.random(20_000) < 0.8))
    with_grade = taught(replace(answered, misses=misses, applied=applied))
    without = taught(replace(answered, misses=0 * misses, applied=applied))
    assert with_grade.coefficients["wage"] < without.coefficients["wage"] / 3


def test_the_same_answers_and_seed_give_the_same_weights() -> None:
    answered = town({"lodging": 2.0}, answers=600)
    assert taught(answered) == taught(answered)
    assert taught(answered).weights == taught(answered, seed=8).weights


def test_the_order_of_the_answers_is_of_no_account() -> None:
    answered = town({"lodging": 3.0, "place": 1.0}, answers=800)
    rows = np.random.default_rng(5).permutation(800)
    mixed = Answered(
        NAMES,
        answered.terms[rows],
        answered.misses[rows],
        answered.applied[rows],
        answered.workers[rows],
    )
    assert taught(mixed).weights == pytest.approx(taught(answered).weights)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**31), st.integers(20, 120), st.floats(0.1, 5.0))
def test_the_fit_is_the_minimum(seed: int, rows: int, strength: float) -> None:
    rng = np.random.default_rng(seed)
    design, answers = rng.normal(size=(rows, 3)), (rng.random(rows) < 0.5).astype(np.float64)
    counts, towards = rng.random(rows), rng.normal(size=3)
    ridge = Ridge(np.full(3, strength), towards, np.array([True, False, True]))
    found = fit(design, answers, counts, ridge)

    def cost(at: np.ndarray) -> float:
        slope = np.where(answers > 0, -1.0, 1.0) * (design @ at)
        pull = 0.5 * strength * ((at - towards) ** 2).sum()
        return float(counts @ np.logaddexp(0.0, slope) + pull)

    assert (found[[0, 2]] >= 0).all()
    for _ in range(20):
        other = found + rng.normal(size=3) * 0.05
        other[[0, 2]] = np.maximum(other[[0, 2]], 0.0)
        assert cost(found) <= cost(other) + 1e-9
