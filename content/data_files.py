"""Opens the package's data files, or a bureau's files of the same relative name."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ContentError

PACKAGE_DATA = Path(__file__).parent / "data"


_TOML_LINE = re.compile(r"\(at line (\d+)")
_TABLE = re.compile(r"\s*\[\[?\s*(?P<name>[^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?P<name>\"[^\"]+\"|'[^']+'|[\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class DataFile:
    """One data file as read.

    Attributes:
        name: Path relative to the data folder, with forward slashes; errors show it,
            with the word overlay before it where the file is the bureau's.
        text: The whole file.
        overlaid: The file came from the bureau's overlay folder.
    """

    name: str
    text: str
    overlaid: bool = False

    @property
    def shown_name(self) -> str:
        """The name that errors show."""
        return f"overlay {self.name}" if self.overlaid else self.name

    def error(self, line: int, problem: str, remedy: str) -> ContentError:
        """Make the error that stops the start; the caller raises it."""
        return ContentError(self.shown_name, line, problem, remedy)

    def toml(self) -> dict[str, object]:
        """Parse the file as TOML.

        Raises:
            ContentError: The file is not valid TOML.
        """
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as wrong:
            found = _TOML_LINE.search(str(wrong))
            line = int(found.group(1)) if found else self.text.count("\n") + 1
            raise self.error(line, f"not valid TOML: {wrong}", "Correct the line.") from wrong

    def csv_rows(self, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
        """Yield (line number, cells in the order of `columns`) for every row.

        Raises:
            ContentError: The heading or a row does not have exactly these columns.
        """
        rows = csv.reader(self.text.splitlines())
        if tuple(next(rows, [])) != columns:
            raise self.error(
                1, "the heading is wrong", f"The first line must be {','.join(columns)}."
            )
        for line, row in enumerate(rows, start=2):
            if len(row) != len(columns):
                raise self.error(
                    line, f"{len(row)} cells", f"Give {len(columns)} cells, parted by commas."
                )
            yield line, row

    def line_of(self, table: str, key: str | None = None) -> int:
        """Return the line where `table`, or `key` inside it, is written; 1 if nowhere."""
        inside, table_line = "", 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            if heading := _TABLE.match(line):
                inside = heading.group("name").strip("\"'")
                table_line = number if inside == table else table_line
                if inside == table and key is None:
                    return number
            elif inside == table and _key_in(line) == key:
                return number
        return table_line

    def table_line(self, table: str, index: int) -> int:
        """Return the line of the `index`-th (from 0) `[[table]]` heading; 1 if there is none."""
        lines = self.text.splitlines()
        found = [
            number
            for number, line in enumerate(lines, start=1)
            if (heading := _TABLE.match(line)) and heading.group("name") == table
        ]
        return found[index] if index < len(found) else 1


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The package's data with a bureau's overlay above it.

    Attributes:
        overlay: The bureau's folder, or None.
        package: The folder below the overlay; tests give their own.
    """

    overlay: Path | None = None
    package: Path = field(default=PACKAGE_DATA)

    def read(self, name: str) -> DataFile:
        """Read `name` from the overlay if it stands there, else from the package.

        Raises:
            ContentError: The file is in neither, or is not UTF-8.
        """
        if self.overlay is not None and (self.overlay / name).is_file():
            return _read(self.overlay / name, name, overlaid=True)
        return self.read_package(name)

    def read_package(self, name: str) -> DataFile:
        """Read the package's own `name`, whatever the overlay holds."""
        return _read(self.package / name, name)

    def read_overlay(self, name: str) -> DataFile | None:
        """Read the overlay's `name`, or return None where the bureau has no such file."""
        if self.overlay is None or not (self.overlay / name).is_file():
            return None
        return _read(self.overlay / name, name, overlaid=True)

    def package_names(self, folder: str = "", *, ending: str = "") -> list[str]:
        """Return the sorted relative names of the package's files below `folder`."""
        return _names(self.package, folder, ending)

    def overlay_names(self, folder: str = "", *, ending: str = "") -> list[str]:
        """Return the sorted relative names of the overlay's files below `folder`."""
        return [] if self.overlay is None else _names(self.overlay, folder, ending)

    def content_hash(self) -> str:
        """Return 16 hex digits that change whenever any data file changes."""
        digest = hashlib.sha256()
        for root in (self.package, self.overlay):
            for name in [] if root is None else _names(root, "", ""):
                digest.update(name.encode() + b"\0")
                digest.update((root / name).read_bytes() if root else b"")
        return digest.hexdigest()[:16]


def _names(root: Path, folder: str, ending: str) -> list[str]:
    found = (path for path in (root / folder).rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in found)
    return sorted(name for name in names if name.endswith(ending) and "/." not in f"/{name}")


def _read(path: Path, name: str, *, overlaid: bool = False) -> DataFile:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as missing:
        raise ContentError(name, 1, "the file is missing", "Put it back.") from missing
    except UnicodeDecodeError as wrong:
        raise ContentError(name, 1, "the file is not UTF-8", "Save it as UTF-8.") from wrong
    return DataFile(name, text, overlaid=overlaid)


def _key_in(line: str) -> str:
    entry = _KEY.match(line)
    return entry.group("name").strip("\"'") if entry else ""


def text_of(file: DataFile, table: str, row: Mapping[str, object], key: str) -> str:
    """Return the non-empty text at `key` of `row`.

    Raises:
        ContentError: The key is missing, empty or not text.
    """
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise file.error(
            file.line_of(table, key), f"[{table}] {key} is not text", f'Write {key} = "…".'
        )
    return value


def texts_of(file: DataFile, table: str, row: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the list of texts at `key` of `row`; an absent key is an empty list.

    Raises:
        ContentError: The value is not a list of non-empty texts.
    """
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise file.error(
            file.line_of(table, key),
            f"[{table}] {key} is not a list of texts",
            f'Write {key} = ["…", "…"].',
        )
    return tuple(value)


def tables_of(file: DataFile) -> dict[str, dict[str, object]]:
    """Parse a TOML file that holds nothing but tables.

    Raises:
        ContentError: The file is not valid TOML, or something stands outside a table.
    """
    tables: dict[str, dict[str, object]] = {}
    for name, table in file.toml().items():
        if not isinstance(table, dict):
            raise file.error(
                file.line_of("", name), f"{name} stands outside a table", "Put it below a [table]."
            )
        tables[name] = table
    return tables
