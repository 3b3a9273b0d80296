"""What holds of every profile, likely or absurd."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from content.benefits.verdicts import Standing
from content.benefits.vocabulary import (
    CATEGORIES,
    FACTS,
    GROUPS,
    MODES,
    SCHOOLS,
    SINGLE_FACTS,
    FactType,
)
from tests.content.benefits.people import ABSENT, Bureau, changed

DAYS = ("2015-12-31", "2016-01-01", "2017-06-01", "2020-12-31", "2021-06-28", "2023-01-01")
BIRTHS = ("1935-01-01", "1957-06-01", "1957-06-02", "1981-09-14", "2001-06-01", "2001-06-02")
PLACES = ("500229", "500112", "510623", "440307", "500000")
FLAGS = (True, False)
SINGLE_FLAGS = tuple(name for name in SINGLE_FACTS if FACTS[name].type is FactType.FLAG)
# Of each key the values that matter; together they are all its completions.
VALUES: Mapping[str, tuple[object, ...]] = {
    "birth": BIRTHS,
    "hukou": ("rural", "urban"),
    "pension": ("城乡居民", "职工"),
    "medical": ("居民", "职工"),
    "employment": tuple(sorted(FACTS["employment"].words)),
    "trainings_this_year": (0, 1),
    "household_labour": (0, 1, 2),
    "household_employed": (0, 1, 2),
    **dict.fromkeys(SINGLE_FLAGS, FLAGS),
    "trip.mode": MODES,
    "trip.price": (0, 198.5),
    "trip.return_price": (0, 20),
    "trip.from_county": PLACES,
    "trip.to_county": PLACES,
    "trip.purpose": ("work", "travel"),
    "trip.has_ticket": FLAGS,
    "trip.other_dept_paid": FLAGS,
    "trip.already_received": FLAGS,
    "trip.received_this_year": FLAGS,
    "graduate.school": ("普通高校", "职业学校"),
    "graduate.year": (2016, 2017, 2021),
    "inpatient.hospital_level": ("county", "tertiary"),
    "inpatient.in_region": FLAGS,
    "inpatient.self_paid": (0, 9000, 250000),
    "inpatient.major_base_deductible": (0, 10000, 30000),
}  # fmt: skip
RELEASED = frozenset({"CQ-TRANSPORT-2022"})
categories = st.lists(st.sampled_from(sorted(CATEGORIES)), unique=True)
children = st.lists(
    st.fixed_dictionaries(
        {"age": st.sampled_from([3, 17, None]), "school": st.sampled_from([*SCHOOLS, None])}
    ),
    max_size=3,
)
releases = st.sampled_from([frozenset(), RELEASED])


@st.composite
def people(draw: st.DrawFn) -> dict[str, object]:
    """A profile of values that exist, some of them unknown or unsaid."""
    row: dict[str, object] = {
        "jurisdiction": draw(st.sampled_from(["CQ", "DY"])),
        "as_of": draw(st.sampled_from(DAYS)),
        "categories": draw(categories),
        "children": draw(children),
        **{group: {} for group in GROUPS if draw(st.integers(0, 3))},
    }
    for key, values in VALUES.items():
        if key.partition(".")[0] in row or "." not in key:
            value = draw(st.sampled_from([*values, *values, *values, None, ABSENT]))
            if value is not ABSENT:
                row = changed(row, {key: value})
    return row


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["建档立卡", "技工院校", "500229", "2017-06-01", "CQ", "train_hard_seat"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)  # fmt: skip
absurd_groups = {
    group: anything
    | st.dictionaries(st.sampled_from([n.partition(".")[2] for n in names]), anything)
    for group, names in GROUPS.items()
}


@given(
    row=st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(["jurisdiction", "as_of", "birth", "categories", "claimed"], anything),
            **dict.fromkeys((key for key in VALUES if "." not in key), anything),
            **absurd_groups,
            "children": anything
            | st.lists(st.dictionaries(st.sampled_from(["age", "school"]), anything)),
        },
    )
)
def test_no_profile_is_so_absurd_that_it_cannot_be_judged(
    bureau: Bureau, row: dict[str, object]
) -> None:
    for city in ("CQ", "DY"):
        assessment = bureau.assess({"as_of": "2017-06-01", **row, "jurisdiction": city})
        assert len(assessment.verdicts) in (9, 10)
    bureau.assess(row)


@given(row=people(), claimed=categories, released=releases)
def test_a_claim_never_makes_anything_eligible(
    bureau: Bureau, row: dict[str, object], claimed: list[str], released: frozenset[str]
) -> None:
    without = bureau.assess(row, released=released)
    claiming = bureau.assess({**row, "claimed": claimed}, released=released)
    assert set(claiming.eligible) <= set(without.eligible)
    assert set(claiming.amounts.items()) <= set(without.amounts.items())


@given(row=people(), key=st.sampled_from(sorted(VALUES)), released=releases)
def test_an_unknown_fact_never_makes_more_eligible_than_its_best_value(
    bureau: Bureau, row: dict[str, object], key: str, released: frozenset[str]
) -> None:
    if key.partition(".")[0] in GROUPS and key.partition(".")[0] not in row:
        row = changed(row, {key.partition(".")[0]: {}})
    unknown = bureau.assess(changed(row, {key: None}), released=released)
    best = {
        code
        for value in VALUES[key]
        for code in bureau.assess(changed(row, {key: value}), released=released).eligible
    }
    assert set(unknown.eligible) <= best


@given(row=people(), order=st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(
    bureau: Bureau, row: dict[str, object], order: Random
) -> None:
    keys = list(row)
    order.shuffle(keys)
    first, second = bureau.assess(row), bureau.assess({key: row[key] for key in keys})
    assert first.verdicts == second.verdicts
    assert set(first.problems) == set(second.problems)


@given(row=people(), released=releases)
def test_every_verdict_says_why(
    bureau: Bureau, row: dict[str, object], released: frozenset[str]
) -> None:
    assessment = bureau.assess(row, released=released)
    assert list(assessment.eligible) == sorted(assessment.eligible)
    assert set(assessment.amounts) <= set(assessment.eligible)
    for verdict in assessment.verdicts:
        if verdict.verdict is Standing.NOT:
            assert verdict.reasons
            assert not verdict.missing
        elif verdict.verdict is Standing.CHECK:
            assert verdict.reasons or verdict.missing
        else:
            assert not verdict.missing
            assert (verdict.amount_fen is None) is (verdict.rule.amount is None)


@given(
    fen=st.integers(0, 30_000_000), more=st.integers(0, 1_000_000), base=st.integers(0, 6_000_000)
)
def test_who_paid_more_never_gets_less(bureau: Bureau, fen: int, more: int, base: int) -> None:
    row = {"jurisdiction": "CQ", "as_of": "2017-06-01", "categories": ["建档立卡"]}

    def amount(paid: int) -> float:
        stay = {"self_paid": paid / 100, "major_base_deductible": base / 100}
        sums = bureau.assess({**row, "inpatient": stay}).amounts
        return float(sums.get("med_major_illness", 0))

    assert 0 <= amount(fen) <= amount(fen + more) <= 100_000
