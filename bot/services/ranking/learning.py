"""Weights learnt from the workers' answers: learnt by a job, switched on and off by officers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.ranking.standing import SWITCHED_OFF, WEIGHTS_MARK, mark
from matching.learning.model import Answered, Learned, Verdict, learn
from matching.weights import Weights
from storage.models import Officer, RankingWeights
from storage.repositories.impressions import AnsweredImpression
from storage.states import Response
from storage.unit_of_work import UnitOfWork

LEARNT_FROM = timedelta(days=365)
REFUSALS = (
    Response.TOO_FAR,
    Response.WAGE_LOW,
    Response.CANNOT,
    Response.NOT_WANTED,
    Response.OTHER,
)
# 已招满 and silence say nothing of what a worker likes.
TASTE = (Response.APPLIED, *REFUSALS)
# Which workers are held out together; the same every day, so that days can be compared.
SEED = 5
DIGITS = 4
LISTS_LOOKED_AT = 3_000  # showings
AT_LEAST = 2  # vacancies in a list whose head can change


@dataclass(frozen=True, slots=True)
class State:
    """What is ranked by, and what else there is.

    Attributes:
        newest: What was learnt last, or None.
        in_force: Whether it is ranked by.
        is_switched_off: An officer wants the built-in weights.
    """

    newest: RankingWeights | None
    in_force: bool
    is_switched_off: bool

    @property
    def verdict(self) -> Verdict:
        """What became of the last learning."""
        if self.newest is None:
            return Verdict.TOO_FEW_ANSWERS
        return Verdict(str(self.newest.model["verdict"]))

    @property
    def weights(self) -> dict[str, float]:
        """The weights in force by term."""
        return dict(self.newest.weights) if self.newest and self.in_force else built_in()


@dataclass(frozen=True, slots=True)
class Preview:
    """Lists of the last days under other weights: how many there are, and how many begin anew."""

    lists: int
    changed: int


def built_in() -> dict[str, float]:
    """Return the built-in weights by term."""
    return Weights().by_term()


def gather(uow: UnitOfWork, deployment: Deployment) -> Answered:
    """Read what the workers of this bureau answered within a year; changes nothing."""
    since = deployment.now - LEARNT_FROM
    bureau = deployment.bureau_adcode
    return as_rows(uow.impressions.answered(bureau, responses=TASTE, since=since))


def as_rows(answers: Sequence[AnsweredImpression]) -> Answered:
    """Return answers as columns; a word that says nothing of a worker's taste must not be among."""
    names = tuple(built_in())
    terms = [[one.terms.get(name, np.nan) for name in names] for one in answers]
    number = {key: at for at, key in enumerate(sorted({one.worker_id for one in answers}))}
    return Answered(
        names,
        np.array(terms, dtype=np.float64).reshape(-1, len(names)),
        np.array([one.misses for one in answers], dtype=np.int64),
        np.array([one.response is Response.APPLIED for one in answers], dtype=np.bool_),
        np.array([number[one.worker_id] for one in answers], dtype=np.int64),
    )


def learnt_from(answered: Answered) -> Learned:
    """Learn, with the limits the deployment ships with; needs no database."""
    return learn(answered, built_in=built_in(), seed=SEED)


def keep(uow: UnitOfWork, deployment: Deployment, learned: Learned) -> bool:
    """Store what was learnt, and rank by it where it foretells better than the built-in weights.

    An officer who switched learnt weights off is obeyed.

    Returns:
        False when there is no answer, or just the same was learnt last time. Counts alone do not
        tell: as many answers come in on a day as fall out of the year.
    """
    bureau = deployment.bureau_adcode
    before = uow.learned_weights.newest(bureau)
    if not learned.answers or (before is not None and _is_same(before, learned)):
        return False
    row = uow.learned_weights.add(
        RankingWeights(
            bureau_adcode=bureau,
            learned_at=deployment.now,
            answers=learned.answers,
            weights=_rounded(learned.weights),
            model=_as_model(learned),
            in_use=False,
        )
    )
    is_used = learned.verdict is Verdict.BETTER and not _is_switched_off(uow, bureau)
    _use(uow, deployment, row.id if is_used else None)
    return True


def state_of(uow: UnitOfWork, deployment: Deployment) -> State:
    """Return what this bureau ranks by, and what else there is."""
    bureau = deployment.bureau_adcode
    newest, used = uow.learned_weights.newest(bureau), uow.learned_weights.in_force(bureau)
    return State(newest, used is not None and used is newest, _is_switched_off(uow, bureau))


def switch(uow: UnitOfWork, deployment: Deployment, officer: Officer, *, on: bool) -> bool:
    """Rank by learnt weights or by the built-in ones, from the next list on.

    Returns:
        False when it was so already.

    Raises:
        UserError: The officer looks after a part of the city only, or there is nothing learnt
            that is better.
    """
    bureau = deployment.bureau_adcode
    if not officers.is_in_scope(officer, bureau):
        raise UserError("ranking_weights.refused.scope")
    state = state_of(uow, deployment)
    if on == (not state.is_switched_off):
        return False
    if on:
        uow.records.forget_setting(f"{SWITCHED_OFF}{bureau}")
    else:
        uow.records.store_setting(f"{SWITCHED_OFF}{bureau}", deployment.now.isoformat())
    is_used = on and state.newest is not None and state.verdict is Verdict.BETTER
    _use(uow, deployment, state.newest.id if is_used and state.newest else None)
    uow.records.audit(
        officers.actor_of(officer),
        "learned_weights_on" if on else "learned_weights_off",
        subject_kind="ranking",
        subject_id=None,
        scope=officers.scope_of(bureau),
        at=deployment.now,
    )
    return True


def preview(uow: UnitOfWork, deployment: Deployment, *, after: Mapping[str, float]) -> Preview:
    """Tell in how many of the newest lists another vacancy would have stood first."""
    before = state_of(uow, deployment).weights
    lists = [
        one
        for one in uow.impressions.newest_lists(
            deployment.bureau_adcode, place="list", limit=LISTS_LOOKED_AT
        )
        if len(one) >= AT_LEAST
    ]
    changed = sum(_first(one, before) != _first(one, after) for one in lists)
    return Preview(len(lists), changed)


def _first(
    showings: Sequence[tuple[int, Mapping[str, float]]], weights: Mapping[str, float]
) -> int:
    """Return which vacancy of a list stands first by these weights; soft misses come before."""
    scores = [(-min(misses, 2), _mean(terms, weights)) for misses, terms in showings]
    return scores.index(max(scores))


def _mean(terms: Mapping[str, float], weights: Mapping[str, float]) -> float:
    known = {name: weights[name] for name in terms if weights.get(name)}
    total = sum(known.values())
    return sum(terms[name] * weight for name, weight in known.items()) / total if total else 0.5


def _use(uow: UnitOfWork, deployment: Deployment, row_id: uuid.UUID | None) -> None:
    bureau = deployment.bureau_adcode
    uow.learned_weights.use(bureau, row_id)
    mark(uow, WEIGHTS_MARK, bureau, row_id.hex if row_id is not None else "built_in")


def _is_switched_off(uow: UnitOfWork, bureau: str) -> bool:
    return uow.records.setting(f"{SWITCHED_OFF}{bureau}") is not None


def _is_same(before: RankingWeights, learned: Learned) -> bool:
    return (
        before.answers == learned.answers
        and before.model == _as_model(learned)
        and before.weights == _rounded(learned.weights)
    )


def _as_model(learned: Learned) -> dict[str, object]:
    return {
        "verdict": learned.verdict.value,
        "workers": learned.workers,
        "applied": learned.applied,
        "coefficients": _rounded(learned.coefficients),
        "loss": round(learned.loss, DIGITS),
        "built_in_loss": round(learned.built_in_loss, DIGITS),
        "uncertainty": round(learned.uncertainty, DIGITS),
    }


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in values.items()}
