"""Who each row of a sheet is, and what it changes; nothing is written here."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.services.register.comparing import Change, compare, compare_categories, values_of
from bot.services.register.employment_rows import plan, work_of
from bot.services.register.sheet_reading import PreparedRow
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.worker_rows import Meaning, WorkerWords
from storage.repositories.register_rows import EntryFacts, KnownEntry, Person, RegisterRows


class Outcome(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(slots=True)
class Decision:
    """What a row comes to, before it is written.

    Attributes:
        prepared: The row.
        outcome: What it comes to.
        entry: What the register says of the person already; None where nothing.
        person: The worker it is about; None for a new one.
        candidates: Who it may be, where an officer has to say.
        facts: The columns as they are kept afterwards.
        change: What changes of a known person; None where the row is as it was.
    """

    prepared: PreparedRow
    outcome: Outcome
    entry: EntryFacts | None = None
    person: Person | None = None
    candidates: tuple[uuid.UUID, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    change: Change | None = None


@dataclass(slots=True)
class Decider:
    """Decides about chunks of one sheet.

    Attributes:
        rows: The questions to the database.
        bureau: Whose sheet it is.
        words: Reads what rows meant that were read before.
        present: Columns that the sheet has.
        today: The day from which months of work count back.
        settled: Lines about which an officer has decided: whose they are, None for a new person.
    """

    rows: RegisterRows
    bureau: str
    words: WorkerWords
    present: frozenset[str]
    today: date
    settled: dict[int, uuid.UUID | None] = field(default_factory=dict)

    def decide(self, chunk: Sequence[PreparedRow]) -> list[Decision]:
        """Return what each row of a chunk comes to, in its order."""
        self._refuse_erased(chunk)
        live = [one for one in chunk if not one.row.is_refused]
        known = _Known.of(self.rows, self.bureau, live)
        decisions = [
            Decision(one, Outcome.REFUSED) if one.row.is_refused else self._find(one, known)
            for one in chunk
        ]
        open_ones = [one for one in decisions if one.person is not None or one.entry is not None]
        self._compare([one for one in open_ones if one.outcome is Outcome.CHANGED])
        return decisions

    def _refuse_erased(self, chunk: Sequence[PreparedRow]) -> None:
        keys = [one.id_index for one in chunk if one.id_index is not None]
        erased = self.rows.erased(self.bureau, keys) if keys else set()
        for one in chunk:
            if one.id_index in erased:
                one.row.refuse("erased")

    def _find(self, one: PreparedRow, known: _Known) -> Decision:
        entry = known.entry_of(one)
        if entry is not None:
            if _is_somebody_else(one, entry):
                one.row.refuse("number_taken", "person_number")
                return Decision(one, Outcome.REFUSED)
            known.taken.add(entry.worker_id)
            if entry.row_hash == one.row_hash:
                return Decision(one, Outcome.UNCHANGED)
            return Decision(one, Outcome.CHANGED, candidates=(entry.worker_id,), entry=_PENDING)
        if one.row.line in self.settled:
            candidates = [key for key in (self.settled[one.row.line],) if key is not None]
        else:
            candidates = known.candidates(one)
        if len(candidates) > 1:
            return Decision(one, Outcome.ASKED, candidates=tuple(candidates))
        if candidates:
            known.taken.add(candidates[0])
            if one.row.line not in self.settled and known.was_read(one, candidates[0]):
                return Decision(one, Outcome.UNCHANGED)
            return Decision(one, Outcome.CHANGED, candidates=tuple(candidates), entry=_PENDING)
        return Decision(one, Outcome.NEW, facts=dict(one.row.cells))

    def _compare(self, decisions: Collection[Decision]) -> None:
        if not decisions:
            return
        keys = [one.candidates[0] for one in decisions]
        entries, people = self.rows.entries_of(keys), self.rows.people(keys)
        spells, held = self.rows.spells_of(keys), self.rows.verified(keys)
        for one in decisions:
            key = one.candidates[0]
            one.entry, one.person = entries.get(key), people.get(key)
            if one.person is None:
                one.prepared.row.refuse("left")
                one.outcome = Outcome.REFUSED
                continue
            last = self._last(one.entry)
            row, meaning = one.prepared.row, one.prepared.meaning
            one.facts = self._merged(one)
            theirs = values_of(row, meaning)
            agreed = values_of(*last) if last is not None else None
            one.change = compare(one.person, theirs, agreed, identified="id_number" in row.cells)
            compare_categories(
                one.change,
                held.get(key, []),
                meaning.categories,
                last[1].categories if last is not None else {},
            )
            one.change.work = plan(
                work_of(row, meaning, today=self.today),
                work_of(*last, today=self.today) if last is not None else None,
                spells.get(key, []),
            )
            is_known = one.entry is not None and not one.change.is_visible
            one.outcome = Outcome.UNCHANGED if is_known else Outcome.CHANGED

    def _last(self, entry: EntryFacts | None) -> tuple[SheetRow, Meaning] | None:
        if entry is None:
            return None
        row = SheetRow(0, {name: str(value) for name, value in entry.facts.items()})
        return row, self.words.meaning(row)

    def _merged(self, one: Decision) -> dict[str, str]:
        """Return the columns afterwards: those of this sheet, and what others said before."""
        before = one.entry.facts if one.entry is not None else {}
        kept = {name: str(value) for name, value in before.items() if name not in self.present}
        return kept | one.prepared.row.cells


# Stands where the entry is still to be read; `_compare` puts the real one.
_PENDING = EntryFacts(uuid.UUID(int=0), uuid.UUID(int=0), None, None, None, {}, None, None)


@dataclass(slots=True)
class _Known:
    """Everybody whom the rows of a chunk may be."""

    by_id: dict[bytes, KnownEntry]
    by_number: dict[bytes, KnownEntry]
    by_phone: dict[bytes, list[Person]]
    entries: dict[uuid.UUID, EntryFacts]
    taken: set[uuid.UUID]

    @classmethod
    def of(cls, rows: RegisterRows, bureau: str, chunk: Sequence[PreparedRow]) -> _Known:
        ids = {one.id_index for one in chunk if one.id_index is not None}
        numbers = {one.number_index for one in chunk if one.number_index is not None}
        found = rows.entries_by(bureau, ids=ids, numbers=numbers)
        by_id = {bytes(one.id_index): one for one in found if one.id_index is not None}
        by_number = {bytes(one.number_index): one for one in found if one.number_index is not None}
        phones = {
            one.phone_index
            for one in chunk
            if one.phone_index is not None
            and one.id_index not in by_id
            and one.number_index not in by_number
        }
        by_phone: dict[bytes, list[Person]] = {}
        for person in rows.people_of_phones(bureau, phones) if phones else ():
            by_phone.setdefault(bytes(person.phone_index or b""), []).append(person)
        keys = [person.id for people in by_phone.values() for person in people]
        return cls(by_id, by_number, by_phone, rows.entries_of(keys) if keys else {}, set())

    def entry_of(self, one: PreparedRow) -> KnownEntry | None:
        found = self.by_id.get(one.id_index) if one.id_index is not None else None
        if found is None and one.number_index is not None:
            found = self.by_number.get(one.number_index)
        return found

    def candidates(self, one: PreparedRow) -> list[uuid.UUID]:
        """Return who has this number and name, and may have this ID number and year of birth."""
        if one.phone_index is None:
            return []
        name = one.row.cells.get("name")
        born = one.meaning.born.year if one.meaning.born is not None else None
        people = self.by_phone.get(one.phone_index, [])
        before = [person.id for person in people if self.was_read(one, person.id)]
        if before:
            return before[:1]
        return [
            person.id
            for person in people
            if person.name == name
            and person.id not in self.taken
            and (born is None or person.birth_year in {None, born})
            and self._may_have(one, self.entries.get(person.id))
        ]

    def was_read(self, one: PreparedRow, key: uuid.UUID) -> bool:
        """Tell whether this very row was taken for somebody before."""
        entry = self.entries.get(key)
        return entry is not None and entry.row_hash == one.row_hash

    @staticmethod
    def _may_have(one: PreparedRow, entry: EntryFacts | None) -> bool:
        if entry is None:
            return True
        same_id = entry.id_index is None or one.id_index in {None, entry.id_index}
        same_number = entry.number_index is None or one.number_index in {None, entry.number_index}
        return same_id and same_number


def _is_somebody_else(one: PreparedRow, entry: KnownEntry) -> bool:
    """Tell whether the person number is that of somebody with another ID number."""
    return (
        one.id_index is not None and entry.id_index is not None and entry.id_index != one.id_index
    )
