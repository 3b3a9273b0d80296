"""Reads the register of places from its files; the towns only when they are needed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import partial

from content.data_files import DataFile, DataFolder
from content.place_names_reader import read_name_rules
from content.places import TOWN_CODE_LENGTH, Level, Place, Places
from content.towns import TownRow, Towns, TownTable

PLACE_COLUMNS = ("code", "name", "level", "parent", "lat", "lon", "coordinate_of")
TOWN_COLUMNS = ("code", "name", "county")
_TOWNS = "towns.csv"
_WORDS = "town_words.txt"
_LEVELS: dict[str, Level] = {"province": "province", "city": "city", "county": "county"}


def read_places(folder: DataFolder) -> Places:
    """Read `places.csv` and `place_names.toml`; `towns.csv` and `town_words.txt` wait.

    A bureau's own towns are read at once, so that a mistake in them stops the start.

    Raises:
        ContentError: A row is malformed, a code occurs twice, or a parent is unknown. The
            package's towns raise it when they are first needed.
    """
    places: dict[str, Place] = {}
    file = folder.read("places.csv")
    for line, row in file.csv_rows(PLACE_COLUMNS):
        place = _place(file, line, row)
        parent = None if place.level == "province" else place.parent
        _check(place.code, parent, places, places, file=file, line=line)
        places[place.code] = place
    rules = read_name_rules(folder.read("place_names.toml"), frozenset(places))
    towns = Towns(partial(_read_towns, folder, places))
    if folder.read_overlay(_TOWNS) is not None:
        towns.table()
    return Places(places, rules, towns)


def _read_towns(folder: DataFolder, places: Mapping[str, Place]) -> TownTable:
    words = folder.read(_WORDS).text.splitlines()
    listed = (word for line in words if not line.startswith("#") for word in line.split())
    return TownTable(_town_rows(folder.read(_TOWNS), places), frozenset(listed))


def _town_rows(file: DataFile, places: Mapping[str, Place]) -> Iterator[TownRow]:
    seen = set[str]()
    for line, (code, name, county) in file.csv_rows(TOWN_COLUMNS):
        if len(code) != TOWN_CODE_LENGTH or not code.isdecimal():
            raise file.error(line, f"the code {code} has not nine digits", "Correct the code.")
        _check(code, county, seen, places, file=file, line=line)
        seen.add(code)
        yield TownRow(code, name, county)


def _check(
    code: str,
    parent: str | None,
    known: Container[str],
    above: Container[str],
    *,
    file: DataFile,
    line: int,
) -> None:
    """Refuse a code that is `known` already and a parent that is not `above`."""
    if code in known:
        raise file.error(line, f"the code {code} stands twice", "Remove one of the rows.")
    if parent is not None and parent not in above:
        raise file.error(
            line,
            f"{code} lies in {parent or 'nothing'}, which is not above it",
            "Name a place of an earlier row.",
        )


def _place(file: DataFile, line: int, row: list[str]) -> Place:
    code, name, level, parent, latitude, longitude, coordinate_of = row
    if level not in _LEVELS:
        raise file.error(line, f"the level {level} is unknown", "Use province, city or county.")
    if coordinate_of != "own":
        return Place(code, name, _LEVELS[level], parent, None, None)
    try:
        return Place(code, name, _LEVELS[level], parent, float(latitude), float(longitude))
    except ValueError as wrong:
        raise file.error(
            line, "lat or lon is not a number", "Write degrees, such as 31.03."
        ) from wrong
