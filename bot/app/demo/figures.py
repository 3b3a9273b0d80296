"""The figures that the invented county is drawn from, read from the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import ContentError
from content.data_files import DataFile, DataFolder, tables_of

T = TypeVar("T")
POPULATION, BEHAVIOUR = "demo/population.toml", "demo/behaviour.toml"
REGISTER = "demo/register.toml"
# Percent of everything.
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file of figures; a wrong value names its file and line.

    Attributes:
        file: The file.
        name: The table.
        values: Key → what is written there.
    """

    file: DataFile
    name: str
    values: dict[str, object]

    def number(self, key: str) -> int:
        """Return a whole number from 0."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._error(key, "is not a whole number", f"Write {key} = 12.")
        return value

    def percent(self, key: str) -> float:
        """Return a share between 0 and 1."""
        return min(self.number(key), WHOLE) / WHOLE

    def word(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise self._error(key, "is not a text", f'Write {key} = "…".')
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._error(key, "is not a list of texts", f'Write {key} = ["…", "…"].')
        return tuple(value)

    def rows(self, key: str, *kinds: type) -> tuple[tuple[object, ...], ...]:
        """Return a list of lists, each with values of these kinds."""
        value = self.values.get(key)
        rows: list[object] = value if isinstance(value, list) else [None]
        checked: list[tuple[object, ...]] = []
        for row in rows:
            if not isinstance(row, list) or [type(cell) for cell in row] != list(kinds):
                names = ", ".join(kind.__name__ for kind in kinds)
                raise self._error(key, f"holds a row that is not [{names}]", "Correct the row.")
            checked.append(tuple(row))
        return tuple(checked)

    def shares(self, key: str) -> tuple[tuple[str, int], ...]:
        """Return (word, share) in the order written."""
        return tuple((str(word), _whole(share)) for word, share in self.rows(key, str, int))

    def _error(self, key: str, problem: str, remedy: str) -> ContentError:
        line = self.file.line_of(self.name, key)
        return self.file.error(line, f"[{self.name}] {key} {problem}", remedy)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the demo is drawn from.

    Attributes:
        population: The county's people, firms and vacancies.
        behaviour: How its people answer.
        register: What the register says of them, and the courses.
    """

    population: dict[str, Table]
    behaviour: dict[str, Table]
    register: dict[str, Table]

    @property
    def city(self) -> Table:
        """How many of what, where, and the seed."""
        return self.population["city"]


def read_figures(folder: DataFolder) -> Figures:
    """Read the demo's figures.

    Raises:
        ContentError: A file or table is missing.
    """
    return Figures(
        _tables(folder, POPULATION, "city"),
        _tables(folder, BEHAVIOUR, "replies"),
        _tables(folder, REGISTER, "register"),
    )


def quotas(total: int, shares: Sequence[tuple[T, int]]) -> list[tuple[T, int]]:
    """Divide `total` by shares so that the parts sum to it; the largest remainders round up."""
    whole = sum(share for _, share in shares)
    exact = [(kind, total * share / whole) for kind, share in shares]
    parts = {place: int(amount) for place, (_, amount) in enumerate(exact)}
    order = sorted(parts, key=lambda place: (parts[place] - exact[place][1], place))
    for place in order[: total - sum(parts.values())]:
        parts[place] += 1
    return [(kind, parts[place]) for place, (kind, _) in enumerate(exact)]


def _tables(folder: DataFolder, name: str, needed: str) -> dict[str, Table]:
    file = folder.read(name)
    tables = {key: Table(file, key, values) for key, values in tables_of(file).items()}
    if needed not in tables:
        raise file.error(1, f"there is no [{needed}]", "Put the table back.")
    for table in tables.values():
        table.word("source")
    return tables


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("checked before")
    return value
