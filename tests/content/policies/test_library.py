"""Which card answers: by city, by day, and by what an officer released."""

from __future__ import annotations

from datetime import date

import pytest

from content.policies.library import PolicyLibrary
from content.policies.reading import read_policies
from tests.content.policies.own_folder import OwnFolder

OLD, NEW = "CQ-TRANSPORT-2016", "CQ-TRANSPORT-2022"
RELEASED = frozenset({NEW})


@pytest.mark.parametrize(
    ("on", "released", "card_id"),
    [
        (date(2016, 12, 27), frozenset[str](), None),
        (date(2016, 12, 28), frozenset[str](), OLD),
        (date(2021, 12, 31), RELEASED, OLD),
        (date(2022, 1, 1), RELEASED, NEW),
        (date(2022, 1, 1), frozenset[str](), OLD),
        (date(2026, 3, 5), frozenset({"another card"}), OLD),
    ],
)
def test_the_day_and_an_officers_release_decide_between_two_versions(
    library: PolicyLibrary, on: date, released: frozenset[str], card_id: str | None
) -> None:
    card = library.by_mechanism("P-TRANSPORT", "CQ", on, released=released)
    assert (card.id if card else None) == card_id


def test_officers_see_both_versions_newest_first(library: PolicyLibrary) -> None:
    assert [card.id for card in library.versions("P-TRANSPORT", "CQ")] == [NEW, OLD]


def test_the_older_version_names_the_one_that_took_its_place(library: PolicyLibrary) -> None:
    old, new, on = library.card(OLD), library.card(NEW), date(2026, 3, 5)
    assert old is not None
    assert library.newer_than(old, on) is None
    assert library.newer_than(old, on, released=RELEASED) == new


def test_no_city_borrows_the_card_of_another(library: PolicyLibrary) -> None:
    on = date(2026, 3, 5)
    assert library.by_mechanism("P-TRANSPORT", "DY", on) is None
    assert library.by_mechanism("P-TRAINALLOW", "CQ", on) is None
    assert {card.jurisdiction for card in library.of("DY", on)} == {"DY"}
    assert library.of("XX", on) == ()


@pytest.mark.parametrize(
    ("adcode", "city"),
    [("500240", "CQ"), ("500000", "CQ"), ("510623", "DY"), ("510600", "DY"), ("510100", None)],
)
def test_a_place_belongs_to_the_city_whose_documents_bind_it(
    library: PolicyLibrary, adcode: str, city: str | None
) -> None:
    assert library.jurisdiction_of(adcode) == city


def test_a_newer_card_that_has_ended_does_not_bring_the_older_back(own: OwnFolder) -> None:
    changes = {"id": '"DY-TRAINALLOW-2026"', "mechanism": '"P-TRAINALLOW"'}
    own.write_sample(**changes, replaces='"DY-TRAINALLOW-2021"')
    library = read_policies(own.folder)
    found = {
        on: library.by_mechanism("P-TRAINALLOW", "DY", on)
        for on in (date(2026, 2, 28), date(2026, 12, 31), date(2027, 1, 1))
    }
    ids = [card.id if card else None for card in found.values()]
    assert ids == ["DY-TRAINALLOW-2021", "DY-TRAINALLOW-2026", None]


def test_the_long_answer_holds_every_part_of_the_page(library: PolicyLibrary) -> None:
    card = library.card("DY-TRAINALLOW-2021")
    assert card is not None
    assert card.full() == (
        card.who, card.how_much, card.bring, card.where, card.not_covered, *card.more,
    )  # fmt: skip
