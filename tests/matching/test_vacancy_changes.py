"""What a firm could change, and which condition keeps most from a worker: counted, not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.changes.conditions import Condition, Removal, removals
from matching.changes.vacancy_changes import STEPS, Advice, advice, going_pay
from matching.pairs.judging import Judged
from matching.ranking.ordering import judge
from matching.tables.going_wages import going_wages
from matching.tables.workers import WorkerTable
from matching.types import Education, Migration, Vacancy, WorkerProfile
from tests.matching import test_changes as pairs
from tests.matching.world import (
    GUANGHAN,
    JINJIANG,
    NANHUA,
    ZHONGJIANG,
    knowledge,
    options,
    table,
)

crowds = st.lists(pairs.workers, min_size=1, max_size=8).map(
    lambda found: [replace(worker, id=f"w{number}") for number, worker in enumerate(found)]
)
markets = st.lists(pairs.vacancies, min_size=1, max_size=8).map(
    lambda found: [replace(vacancy, id=f"v{number}") for number, vacancy in enumerate(found)]
)


def advised(vacancy: Vacancy, workers: Sequence[WorkerProfile]) -> Advice:
    return advice(vacancy, judged_by_all(vacancy, workers))


def judged_by_all(vacancy: Vacancy, workers: Sequence[WorkerProfile]) -> Judged:
    crowd = WorkerTable.of(workers, knowledge())
    return judge(crowd, table(vacancy), knowledge=knowledge(), options=options())


def fitting(vacancy: Vacancy, workers: Sequence[WorkerProfile]) -> int:
    return int((judged_by_all(vacancy, workers).bits == 0).sum())


def removed(worker: WorkerProfile, *vacancies: Vacancy) -> tuple[Removal, ...]:
    one = WorkerTable.of([worker], knowledge())
    return removals(judge(one, table(*vacancies), knowledge=knowledge(), options=options()))


CHANGED = {
    "age_max": {"age_max": None},
    "age_min": {"age_min": None},
    "certificate": {"certificates": ()},
    "education": {"education": None},
    "beginners": {"needs_skill": False},
    "lodging": {"lodging": None},
    "nearby": {"nearby_only": False},
    "start": {"starts_on": None},
}


@settings(max_examples=60, deadline=None)
@given(pairs.vacancies, crowds)
def test_as_many_more_fit_as_were_told(vacancy: Vacancy, workers: list[WorkerProfile]) -> None:
    told = advised(vacancy, workers)
    before = fitting(vacancy, workers)
    assert told.fitting == before
    for gain in told.gains:
        if gain.kind == "years":
            continue  # these fit already
        after = (
            pairs.paid(vacancy, int(str(gain.value)))
            if gain.kind == "wage"
            else replace(vacancy, **CHANGED[gain.kind])  # type: ignore[arg-type]
        )
        assert fitting(after, workers) - before == gain.more > 0


@settings(max_examples=60, deadline=None)
@given(pairs.vacancies, crowds)
def test_nothing_that_would_bring_somebody_is_left_out(
    vacancy: Vacancy, workers: list[WorkerProfile]
) -> None:
    told = {gain.kind for gain in advised(vacancy, workers).gains}
    before = fitting(vacancy, workers)
    for kind, change in CHANGED.items():
        after = fitting(replace(vacancy, **change), workers)  # type: ignore[arg-type]
        assert (after > before) == (kind in told)
    assert (fitting(pairs.paid(vacancy, STEPS[-1]), workers) > before) == ("wage" in told)


@settings(max_examples=60, deadline=None)
@given(pairs.workers, markets)
def test_a_condition_stands_alone_only_where_nothing_else_stands(
    worker: WorkerProfile, vacancies: list[Vacancy]
) -> None:
    for removal in removed(worker, *vacancies):
        assert removal.alone <= removal.together
        if removal.condition is Condition.WAGE:
            after = replace(worker, wage_min=None)
        elif removal.condition is Condition.PLACE:
            after = replace(worker, migration=Migration.ANYWHERE, locations=())
        else:
            continue
        new = [one for one in vacancies if pairs.grade(after, one) and not pairs.grade(worker, one)]
        assert removal.alone <= len(new) <= removal.together


SEWER = WorkerProfile(
    id="w",
    home=NANHUA,
    trades=("缝纫工",),
    migration=Migration.IN_COUNTY,
    wage_min=4000,
    certificates=(),
)
POST = Vacancy(id="v", trade="缝纫工", adcode=ZHONGJIANG, wage_min=4000, wage_max=5000)


def test_two_raises_are_told_at_most_the_first_that_brings_three() -> None:
    wishes = (5900, 6000, 6100, 6200, 6300, 6400, 6500, 6600, 6700)
    crowd = [replace(SEWER, id=f"w{number}", wage_min=wish) for number, wish in enumerate(wishes)]
    raises = [(gain.value, gain.more) for gain in advised(POST, crowd).gains]
    assert raises == [(700, 9), (200, 3)]


def test_a_second_raise_is_told_only_where_it_brings_three_more() -> None:
    wishes = (5900, 6000, 6100, 6600, 6700)
    crowd = [replace(SEWER, id=f"w{number}", wage_min=wish) for number, wish in enumerate(wishes)]
    raises = [(gain.value, gain.more) for gain in advised(POST, crowd).gains]
    assert raises == [(200, 3)]


def test_those_who_are_told_of_nothing_are_not_counted() -> None:
    crowd = [replace(SEWER, id=f"w{number}") for number in range(4)]
    crowd += [replace(SEWER, id=f"x{number}", wage_min=6000) for number in range(4)]
    told = advice(POST, judged_by_all(POST, crowd), skip={"w0", "x0", "x1"})
    assert told.fitting == 3
    assert [gain.more for gain in told.gains] == [2]


def test_who_wants_more_than_beginners_get_is_not_won_by_teaching() -> None:
    welders = [
        replace(SEWER, id=f"w{number}", trades=("电焊工",), wage_min=wish)
        for number, wish in enumerate((4000, 5400))
    ]
    told = advised(replace(POST, wage_min=3000, wage_max=5500), welders)
    assert [(gain.kind, gain.more) for gain in told.gains if gain.kind == "beginners"] == []
    told = advised(POST, welders)
    assert [gain.more for gain in told.gains if gain.kind == "beginners"] == [1]


def test_those_who_lack_only_years_are_counted_apart() -> None:
    learner = replace(SEWER, experience=(("缝纫工", 1),))
    told = advised(replace(POST, experience_years=3), [learner])
    assert told.fitting == 1
    assert [(gain.kind, gain.value, gain.more) for gain in told.gains] == [("years", 3, 1)]


def test_the_going_pay_is_the_median_of_at_least_three_posts() -> None:
    posts = [replace(POST, id=f"v{n}", wage_min=3000 + 100 * n, wage_max=None) for n in range(3)]

    def pay(*open_posts: Vacancy) -> tuple[int, int] | None:
        going = going_wages(table(*open_posts), knowledge())
        found = going_pay("缝纫工", going, knowledge=knowledge())
        return None if found is None else (found.yuan, found.posts)

    assert pay(*posts) == (3100, 3)
    assert pay(*posts[:2]) is None


@pytest.mark.parametrize(
    ("changes", "condition", "what"),
    [
        ({"wage_min": 2000, "wage_max": 2500}, Condition.WAGE, None),
        ({"adcode": JINJIANG}, Condition.PLACE, None),
        ({"trade": "电焊工"}, Condition.TRADE, "电焊工"),
        ({"certificates": ("电工证",)}, Condition.CERTIFICATE, "电工证"),
        ({"education": Education.COLLEGE}, Condition.EDUCATION, None),
        ({"age_max": 45}, Condition.AGE, None),
        ({"reserved_for": frozenset({"poverty"})}, Condition.RESERVED, None),
    ],
)
def test_the_condition_that_keeps_most_away_is_named_first(
    changes: dict[str, object], condition: Condition, what: str | None
) -> None:
    worker = replace(SEWER, age=50, education=Education.PRIMARY)
    kept_away = [replace(POST, id=f"v{n}", **changes) for n in range(2)]  # type: ignore[arg-type]
    both = replace(kept_away[0], id="v9", adcode=GUANGHAN, valid_until=None)
    first = removed(worker, POST, *kept_away, both)[0]
    alone = 3 if condition is Condition.PLACE else 2
    assert first == Removal(condition, alone, 3, what)


def test_a_place_that_would_still_be_of_another_trade_is_not_had_by_going_farther() -> None:
    far_and_other = replace(POST, trade="普工", adcode=JINJIANG)
    assert removed(SEWER, far_and_other) == (Removal(Condition.PLACE, 0, 1),)


def test_what_is_skipped_is_not_counted() -> None:
    one = WorkerTable.of([SEWER], knowledge())
    judged = judge(
        one, table(replace(POST, adcode=JINJIANG)), knowledge=knowledge(), options=options()
    )
    assert removals(judged, skip={"v"}) == ()
