"""Reads the register of places from its three files."""

from __future__ import annotations

from content.data_files import DataFile, DataFolder
from content.place_names import read_name_rules
from content.places import Level, Place, Places

PLACE_COLUMNS = ("code", "name", "level", "parent", "lat", "lon", "coordinate_of")
TOWN_COLUMNS = ("code", "name", "county")
_LEVELS: dict[str, Level] = {"province": "province", "city": "city", "county": "county"}


def read_places(folder: DataFolder) -> Places:
    """Read `places.csv`, `towns.csv` and `place_names.toml`.

    Raises:
        ContentError: A row is malformed, a code occurs twice, or a parent is unknown.
    """
    places: dict[str, Place] = {}
    file = folder.read("places.csv")
    for line, row in file.csv_rows(PLACE_COLUMNS):
        _add(places, _place(file, line, row), file=file, line=line)
    towns = folder.read("towns.csv")
    for line, (code, name, county) in towns.csv_rows(TOWN_COLUMNS):
        town = Place(code, name, "town", county, None, None)
        _add(places, town, file=towns, line=line)
    rules = read_name_rules(folder.read("place_names.toml"), frozenset(places))
    return Places(places, rules)


def _add(places: dict[str, Place], place: Place, *, file: DataFile, line: int) -> None:
    if place.code in places:
        raise file.error(line, f"the code {place.code} stands twice", "Remove one of the rows.")
    if place.parent not in places and place.level != "province":
        raise file.error(
            line,
            f"{place.code} lies in {place.parent or 'nothing'}, which is not above it",
            "Name a place of an earlier row.",
        )
    places[place.code] = place


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
