"""The Bot API as data: whether a request has only known names, all required ones, right types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_ARRAY = "Array of "
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
    "InputFile": str,
}


@dataclass(frozen=True, slots=True)
class _Fields:
    types: dict[str, tuple[str, ...]]
    required: frozenset[str]


def _fields(entry: Mapping[str, object]) -> _Fields:
    listed = entry.get("fields", [])
    rows = listed if isinstance(listed, list) else []
    return _Fields(
        {row["name"]: tuple(row["types"]) for row in rows},
        frozenset(row["name"] for row in rows if row["required"]),
    )


class BotApiData:
    """Methods and types.

    Attributes:
        version: Such as `Bot API 10.1`.
    """

    def __init__(self, content: Mapping[str, Mapping[str, Mapping[str, object]]]) -> None:
        self.version = str(content["version"])
        self._methods = {name: _fields(entry) for name, entry in content["methods"].items()}
        self._types = {name: _fields(entry) for name, entry in content["types"].items()}
        self._subtypes = {
            name: tuple(map(str, subtypes))
            for name, entry in content["types"].items()
            if isinstance(subtypes := entry.get("subtypes"), list)
        }

    @classmethod
    def read(cls, file: Path) -> BotApiData:
        """Read the data of one version."""
        return cls(json.loads(file.read_text("utf-8")))

    def problems(self, method: str, params: Mapping[str, object]) -> Iterator[str]:
        """Yield what the data does not know, misses, or has with another type."""
        known = self._methods.get(method)
        if known is None:
            yield f"{self.version} has no such method"
            return
        yield from self._of_fields(known, params, method)

    def _of_fields(self, known: _Fields, values: Mapping[str, object], where: str) -> Iterator[str]:
        for name in known.required - values.keys():
            yield f"{self.version}: {where} needs {name}"
        for name, value in values.items():
            types = known.types.get(name)
            if types is None:
                yield f"{self.version}: {where} has no {name}"
            elif not any(self._fits(value, one) for one in types):
                yield f"{self.version}: {where}.{name} is no {' or '.join(types)}"

    def _fits(self, value: object, kind: str) -> bool:
        if kind.startswith(_ARRAY):
            inner = kind.removeprefix(_ARRAY)
            return isinstance(value, list) and all(self._fits(one, inner) for one in value)
        if kind == "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        if kind in _PLAIN:
            return isinstance(value, _PLAIN[kind])
        if kind in self._subtypes:
            return any(self._fits(value, one) for one in self._subtypes[kind])
        if kind == "KeyboardButton" and isinstance(value, str):
            return True  # a button of plain text may be sent as a string
        known = self._types.get(kind)
        if known is None or not isinstance(value, dict):
            return False
        return not any(True for _problem in self._of_fields(known, value, kind))
