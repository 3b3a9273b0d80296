"""Learnt weights and chances of success that rankings go by, as every replica reads them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from matching.learning.chances import Chances, Record
from matching.weights import Weights
from storage.models import RankingWeights, SuccessFigure, Vacancy
from storage.unit_of_work import UnitOfWork

# Stored settings: a mark changes whenever what it stands for changes, and is read at each refresh.
MARKS = "ranking."
WEIGHTS_MARK, CHANCES_MARK = f"{MARKS}weights:", f"{MARKS}chances:"
SWITCHED_OFF = f"{MARKS}off:"
TRADE, FIRM = "trade", "enterprise"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one bureau ranks by.

    Attributes:
        weights: In force: learnt, or the built-in ones.
        weights_id: The learnt ones' key, or None.
        chances: Of its vacancies.
    """

    weights: Weights = field(default_factory=Weights)
    weights_id: uuid.UUID | None = None
    chances: Chances = field(default_factory=Chances)
    _known: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def chance_of(self, row: Vacancy) -> float:
        """Return by how much the ranking of this vacancy is multiplied, from 0.25 to 1."""
        return self.chance_for(row.trade, row.enterprise_id.hex)

    def chance_for(self, trade: str, firm: str) -> float:
        """Return it for vacancies of a trade at a firm, given by its hex key."""
        key = (trade, firm)
        if key not in self._known:
            self._known[key] = float(self.chances.proportions([key])[0])
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Standings:
    """What every bureau ranks by, and the marks it was read at."""

    marks: Mapping[str, str] = field(default_factory=dict)
    by_bureau: Mapping[str, Standing] = field(default_factory=dict)

    def of(self, bureau_adcode: str) -> Standing:
        """Return what a bureau ranks by; the built-in weights where nothing was learnt."""
        return self.by_bureau.get(bureau_adcode) or Standing()

    def has_the_chances_of(self, other: Standings) -> bool:
        """Tell whether no vacancy's chance differs between the two."""
        return _chance_marks(self.marks) == _chance_marks(other.marks)


def read_standings(uow: UnitOfWork, before: Standings) -> Standings:
    """Return what is in force now; `before` itself where nothing has changed.

    One look at a few rows as long as nothing changes. A change of another replica is seen with
    the first refresh after it was committed.
    """
    marks = uow.records.settings_named(MARKS)
    if marks == before.marks:
        return before
    bureaus = {name.partition(":")[2] for name in marks}
    return Standings(marks, {bureau: read_standing(uow, bureau) for bureau in sorted(bureaus)})


def read_standing(uow: UnitOfWork, bureau_adcode: str) -> Standing:
    """Return what one bureau ranks by now."""
    row = uow.learned_weights.in_force(bureau_adcode)
    return Standing(
        Weights() if row is None else weights_of(row),
        None if row is None else row.id,
        chances_from(uow.success_figures.of_bureau(bureau_adcode)),
    )


def weights_of(row: RankingWeights) -> Weights:
    """Return stored weights; a term that is not known any more is passed over."""
    known = Weights().by_term()
    values = {name: max(0.0, value) for name, value in row.weights.items() if name in known}
    return replace(Weights(), **values)  # type: ignore[arg-type]  # usual_wage is no term


def chances_from(figures: Iterable[SuccessFigure]) -> Chances:
    """Return the chances that stored figures give."""
    records: dict[str, dict[str, Record]] = {TRADE: {}, FIRM: {}}
    for row in figures:
        records[row.kind][row.key] = Record(
            (row.shown, row.decided, row.stay_known),
            (row.applied, row.hired, row.stayed),
            row.complaints,
        )
    return Chances.of(records[TRADE], records[FIRM])


def mark(uow: UnitOfWork, name: str, bureau_adcode: str, value: str) -> None:
    """Let every replica read anew what a mark stands for."""
    uow.records.store_setting(f"{name}{bureau_adcode}", value)


def _chance_marks(marks: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in marks.items() if name.startswith(CHANCES_MARK)}
