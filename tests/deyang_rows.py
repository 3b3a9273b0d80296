"""Writes the invented city into the tables, a few thousand rows a statement."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

from sqlalchemy import insert

from storage.models import (
    Base,
    Employment,
    EmploymentVersion,
    Household,
    RegisterEntry,
    Worker,
    WorkerCategory,
)
from storage.register_states import Category, CategoryState
from storage.states import Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.deyang_2021 import BUREAU, Resident

KNOWN = datetime(2021, 3, 5, 2, 0, tzinfo=UTC)
STARTED = date(2021, 3, 1)
ROWS_AT_ONCE = 5000
# Each kind of row has keys of its own; a resident's are told by the number.
HOUSEHOLD, ENTRY, FIRST, SECOND, SPELL, VERSION = (number << 64 for number in range(2, 8))


def settle(uow: UnitOfWork, people: Sequence[Resident]) -> None:
    """Write people straight into the tables, a few thousand rows a statement.

    Only the moved have households and entries here: nothing else is counted by them, and each
    costs an encryption.
    """
    moved = [one for one in people if one.block.relocated]
    _insert(uow, Household, (_household(one) for one in _heads(moved)))
    _insert(uow, Worker, map(_worker, people))
    _insert(uow, RegisterEntry, map(_entry, moved))
    _insert(uow, WorkerCategory, (row for one in people for row in _categories(one)))
    working = [one for one in people if one.workplace is not None]
    _insert(uow, Employment, map(_employment, working))
    _insert(uow, EmploymentVersion, map(_version, working))


def _insert(uow: UnitOfWork, kind: type[Base], rows: Iterator[dict[str, object]]) -> None:
    while part := list(islice(rows, ROWS_AT_ONCE)):
        uow.session.connection().execute(insert(kind), part)


def _heads(people: Sequence[Resident]) -> Iterator[Resident]:
    seen: set[int] = set()
    for one in people:
        if one.household not in seen:
            seen.add(one.household)
            yield one


def household_key(number: int) -> uuid.UUID:
    """Return the key of a household's row."""
    return uuid.UUID(int=HOUSEHOLD + number)


def _household(head: Resident) -> dict[str, object]:
    return {
        "id": household_key(head.household),
        "bureau_adcode": BUREAU,
        "number": f"{head.household:010d}",
        "number_index": head.household.to_bytes(8, "big"),
        "home": head.town,
        "relocated": head.block.relocated,
        "facts": {},
        "changed_at": KNOWN,
    }


def _worker(one: Resident) -> dict[str, object]:
    return {
        "id": one.key,
        "bureau_adcode": BUREAU,
        "name": one.name,
        "birth_year": one.born.year,
        "home": one.town,
        "status": WorkerStatus.EMPLOYED if one.workplace else WorkerStatus.SEEKING,
        "created_at": KNOWN,
        "changed_at": KNOWN,
    }


def _entry(one: Resident) -> dict[str, object]:
    return {
        "id": uuid.UUID(int=ENTRY + one.number),
        "bureau_adcode": BUREAU,
        "worker_id": one.key,
        "household_id": household_key(one.household),
        "id_index": one.number.to_bytes(8, "big"),
        "facts": {"id_number": one.id_number, "labour": "普通劳动力"},
        "source": Source.IMPORT,
        "changed_at": KNOWN,
    }


def _categories(one: Resident) -> Iterator[dict[str, object]]:
    relocated = (Category.RELOCATED,) if one.block.relocated else ()
    for kind, category in zip((FIRST, SECOND), (one.block.category, *relocated), strict=False):
        yield {
            "id": uuid.UUID(int=kind + one.number),
            "worker_id": one.key,
            "category": category.value,
            "state": CategoryState.VERIFIED,
            "source": Source.IMPORT,
            "since": KNOWN,
        }


def _employment(one: Resident) -> dict[str, object]:
    return {
        "id": uuid.UUID(int=SPELL + one.number),
        "worker_id": one.key,
        "workplace": one.workplace,
        "channel": one.channel.value,
        "started_on": STARTED,
        "source": Source.IMPORT,
        "last_confirmed_on": STARTED,
        "recorded_at": KNOWN,
    }


def _version(one: Resident) -> dict[str, object]:
    return {
        "id": uuid.UUID(int=VERSION + one.number),
        "employment_id": uuid.UUID(int=SPELL + one.number),
        "started_on": STARTED,
        "workplace": one.workplace,
        "channel": one.channel.value,
        "abroad": False,
        "source": Source.IMPORT,
        "known_from": KNOWN,
    }
