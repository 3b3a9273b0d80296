"""Sheets of every kind on their way in, handled alike: read, looked at, taken over, taken back."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.people.officers import scope_of
from bot.services.register import course_rows, household_rows, importing, vacancy_rows
from bot.services.register.cells import CellReader
from bot.services.register.deciding import Outcome
from bot.services.register.importing import CHUNK, Preview, Step, hold_open
from bot.services.register.row_context import RowContext
from bot.services.register.sheet_files import read_file
from bot.services.register.sheet_reading import WorkerSheet, read_workers, words_for
from bot.services.register.sheet_rows import SheetRow, read_rows
from bot.services.register.sheet_tables import SheetTable, read_table
from content.register_columns import Sheet
from storage.models import Officer
from storage.secrets import Secrets
from storage.unit_of_work import UnitOfWork

Take = Callable[[UnitOfWork, RowContext, Sequence[SheetRow]], list[Outcome]]
TakeOne = Callable[[UnitOfWork, RowContext, SheetRow], Outcome]


@dataclass(frozen=True, slots=True)
class Intake:
    """A sheet that was read.

    Attributes:
        deployment: Whose sheet it is.
        table: Its columns.
        rows: All rows, refused ones too.
        workers: The same rows with all that they mean, for a sheet of workers.
        officer: Who brings it in; None for whoever runs the deployment.
    """

    deployment: Deployment
    table: SheetTable
    rows: Sequence[SheetRow]
    workers: WorkerSheet | None
    officer: Officer | None

    @property
    def kind(self) -> Sheet:
        """What it lists."""
        return self.table.sheet

    def preview_steps(self, counts: Counter[Outcome]) -> Iterator[Step]:
        """Yield looks at the database that fill `counts`; nothing is written."""
        if self.workers is not None:
            return importing.preview_steps(self.deployment, self.workers, counts)
        return self._steps(LOOKS[self.kind], None, counts)

    def preview(self, counts: Counter[Outcome]) -> Preview:
        """Return what was found when all looks were taken."""
        return Preview(
            rows=len(self.rows),
            counts=counts,
            problems=Counter(one.code for row in self.rows for one in row.findings),
            warned=sum(1 for row in self.rows if row.findings and not row.is_refused),
            ignored=self.table.ignored,
        )

    def apply_steps(self, batch_id: uuid.UUID) -> Iterator[Step]:
        """Yield the transactions that take the sheet over; run again, they double nothing."""
        if self.workers is not None:
            yield from importing.apply_steps(self.deployment, self.workers, batch_id)
            return
        yield from self._steps(TAKES[self.kind], batch_id, Counter())

        def end(uow: UnitOfWork) -> None:
            importing.finish(uow, self.deployment, batch_id, self.rows)

        yield end

    def _steps(
        self, take: Take, batch_id: uuid.UUID | None, counts: Counter[Outcome]
    ) -> Iterator[Step]:
        context = RowContext(
            self.deployment,
            self.table,
            words_for(self.deployment).places,
            batch_id or uuid.UUID(int=0),
            self.officer,
        )
        for first in range(0, len(self.rows), CHUNK):
            chunk = self.rows[first : first + CHUNK]

            def step(uow: UnitOfWork, chunk: Sequence[SheetRow] = chunk) -> None:
                if batch_id is not None:
                    hold_open(uow, self.deployment, batch_id)
                wanted = [row for row in chunk if not row.is_refused]
                counts[Outcome.REFUSED] += len(chunk) - len(wanted)
                counts.update(take(uow, context, wanted))

            yield step


def _one_by_one(take: TakeOne) -> Take:
    def every(uow: UnitOfWork, context: RowContext, rows: Sequence[SheetRow]) -> list[Outcome]:
        return [take(uow, context, row) for row in rows]

    return every


LOOKS: dict[Sheet, Take] = {
    Sheet.HOUSEHOLDS: household_rows.look,
    Sheet.VACANCIES: _one_by_one(vacancy_rows.look),
    Sheet.COURSES: _one_by_one(course_rows.look),
}
TAKES: dict[Sheet, Take] = {
    Sheet.HOUSEHOLDS: household_rows.take,
    Sheet.VACANCIES: _one_by_one(vacancy_rows.take),
    Sheet.COURSES: _one_by_one(course_rows.take),
}


def open_sheet(
    deployment: Deployment,
    secrets: Secrets,
    kind: Sheet,
    content: bytes,
    *,
    officer: Officer | None = None,
) -> Intake:
    """Read a sheet; nothing is looked up or stored.

    Args:
        deployment: Whose sheet it is.
        secrets: Makes the indexes of a sheet of workers.
        kind: What the sheet lists.
        content: The file.
        officer: Who brings it in; rows from outside the officer's area are refused.

    Raises:
        UserError: It is no such sheet; the words say what is missing.
    """
    scope = officer.scope if officer is not None else scope_of(deployment.bureau_adcode)
    if kind is Sheet.WORKERS:
        sheet = read_workers(deployment, secrets, content, scope=scope)
        rows = [one.row for one in sheet.rows]
        return Intake(deployment, sheet.table, rows, sheet, officer)
    columns = deployment.catalogue.register_columns
    table = read_table(columns, kind, read_file(content))
    rows = list(read_rows(table, CellReader(columns, deployment.today)))
    _refuse_repeated(rows)
    return Intake(deployment, table, rows, None, officer)


def _refuse_repeated(rows: Sequence[SheetRow]) -> None:
    """Refuse a row that says just what an earlier one said."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for row in rows:
        key = tuple(sorted(row.cells.items()))
        if key in seen:
            row.refuse("duplicate_row")
        seen.add(key)
