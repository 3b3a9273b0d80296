"""What every row of a sheet shares while it is taken over."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.people.officers import scope_of
from bot.services.register.chunk_rows import SUBJECT
from bot.services.register.place_words import PlaceWords
from bot.services.register.sheet_tables import SheetTable
from storage.models import ImportedRow, Officer
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RowContext:
    """The sheet that a row stands in.

    Attributes:
        deployment: Whose sheet it is.
        table: Its columns.
        places: Reads names of places.
        batch_id: The batch; zeros while a sheet is only looked at.
        officer: Who brings it in, or None.
    """

    deployment: Deployment
    table: SheetTable
    places: PlaceWords
    batch_id: uuid.UUID
    officer: Officer | None

    @property
    def scope(self) -> str:
        """Code prefix of what this sheet may tell of."""
        if self.officer is not None:
            return self.officer.scope
        return scope_of(self.deployment.bureau_adcode)

    def imported(
        self, uow: UnitOfWork, subject_id: uuid.UUID, before: dict[str, object] | None
    ) -> None:
        """Keep what an undo has to know."""
        row = ImportedRow(
            batch_id=self.batch_id, kind=SUBJECT, subject_id=subject_id, before=before
        )
        uow.import_batches.add_row(row)
