"""Lists of many workers at once beside each list alone, and beside pairs judged singly."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.pairs import misses, reasons
from matching.ranking import batch
from matching.ranking.answers import LEFT_OUT
from matching.ranking.batch import NOTHING, TopLists, best_lists
from matching.ranking.ordering import judge, rank
from matching.tables.going_wages import going_wages
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Education, Migration, Vacancy, WorkerProfile
from matching.weights import Options
from tests.matching.world import COUNTIES, NANHUA, TODAY, TRADES, knowledge, options

PLACES = (*COUNTIES, "510600", "510000", "500000")
WAGES = st.none() | st.integers(20, 90).map(lambda hundreds: hundreds * 100)
SAID = st.none() | st.booleans()
DAYS = st.none() | st.sampled_from((date(2026, 11, 1), TODAY, date(2026, 12, 24)))
LICENCES = st.just(()) | st.just(("A2|B2",))
GROUPS = st.frozensets(st.sampled_from(("脱贫户", "低保")), max_size=1)

people = st.builds(
    WorkerProfile,
    id=st.text("abc", min_size=1, max_size=3),
    home=st.none() | st.sampled_from((*COUNTIES, NANHUA)),
    trades=st.lists(st.sampled_from(TRADES), max_size=2, unique=True).map(tuple),
    refused_trades=st.lists(st.sampled_from(TRADES), max_size=1).map(tuple),
    migration=st.none() | st.sampled_from(Migration),
    locations=st.lists(st.sampled_from(PLACES), max_size=2).map(tuple),
    excluded_locations=st.lists(st.sampled_from(PLACES), max_size=1).map(tuple),
    wage_min=WAGES,
    age=st.none() | st.integers(16, 70),
    wants_room_board=SAID,
    certificates=st.none() | st.just(()) | st.just(("B2",)),
    groups=GROUPS,
    education=st.none() | st.sampled_from(Education),
    experience=st.none() | st.just((("缝纫工", 1), ("普工", 3))),
    available_from=DAYS,
)
posts = st.builds(
    Vacancy,
    id=st.text("abc", min_size=1, max_size=3),
    trade=st.sampled_from((*TRADES, "不在册")),
    adcode=st.none() | st.sampled_from(PLACES),
    town=st.none() | st.just(NANHUA),
    wage_min=WAGES,
    wage_max=WAGES,
    headcount=st.none() | st.integers(1, 20),
    age_max=st.none() | st.integers(40, 65),
    board=SAID,
    lodging=SAID,
    certificates=LICENCES,
    reserved_for=GROUPS,
    valid_until=DAYS,
    published_on=st.none() | st.just(date(2026, 11, 6)),
    education=st.none() | st.sampled_from(Education),
    experience_years=st.none() | st.integers(0, 3),
    starts_on=DAYS,
    lasts_days=st.none() | st.sampled_from((3, 9, 40)),
    nearby_only=st.booleans(),
    chance=st.sampled_from((0.0, 0.2, 0.5, 0.66, 1.0)),
)
registers = st.lists(people, max_size=9, unique_by=lambda one: one.id)
boards = st.lists(posts, max_size=24, unique_by=lambda one: one.id)


def lists_of(register: list[WorkerProfile], table: VacancyTable, limit: int) -> TopLists:
    workers = WorkerTable.of(register, knowledge())
    return best_lists(
        workers, table, knowledge=knowledge(), options=options_for(table), limit=limit
    )


def options_for(table: VacancyTable) -> Options:
    return Options(today=TODAY, going=going_wages(table, knowledge()).yuan)


def expected(worker: WorkerProfile, table: VacancyTable) -> list[tuple[str, float]]:
    """The whole list by judging every pair: best first, ties ascending by id."""
    alone = WorkerTable.of([worker], knowledge())
    judged = judge(alone, table, knowledge=knowledge(), options=options_for(table))
    rows = judged.ranked().tolist()
    return [(table.ids[row], float(judged.score[row])) for row in rows]


@given(registers, boards, st.integers(1, 6))
def test_many_at_once_have_the_same_lists_as_each_alone(
    register: list[WorkerProfile], board: list[Vacancy], limit: int
) -> None:
    table = VacancyTable.of(board, knowledge())
    lists = lists_of(register, table, limit)
    for row, worker in enumerate(sorted(register, key=lambda one: one.id)):
        alone = rank(worker, table, knowledge=knowledge(), options=options_for(table), limit=limit)
        listed = lists.rows[row][lists.rows[row] != NOTHING].tolist()
        assert [table.ids[one] for one in listed] == [match.vacancy_id for match in alone]
        assert lists.scores[row][: len(alone)].tolist() == [match.score for match in alone]


@given(people, boards, st.integers(1, 6))
def test_a_short_list_is_the_beginning_of_all_pairs_in_order(
    worker: WorkerProfile, board: list[Vacancy], limit: int
) -> None:
    table = VacancyTable.of(board, knowledge())
    found = rank(worker, table, knowledge=knowledge(), options=options_for(table), limit=limit)
    assert [(one.vacancy_id, one.score) for one in found] == expected(worker, table)[:limit]


@given(people, boards, st.integers(1, 6), st.data())
def test_what_comes_later_comes_after_all_that_does_not(
    worker: WorkerProfile, board: list[Vacancy], limit: int, data: st.DataObject
) -> None:
    table = VacancyTable.of(board, knowledge())
    steps = st.sampled_from((0, 0, 1, 3, LEFT_OUT))
    drawn = data.draw(st.lists(steps, min_size=len(table), max_size=len(table)))
    later = np.array(drawn, dtype=np.int8)
    skip = table.ids[:2]
    found = rank(
        worker, table, knowledge=knowledge(), options=options_for(table), limit=limit,
        later=later, skip=skip,
    )  # fmt: skip
    step = dict(zip(table.ids, drawn, strict=True))
    wanted = [one for one in expected(worker, table) if step[one[0]] != LEFT_OUT]
    wanted = [one for one in wanted if one[0] not in skip]
    wanted.sort(key=lambda one: step[one[0]])  # stable: by score within a step
    assert [(one.vacancy_id, one.score) for one in found] == wanted[:limit]


@given(registers, boards)
def test_lists_tell_the_same_reasons_and_misses_as_pairs_judged_singly(
    register: list[WorkerProfile], board: list[Vacancy]
) -> None:
    table = VacancyTable.of(board, knowledge())
    lists = lists_of(register, table, 4)
    for row, worker in enumerate(sorted(register, key=lambda one: one.id)):
        alone = WorkerTable.of([worker], knowledge())
        judged = judge(alone, table, knowledge=knowledge(), options=options_for(table))
        listed = lists.rows[row][lists.rows[row] != NOTHING]
        told = judged.told(listed)
        for place, match in enumerate(told):
            assert reasons.codes_in(int(lists.reasons[row, place])) == tuple(
                reason.code for reason in match.reasons
            )
            assert misses.codes_in(int(lists.misses[row, place])) == tuple(
                miss.code for miss in match.misses
            )


@given(registers, boards)
def test_one_vacancy_judged_with_all_workers_is_judged_as_with_each(
    register: list[WorkerProfile], board: list[Vacancy]
) -> None:
    workers = WorkerTable.of(register, knowledge())
    for vacancy in board[:3]:
        table = VacancyTable.of([vacancy], knowledge())
        together = judge(workers, table, knowledge=knowledge(), options=options())
        for row, worker in enumerate(sorted(register, key=lambda one: one.id)):
            alone = judge(
                WorkerTable.of([worker], knowledge()), table, knowledge=knowledge(),
                options=options(),
            )  # fmt: skip
            assert together.bits[row] == alone.bits[0]
            assert together.score[row] == alone.score[0]


def test_blocks_of_any_size_give_the_same_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    register = [
        WorkerProfile(id=f"{n:02}", home=COUNTIES[n % 8], trades=(TRADES[n % 7],))
        for n in range(20)
    ]
    board = [
        Vacancy(
            id=f"{n:03}", trade=TRADES[n % 5], adcode=COUNTIES[n % 7], wage_min=3000 + 100 * (n % 9)
        )
        for n in range(60)
    ]
    table = VacancyTable.of(board, knowledge())
    whole = lists_of(register, table, 5)
    monkeypatch.setattr(batch, "PAIRS_A_BLOCK", 130)  # two workers a block
    parts = lists_of(register, table, 5)
    assert np.array_equal(whole.rows, parts.rows)
    assert np.array_equal(whole.scores, parts.scores)


def test_without_vacancies_every_list_is_empty() -> None:
    lists = lists_of([WorkerProfile(id="w")], VacancyTable.of([], knowledge()), 3)
    assert lists.rows.tolist() == [[NOTHING] * 3]


def test_without_workers_there_are_no_lists() -> None:
    table = VacancyTable.of([Vacancy(id="v", trade="普工")], knowledge())
    assert len(lists_of([], table, 3)) == 0
