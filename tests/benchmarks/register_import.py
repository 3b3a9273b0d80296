"""Sixty thousand rows into the register: each part for itself, and reading beside another."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bot.services.register.sheet_files import read_file
from storage.models import ImportBatch
from tests.chat import City
from tests.services.register.register_world import bring_in, person, read, xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of processor time of this process, in the order in which the parts ran.

    Attributes:
        cells: Cells out of the file.
        peer: The same by a plain XML reader of the standard library.
        rows: File to judged rows.
        first: Everything, the first time.
        second: Everything, the same sheet again.
    """

    cells: float
    peer: float
    rows: float
    first: float
    second: float
    added: int
    unchanged: int


def measure(city: City, count: int) -> Measured:
    """Return how long a sheet of `count` invented people takes."""
    content = xlsx([person(number) for number in range(1, count + 1)])
    city.deployment.reader.warm()
    cells, _ = timed(lambda: read_file(content))
    peer, _ = timed(lambda: plain_cells(content))
    rows, _ = timed(lambda: read(city, content))
    first, batch = timed(lambda: bring_in(city, content))
    second, again = timed(lambda: bring_in(city, content))
    return Measured(cells, peer, rows, first, second, _added(batch), again.unchanged)


def timed(work: Callable[[], ImportBatch | object]) -> tuple[float, ImportBatch]:
    """Return the processor time of `work` and what it returned."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result  # type: ignore[return-value]  # the parts differ


def plain_cells(content: bytes) -> int:
    """Return how many cells a reader in plain Python finds: what a sheet costs without Rust."""
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        book.open("xl/worksheets/sheet1.xml") as sheet,
    ):
        return sum(1 for _event, node in ET.iterparse(sheet) if node.tag == f"{MAIN}c")  # noqa: S314


def _added(batch: ImportBatch) -> int:
    return batch.added
