"""The measure of the register's import works; its figures at full size are printed, not asserted.

`python -m pytest tests/benchmarks/test_register_import.py -s -n0` prints them;
`WENGONG_REGISTER_ROWS=60000` before it sets the size of a whole city.
"""

from __future__ import annotations

import os

import pytest

from tests.benchmarks.register_import import measure
from tests.chat import City

pytestmark = pytest.mark.benchmark
ROWS = int(os.environ.get("WENGONG_REGISTER_ROWS", "300"))


def test_a_sheet_comes_in_whole_and_a_second_time_without_a_change(city_on_both: City) -> None:
    found = measure(city_on_both, ROWS)
    print(f"\n{ROWS} rows: {found}")
    assert (found.added, found.unchanged) == (ROWS, ROWS)
