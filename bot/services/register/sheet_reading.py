"""A sheet of workers from its bytes to rows that know what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.people.officers import scope_of
from bot.services.register.cells import CellReader
from bot.services.register.place_words import PlaceWords
from bot.services.register.quality import Quality
from bot.services.register.sheet_files import read_file
from bot.services.register.sheet_rows import SheetRow, read_rows
from bot.services.register.sheet_tables import SheetTable, read_table
from bot.services.register.worker_rows import Meaning, WorkerWords
from content.register_columns import Sheet
from storage.secrets import Secrets

ID_KIND, PERSON_KIND, HOUSEHOLD_KIND = "id_number", "person_number", "household_number"
ROW_KIND = "register_row"
# No sheet has this sign in a cell.
PART = "\x1f"


@dataclass(slots=True)
class PreparedRow:
    """A row with all by which it is found; indexes are keyed hashes.

    `row_hash` is of the cells and of which columns the sheet has.
    """

    row: SheetRow
    meaning: Meaning
    id_index: bytes | None
    number_index: bytes | None
    phone_index: bytes | None
    household_index: bytes | None
    row_hash: bytes


@dataclass(frozen=True, slots=True)
class WorkerSheet:
    """A sheet of workers that was read.

    Attributes:
        table: Its columns.
        words: Reads what rows mean; kept for rows that were read before.
        rows: All rows, refused ones too.
        scope: Code prefix of the homes of whom it may change; empty for everybody.
    """

    table: SheetTable
    words: WorkerWords
    rows: Sequence[PreparedRow]
    scope: str = ""

    def chunks(self, size: int) -> Iterator[Sequence[PreparedRow]]:
        """Yield the rows, some at a time."""
        for first in range(0, len(self.rows), size):
            yield self.rows[first : first + size]


def read_workers(
    deployment: Deployment, secrets: Secrets, content: bytes, *, scope: str | None = None
) -> WorkerSheet:
    """Read a sheet of workers and judge its rows; nothing is looked up or stored.

    Args:
        deployment: Whose sheet it is.
        secrets: Makes the indexes.
        content: The file.
        scope: Homes outside this code prefix are refused; the bureau's area without it.

    Raises:
        UserError: It is no sheet of workers.
    """
    columns = deployment.catalogue.register_columns
    table = read_table(columns, Sheet.WORKERS, read_file(content))
    words = words_for(deployment)
    area = scope or scope_of(deployment.bureau_adcode)
    quality = Quality(table, words.places, area)
    present = PART.join(sorted(one.name for one in table.columns if one is not None))
    prepared = []
    for row in read_rows(table, CellReader(columns, deployment.today)):
        meaning = words.meaning(row)
        quality.judge(row, meaning)
        prepared.append(prepare(secrets, row, meaning, present))
    return WorkerSheet(table, words, prepared, area)


def words_for(deployment: Deployment) -> WorkerWords:
    """Return what reads the meaning of this bureau's rows."""
    places = PlaceWords(deployment.catalogue.places, deployment.reader, deployment.bureau_adcode)
    return WorkerWords(deployment, places, deployment.catalogue.register_columns)


def prepare(secrets: Secrets, row: SheetRow, meaning: Meaning, present: str) -> PreparedRow:
    """Return a row with its indexes; a refused one gets none."""
    if row.is_refused:
        return PreparedRow(row, meaning, None, None, None, None, b"")
    say = row.cells.get
    words = f"{present}{PART}{PART.join([f'{name}={text}' for name, text in row.cells.items()])}"

    def index(value: str | None, kind: str) -> bytes | None:
        return None if value is None else secrets.blind_index(value, kind=kind)

    return PreparedRow(
        row,
        meaning,
        index(say("id_number"), ID_KIND),
        index(say("person_number"), PERSON_KIND),
        index(say("phone"), "phone"),
        index(say("household_number"), HOUSEHOLD_KIND),
        secrets.blind_index(words, kind=ROW_KIND),
    )
