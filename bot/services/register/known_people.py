"""Whom the rows of a sheet may be about, asked for a chunk at a time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.register.sheet_reading import PreparedRow
from content.places import TOWN_CODE_LENGTH
from storage.repositories.register_rows import EntryFacts, KnownEntry, Person, RegisterRows
from storage.states import Source


@dataclass(slots=True)
class KnownPeople:
    """Everybody whom the rows of a chunk may be."""

    by_id: dict[bytes, KnownEntry]
    by_number: dict[bytes, KnownEntry]
    by_phone: dict[bytes, list[Person]]
    entries: dict[uuid.UUID, EntryFacts]
    typed: dict[uuid.UUID, Person]
    taken: set[uuid.UUID]

    @classmethod
    def of(cls, rows: RegisterRows, bureau: str, chunk: Sequence[PreparedRow]) -> KnownPeople:
        """Ask once for everybody whom the rows of a chunk may be."""
        ids = {one.id_index for one in chunk if one.id_index is not None}
        numbers = {one.number_index for one in chunk if one.number_index is not None}
        found = rows.entries_by(bureau, ids=ids, numbers=numbers)
        by_id = {bytes(one.id_index): one for one in found if one.id_index is not None}
        by_number = {bytes(one.number_index): one for one in found if one.number_index is not None}
        phones = {
            one.phone_index
            for one in chunk
            if one.phone_index is not None
            and (one.id_index not in by_id or by_id[one.id_index].source is Source.WORKER)
            and one.number_index not in by_number
        }
        by_phone: dict[bytes, list[Person]] = {}
        for person in rows.people_of_phones(bureau, phones) if phones else ():
            by_phone.setdefault(bytes(person.phone_index or b""), []).append(person)
        keys = [person.id for people in by_phone.values() for person in people]
        claims = [one.worker_id for one in by_id.values() if one.source is Source.WORKER]
        typed = rows.people(claims) if claims else {}
        entries = rows.entries_of(keys) if keys else {}
        return cls(by_id, by_number, by_phone, entries, typed, set())

    def entry_of(self, one: PreparedRow) -> tuple[KnownEntry | None, KnownEntry | None]:
        """Return a row's entry, and the entry of who gave its ID number by mere word."""
        found = self.by_id.get(one.id_index) if one.id_index is not None else None
        typed = None
        if found is not None and not self._is_vouched_for(one, found):
            found, typed = None, found
        if found is None and one.number_index is not None:
            found = self.by_number.get(one.number_index)
        return found, typed

    def _is_vouched_for(self, one: PreparedRow, entry: KnownEntry) -> bool:
        """Tell whether more than a number that anybody may type makes an entry the row's."""
        if entry.source is not Source.WORKER:
            return True
        if one.number_index is not None and one.number_index == entry.number_index:
            return True
        who = self.typed.get(entry.worker_id)
        same_phone = who is not None and one.phone_index in {who.phone_index} - {None}
        return who is not None and same_phone and who.name == one.row.cells.get("name")

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

    def is_sure(self, one: PreparedRow, key: uuid.UUID) -> bool:
        """Tell whether more than a phone and a name says that a row is of this person.

        Both are known to family and neighbours, and anybody may give them in a chat. A third
        sign is the year of birth, the town, the ID number, or a sheet that said the same before;
        a row that brings neither a number nor a category needs none.
        """
        born, home = one.meaning.born, one.meaning.home
        if "id_number" not in one.row.cells and not any(one.meaning.categories.values()):
            return True
        entry = self.entries.get(key)
        if entry is not None and self._is_vouched_by_sheet(one, entry):
            return True
        people = self.by_phone.get(one.phone_index or b"", [])
        who = next((person for person in people if person.id == key), None)
        if who is None:
            return False
        is_town = home is not None and len(home) == TOWN_CODE_LENGTH and who.home == home
        return is_town or (born is not None and who.birth_year == born.year)

    def is_of_two(self, one: PreparedRow, entry: KnownEntry) -> bool:
        """Tell whether the person number is of somebody else than the ID number."""
        if one.number_index is None:
            return False
        other = self.by_number.get(one.number_index)
        return other is not None and other.id != entry.id

    def _is_vouched_by_sheet(self, one: PreparedRow, entry: EntryFacts) -> bool:
        if one.id_index is not None and entry.id_index == one.id_index:
            return True
        cells, said = one.row.cells, entry.facts
        return entry.batch_id is not None and all(
            said.get(name) == cells.get(name) for name in ("phone", "name")
        )

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


def is_somebody_else(one: PreparedRow, entry: KnownEntry) -> bool:
    """Tell whether the person number is that of somebody with another ID number."""
    return (
        one.id_index is not None
        and entry.id_index is not None
        and entry.id_index != one.id_index
        and entry.source is not Source.WORKER
    )
