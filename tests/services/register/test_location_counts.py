"""Counting alone: any order, no person lost, and nobody found in a small number."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.services.register.location_counts import LocationCounts, counted, digest_of, placed
from bot.services.register.small_cells import LEAST_SHOWN, kept_back
from content.location_classes import Cut, LocationClasses
from content.reader import read_catalogue
from storage.repositories.statistics import RawKey, Work

CLASSES = LocationClasses(read_catalogue().places)
CUT = Cut("employed", ("county", "province"))
BY_CITY = Cut("relocated", ("city", "province"), public_post_apart=True)
HOMES = st.sampled_from(["510623", "510623101", "510681", "510626", "510600", None])
PLACES = st.sampled_from(["440300", "510700", "510681", "510623", "510600", "990000", None])
WORKS = st.builds(
    Work,
    workplace=PLACES,
    channel=st.sampled_from(["enterprise", "public_post", "transfer"]),
    venue=st.none(),
    abroad=st.booleans(),
)
PEOPLE = st.dictionaries(st.uuids().map(lambda key: key.hex), st.tuples(HOMES, WORKS), max_size=40)
People = dict[str, tuple[str | None, Work]]
MATRICES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=6
    )
)


def table(people: People, cut: Cut = CUT) -> LocationCounts:
    homes: dict[RawKey, str | None] = {key: home for key, (home, _work) in people.items()}
    works: dict[RawKey, Work] = {key: work for key, (_home, work) in people.items()}
    return counted(placed(works, homes, CLASSES, cut, by="county"), cut)


@given(people=PEOPLE, cut=st.sampled_from([CUT, BY_CITY]))
def test_everybody_is_in_exactly_one_cell(people: People, cut: Cut) -> None:
    counts = table(people, cut)
    assert counts.total == len(people)
    assert sum(counts.of_class(one) for one in counts.classes) == len(people)
    assert sum(counts.of_area(one) for one in counts.areas) == len(people)
    assert sum(counts.channels.values()) == len(people)
    assert sum(sum(row[:-1]) for row in counts.matrix()[:-1]) == counts.matrix()[-1][-1]


@given(people=PEOPLE, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(people: People, random: Random) -> None:
    keys = list(people)
    random.shuffle(keys)
    assert table({key: people[key] for key in keys}) == table(people)


@given(people=PEOPLE.filter(bool), work=WORKS)
def test_one_person_who_moves_changes_two_cells_or_none(people: People, work: Work) -> None:
    key, (home, _old) = next(iter(people.items()))
    before, after = table(people).cells, table({**people, key: (home, work)}).cells
    changed = sorted(
        after.get(cell, 0) - before.get(cell, 0)
        for cell in {*before, *after}
        if after.get(cell, 0) != before.get(cell, 0)
    )
    assert changed in ([], [-1, 1])


@given(people=PEOPLE)
def test_an_abolished_code_is_its_successor(people: People) -> None:
    renamed = {
        key: ("510604" if home == "510626" else home, work) for key, (home, work) in people.items()
    }
    assert table(renamed).cells == table(people).cells


def test_who_works_without_being_of_the_scope_or_group_is_not_counted() -> None:
    works: dict[RawKey, Work] = {
        key: Work("440300", "transfer", None, abroad=False) for key in "ab"
    }
    homes: dict[RawKey, str | None] = {"a": "510623"}
    found = list(placed(works, homes, CLASSES, CUT, by="county", among={"a", "b"}))
    assert [one.worker for one in found] == ["a"]
    assert not list(placed(works, homes, CLASSES, CUT, by="county", among={"b"}))


def test_a_digest_is_of_who_where_and_of_what_was_asked() -> None:
    homes: dict[RawKey, str | None] = {"a": "510623", "b": "510623"}
    here, there = (
        Work("510623", "enterprise", None, abroad=False),
        Work(None, "other", None, abroad=False),
    )

    def digest(works: dict[RawKey, Work], asked: str = "today") -> str:
        return digest_of(placed(works, homes, CLASSES, CUT, by="county"), [asked])

    first = digest({"a": here, "b": there})
    assert first == digest({"b": there, "a": here})
    assert (
        len({first, digest({"a": there, "b": here}), digest({"a": here, "b": there}, "then")}) == 3
    )


@given(rows=MATRICES)
def test_no_small_number_can_be_worked_out_from_one_line(rows: list[list[int]]) -> None:
    matrix = [[*row, sum(row)] for row in rows]
    matrix.append([sum(column) for column in zip(*matrix, strict=True)])
    hidden = kept_back(matrix)
    for number, row in enumerate(matrix):
        assert all(not 0 < n < LEAST_SHOWN or (number, at) in hidden for at, n in enumerate(row))
        assert len([at for at in range(len(row)) if (number, at) in hidden]) != 1
    for at in range(len(matrix[0])):
        assert len([number for number in range(len(matrix)) if (number, at) in hidden]) != 1


def test_large_numbers_are_all_shown() -> None:
    assert kept_back([[10, 0, 10], [7, 9, 16], [17, 9, 26]]) == set()
