"""The lines of an archive: a header, each table's rows, and a seal over all of it."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
DAMAGED = "the file is damaged or was cut off"


class ArchiveError(Exception):
    """An archive that cannot be written or must not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows each table has, in the order of the archive."""

    tables: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rows together."""
        return sum(self.tables.values())


@dataclass(frozen=True, slots=True)
class Header:
    """The first line.

    Attributes:
        format: Version of this format.
        revision: Of the schema, as the migrations name it.
        written_at: ISO instant.
        keys: A known word under each encryption key, by key id, in base64.
        index_key: A known word under the key of the blind indexes, in hex.
        counts: Rows by table.
    """

    format: int
    revision: str
    written_at: str
    keys: dict[str, str]
    index_key: str
    counts: dict[str, int]


class SealedWriter:
    """Writes lines and closes them with their hash."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def write(self, value: object) -> None:
        """Write one line."""
        line = _line(value)
        self._hash.update(line)
        self._stream.write(line)

    def seal(self, counts: Counts) -> None:
        """Write the last line: what was written, and the hash of every line before."""
        closing = {"counts": dict(counts.tables), "sha256": self._hash.hexdigest()}
        self._stream.write(_line(closing))


@contextlib.contextmanager
def new_archive(file: Path) -> Iterator[SealedWriter]:
    """Yield a writer; `file` appears, whole and durable, when the block ends without an error.

    Only its owner can read it: addresses, firms and wages stand in it as they are.
    """
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0) as stream:
                yield SealedWriter(stream)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write_header(archive: SealedWriter, header: Header) -> None:
    """Write the first line."""
    archive.write({"wengong": asdict(header)})


def read_header(file: Path) -> Header:
    """Return the first line's content.

    Raises:
        ArchiveError: This is no archive, or of a format that this version cannot read.
    """
    for line in _raw_lines(file):
        content = _parsed(line)
        head = content.get("wengong") if isinstance(content, dict) else None
        if not isinstance(head, dict) or "format" not in head:
            break
        if head["format"] != FORMAT:
            raise ArchiveError(
                f"the archive has format {head['format']}; this version reads {FORMAT}"
            )
        try:
            return Header(**head)
        except TypeError:
            break
    raise ArchiveError("this is no archive of wengong")


def sealed_lines(file: Path) -> Iterator[object]:
    """Yield every line between the header and the seal, and check the seal at the end.

    Raises:
        ArchiveError: Something was altered, added or cut off.
    """
    digest = hashlib.sha256()
    previous: bytes | None = None
    for number, line in enumerate(_raw_lines(file)):
        if previous is not None:
            digest.update(previous)
            if number > 1:
                yield _parsed(previous)
        previous = line
    closing = _parsed(previous or b"")
    if not isinstance(closing, dict) or closing.get("sha256") != digest.hexdigest():
        raise ArchiveError(DAMAGED)
    if closing.get("counts") != read_header(file).counts:
        raise ArchiveError(f"{DAMAGED}: the counts at its end are not those at its beginning")


def _raw_lines(file: Path) -> Iterator[bytes]:
    try:
        with gzip.open(file, "rb") as stream:
            yield from stream
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ArchiveError(DAMAGED) from error


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def _parsed(line: bytes) -> object:
    try:
        value: object = json.loads(line)
    except ValueError as error:
        raise ArchiveError(DAMAGED) from error
    return value
