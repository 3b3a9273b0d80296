"""Where somebody works, seen from home: classes from codes alone, cut as each city cuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from content.catalogue import Catalogue
from content.data_files import DataFolder
from content.location_classes import (
    BOUNDARIES,
    EMPLOYED,
    FILE,
    RELOCATED,
    Cut,
    LocationClasses,
    read_cuts,
)
from content.reader import read_catalogue

PLACES = read_catalogue().places
CODES = st.sampled_from(sorted(PLACES.codes()))
CUT3 = Cut(EMPLOYED, ("county", "province"))
CUT_CITY = Cut(RELOCATED, ("city", "province"), public_post_apart=True)
ZHONGJIANG, GUANGHAN, DEYANG, MIANYANG, SHENZHEN = "510623", "510681", "510600", "510700", "440300"
LUOJIANG, OLD_LUOJIANG, KAIZHOU, OLD_KAIXIAN, WANZHOU = (
    "510604", "510626", "500154", "500234", "500101",
)  # fmt: skip


@pytest.fixture(scope="module")
def classes() -> LocationClasses:
    return LocationClasses(PLACES)


@pytest.mark.parametrize(
    ("home", "work", "three", "by_city"),
    [
        (ZHONGJIANG, SHENZHEN, "outside_province", "outside_province"),
        (ZHONGJIANG, MIANYANG, "province_outside_county", "province_outside_city"),
        (ZHONGJIANG, GUANGHAN, "province_outside_county", "in_city"),
        (ZHONGJIANG, ZHONGJIANG, "in_county", "in_city"),
        ("510623101", "510623108", "in_county", "in_city"),
        (ZHONGJIANG, DEYANG, "unknown", "in_city"),
        (ZHONGJIANG, "510000", "unknown", "unknown"),
        (ZHONGJIANG, "440000", "outside_province", "outside_province"),
        (ZHONGJIANG, None, "unknown", "unknown"),
        (None, SHENZHEN, "unknown", "unknown"),
        (ZHONGJIANG, "990101", "unknown", "unknown"),
        (ZHONGJIANG, "810000", "abroad", "abroad"),
        (OLD_LUOJIANG, LUOJIANG, "in_county", "in_city"),
        (OLD_KAIXIAN, KAIZHOU, "in_county", "in_city"),
        ("441900101", "441900", "in_county", "in_city"),
        ("441900", "442000", "province_outside_county", "province_outside_city"),
        ("429004", "429005", "province_outside_county", "province_outside_city"),
    ],
)
def test_a_workplace_has_one_class_in_each_cut(
    classes: LocationClasses, home: str | None, work: str | None, three: str, by_city: str
) -> None:
    assert classes.classify(home, work, CUT3) == three
    assert classes.classify(home, work, CUT_CITY) == by_city


def test_work_abroad_is_abroad_whatever_the_code_says(classes: LocationClasses) -> None:
    assert classes.classify(ZHONGJIANG, ZHONGJIANG, CUT3, abroad=True) == "abroad"
    assert classes.classify(ZHONGJIANG, None, CUT3, abroad=True) == "abroad"


def test_in_a_municipality_the_moved_are_cut_at_the_county(
    catalogue: Catalogue, classes: LocationClasses
) -> None:
    for bureau in ("500000", KAIZHOU):
        cut = catalogue.cuts.of(RELOCATED, bureau)
        assert cut.boundaries == ("county", "province")
        assert cut.public_post_apart
        assert classes.classify(KAIZHOU, WANZHOU, cut) == "province_outside_county"
    assert catalogue.cuts.of(RELOCATED, DEYANG).boundaries == ("city", "province")
    assert classes.is_municipal(KAIZHOU)
    assert not classes.is_municipal(DEYANG)


def test_the_columns_stand_from_far_to_near_and_unknown_last() -> None:
    cut = Cut("towns", BOUNDARIES, public_post_apart=True)
    assert cut.classes == (
        "outside_province", "province_outside_city", "city_outside_county",
        "county_outside_town", "in_town", "public_post", "abroad", "unknown",
    )  # fmt: skip


@given(home=st.none() | CODES, work=st.none() | CODES, cut=st.sampled_from([CUT3, CUT_CITY]))
def test_every_pair_of_codes_has_a_column(home: str | None, work: str | None, cut: Cut) -> None:
    assert LocationClasses(PLACES).classify(home, work, cut) in cut.classes


@given(home=CODES, work=CODES)
def test_distance_works_both_ways(home: str, work: str) -> None:
    classes = LocationClasses(PLACES)
    assert classes.classify(home, work, CUT3) == classes.classify(work, home, CUT3)


@given(home=CODES, work=CODES)
def test_the_province_is_told_alike_in_every_cut(home: str, work: str) -> None:
    classes = LocationClasses(PLACES)
    outside = {classes.classify(home, work, cut) == "outside_province" for cut in (CUT3, CUT_CITY)}
    assert len(outside) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[employed]\nboundaries = ["county"]\n', "the table relocated is missing"),
        ('[employed]\nboundaries = ["province", "county"]\n', "inner ones first"),
        ('[employed]\nboundaries = ["village"]\n', "inner ones first"),
        ("[employed]\nboundaries = []\n", "inner ones first"),
        ('[employed]\nboundaries = ["county"]\npublic_post_apart = 1\n', "neither true nor false"),
        ('[employed]\nboundaries = ["county"]\ncut = 1\n', "unknown key cut"),
        ('["employed.5106"]\nboundaries = ["county"]\n', "5106 is no adcode"),
    ],
)
def test_a_wrong_cut_is_refused_with_its_line(
    folder_of: Callable[[Mapping[str, str]], DataFolder], text: str, problem: str
) -> None:
    with pytest.raises(ContentError, match=rf"{FILE}:\d+: .*{problem}") as refusal:
        read_cuts(folder_of({FILE: text}))
    assert refusal.value.remedy


def test_a_bureau_may_cut_a_table_its_own_way(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    text = (
        '[employed]\nboundaries = ["county", "province"]\n'
        '[relocated]\nboundaries = ["city", "province"]\n'
        '["employed.610900"]\nboundaries = ["town", "county", "city", "province"]\n'
    )
    cuts = read_cuts(folder_of({FILE: text}))
    assert cuts.of(EMPLOYED, "610902").boundaries == BOUNDARIES
    assert cuts.of(EMPLOYED, "610100").boundaries == ("county", "province")
    assert cuts.names() == (EMPLOYED, RELOCATED)
    with pytest.raises(LookupError, match="no table"):
        cuts.of("holidays", DEYANG)
