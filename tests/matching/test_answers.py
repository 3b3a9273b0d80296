from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.answers import LEFT_OUT, Answer, later_counts
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.types import Vacancy, WorkerProfile

SEWING, WELDING, LABOUR = "缝纫工", "电焊工", "普工"
ZHONGJIANG, GUANGHAN, JINJIANG, BAOAN = "510623", "510681", "510104", "440306"
NANHUA, CANGSHAN = "510623102", "510623103"
COUNTIES = (ZHONGJIANG, GUANGHAN, JINJIANG, BAOAN)
WIDER = ("510000", "510600", "510100", "440000", "440300")
AT = {ZHONGJIANG: 0.0, GUANGHAN: 43.0, JINJIANG: 70.0, BAOAN: 1300.0}


class Trades:
    def words(self) -> Sequence[str]:
        return (SEWING, WELDING, LABOUR)

    def relation(self, a: str, b: str, /) -> str:
        return "same" if a == b else "unrelated"

    def skill(self, trade: str, /) -> str:
        return "unskilled" if trade == LABOUR else "skilled"


class Land:
    """Counties along one road; the seat of nothing wider is known."""

    def codes(self) -> Sequence[str]:
        return (*WIDER, *COUNTIES)

    def county_of(self, code: str, /) -> str | None:
        return code[:6] if code[:6] in COUNTIES else None

    def city_of(self, code: str, /) -> str | None:
        return code[:4] + "00" if code[2:4] != "00" else None

    def province_of(self, code: str, /) -> str | None:
        return code[:2] + "0000"

    def seat_distances_km(self, code: str, others: Sequence[str], /) -> Sequence[float | None]:
        return [abs(AT[code] - AT[one]) if code in AT and one in AT else None for one in others]


KNOWLEDGE = Knowledge(relations=Trades(), places=Land())
GUIFANG = WorkerProfile(id="w", home=NANHUA, trades=(SEWING,))
_numbers = itertools.count(1)


def post(**said: object) -> Vacancy:
    """A vacancy like all others but for what is said."""
    usual = Vacancy(
        id=f"v{next(_numbers):08d}", trade=SEWING, adcode=GUANGHAN, wage_max=5000, employer="甲"
    )
    return replace(usual, **said)  # type: ignore[arg-type]


def answered(vacancy: Vacancy, response: str) -> Answer:
    return Answer(
        vacancy.id,
        response,
        vacancy.trade,
        vacancy.wage_max or vacancy.wage_min,
        vacancy.town or vacancy.adcode,
        vacancy.employer,
    )


def counts(
    vacancies: Sequence[Vacancy], *answers: Answer, worker: WorkerProfile = GUIFANG
) -> list[int]:
    """The counts in the order of `vacancies`."""
    table = VacancyTable.of(vacancies, KNOWLEDGE)
    found = later_counts(answers, worker, table, KNOWLEDGE)
    by_id = dict(zip(table.ids, map(int, found), strict=True))
    return [by_id[vacancy.id] for vacancy in vacancies]


def test_nothing_comes_later_before_anything_was_answered() -> None:
    assert counts([post(), post()]) == [0, 0]


@pytest.mark.parametrize("response", ["applied", "too_far", "other", "filled", "not_wanted"])
def test_what_was_answered_never_comes_back(response: str) -> None:
    asked = post(adcode=BAOAN, trade=LABOUR, employer="乙")
    assert counts([asked, post(wage_max=9000)], answered(asked, response)) == [LEFT_OUT, 0]


def test_after_too_far_only_what_is_nearer_keeps_its_place() -> None:
    towns = [post(town=NANHUA, adcode=ZHONGJIANG), post(town=CANGSHAN, adcode=ZHONGJIANG)]
    farther = [post(adcode=GUANGHAN), post(adcode=JINJIANG), post(adcode=BAOAN)]
    answer = answered(post(adcode=GUANGHAN), "too_far")
    assert counts([*towns, *farther], answer) == [0, 0, 1, 1, 1]


def test_a_neighbouring_town_that_is_too_far_leaves_the_own_town() -> None:
    own, other = post(town=NANHUA, adcode=ZHONGJIANG), post(town=CANGSHAN, adcode=ZHONGJIANG)
    assert counts([own, other], answered(post(town=CANGSHAN), "too_far")) == [0, 1]


def test_places_without_a_seat_are_compared_by_city_and_province() -> None:
    asked = post(adcode="440000")
    vague = [post(adcode="510600"), post(adcode="510000"), post(adcode="440300"), post(adcode=None)]
    assert counts(vague, answered(asked, "too_far")) == [0, 0, 1, 0]


def test_the_newest_too_far_counts() -> None:
    far, nearer = post(adcode=JINJIANG), post(adcode=GUANGHAN)
    middle = post(adcode=GUANGHAN)
    both = answered(far, "too_far"), answered(nearer, "too_far")
    assert counts([middle], both[0]) == [0]
    assert counts([middle], *both) == [1]


def test_a_worker_without_home_is_measured_from_the_place_that_is_wanted() -> None:
    worker = WorkerProfile(id="w", trades=(SEWING,), locations=(BAOAN,))
    vacancies = [post(adcode=GUANGHAN), post(adcode=BAOAN)]
    found = counts(vacancies, answered(post(adcode=JINJIANG), "too_far"), worker=worker)
    assert found == [1, 0]


def test_after_low_wages_what_pays_no_more_comes_later() -> None:
    vacancies = [
        post(wage_max=5000),
        post(wage_max=4900),
        post(wage_max=5100),
        post(wage_max=None, wage_min=4000),
        post(wage_max=None),
    ]
    assert counts(vacancies, answered(post(), "wage_low")) == [1, 1, 0, 1, 0]


def test_a_trade_that_cannot_be_done_is_left_out_unless_the_worker_named_it() -> None:
    vacancies = [post(trade=WELDING), post(trade=SEWING), post(trade=LABOUR)]
    answer = answered(post(trade=WELDING), "cannot")
    assert counts(vacancies, answer) == [LEFT_OUT, 0, 0]
    assert counts(vacancies, answered(post(), "cannot")) == [0, 1, 0]
    both = answered(post(trade=LABOUR), "cannot")
    assert counts(vacancies, answer, both) == [LEFT_OUT, 0, LEFT_OUT]


def test_one_unknown_trade_says_nothing_of_another() -> None:
    assert counts([post(trade="收脚印")], answered(post(trade="卖星星"), "cannot")) == [0]


def test_after_not_wanted_the_same_trade_in_the_same_county_comes_later() -> None:
    asked = post(adcode=ZHONGJIANG, town=NANHUA)
    vacancies = [
        post(adcode=ZHONGJIANG, town=CANGSHAN),
        post(adcode=ZHONGJIANG, trade=LABOUR),
        post(adcode=GUANGHAN),
        post(adcode="510600"),
        post(adcode=None),
    ]
    assert counts(vacancies, answered(asked, "not_wanted")) == [1, 0, 0, 0, 0]


def test_after_filled_the_firms_other_posts_of_that_trade_come_later() -> None:
    vacancies = [
        post(adcode=BAOAN),
        post(trade=LABOUR),
        post(employer="乙"),
        post(employer=None),
    ]
    assert counts(vacancies, answered(post(), "filled")) == [1, 0, 0, 0]


def test_every_refused_county_counts_and_not_the_newest_only() -> None:
    vacancies = [post(adcode=ZHONGJIANG), post(adcode=GUANGHAN), post(adcode=BAOAN)]
    answers = [answered(post(adcode=code), "not_wanted") for code in (ZHONGJIANG, GUANGHAN)]
    assert counts(vacancies, *answers) == [1, 1, 0]


def test_faults_add_up_and_what_is_left_out_stays_left_out() -> None:
    here, done = post(adcode=BAOAN), post(adcode=BAOAN, trade=WELDING)
    said = [answered(post(adcode=GUANGHAN), one) for one in ("too_far", "wage_low", "filled")]
    cannot = answered(post(trade=WELDING, adcode=BAOAN), "cannot")
    assert counts([here, done], *said, cannot) == [3, LEFT_OUT]


def test_an_answer_to_an_unlocated_post_of_no_firm_moves_nothing_else() -> None:
    bare = Answer("gone", "too_far"), Answer("gone", "filled"), Answer("gone", "not_wanted")
    assert counts([post(), post(employer=None)], *bare, Answer("gone", "wage_low")) == [0, 0]


posts = st.builds(
    post,
    trade=st.sampled_from([SEWING, WELDING, LABOUR, "别的"]),
    adcode=st.sampled_from([*COUNTIES, "510600", None]),
    wage_max=st.sampled_from([None, 4000, 5000, 6000]),
    employer=st.sampled_from(["甲", "乙", None]),
)
responses = st.sampled_from(["too_far", "wage_low", "cannot", "not_wanted", "filled", "other"])


@given(st.lists(posts, min_size=1, max_size=12), st.lists(st.tuples(posts, responses), max_size=5))
def test_one_more_answer_of_another_kind_never_moves_a_vacancy_forward(
    vacancies: list[Vacancy], said: list[tuple[Vacancy, str]]
) -> None:
    answers = [answered(vacancy, response) for vacancy, response in said]
    kinds = {answer.response for answer in answers}
    before = np.array(counts(vacancies, *answers))
    for response in {"too_far", "wage_low", "cannot", "not_wanted", "filled"} - kinds:
        after = np.array(counts(vacancies, *answers, answered(vacancies[0], response)))
        assert (after >= before).all()
