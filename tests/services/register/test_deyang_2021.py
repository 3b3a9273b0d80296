"""The invented city gives the report's figures exactly, on either database."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from bot.services.register import public_posts, statistics
from bot.services.register.location_counts import LocationCounts
from bot.services.register.statistics import Counting, question_for
from content.location_classes import Boundary
from content.reader import read_catalogue
from storage.register_states import EmploymentChannel
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.deyang_2021 import DAY, PUBLIC_POSTS, SHIFANG, ZHONGJIANG, Resident, blocks, residents
from tests.deyang_rows import settle
from tests.deyang_sheet import row_of
from tests.services.register.register_world import bring_in, xlsx
from tests.services.register.statistics_world import change_spell, spell_of

YUAN_OF_WAN, FEN_OF_YUAN = 10_000, 100
# One in so many people of each block lives in the small city.
SMALL = 40


@pytest.fixture(scope="module")
def everybody() -> list[Resident]:
    return residents(read_catalogue().places)


def small(everybody: list[Resident]) -> list[Resident]:
    """Every fortieth person, and everybody of a block of few."""
    return [one for one in everybody if one.number % SMALL == 0 or one.block.people < SMALL]


def count(city: City, group: str, *, by: Boundary = "county") -> LocationCounts:
    asked = question_for(group, DAY, by=by)

    def read(uow: UnitOfWork) -> Counting:
        return statistics.count(uow, city.deployment, asked, scope="5106")

    return city.database.read(read).counts


def of_classes(counts: LocationCounts) -> dict[str, int]:
    return {one: counts.of_class(one) for one in counts.classes if counts.of_class(one)}


def test_the_blocks_are_the_report_itself() -> None:
    out_of_poverty = [one for one in blocks() if one.category.value == "脱贫户"]
    working = Counter[str]()
    for one in out_of_poverty:
        working[one.work or ""] += one.people
    assert working["far"] == 10307
    assert working["other_city"] + working["other_county"] == 17765
    assert working["county"] == 31595
    assert sum(one.people for one in out_of_poverty if one.public_post) == PUBLIC_POSTS


def test_the_whole_city_gives_every_figure_of_the_report(
    city: City, everybody: list[Resident]
) -> None:
    city.run(lambda uow: settle(uow, everybody))
    all_work = count(city, statistics.OUT_OF_POVERTY)
    assert all_work.total == 59667
    assert of_classes(all_work) == {
        "outside_province": 10307,
        "province_outside_county": 17765,
        "in_county": 31595,
    }
    assert all_work.channels[EmploymentChannel.PUBLIC_POST] == 14545
    assert sum(all_work.channels.values()) == 59667
    moved = count(city, statistics.MOVED)
    assert moved.total == 5880
    assert {area: moved.of_area(area) for area in moved.areas} == {ZHONGJIANG: 5874, SHIFANG: 6}
    assert of_classes(moved) == {
        "outside_province": 977,
        "province_outside_city": 1648,
        "in_city": 1886,
        "public_post": 1369,
    }
    assert moved.total - moved.of_class("public_post") == 4511
    force = city.database.read(
        lambda uow: statistics.workforce(uow, city.deployment, scope="5106", day=DAY)
    )
    posts = public_posts.held(city.deployment, force)
    assert posts.total == 14545


def test_rows_in_any_order_give_the_same_table(
    city_on_both: City, everybody: list[Resident]
) -> None:
    people = small(everybody)
    city_on_both.run(lambda uow: settle(uow, people[::-1]))
    expected = Counter[str]()
    for one in people:
        if one.block.category.value == "脱贫户" and one.workplace is not None:
            expected[one.block.work or ""] += 1
    found = of_classes(count(city_on_both, statistics.OUT_OF_POVERTY))
    assert found == {
        "outside_province": expected["far"],
        "province_outside_county": expected["other_city"] + expected["other_county"],
        "in_county": expected["county"],
    }
    by_town = count(city_on_both, statistics.OUT_OF_POVERTY, by="town")
    assert by_town.total == sum(
        expected[one] for one in ("far", "other_city", "other_county", "county")
    )
    assert all(len(area) == 9 for area in by_town.areas)


def test_one_person_over_the_border_changes_two_cells_by_one(
    city: City, everybody: list[Resident]
) -> None:
    people = small(everybody)
    city.run(lambda uow: settle(uow, people))
    one = next(one for one in people if one.block.work == "far" and not one.block.relocated)
    before = dict(count(city, statistics.OUT_OF_POVERTY).cells)
    change_spell(city, spell_of(city, one.key), workplace=one.block.county)
    after = count(city, statistics.OUT_OF_POVERTY).cells
    changed = {
        cell: after.get(cell, 0) - before.get(cell, 0)
        for cell in {*before, *after}
        if after.get(cell, 0) != before.get(cell, 0)
    }
    county = one.block.county
    assert changed == {(county, "outside_province"): -1, (county, "in_county"): 1}


def test_the_city_read_from_a_sheet_gives_the_same_tables(
    city: City, everybody: list[Resident]
) -> None:
    people = small(everybody)
    places = city.deployment.catalogue.places
    batch = bring_in(city, xlsx([row_of(one, places) for one in people]))
    assert (batch.added, batch.refused) == (len(people), 0)
    read = {group: count(city, group) for group in (statistics.OUT_OF_POVERTY, statistics.MOVED)}
    for group, counts in read.items():
        expected = expected_cells(people, moved=group == statistics.MOVED)
        assert dict(counts.cells) == expected
    posts = [one for one in people if one.block.public_post]
    assert read[statistics.OUT_OF_POVERTY].channels["public_post"] == len(posts)


def expected_cells(people: list[Resident], *, moved: bool) -> Counter[tuple[str, str]]:
    """The table of people out of poverty, or of the moved, told from the blocks alone."""
    near = "in_city" if moved else "in_county"
    names = {
        "far": "outside_province",
        "other_city": "province_outside_city" if moved else "province_outside_county",
        "other_county": "in_city" if moved else "province_outside_county",
        "county": near,
    }
    cells: Counter[tuple[str, str]] = Counter()
    for one in people:
        block = one.block
        if block.work is None or block.category.value != "脱贫户":
            continue
        if moved and not block.relocated:
            continue
        where = "public_post" if moved and block.public_post else names[block.work]
        cells[block.county, where] += 1
    return cells


def test_money_is_exact_in_decimals_and_in_fen() -> None:
    jobs, firms, all_of_it = Decimal("9499.72"), Decimal("1787.81"), Decimal("11287.53")
    assert jobs + firms == all_of_it
    in_fen = [int(one * YUAN_OF_WAN * FEN_OF_YUAN) for one in (jobs, firms, all_of_it)]
    assert in_fen[0] + in_fen[1] == in_fen[2]
