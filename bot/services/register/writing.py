"""What the rows of a sheet come to, written into the register and the people's own rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.deployment import Deployment
from bot.services.register.chunk_rows import FACTS, PERSON, SUBJECT, ChunkRows, Row
from bot.services.register.comparing import Change, Conflict, values_of
from bot.services.register.deciding import Decision, Outcome
from bot.services.register.employment_rows import Work, WorkPlan, as_values, work_of
from bot.services.register.linked_spells import open_for_linked
from storage.models import Employment, Household, RegisterEntry, Worker, WorkerCategory
from storage.register_states import CategoryState, EmploymentChannel
from storage.repositories.identities import Identities
from storage.repositories.register_rows import EntryFacts, Person, RegisterRows
from storage.states import Source, WorkerStatus
from storage.unit_of_work import UnitOfWork

AT_WORK: Mapping[str, WorkerStatus] = {
    EmploymentChannel.PUBLIC_POST.value: WorkerStatus.PUBLIC_POST,
    EmploymentChannel.FLEXIBLE.value: WorkerStatus.FLEXIBLE,
    EmploymentChannel.SELF_EMPLOYED.value: WorkerStatus.FLEXIBLE,
}
STORED = ("name", "phone", "birth_year", "home", "education", "available_from")


@dataclass(slots=True)
class _Chunk:
    """What one chunk knows while it is written."""

    rows: ChunkRows
    households: dict[bytes, uuid.UUID]
    linked: set[uuid.UUID]
    asked: list[object]

    @property
    def deployment(self) -> Deployment:
        """The bureau."""
        return self.rows.deployment


def write_chunk(
    uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID, decisions: Sequence[Decision]
) -> list[uuid.UUID]:
    """Write decided rows; return the keys of what stood there before, to be taken back."""
    bulk = RegisterRows(uow.session)
    people = [one.person.id for one in decisions if one.person is not None]
    rows = ChunkRows(uow, deployment, batch_id)
    asked = [one.candidates[0] for one in decisions if one.outcome is Outcome.ASKED]
    chunk = _Chunk(
        rows,
        {},
        bulk.linked(people) if people else set(),
        bulk.open_differences(asked, PERSON) if asked else [],
    )
    _households(chunk, bulk, decisions)
    for one in decisions:
        if one.outcome is Outcome.NEW:
            _add(chunk, one)
        elif one.outcome is Outcome.ASKED:
            _ask(chunk, one)
        elif one.person is not None and one.change is not None:
            _change(chunk, one, one.person, one.change)
    Identities(uow.session).give_way([one.gives_way for one in decisions if one.gives_way])
    rows.flush()
    return rows.kept


def status_of(work: Work) -> WorkerStatus:
    """Return how somebody with this work stands."""
    return AT_WORK.get(work.channel, WorkerStatus.EMPLOYED)


def _households(chunk: _Chunk, bulk: RegisterRows, decisions: Sequence[Decision]) -> None:
    """Find the households of the rows, and add those that no sheet has named yet."""
    named = {
        one.prepared.household_index: one
        for one in decisions
        if one.prepared.household_index is not None
        and (one.outcome is Outcome.NEW or one.change is not None)
    }
    bureau = chunk.deployment.bureau_adcode
    chunk.households = bulk.households(bureau, list(named)) if named else {}
    for index, one in named.items():
        if index in chunk.households:
            continue
        chunk.households[index] = chunk.rows.add(
            Household,
            bureau_adcode=bureau,
            number=one.prepared.row.cells["household_number"],
            number_index=index,
            home=one.prepared.meaning.home,
            relocated=False,
            facts={},
            batch_id=chunk.rows.batch_id,
            changed_at=chunk.rows.now,
        )


def _add(chunk: _Chunk, one: Decision) -> None:
    row, meaning = one.prepared.row, one.prepared.meaning
    rows, now = chunk.rows, chunk.rows.now
    values = values_of(row, meaning)
    groups = sorted(name for name, holds in meaning.categories.items() if holds)
    work = work_of(row, meaning, today=chunk.rows.today)
    status = WorkerStatus.NEW if work is None else status_of(work)
    key = rows.add(
        Worker,
        bureau_adcode=chunk.deployment.bureau_adcode,
        **{name: getattr(values, name) for name in STORED},
        phone_index=one.prepared.phone_index,
        trades=list(values.trades),
        experience=dict(values.experience) if values.experience else None,
        groups=groups,
        refused_trades=[],
        certificates=[],
        migration=None,
        locations=[],
        excluded_locations=[],
        wage_min=None,
        wants_room_board=None,
        night_shift_worker=False,
        status=status,
        paused_until=None,
        version=1,
        created_at=now,
        changed_at=now,
    )
    rows.status(key, status)
    _add_entry(chunk, one, key)
    for category in groups:
        rows.category(key, category)
    if work is not None:
        rows.opens(key, work)
    rows.imported(key, None)


def _ask(chunk: _Chunk, one: Decision) -> None:
    """Keep the row for an officer who says whose it is; nothing is written for anybody yet."""
    if one.prepared.row.cells in chunk.asked:
        return
    conflict = Conflict(PERSON, one.prepared.row.cells, [key.hex for key in one.candidates])
    chunk.rows.conflicts(one.candidates[0], [conflict])


def _change(chunk: _Chunk, one: Decision, person: Person, change: Change) -> None:
    rows = chunk.rows
    before: Row = {
        "worker": {name: _plain(getattr(person, name)) for name in change.fields},
        "groups": person.groups,
        "version": person.version,
        "entry": None if one.entry is None else _entry_before(one.entry),
        "ended": [held.id.hex for held in change.ended],
        "added": [rows.category(person.id, name) for name in change.added],
    }
    for held in change.ended:
        rows.change(
            WorkerCategory,
            held.id,
            state=CategoryState.ENDED,
            ended_at=chunk.rows.now,
        )
    new = dict(change.fields)
    if "phone" in new:
        new["phone_index"] = one.prepared.phone_index
    if change.groups is not None:
        new["groups"] = change.groups
    if change.work is not None:
        before |= _work(chunk, person, change.work, new)
    if new:
        now = chunk.rows.now
        rows.change(Worker, person.id, **new, version=person.version + 1, changed_at=now)
    rows.agreed(person.id, change.agreed)
    rows.conflicts(person.id, change.conflicts)
    if one.entry is None:
        _add_entry(chunk, one, person.id)
    else:
        _change_entry(chunk, one, one.entry)
    kind = SUBJECT if one.outcome is Outcome.CHANGED else FACTS
    rows.imported(person.id, before, kind=kind)


def _work(chunk: _Chunk, person: Person, plan: WorkPlan, new: Row) -> Row:
    """Open and end spells; `new` gets the status; return what an undo has to know."""
    rows = chunk.rows
    if plan.conflict is not None:
        theirs, ours = plan.conflict
        said = {"employer": ours.employer, "workplace": ours.workplace}
        rows.conflicts(person.id, [Conflict("work", as_values(theirs), said)])
        return {}
    if plan.confirms is not None:
        rows.change(Employment, plan.confirms.id, last_confirmed_on=chunk.rows.today)
        return {}
    if plan.opens is not None and person.id in chunk.linked:
        key = open_for_linked(rows.uow, chunk.deployment, person.id, plan.opens)
        return {"opened": key.hex, "is_linked": True}
    done: Row = {"status": person.status.value}
    if plan.ends is not None:
        begins = plan.opens.started_on if plan.opens is not None else None
        rows.ends(plan.ends, next_from=begins)
        done["ended_spell"] = plan.ends.id.hex
    if plan.opens is not None:
        done["opened"] = rows.opens(person.id, plan.opens).hex
    status = status_of(plan.opens) if plan.opens is not None else WorkerStatus.SEEKING
    if status is not person.status:
        new["status"] = status
        rows.status(person.id, status)
    return done


def _add_entry(chunk: _Chunk, one: Decision, worker_id: uuid.UUID) -> None:
    chunk.rows.add(
        RegisterEntry,
        bureau_adcode=chunk.deployment.bureau_adcode,
        worker_id=worker_id,
        **_entry_values(chunk, one, None),
    )


def _change_entry(chunk: _Chunk, one: Decision, entry: EntryFacts) -> None:
    chunk.rows.change(RegisterEntry, entry.id, **_entry_values(chunk, one, entry))


def _entry_values(chunk: _Chunk, one: Decision, entry: EntryFacts | None) -> Row:
    prepared = one.prepared
    household = prepared.household_index
    kept = entry.household_id if entry is not None else None
    return {
        "household_id": chunk.households[household] if household is not None else kept,
        "id_index": prepared.id_index or (entry.id_index if entry is not None else None),
        "number_index": prepared.number_index
        or (entry.number_index if entry is not None else None),
        "facts": one.facts,
        "row_hash": prepared.row_hash,
        "source": Source.IMPORT if entry is None or prepared.id_index else entry.source,
        "batch_id": chunk.rows.batch_id,
        "changed_at": chunk.rows.now,
    }


def _entry_before(entry: EntryFacts) -> Row:
    return {
        "id": entry.id.hex,
        "household_id": entry.household_id.hex if entry.household_id else None,
        "id_index": entry.id_index.hex() if entry.id_index else None,
        "number_index": entry.number_index.hex() if entry.number_index else None,
        "facts": entry.facts,
        "row_hash": entry.row_hash.hex() if entry.row_hash else None,
        "batch_id": entry.batch_id.hex if entry.batch_id else None,
        "source": entry.source.value,
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
