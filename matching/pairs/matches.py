"""Feasible pairs put into values that a conversation can tell."""

from __future__ import annotations

from math import isnan

import numpy as np
from numpy.typing import NDArray

from matching.pairs import misses as miss
from matching.pairs import reasons as reason
from matching.pairs import telling
from matching.pairs.facts import Facts
from matching.pairs.scoring import Misses, Values
from matching.pairs.similarity import terms
from matching.types import Match, Reason, ReasonCode
from matching.weights import Options

_DECIMALS = 6  # of a term as it is told and stored


def told(facts: Facts, misses: Misses, score: Values, options: Options) -> list[Match]:
    """Tell why each of some pairs fits, in their order; meaningful for feasible ones."""
    by_term = _terms(facts, options)
    found = zip(
        pairs(facts),
        score.tolist(),
        reason.reason_bits(facts).tolist(),
        misses.tolist(),
        strict=True,
    )
    return [
        Match(
            vacancy_id=facts.crossing.vacancies.ids[pair.vacancy],
            worker_id=facts.crossing.workers.ids[pair.worker],
            score=value,
            reasons=_about(reason.codes_in(for_it), facts, pair),
            misses=_about(miss.codes_in(against), facts, pair),
            terms=tuple(
                (name, values[number])
                for name, values in by_term.items()
                if not isnan(values[number])
            ),
            needs=telling.needs(facts.crossing, pair),
        )
        for number, (pair, value, for_it, against) in enumerate(found)
    ]


def pairs(facts: Facts) -> list[telling.Pair]:
    """Give pairs as plain numbers."""
    size = len(facts)
    columns = (
        facts.worker, facts.vacancy, facts.best_wage, facts.usual, facts.licensed,
        facts.within_reach, facts.admitted,
    )  # fmt: skip
    lists = (np.broadcast_to(column, size).tolist() for column in columns)
    return [telling.Pair(*values) for values in zip(*lists, strict=True)]


def _about(codes: tuple[ReasonCode, ...], facts: Facts, pair: telling.Pair) -> tuple[Reason, ...]:
    return tuple(Reason(code, telling.value(code, facts.crossing, pair)) for code in codes)


def _terms(facts: Facts, options: Options) -> dict[str, list[float]]:
    named = terms(usual=options.weights.usual_wage, rates=options.going, today=options.today)
    values: dict[str, NDArray[np.float32]] = {name: term(facts) for name, term in named.items()}
    return {
        name: np.broadcast_to(found, len(facts)).astype(np.float64).round(_DECIMALS).tolist()
        for name, found in values.items()
    }
