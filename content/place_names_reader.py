"""Reads the rules of names from `place_names.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from content.data_files import DataFile, texts_of
from content.place_names import NameRules


def read_name_rules(file: DataFile, codes: frozenset[str]) -> NameRules:
    """Read `place_names.toml`; every code of six digits it points to must be in `codes`.

    The lists and the tables of areas and known towns may be left out; a known town is only
    looked up in the towns when it is met.

    Raises:
        ContentError: A table is missing or names an unknown code.
    """
    tables = file.toml()
    former = _code_lists(file, tables, "former_codes", codes)
    areas = _code_lists(file, {"areas": {}, **tables}, "areas", codes)
    known = _table(file, {"known_towns": {}, **tables}, "known_towns")
    return NameRules(
        former_codes={old: new[0] for old, new in former.items()},
        aliases={**_code_lists(file, tables, "aliases", codes), **areas},
        areas=frozenset(areas),
        settled=_code_lists(file, tables, "settled", codes),
        spoken=_spoken(file, tables, codes),
        unsearchable=frozenset(texts_of(file, "", tables, "unsearchable")),
        doubtful=frozenset(texts_of(file, "", tables, "doubtful")),
        served=texts_of(file, "", tables, "served"),
        words=frozenset(texts_of(file, "", tables, "words")),
        known_towns={name: str(code) for name, code in known.items()},
    )


def _table(file: DataFile, tables: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = tables.get(name)
    if not isinstance(table, dict):
        raise file.error(file.line_of(name), f"[{name}] is missing", f"Write the table [{name}].")
    return table


def _code_lists(
    file: DataFile, tables: Mapping[str, object], table: str, codes: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in _table(file, tables, table).items():
        listed = [value] if isinstance(value, str) else value
        unknown = "not a list" if not isinstance(listed, list) else _first_unknown(listed, codes)
        if unknown is not None or not isinstance(listed, list):
            raise file.error(
                file.line_of(table, key),
                f"[{table}] {key}: unknown code {unknown}",
                "Use codes that stand in places.csv.",
            )
        found[key] = tuple(str(code) for code in listed)
    return found


def _spoken(file: DataFile, tables: Mapping[str, object], codes: frozenset[str]) -> dict[str, str]:
    spoken: dict[str, str] = {}
    for code, name in _table(file, tables, "spoken").items():
        if code not in codes or not isinstance(name, str) or not name:
            raise file.error(
                file.line_of("spoken", code), f"[spoken] {code} is unknown", 'Write code = "name".'
            )
        spoken[code] = name
    return spoken


def _first_unknown(listed: list[object], codes: frozenset[str]) -> object | None:
    return next((code for code in listed if code not in codes), None if listed else "(none)")
