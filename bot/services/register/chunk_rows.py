"""Gathers what a chunk of rows writes, by table, and writes it in a few statements."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.services.deployment import Deployment
from bot.services.register.comparing import Conflict
from bot.services.register.employment_rows import Work
from storage.models import (
    Base,
    Employment,
    EmploymentVersion,
    Household,
    ImportedRow,
    RegisterDifference,
    RegisterEntry,
    Worker,
    WorkerCategory,
    WorkerStatusChange,
)
from storage.register_states import CategoryState
from storage.repositories.register_rows import RegisterRows, Spell
from storage.states import EndReason, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork

Row = dict[str, object]
# A difference about whose a row is: several may be open about one person.
PERSON = "person"
# Rows that others point to come first.
ORDER: tuple[type[Base], ...] = (
    Household, Worker, WorkerStatusChange, RegisterEntry, WorkerCategory, Employment,
    EmploymentVersion, RegisterDifference, ImportedRow,
)  # fmt: skip
# What an imported row changed: the subject itself, or only what the sheet was read as.
SUBJECT, FACTS = "subject", "facts"


@dataclass(slots=True)
class ChunkRows:
    """The rows of one chunk, not written yet.

    Attributes:
        uow: The transaction.
        deployment: The bureau.
        batch_id: The sheet.
        now: The instant under which everything is written down.
        today: Its date in the city.
        kept: Keys of what an undo has to know.
    """

    uow: UnitOfWork
    deployment: Deployment
    batch_id: uuid.UUID
    now: datetime = field(init=False)
    today: date = field(init=False)
    kept: list[uuid.UUID] = field(default_factory=list)
    _added: dict[type[Base], list[Row]] = field(default_factory=dict)
    _changed: dict[tuple[type[Base], tuple[str, ...]], list[Row]] = field(default_factory=dict)
    _superseded: list[uuid.UUID] = field(default_factory=list)
    _asked: dict[str, list[uuid.UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at the clock once."""
        self.now, self.today = self.deployment.now, self.deployment.today

    def add(self, kind: type[Base], /, **values: object) -> uuid.UUID:
        """Add a row with a key of its own; return the key."""
        key = uuid.uuid4()
        self._added.setdefault(kind, []).append({"id": key, **values})
        return key

    def change(self, kind: type[Base], key: uuid.UUID, **values: object) -> None:
        """Write columns of a row that stands."""
        names = tuple(sorted(values))
        self._changed.setdefault((kind, names), []).append({"id": key, **values})

    def flush(self) -> None:
        """Write everything."""
        rows = RegisterRows(self.uow.session)
        rows.end_versions(self._superseded, at=self.now)
        for name, workers in self._asked.items():
            rows.close_differences(workers, [name])
        for kind in ORDER:
            rows.add(kind, self._added.get(kind, []))
        for (kind, _names), changed in self._changed.items():
            rows.change(kind, changed)

    def category(self, worker_id: uuid.UUID, category: str) -> str:
        """Add a category that holds by the sheet's word; return its key in hex."""
        key = self.add(
            WorkerCategory,
            worker_id=worker_id,
            category=category,
            state=CategoryState.VERIFIED,
            source=Source.IMPORT,
            officer_id=None,
            batch_id=self.batch_id,
            visit_id=None,
            since=self.now,
            ended_at=None,
        )
        return key.hex

    def status(self, worker_id: uuid.UUID, status: WorkerStatus) -> None:
        """Keep a step in a worker's history of statuses."""
        self.add(WorkerStatusChange, worker_id=worker_id, status=status, at=self.now)

    def conflicts(self, worker_id: uuid.UUID, conflicts: Iterable[Conflict]) -> None:
        """Ask officers; an older question about the same is replaced."""
        for one in conflicts:
            if one.name != PERSON:
                self._asked.setdefault(one.name, []).append(worker_id)
            self.add(
                RegisterDifference,
                worker_id=worker_id,
                batch_id=self.batch_id,
                name=one.name,
                theirs=_plain(one.theirs),
                ours=_plain(one.ours),
                found_at=self.now,
                resolved_at=None,
                resolution=None,
                officer_id=None,
            )

    def agreed(self, worker_id: uuid.UUID, names: Iterable[str]) -> None:
        """Close older questions about what the sheet and we say alike now."""
        for name in names:
            self._asked.setdefault(name, []).append(worker_id)

    def imported(self, worker_id: uuid.UUID, before: Row | None, *, kind: str = SUBJECT) -> None:
        """Keep what an undo has to know; nothing before means that the person was added."""
        key = self.add(
            ImportedRow, batch_id=self.batch_id, kind=kind, subject_id=worker_id, before=before
        )
        self.kept.append(key)

    def opens(self, worker_id: uuid.UUID, work: Work) -> uuid.UUID:
        """Add a spell of work by the sheet's word; return its key."""
        key = self.add(
            Employment,
            worker_id=worker_id,
            enterprise_id=None,
            application_id=None,
            vacancy_id=None,
            employer=work.employer,
            workplace=work.workplace,
            trade=work.trade,
            channel=work.channel,
            started_on=work.started_on,
            ended_on=None,
            end_reason=None,
            venue=work.venue,
            abroad=work.abroad,
            contract=work.contract,
            insurance=work.insurance,
            wage=work.wage,
            source=Source.IMPORT,
            disputed=False,
            last_confirmed_on=self.today,
            recorded_at=self.now,
        )
        self._version(key, work.started_on, None, None, work.workplace)
        return key

    def ends(self, spell: Spell, *, next_from: date | None) -> None:
        """End a spell the day before the next one, or today where there is none."""
        today = self.today
        last = today if next_from is None else next_from - timedelta(days=1)
        on = max(spell.started_on, last)
        reason = EndReason.LOST if next_from is None else EndReason.CHANGED
        self.change(Employment, spell.id, ended_on=on, end_reason=reason)
        self._superseded.append(spell.id)
        self._version(spell.id, spell.started_on, on, reason, spell.workplace)

    def _version(
        self,
        spell_id: uuid.UUID,
        started_on: date,
        ended_on: date | None,
        reason: EndReason | None,
        workplace: str | None,
    ) -> None:
        self.add(
            EmploymentVersion,
            employment_id=spell_id,
            started_on=started_on,
            ended_on=ended_on,
            end_reason=reason,
            enterprise_id=None,
            workplace=workplace,
            source=Source.IMPORT,
            disputed=False,
            known_from=self.now,
            known_until=None,
        )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
