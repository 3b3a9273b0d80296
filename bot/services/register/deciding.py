"""Who each row of a sheet is, and what it changes; nothing is written here."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.services.people.officers import scope_of
from bot.services.register.comparing import Change, compare, compare_categories, values_of
from bot.services.register.employment_rows import (
    POST_COLUMNS,
    TOLD_OF_WORK,
    WORK_COLUMNS,
    agrees,
    plan,
    work_of,
    work_with,
)
from bot.services.register.known_people import KnownPeople, is_somebody_else
from bot.services.register.place_words import COUNTY_LENGTH
from bot.services.register.sheet_reading import PreparedRow
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.worker_rows import Meaning, WorkerWords
from storage.repositories.register_rows import (
    NUMBER_FACTS,
    EntryFacts,
    HeldCategory,
    KnownEntry,
    Person,
    RegisterRows,
    Spell,
)
from storage.states import Source

# The finding of a row about somebody whom another place's officers look after.
OUTSIDE = "outside_area"


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
        gives_way: The entry of somebody else who gave this row's ID number by mere word.
    """

    prepared: PreparedRow
    outcome: Outcome
    entry: EntryFacts | None = None
    person: Person | None = None
    candidates: tuple[uuid.UUID, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    change: Change | None = None
    gives_way: uuid.UUID | None = None


@dataclass(slots=True)
class Decider:
    """Decides about chunks of one sheet.

    Attributes:
        rows: The questions to the database.
        bureau: Whose sheet it is.
        words: Reads what rows meant that were read before.
        present: Columns that the sheet has.
        today: The day from which months of work count back.
        scope: Code prefix of the homes of whom the sheet may change; empty for everybody.
        settled: Lines about which an officer has decided: whose they are, None for a new person.
    """

    rows: RegisterRows
    bureau: str
    words: WorkerWords
    present: frozenset[str]
    today: date
    scope: str = ""
    settled: dict[int, uuid.UUID | None] = field(default_factory=dict)

    def decide(self, chunk: Sequence[PreparedRow]) -> list[Decision]:
        """Return what each row of a chunk comes to, in its order."""
        self._refuse_erased(chunk)
        live = [one for one in chunk if not one.row.is_refused]
        known = KnownPeople.of(self.rows, self.bureau, live)
        decisions = [
            Decision(one, Outcome.REFUSED) if one.row.is_refused else self._find(one, known)
            for one in chunk
        ]
        self._refuse_outside(decisions)
        self._house(decisions)
        open_ones = [one for one in decisions if one.person is not None or one.entry is not None]
        gone = {one.gives_way for one in decisions if one.outcome is not Outcome.ASKED}
        self._compare([one for one in open_ones if one.outcome is Outcome.CHANGED], gone)
        return decisions

    def _refuse_erased(self, chunk: Sequence[PreparedRow]) -> None:
        keys = [one.id_index for one in chunk if one.id_index is not None]
        erased = self.rows.erased(self.bureau, keys) if keys else set()
        for one in chunk:
            if one.id_index in erased:
                one.row.refuse("erased")

    def _refuse_outside(self, decisions: Sequence[Decision]) -> None:
        """Refuse rows about people of whom only another place's officers may decide."""
        found = [one for one in decisions if one.candidates]
        if not found or scope_of(self.bureau).startswith(self.scope):
            return
        people = self.rows.people({key for one in found for key in one.candidates})
        for one in found:
            known = [people[key].home for key in one.candidates if key in people]
            if not all((home or self.bureau).startswith(self.scope) for home in known):
                one.prepared.row.refuse(OUTSIDE, "county")
                one.outcome, one.gives_way = Outcome.REFUSED, None

    def _house(self, decisions: Sequence[Decision]) -> None:
        """Let new people of no known place live where the sheet was brought from."""
        place = self.scope if len(self.scope) >= COUNTY_LENGTH else self.bureau
        for one in decisions:
            if one.outcome is Outcome.NEW and one.prepared.meaning.home is None:
                one.prepared.meaning = replace(one.prepared.meaning, home=place)

    def _find(self, one: PreparedRow, known: KnownPeople) -> Decision:
        entry, typed = known.entry_of(one)
        way = typed.id if typed is not None else None
        if entry is not None:
            if is_somebody_else(one, entry) or known.is_of_two(one, entry):
                one.row.refuse("number_taken", "person_number")
                return Decision(one, Outcome.REFUSED)
            known.taken.add(entry.worker_id)
            if entry.row_hash == one.row_hash:
                return Decision(one, Outcome.UNCHANGED)
            return Decision(one, Outcome.CHANGED, _PENDING, None, (entry.worker_id,), gives_way=way)
        candidates = self._candidates(one, known, typed)
        is_settled = one.row.line in self.settled
        is_asked = typed is not None or not all(known.is_sure(one, key) for key in candidates)
        if len(candidates) > 1 or (is_asked and not is_settled):
            return Decision(one, Outcome.ASKED, candidates=candidates)
        if not candidates:
            return Decision(one, Outcome.NEW, facts=dict(one.row.cells), gives_way=way)
        known.taken.add(candidates[0])
        if not is_settled and known.was_read(one, candidates[0]):
            return Decision(one, Outcome.UNCHANGED)
        if typed is not None and typed.worker_id == candidates[0]:
            way = None
        return Decision(one, Outcome.CHANGED, _PENDING, None, candidates, gives_way=way)

    def _candidates(
        self, one: PreparedRow, known: KnownPeople, typed: KnownEntry | None
    ) -> tuple[uuid.UUID, ...]:
        if one.row.line in self.settled:
            said = self.settled[one.row.line]
            return () if said is None else (said,)
        found = known.candidates(one)
        return tuple(dict.fromkeys([*found, typed.worker_id] if typed is not None else found))

    def _compare(self, decisions: Collection[Decision], gone: Collection[uuid.UUID | None]) -> None:
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
            if one.entry is not None and one.entry.id in gone:
                one.entry = one.entry._replace(id_index=None, facts=_unnumbered(one.entry.facts))
            one.change = self._change(one, one.person, held.get(key, []), spells.get(key, []))
            is_known = one.entry is not None and not one.change.is_visible
            one.outcome = Outcome.UNCHANGED if is_known else Outcome.CHANGED

    def _change(
        self,
        one: Decision,
        person: Person,
        held: Sequence[HeldCategory],
        spells: Sequence[Spell],
    ) -> Change:
        last = self._last(one.entry)
        row, meaning = one.prepared.row, one.prepared.meaning
        one.facts = self._merged(one)
        theirs = values_of(row, meaning)
        is_identified = "id_number" in row.cells
        if "id_number" in one.facts and not is_identified:
            theirs = replace(theirs, birth_year=None)
        agreed = values_of(*last) if last is not None else None
        change = compare(person, theirs, agreed, identified=is_identified)
        whole = self.words.meaning(SheetRow(0, one.facts))
        said = last[0].cells if last is not None else {}
        categories = self.words.lost(row.cells, said) | dict(whole.categories)
        before = last[1].categories if last is not None else {}
        compare_categories(change, held, categories, before)
        self._work(change, one, whole, last, spells)
        return change

    def _work(
        self,
        change: Change,
        one: Decision,
        whole: Meaning,
        last: tuple[SheetRow, Meaning] | None,
        spells: Sequence[Spell],
    ) -> None:
        """Plan the spells, if the sheet has any column about work.

        What it has no column for stands as it was told before (`whole`); all that was told
        goes when the columns of work are left empty.
        """
        row, meaning = one.prepared.row, one.prepared.meaning
        has_work = bool(self.present & WORK_COLUMNS)
        if not has_work and not self.present & POST_COLUMNS:
            return
        theirs = work_of(row, meaning, today=self.today)
        if theirs is None and has_work:
            gone = TOLD_OF_WORK - row.cells.keys()
            one.facts = {name: text for name, text in one.facts.items() if name not in gone}
        else:
            theirs = work_with(theirs, work_of(SheetRow(0, one.facts), whole, today=self.today))
        agreed = work_of(*last, today=self.today) if last is not None else None
        planned = plan(theirs, agreed, spells)
        is_told = planned is None or planned.confirms is None or meaning.works
        change.work = planned if is_told else None
        if agrees(theirs, spells):
            change.agreed.append("work")

    def _last(self, entry: EntryFacts | None) -> tuple[SheetRow, Meaning] | None:
        if entry is None:
            return None
        row = SheetRow(0, {name: str(value) for name, value in entry.facts.items()})
        return row, self.words.meaning(row)

    def _merged(self, one: Decision) -> dict[str, str]:
        """Return the columns afterwards: those of this sheet, and what others said before.

        An identity number stays, whoever gave it, until a sheet names another.
        """
        before = one.entry.facts if one.entry is not None else {}
        cells = one.prepared.row.cells
        if "id_number" in cells and one.entry is not None and one.entry.source is Source.WORKER:
            before = _unnumbered(before)
        kept = {name: str(value) for name, value in before.items() if name not in self.present}
        if "id_number" in cells or "id_number" not in before:
            return kept | cells
        return kept | cells | {name: str(before[name]) for name in NUMBER_FACTS if name in before}


# Stands where the entry is still to be read; `_compare` puts the real one.
_NOBODY = uuid.UUID(int=0)
_PENDING = EntryFacts(_NOBODY, _NOBODY, None, None, None, {}, None, None, Source.IMPORT)


def _unnumbered(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: said for name, said in facts.items() if name not in NUMBER_FACTS}
