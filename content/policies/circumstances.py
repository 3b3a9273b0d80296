"""What people tell of their lives when they ask, and which of it together means which matter.

Who asks in a story names no policy: an old mother who cannot be left alone, a village, a path to be
swept. Each such circumstance has a name and the words by which it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.data_files import DataFile, tables_of, texts_of

NOT = "!"


@dataclass(frozen=True, slots=True)
class Situation:
    """Names of circumstances: all of the first are told and none of the second."""

    told: frozenset[str]
    untold: frozenset[str]


def read_circumstances(file: DataFile) -> Mapping[str, tuple[str, ...]]:
    """Return circumstance → words; the tables only keep the file in order.

    Raises:
        ContentError: A list is wrong, or two circumstances have one name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for table, row in tables_of(file).items():
        for name in row:
            if name in found:
                raise file.error(
                    file.line_of(table, name), f"{name} stands twice", "Put its words in one list."
                )
            found[name] = texts_of(file, table, row, name)
    return MappingProxyType(found)


def situations_in(
    file: DataFile, table: str, row: Mapping[str, object], known: Mapping[str, tuple[str, ...]]
) -> tuple[Situation, ...]:
    """Return the situations of one topic.

    Raises:
        ContentError: The value is no list of lists, or a circumstance is not `known`.
    """
    value = row.get("situations", [])
    if not isinstance(value, list):
        raise file.error(
            file.line_of(table, "situations"),
            f"[{table}] situations is no list of lists",
            'Write situations = [["…", "…"]].',
        )
    groups = [texts_of(file, table, {"situations": group}, "situations") for group in value]
    unknown = {it.removeprefix(NOT) for group in groups for it in group} - known.keys()
    if unknown:
        raise file.error(
            file.line_of(table, "situations"),
            f"[{table}] situations: {min(unknown)} is no circumstance",
            "Use the names of circumstances.toml, or add one there.",
        )
    return tuple(_situation(group) for group in groups)


def _situation(group: tuple[str, ...]) -> Situation:
    told = frozenset(it for it in group if not it.startswith(NOT))
    return Situation(told, frozenset(it.removeprefix(NOT) for it in group) - told)
