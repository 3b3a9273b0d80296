from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from bot.errors import ContentError
from content.catalogue import Catalogue
from content.data_files import DataFolder
from content.minimum_wages import MinimumWages, read_minimum_wages

ROW = """[[wage]]
areas = ["{areas}"]
per_month = {month}
valid_from = {start}
source = "a notice read at the bureau"
evidence = "{evidence}"
"""


def row(areas: str, month: object, *, start: str = "2025-01-01", evidence: str = "read") -> str:
    return ROW.format(areas=areas, month=month, start=start, evidence=evidence)


def read(folder_of: Callable[[Mapping[str, str]], DataFolder], *rows: str) -> MinimumWages:
    return read_minimum_wages(folder_of({"minimum_wages.toml": "".join(rows)}))


def test_figures_that_nobody_read_at_the_source_decide_nothing(catalogue: Catalogue) -> None:
    wages = catalogue.minimum_wages
    assert {row.evidence for row in wages.rows()} == {"unverified", "excerpt"}
    assert wages.lookup("510623", date(2025, 6, 1)) is None


def test_the_finest_area_decides(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    wages = read(folder_of, row("510000", 2000), row("510100", 2200), row("510104", 2300))
    on = date(2025, 6, 1)
    found = [wages.lookup(code, on) for code in ("510623", "510105", "510104", "510104001")]
    assert [one.per_month if one else None for one in found] == [2000, 2200, 2300, 2300]
    assert wages.lookup("500240", on) is None


def test_a_row_holds_from_its_first_to_its_last_day(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    older = row("510000", 2100, start="2022-04-01") + "valid_to = 2024-12-31\n"
    wages = read(folder_of, older, row("510000", 2330))
    days = [date(2022, 3, 31), date(2022, 4, 1), date(2024, 12, 31), date(2025, 1, 1)]
    found = [wages.lookup("510623", day) for day in days]
    assert [one.per_month if one else None for one in found] == [None, 2100, 2100, 2330]


def test_an_hourly_figure_may_stand_alone(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    wages = read(folder_of, row("510000", 23).replace("per_month", "per_hour"))
    found = wages.lookup("510623", date(2025, 6, 1))
    assert found is not None
    assert (found.per_month, found.per_hour) == (None, 23.0)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (row("510000", 1, evidence="rumour"), 1, "evidence"),
        (row("510000", 1, start='"soon"'), 1, "not a date"),
        (row("510000", '"much"'), 1, "not a number"),
        (row("510000", 1).replace("per_month = 1\n", ""), 1, "not a number"),
        (row("510000", 1) + row("510000", 2), 7, "two rows hold for 510000"),
        ("wage = 3\n", 1, "not a list"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(
    folder_of: Callable[[Mapping[str, str]], DataFolder], text: str, line: int, problem: str
) -> None:
    with pytest.raises(ContentError, match=f"minimum_wages.toml:{line}: .*{problem}"):
        read(folder_of, text)
