"""Rows of a sheet of households."""

from __future__ import annotations

from bot.services.register.cells import YES
from bot.services.register.deciding import Outcome
from bot.services.register.facts import texts_of
from bot.services.register.place_words import is_outside
from bot.services.register.row_context import RowContext
from bot.services.register.sheet_reading import HOUSEHOLD_KIND
from bot.services.register.sheet_rows import SheetRow
from storage.models import Household
from storage.unit_of_work import UnitOfWork


def look(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Outcome:
    """Return what a row comes to; write nothing."""
    _check(context, row)
    if row.is_refused:
        return Outcome.REFUSED
    known = _known(uow, context, row)
    if known is None:
        return Outcome.NEW
    return (
        Outcome.UNCHANGED
        if _merged(context, row, known) == texts_of(known.facts)
        else (Outcome.CHANGED)
    )


def take(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Outcome:
    """Write a row."""
    outcome = look(uow, context, row)
    if outcome not in {Outcome.NEW, Outcome.CHANGED}:
        return outcome
    known = _known(uow, context, row)
    number = row.cells["household_number"]
    before: dict[str, object] | None = None
    if known is None:
        known = Household(
            bureau_adcode=context.deployment.bureau_adcode,
            number=number,
            number_index=uow.secrets.blind_index(number, kind=HOUSEHOLD_KIND),
            facts={},
            relocated=False,
        )
    else:
        before = {
            "home": known.home,
            "relocated": known.relocated,
            "facts": dict(known.facts),
            "batch_id": known.batch_id.hex if known.batch_id else None,
        }
    known.facts = dict(_merged(context, row, known))
    known.home = _home(context, row) or known.home
    if "relocated" in row.cells:
        known.relocated = row.cells["relocated"] == YES
    known.batch_id, known.changed_at = context.batch_id, context.deployment.now
    uow.register_entries.add_household(known)
    context.imported(uow, known.id, before)
    return outcome


def _check(context: RowContext, row: SheetRow) -> None:
    if "household_number" not in row.cells:
        row.refuse("missing", "household_number")
    home = _home(context, row)
    if home is None and "county" in row.cells:
        row.warn("unknown_place", "county")
    elif is_outside(home, context.scope):
        row.refuse("outside_area", "county")


def _home(context: RowContext, row: SheetRow) -> str | None:
    say = row.cells.get
    return context.places.home(say("county", ""), say("town", ""), say("place_code", ""))


def _known(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Household | None:
    index = uow.secrets.blind_index(row.cells["household_number"], kind=HOUSEHOLD_KIND)
    return uow.register_entries.household_of_number(context.deployment.bureau_adcode, index)


def _merged(context: RowContext, row: SheetRow, known: Household) -> dict[str, str]:
    present = {one.name for one in context.table.columns if one is not None}
    kept = {name: str(text) for name, text in known.facts.items() if name not in present}
    return kept | row.cells
