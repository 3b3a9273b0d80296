"""Reads the registers that cards quote: cities, mechanisms and documents.

A bureau's file of the same name adds to the package's; an entry of the same id replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from content.data_files import DataFile, DataFolder
from content.policies.documents import Documents, PolicyDocument
from content.policies.fields import Fields
from content.policies.library import Jurisdiction
from content.policies.parsing import parsed
from content.policies.problems import Problem

JURISDICTIONS = "policies/jurisdictions.toml"
MECHANISMS = "policies/mechanisms.toml"
DOCUMENTS = "policies/documents.toml"
DOCUMENT_KEYS = frozenset(
    {"id", "number", "title", "issuer", "date", "jurisdiction", "held", "superseded_by", "note"}
    | {"title_given"}
)
_AREA = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Registers:
    """What a card may quote, as far as it could be read.

    Attributes:
        jurisdictions: By id.
        mechanisms: Id → name.
        documents: The register.
        problems: What was wrong.
    """

    jurisdictions: dict[str, Jurisdiction]
    mechanisms: dict[str, str]
    documents: Documents
    problems: list[Problem] = field(default_factory=list)


def read_registers(folder: DataFolder) -> Registers:
    """Read the three registers; problems are collected, not raised."""
    problems: list[Problem] = []
    jurisdictions = {city.id: city for city in _jurisdictions(folder, problems)}
    mechanisms = dict(_mechanisms(folder, problems))
    found = {document.id: document for document in _documents(folder, problems)}
    for document in found.values():
        problems.extend(_quoted(document, set(found), set(jurisdictions)))
    return Registers(jurisdictions, mechanisms, Documents(found.values()), problems)


def _both(folder: DataFolder, name: str) -> Iterator[DataFile]:
    yield folder.read_package(name)
    own = folder.read_overlay(name)
    if own is not None:
        yield own


def _jurisdictions(folder: DataFolder, problems: list[Problem]) -> Iterator[Jurisdiction]:
    for file in _both(folder, JURISDICTIONS):
        for key, table in parsed(file, problems).items():
            if not isinstance(table, dict):
                problems.append(_no_table(file, file.line_of("", key), f"[{key}]"))
                continue
            fields = Fields(table, file.shown_name, partial(file.line_of, key))
            city = Jurisdiction(key, fields.text("name"), fields.text("area"))
            if city.area and not _AREA.fullmatch(city.area):
                fields.wrong("area", "no_area")
            fields.nothing_else(frozenset({"name", "area"}))
            problems.extend(fields.problems)
            yield city


def _mechanisms(folder: DataFolder, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for file in _both(folder, MECHANISMS):
        rows = _only(file, "mechanisms", problems)
        if not isinstance(rows, dict):
            problems.append(_no_table(file, _line_in(file, "mechanisms"), "[mechanisms]"))
            continue
        fields = Fields(rows, file.shown_name, partial(file.line_of, "mechanisms"))
        yield from ((key, fields.text(key)) for key in rows)
        problems.extend(fields.problems)


def _documents(folder: DataFolder, problems: list[Problem]) -> Iterator[PolicyDocument]:
    for file in _both(folder, DOCUMENTS):
        listed = _only(file, "document", problems)
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            problems.append(_no_table(file, _line_in(file, "document"), "[[document]]"))
            continue
        for index, row in enumerate(listed):
            line = file.table_line("document", index)
            fields = Fields(row, file.shown_name, partial(_same_line, line))
            yield _document(fields, line)
            problems.extend(fields.problems)


def _only(file: DataFile, name: str, problems: list[Problem]) -> object:
    """Return the one entry that a register's file has; any other is noted, as nobody reads it."""
    found = parsed(file, problems)
    for key in found:
        if key != name:
            values = {"field": key, "wanted": name}
            line = _line_in(file, key)
            problems.append(Problem(file.shown_name, line, "unknown_table", values))
    return found.get(name, [] if name == "document" else {})


def _line_in(file: DataFile, key: str) -> int:
    """Return the line of a heading or, where there is none, of a key before the first heading."""
    headings = (file.line_of(key), file.table_line(key, 0), file.line_of("", key))
    return max(headings)


def _no_table(file: DataFile, line: int, written: str) -> Problem:
    return Problem(file.shown_name, line, "no_table", {"field": written})


def _same_line(line: int, _key: str) -> int:
    return line


def _document(fields: Fields, line: int) -> PolicyDocument:
    fields.nothing_else(DOCUMENT_KEYS)
    return PolicyDocument(
        id=fields.text("id"),
        number=fields.optional("number"),
        title=fields.text("title"),
        issuer=fields.optional("issuer"),
        date=fields.day("date"),
        jurisdiction=fields.optional("jurisdiction"),
        held=fields.truth("held"),
        superseded_by=fields.optional("superseded_by") or None,
        note=fields.optional("note"),
        file=fields.file,
        line=line,
        title_given="title_given" not in fields.row or fields.truth("title_given"),
    )


def _quoted(document: PolicyDocument, known: set[str], cities: set[str]) -> Iterator[Problem]:
    wanted = (
        ("unknown_document", document.superseded_by, known),
        ("unknown_jurisdiction", document.jurisdiction, cities),
    )
    for code, value, among in wanted:
        if value and value not in among:
            values = {"value": value, "known": "、".join(sorted(among))}
            yield Problem(document.file, document.line, code, values)
