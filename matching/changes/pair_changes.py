"""What would change it: the smallest single changes that make a vacancy possible, or better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

import numpy as np

from matching.changes.variants import ChangeKind, Variant, variants
from matching.pairs.facts import Facts
from matching.pairs.judging import Judged
from matching.pairs.misses import miss_bits
from matching.pairs.place_fit import CLOSE_KM, NO, YES, Answers, Nearness
from matching.pairs.requirements import exclusion_bits
from matching.pairs.scoring import grade_of
from matching.ranking.ordering import judge
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Vacancy, WorkerProfile
from matching.weights import Options


@dataclass(frozen=True, slots=True)
class Change:
    """One change and what it leads to.

    Attributes:
        kind: What is changed.
        value: By how much or to what; see ChangeKind.
        grade: 3 without a soft miss, 2 with one, 1 with more.
    """

    kind: ChangeKind
    value: str | int | None
    grade: int


def changes(
    worker: WorkerProfile, vacancy: Vacancy, *, knowledge: Knowledge, options: Options
) -> tuple[Change, ...]:
    """Give the smallest change of each kind that alone makes a pair possible or lifts its grade.

    Empty where nothing single helps: two reasons stand against it, or all is well. The going
    wages of `options` must be of its own knowledge.
    """
    judged = judge_pair(worker, vacancy, knowledge=knowledge, options=options)
    before = _standing(judged, 0)
    tried = [*variants(worker, vacancy, judged)]
    found: dict[ChangeKind, Change] = {}
    for variant, grade in zip(
        tried, _grades(tried, worker, vacancy, knowledge=knowledge, options=options), strict=True
    ):
        if grade > before:
            found.setdefault(variant.kind, Change(variant.kind, variant.value, grade))
    nearer = _nearer(judged, options, before=before)
    if nearer is not None:
        found[nearer.kind] = nearer
    return tuple(found[kind] for kind in ChangeKind if kind in found)


def judge_pair(
    worker: WorkerProfile, vacancy: Vacancy, *, knowledge: Knowledge, options: Options
) -> Judged:
    """Judge one worker against one vacancy."""
    return _judged([worker], [vacancy], knowledge=knowledge, options=options)


def _standing(judged: Judged, position: int) -> int:
    """Give the grade of a pair; 0 where it is not possible."""
    return 0 if judged.bits[position] else int(judged.grade[position])


def _grades(
    tried: Sequence[Variant],
    worker: WorkerProfile,
    vacancy: Vacancy,
    *,
    knowledge: Knowledge,
    options: Options,
) -> list[int]:
    """Judge all variants in two batches: those of the worker, and those of the vacancy."""
    grades = [0] * len(tried)
    for by_worker in (True, False):
        at = [
            number
            for number, variant in enumerate(tried)
            if (variant.vacancy is vacancy) is by_worker
        ]
        if not at:
            continue
        keys = [f"{number:04d}" for number in at]  # rows are ordered by id
        workers = [replace(tried[n].worker, id=key) for n, key in zip(at, keys, strict=True)]
        posts = [replace(tried[n].vacancy, id=key) for n, key in zip(at, keys, strict=True)]
        judged = _judged(
            workers if by_worker else [worker],
            [vacancy] if by_worker else posts,
            knowledge=knowledge,
            options=options,
        )
        for position, number in enumerate(at):
            grades[number] = _standing(judged, position)
    return grades


def _judged(
    workers: Sequence[WorkerProfile],
    vacancies: Sequence[Vacancy],
    *,
    knowledge: Knowledge,
    options: Options,
) -> Judged:
    return judge(
        WorkerTable.of(workers, knowledge),
        VacancyTable.of(vacancies, knowledge),
        knowledge=knowledge,
        options=options,
    )


def _nearer(judged: Judged, options: Options, *, before: int) -> Change | None:
    """Tell how many kilometres are too many, where commuting would make the difference."""
    km = float(judged.facts.km[0])
    if not km > CLOSE_KM or judged.facts.commute[0] != NO:  # nan is not known
        return None
    facts = _Commuting(judged.crossing, judged.facts.worker, judged.facts.vacancy)
    if exclusion_bits(facts, today=options.today)[0]:
        return None
    grade = int(grade_of(miss_bits(facts))[0])
    return Change(ChangeKind.KM, ceil(km - CLOSE_KM), grade) if grade > before else None


class _Commuting(Facts):
    """Pairs as if the workplaces lay within commuting distance."""

    @cached_property
    def commute(self) -> Answers:
        """Whether one can go there and back every day."""
        return np.full(len(self), YES, dtype=np.int8)

    @cached_property
    def nearness(self) -> Answers:
        """How near the workplace is, CLOSE at least."""
        return np.maximum(super().nearness, np.int8(Nearness.CLOSE))
