"""Every term of the rank of one worker and one vacancy, a line each; no name, no number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from content.texts import Texts
from matching.changes.pair_changes import changes, judge_pair
from matching.pairs.explain import terms
from matching.pairs.judging import Judged
from matching.pairs.place_fit import Nearness
from matching.tables.going_wages import GoingWages
from matching.tables.knowledge import RELATIONS, SKILLS, Knowledge
from matching.types import Exclusion, ExclusionCode, Vacancy, WorkerProfile
from matching.weights import Options

UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Explained:
    """What is explained, and with what it is ranked.

    Attributes:
        going: What trades pay in the open vacancies that `options` ranks with.
    """

    worker: WorkerProfile
    vacancy: Vacancy
    knowledge: Knowledge
    options: Options
    going: GoingWages


def explanation(pair: Explained, texts: Texts, language: str) -> Iterator[str]:
    """Yield the lines: the facts, the terms, what is against it, the score, what would help."""
    judged = judge_pair(pair.worker, pair.vacancy, knowledge=pair.knowledge, options=pair.options)
    lines = _Lines(pair, judged, texts, language)
    yield from lines.facts()
    yield from lines.terms()
    yield from lines.against()
    yield lines.verdict()
    yield from lines.would_change()


class _Lines:
    def __init__(self, pair: Explained, judged: Judged, texts: Texts, language: str) -> None:
        self._pair, self._judged = pair, judged
        self._texts, self._language = texts, language

    def facts(self) -> Iterator[str]:
        """Say how trade, place, pay, bed and board stand to each other."""
        worker, vacancy, facts = self._pair.worker, self._pair.vacancy, self._judged.facts
        yield self._line(
            "trade",
            relation=RELATIONS[int(facts.relation[0])],
            own=_listed(worker.trades),
            wanted=vacancy.trade,
            skill=SKILLS[int(facts.skill[0])],
        )
        near, km = int(facts.nearness[0]), float(facts.km[0])
        yield self._line(
            "place",
            nearness=Nearness(near).name.lower() if near >= 0 else UNKNOWN,
            km=UNKNOWN if np.isnan(km) else f"{km:.1f}",
            tier=worker.migration.value if worker.migration else UNKNOWN,
            place=vacancy.town or vacancy.adcode or UNKNOWN,
        )
        yield self._wage()
        for name, given in (("lodging", vacancy.lodging), ("board", vacancy.board)):
            words = self._said(given, "yes", "no")
            wanted = self._said(worker.wants_room_board, "wanted", "declined")
            yield self._line(name, given=words, wanted=wanted)
        yield self._line("record", chance=f"{vacancy.chance:.3f}")

    def terms(self) -> Iterator[str]:
        """Give every term of the score, 0 to 1, with its weight."""
        weights = self._pair.options.weights.by_term()
        for term in terms(self._judged.match(0)):
            value = UNKNOWN if term.value is None else f"{term.value:.3f}"
            yield self._line("term", name=term.name, value=value, weight=weights[term.name])

    def against(self) -> Iterator[str]:
        """Name soft misses, exclusions with demand and possession, and what must be asked."""
        match = self._judged.match(0)
        for miss in match.misses:
            yield self._line("miss", code=miss.code.value, value=_shown(miss.value))
        for found in self._judged.exclusions(0):
            own = self._own(found)
            yield self._line(
                "exclusion", code=found.code.value, demand=_shown(found.value), own=own
            )
        for what in match.needs:
            yield self._line("need", what=what)

    def verdict(self) -> str:
        """Say grade and score, or that it is not possible."""
        against = len(self._judged.exclusions(0))
        if against:
            return self._texts.render("explain.head.impossible", self._language, count=against)
        return self._texts.render(
            "explain.head.possible",
            self._language,
            grade=int(self._judged.grade[0]),
            score=f"{float(self._judged.score[0]):.4f}",
        )

    def would_change(self) -> Iterator[str]:
        """Give the smallest single changes, where there is something to be changed."""
        pair = self._pair
        found = changes(pair.worker, pair.vacancy, knowledge=pair.knowledge, options=pair.options)
        for one in found:
            yield self._line(
                "change", kind=one.kind.value, value=_shown(one.value), grade=one.grade
            )
        if not found and (self._judged.bits[0] or self._judged.misses[0]):
            yield self._line("nothing")

    def _wage(self) -> str:
        number = self._pair.knowledge.trade(self._pair.vacancy.trade)
        best, going = int(self._judged.facts.best_wage[0]), float(self._pair.going.yuan[number])
        return self._line(
            "wage",
            best=UNKNOWN if best < 0 else best,
            wish=_shown(self._pair.worker.wage_min),
            going=UNKNOWN if np.isnan(going) else round(going),
            posts=int(self._pair.going.posts[number]),
        )

    def _own(self, found: Exclusion) -> str:
        """Return what the worker has of what is demanded; groups are never printed."""
        worker = self._pair.worker
        km = float(self._judged.facts.km[0])
        far = UNKNOWN if np.isnan(km) else f"{km:.1f} km"
        own: dict[ExclusionCode, object] = {
            ExclusionCode.TRADE: _listed(worker.trades),
            ExclusionCode.AGE: worker.age,
            ExclusionCode.CERTIFICATE: _listed(worker.certificates or ()),
            ExclusionCode.MIGRATION: worker.migration,
            ExclusionCode.EXCLUDED_PLACE: _listed(worker.excluded_locations),
            ExclusionCode.WAGE: worker.wage_min,
            ExclusionCode.EDUCATION: worker.education,
            ExclusionCode.AVAILABILITY: worker.available_from,
            ExclusionCode.ROOM_BOARD: far,
            ExclusionCode.GIG_FAR: far,
            ExclusionCode.NEARBY_ONLY: far,
        }
        return _shown(own.get(found.code))

    def _said(self, value: bool | None, yes: str, no: str) -> str:
        word = "unsaid" if value is None else (yes if value else no)
        return self._texts.render(f"explain.said.{word}", self._language)

    def _line(self, purpose: str, **values: object) -> str:
        return self._texts.render(f"explain.line.{purpose}", self._language, **values)


def _listed(words: tuple[str, ...]) -> str:
    return "、".join(words) or UNKNOWN


def _shown(value: object) -> str:
    return UNKNOWN if value is None else str(value)
