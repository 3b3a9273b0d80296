"""What would change it: every change told really helps, and none smaller does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.changes.pair_changes import Change, changes, judge_pair
from matching.changes.variants import MOST_YUAN, STEP, ChangeKind
from matching.pairs.place_fit import CLOSE_KM
from matching.types import Education, Migration, Vacancy, WorkerProfile
from tests.matching.world import (
    CANGSHAN,
    GUANGHAN,
    JINGYANG,
    JINJIANG,
    NANHUA,
    TODAY,
    TRADES,
    YUBEI,
    ZHONGJIANG,
    knowledge,
    options,
)

LICENCES = ("电工证", "A2", "B2")
TOMORROW = TODAY + timedelta(days=1)
places = st.sampled_from([ZHONGJIANG, JINGYANG, GUANGHAN, JINJIANG, YUBEI])
wages = st.one_of(st.none(), st.integers(2_000, 9_000))
ages = st.one_of(st.none(), st.integers(16, 70))
schools = st.one_of(st.none(), st.sampled_from(Education))
days = st.one_of(st.none(), st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=9)))
workers = st.builds(
    WorkerProfile,
    id=st.just("w"),
    home=st.one_of(st.none(), places),
    trades=st.lists(st.sampled_from(TRADES), max_size=2, unique=True).map(tuple),
    refused_trades=st.lists(st.sampled_from(TRADES), max_size=1).map(tuple),
    migration=st.one_of(st.none(), st.sampled_from(Migration)),
    locations=st.lists(places, max_size=1).map(tuple),
    excluded_locations=st.lists(places, max_size=1).map(tuple),
    wage_min=wages,
    age=ages,
    wants_room_board=st.one_of(st.none(), st.booleans()),
    certificates=st.one_of(st.none(), st.lists(st.sampled_from(LICENCES), max_size=2).map(tuple)),
    education=schools,
    experience=st.one_of(
        st.none(), st.lists(st.tuples(st.sampled_from(TRADES), st.integers(0, 9)), max_size=2)
    ).map(lambda found: None if found is None else tuple(dict(found).items())),
    available_from=days,
)
vacancies = st.builds(
    lambda low, more, **rest: Vacancy(
        wage_min=low, wage_max=None if low is None else low + more, **rest
    ),
    wages,
    st.integers(0, 2_000),
    id=st.just("v"),
    trade=st.sampled_from(TRADES),
    adcode=places,
    age_min=st.one_of(st.none(), st.integers(16, 30)),
    age_max=st.one_of(st.none(), st.integers(35, 65)),
    lodging=st.one_of(st.none(), st.booleans()),
    certificates=st.lists(st.sampled_from((*LICENCES, "A2|B2")), max_size=2).map(tuple),
    education=schools,
    experience_years=st.one_of(st.none(), st.integers(1, 9)),
    starts_on=days,
    nearby_only=st.booleans(),
    lasts_days=st.one_of(st.none(), st.integers(1, 20)),
)


def found(worker: WorkerProfile, vacancy: Vacancy) -> tuple[Change, ...]:
    return changes(worker, vacancy, knowledge=knowledge(), options=options())


def grade(worker: WorkerProfile, vacancy: Vacancy) -> int:
    judged = judge_pair(worker, vacancy, knowledge=knowledge(), options=options())
    return 0 if judged.bits[0] else int(judged.grade[0])


def paid(vacancy: Vacancy, more: int) -> Vacancy:
    low, high = (
        None if wage is None else wage + more for wage in (vacancy.wage_min, vacancy.wage_max)
    )
    return replace(vacancy, wage_min=low, wage_max=high)


def applied(
    worker: WorkerProfile, vacancy: Vacancy, change: Change
) -> tuple[WorkerProfile, Vacancy]:
    """Carry out a change, written apart from the code that proposes it."""
    if change.kind in {ChangeKind.YUAN, ChangeKind.LODGING, ChangeKind.AGE, ChangeKind.START}:
        return worker, granted(vacancy, change)
    if change.kind in {ChangeKind.TIER, ChangeKind.PLACE}:
        return going(worker, change), vacancy
    return learnt(worker, vacancy, change), vacancy


def learnt(worker: WorkerProfile, vacancy: Vacancy, change: Change) -> WorkerProfile:
    value = str(change.value)
    match change.kind:
        case ChangeKind.LICENCE:
            gained = value.split("|", maxsplit=1)[0]
            return replace(worker, certificates=(*(worker.certificates or ()), gained))
        case ChangeKind.SCHOOLING:
            return replace(worker, education=Education(value))
        case ChangeKind.YEARS:
            years = dict(worker.experience or ()) | {vacancy.trade: vacancy.experience_years or 0}
            return replace(worker, experience=tuple(years.items()))
        case ChangeKind.TRADE:
            refused = tuple(one for one in worker.refused_trades if one != value)
            return replace(worker, trades=(*worker.trades, value), refused_trades=refused)
    raise AssertionError(change.kind)


def going(worker: WorkerProfile, change: Change) -> WorkerProfile:
    value = str(change.value)
    if change.kind is ChangeKind.TIER:
        return replace(worker, migration=Migration(value))
    if value in worker.excluded_locations:
        left = tuple(one for one in worker.excluded_locations if one != value)
        return replace(worker, excluded_locations=left)
    return replace(worker, locations=(*worker.locations, value))


def granted(vacancy: Vacancy, change: Change) -> Vacancy:
    match change.kind:
        case ChangeKind.YUAN:
            return paid(vacancy, int(str(change.value)))
        case ChangeKind.LODGING:
            return replace(vacancy, lodging=True)
        case ChangeKind.START:
            return replace(vacancy, starts_on=date.fromisoformat(str(change.value)))
    if change.value == vacancy.age_max:
        return replace(vacancy, age_max=None)
    return replace(vacancy, age_min=None)


@settings(deadline=None)
@given(workers, vacancies)
def test_every_change_that_is_told_really_lifts_the_pair(
    worker: WorkerProfile, vacancy: Vacancy
) -> None:
    before = grade(worker, vacancy)
    for change in found(worker, vacancy):
        if change.kind is not ChangeKind.KM:  # a workplace cannot be moved; see below
            assert grade(*applied(worker, vacancy, change)) == change.grade > before


@settings(deadline=None)
@given(workers, vacancies)
def test_no_smaller_raise_would_do(worker: WorkerProfile, vacancy: Vacancy) -> None:
    before = grade(worker, vacancy)
    raises = [one for one in found(worker, vacancy) if one.kind is ChangeKind.YUAN]
    for change in raises:
        less = int(str(change.value)) - STEP
        assert grade(worker, paid(vacancy, less)) <= before
    if not raises:
        assert grade(worker, paid(vacancy, MOST_YUAN)) <= before


@settings(deadline=None)
@given(workers, vacancies)
def test_nothing_is_told_where_all_is_well(worker: WorkerProfile, vacancy: Vacancy) -> None:
    if grade(worker, vacancy) == 3:
        assert found(worker, vacancy) == ()


@settings(deadline=None)
@given(workers, vacancies)
def test_each_kind_is_told_once_and_in_order(worker: WorkerProfile, vacancy: Vacancy) -> None:
    kinds = [change.kind for change in found(worker, vacancy)]
    assert kinds == [kind for kind in ChangeKind if kind in kinds]


SEWER = WorkerProfile(
    id="w", home=NANHUA, trades=("缝纫工",), migration=Migration.IN_COUNTY, certificates=()
)
POST = Vacancy(id="v", trade="缝纫工", adcode=ZHONGJIANG, town=CANGSHAN, wage_min=4000)


@pytest.mark.parametrize(
    ("worker", "vacancy", "told"),
    [
        ({}, {"certificates": ("A2|B2",)}, (ChangeKind.LICENCE, "A2|B2")),
        ({"education": Education.PRIMARY}, {"education": Education.VOCATIONAL},
         (ChangeKind.SCHOOLING, "vocational")),
        ({"experience": (("缝纫工", 1),)}, {"experience_years": 3}, (ChangeKind.YEARS, 2)),
        ({"trades": ("普工",)}, {}, (ChangeKind.TRADE, "缝纫工")),
        ({"wage_min": 5000}, {}, (ChangeKind.YUAN, 300)),
        ({}, {"adcode": GUANGHAN, "town": None}, (ChangeKind.TIER, "in_province")),
        ({}, {"adcode": YUBEI, "town": None}, (ChangeKind.TIER, "anywhere")),
        ({"excluded_locations": (CANGSHAN,)}, {}, (ChangeKind.PLACE, CANGSHAN)),
        ({"age": 57}, {"age_max": 45}, (ChangeKind.AGE, 45)),
        ({"available_from": TOMORROW}, {"starts_on": TODAY},
         (ChangeKind.START, TOMORROW.isoformat())),
        ({"wants_room_board": True}, {}, (ChangeKind.LODGING, None)),
    ],
)  # fmt: skip
def test_the_change_is_named_with_its_size(
    worker: dict[str, object],
    vacancy: dict[str, object],
    told: tuple[ChangeKind, str | int | None],
) -> None:
    pair = replace(SEWER, **worker), replace(POST, **vacancy)  # type: ignore[arg-type]
    assert told in [(change.kind, change.value) for change in found(*pair)]


def test_kilometres_are_those_beyond_commuting() -> None:
    homebody = replace(SEWER, home=GUANGHAN, migration=Migration.ANYWHERE)
    nearby = replace(POST, nearby_only=True)  # 43 km between the seats
    assert [(one.kind, one.value) for one in found(homebody, nearby)] == [
        (ChangeKind.KM, int(43 - CLOSE_KM))
    ]


def test_two_reasons_against_it_are_changed_by_nothing_single() -> None:
    old = replace(SEWER, age=57)
    assert found(old, replace(POST, age_max=45, certificates=("电工证",))) == ()


def test_what_cannot_be_had_any_more_is_changed_by_nothing() -> None:
    assert found(SEWER, replace(POST, valid_until=TODAY - timedelta(days=1))) == ()
