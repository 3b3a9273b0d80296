"""Rows of a sheet of households."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.services.register.cells import YES
from bot.services.register.chunk_rows import SUBJECT
from bot.services.register.deciding import Outcome
from bot.services.register.facts import texts_of
from bot.services.register.place_words import is_outside
from bot.services.register.row_context import RowContext
from bot.services.register.sheet_reading import HOUSEHOLD_KIND, ID_KIND
from bot.services.register.sheet_rows import SheetRow
from storage.models import Household, ImportedRow
from storage.repositories.personal_register import OF_HEAD
from storage.repositories.register_rows import RegisterRows
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class _Plan:
    """One household of a chunk, as the rows so far leave it.

    Attributes:
        number: 户编号.
        facts: What the sheet says of it.
        home: Code of its home.
        relocated: Whether it was moved.
        held: The row that stands, or None.
        is_changed: Whether anything is written.
    """

    number: str
    facts: dict[str, str]
    home: str | None
    relocated: bool
    held: Household | None
    is_changed: bool = False


def look(uow: UnitOfWork, context: RowContext, rows: Sequence[SheetRow]) -> list[Outcome]:
    """Return what each row comes to; write nothing."""
    return _plan(uow, context, rows)[0]


def take(uow: UnitOfWork, context: RowContext, rows: Sequence[SheetRow]) -> list[Outcome]:
    """Write rows; two that name one household are one change of it."""
    outcomes, plans = _plan(uow, context, rows)
    added: list[dict[str, object]] = []
    kept: list[dict[str, object]] = []
    for index, plan in plans.items():
        if not plan.is_changed:
            continue
        before = None if plan.held is None else _before(plan.held)
        key = uuid.uuid4() if plan.held is None else plan.held.id
        kept.append({"subject_id": key, "before": before})
        if plan.held is None:
            added.append(_values(context, plan) | {"id": key, "number_index": index})
        else:
            _write(context, plan, plan.held)
    bulk = RegisterRows(uow.session)
    bulk.add(Household, added)
    shared = {"batch_id": context.batch_id, "kind": SUBJECT}
    bulk.add(ImportedRow, [{"id": uuid.uuid4(), **shared, **one} for one in kept])
    return outcomes


def _plan(
    uow: UnitOfWork, context: RowContext, rows: Sequence[SheetRow]
) -> tuple[list[Outcome], dict[bytes, _Plan]]:
    """Return what each row comes to, and the households by the index of their number."""
    for row in rows:
        _check(context, row)
    erased = _erased_heads(uow, context, rows)
    indexes = {
        row.line: uow.secrets.blind_index(row.cells["household_number"], kind=HOUSEHOLD_KIND)
        for row in rows
        if not row.is_refused
    }
    bureau = context.deployment.bureau_adcode
    held = uow.register_entries.households_of_numbers(bureau, list(set(indexes.values())))
    plans = {index: _held(row) for index, row in held.items()}
    outcomes: list[Outcome] = []
    for row in rows:
        if row.line in indexes:
            cells = _cells(row, is_head_erased=row.line in erased)
            outcomes.append(_merge(context, cells, plans, indexes[row.line]))
        else:
            outcomes.append(Outcome.REFUSED)
    return outcomes, plans


def _held(row: Household) -> _Plan:
    return _Plan(row.number, dict(texts_of(row.facts)), row.home, row.relocated, row)


def _merge(
    context: RowContext, cells: Mapping[str, str], plans: dict[bytes, _Plan], index: bytes
) -> Outcome:
    plan = plans.get(index)
    outcome = Outcome.NEW if plan is None else Outcome.CHANGED
    if plan is None:
        plan = plans[index] = _Plan(cells["household_number"], {}, None, False, None)
    facts = _merged(context, cells, plan.facts)
    if outcome is Outcome.CHANGED and facts == plan.facts:
        return Outcome.UNCHANGED
    plan.facts, plan.is_changed = facts, True
    plan.home = _home(context, cells) or plan.home
    if "relocated" in cells:
        plan.relocated = cells["relocated"] == YES
    return outcome


def _values(context: RowContext, plan: _Plan) -> dict[str, object]:
    return {
        "bureau_adcode": context.deployment.bureau_adcode,
        "number": plan.number,
        "home": plan.home,
        "relocated": plan.relocated,
        "facts": plan.facts,
        "batch_id": context.batch_id,
        "changed_at": context.deployment.now,
    }


def _before(held: Household) -> dict[str, object]:
    return {
        "home": held.home,
        "relocated": held.relocated,
        "facts": dict(held.facts),
        "batch_id": held.batch_id.hex if held.batch_id else None,
    }


def _write(context: RowContext, plan: _Plan, held: Household) -> None:
    held.facts, held.home, held.relocated = dict(plan.facts), plan.home, plan.relocated
    held.batch_id, held.changed_at = context.batch_id, context.deployment.now


def _check(context: RowContext, row: SheetRow) -> None:
    if "household_number" not in row.cells:
        row.refuse("missing", "household_number")
    home = _home(context, row.cells)
    if home is None and "county" in row.cells:
        row.warn("unknown_place", "county")
    elif is_outside(home, context.scope):
        row.refuse("outside_area", "county")


def _home(context: RowContext, cells: Mapping[str, str]) -> str | None:
    say = cells.get
    return context.places.home(say("county", ""), say("town", ""), say("place_code", ""))


def _merged(
    context: RowContext, cells: Mapping[str, str], facts: Mapping[str, str]
) -> dict[str, str]:
    present = {one.name for one in context.table.columns if one is not None}
    return {name: text for name, text in facts.items() if name not in present} | dict(cells)


def _cells(row: SheetRow, *, is_head_erased: bool) -> Mapping[str, str]:
    if not is_head_erased:
        return row.cells
    return {name: said for name, said in row.cells.items() if name not in OF_HEAD}


def _erased_heads(uow: UnitOfWork, context: RowContext, rows: Sequence[SheetRow]) -> set[int]:
    """Return the lines whose head had their data erased; a later sheet brings nobody back."""
    heads = {
        row.line: uow.secrets.blind_index(row.cells["head_id_number"], kind=ID_KIND)
        for row in rows
        if "head_id_number" in row.cells
    }
    bureau = context.deployment.bureau_adcode
    erased = RegisterRows(uow.session).erased(bureau, set(heads.values())) if heads else set()
    return {line for line, index in heads.items() if index in erased}
