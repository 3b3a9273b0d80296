"""From answers to weights: what counts, when they are used, and how they reach every replica."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.scheduler import weights_learned
from bot.scheduler.ticks import Tick
from bot.services.ranking import impressions, learning
from bot.services.ranking.learning import built_in
from bot.services.ranking.vacancy_board import VacancyBoard
from content.catalogue import Catalogue
from matching.learning.model import Learned, Verdict
from matching.types import Match
from matching.weights import Weights
from storage.models import Impression, Recommendation
from storage.states import Response
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.ranking_answers import BUREAU, add_answers, learned
from tests.services.job_world import add_firm, add_vacancy, add_worker


def runs(city: City) -> int:
    return weights_learned.learn(Tick(city.database, city.app.engine, [city.account_id]))


def state(city: City) -> learning.State:
    return city.run(lambda uow: learning.state_of(uow, city.deployment))


def keeps(city: City, found: Learned) -> bool:
    city.clock.advance(timedelta(days=1))
    return city.run(lambda uow: learning.keep(uow, city.deployment, found))


def test_answers_of_many_workers_become_the_weights_in_force(city_on_both: City) -> None:
    add_answers(city_on_both, workers=60, each=12, taste="lodging")
    assert runs(city_on_both) == 1
    found = state(city_on_both)
    assert found.verdict is Verdict.BETTER
    assert found.in_force
    assert found.weights["lodging"] > 2 * built_in()["lodging"]
    assert sum(found.weights.values()) == pytest.approx(sum(built_in().values()), abs=0.01)
    assert found.newest is not None
    assert (found.newest.answers, found.newest.model["workers"]) == (720, 60)


def test_a_day_without_new_answers_teaches_nothing_new(city_on_both: City) -> None:
    add_answers(city_on_both, workers=5, each=2)
    assert runs(city_on_both) == 1
    assert runs(city_on_both) == 0


def test_as_many_answers_that_say_something_else_are_learnt_from(city_on_both: City) -> None:
    city = city_on_both
    first = learned(Verdict.BETTER)
    other = replace(first, weights={**first.weights, "lodging": 0.25})
    assert keeps(city, first)
    assert not keeps(city, first)
    assert keeps(city, other)
    assert state(city).weights["lodging"] == 0.25


def test_too_few_answers_leave_the_built_in_weights(city_on_both: City) -> None:
    add_answers(city_on_both, workers=5, each=10, taste="lodging")
    runs(city_on_both)
    found = state(city_on_both)
    assert found.verdict is Verdict.TOO_FEW_ANSWERS
    assert (found.in_force, found.weights) == (False, built_in())


@pytest.mark.parametrize(
    ("response", "counted"),
    [("applied", 1), ("too_far", 1), ("other", 1), ("filled", 0), (None, 0)],
)
def test_only_what_tells_of_a_workers_taste_counts(
    city_on_both: City, response: str | None, counted: int
) -> None:
    said = None if response is None else Response(response)
    answer_to_one(city_on_both, said, shown=[0])
    assert len(gathered(city_on_both)) == counted


def test_an_answer_belongs_to_the_last_showing_before_it(city_on_both: City) -> None:
    answer_to_one(city_on_both, Response.APPLIED, shown=[0, 2, 9], answered_on=4)
    (terms,) = gathered(city_on_both)
    assert terms[0] == pytest.approx(0.2)


def test_a_showing_that_was_never_kept_teaches_nothing(city_on_both: City) -> None:
    answer_to_one(city_on_both, Response.APPLIED, shown=[])
    assert gathered(city_on_both) == []


def test_answers_of_more_than_a_year_ago_are_forgotten(city_on_both: City) -> None:
    answer_to_one(city_on_both, Response.APPLIED, shown=[0])
    city_on_both.clock.advance(timedelta(days=366))
    assert gathered(city_on_both) == []


def gathered(city: City) -> list[list[float]]:
    """The terms of what can be learnt from, trade first."""
    found = city.database.read(lambda uow: learning.gather(uow, city.deployment))
    rows: list[list[float]] = found.terms.tolist()
    return rows


def answer_to_one(
    city: City, response: Response | None, *, shown: list[int], answered_on: int = 0
) -> None:
    """Show a post on some days, with a tenth of the day's number as the trade's term."""
    start = city.clock.now()

    def day(number: int) -> datetime:
        return start + timedelta(days=number)

    def work(uow: UnitOfWork) -> None:
        post = add_vacancy(uow, start, add_firm(uow, start))
        worker = add_worker(uow, start)
        uow.session.add(
            Recommendation(
                worker_id=worker.id,
                vacancy_id=post.id,
                score=0.5,
                first_shown_at=start,
                last_shown_at=start,
                response=response,
                responded_at=day(answered_on) if response else None,
            )
        )
        for number in shown:
            uow.session.add(
                Impression(
                    worker_id=worker.id,
                    vacancy_id=post.id,
                    at=day(number),
                    place="list",
                    position=1,
                    score=0.5,
                    terms={"trade": number / 10},
                )
            )

    city.run(work)


def test_a_better_guess_is_used_and_a_worse_one_ends_it(city: City) -> None:
    assert keeps(city, learned())
    assert state(city).in_force
    assert keeps(city, learned(Verdict.NOT_BETTER, answers=400))
    assert not state(city).in_force
    assert state(city).weights == built_in()


def test_switched_off_weights_stay_off_when_more_is_learnt(city: City) -> None:
    officer = city.officer().as_officer()
    keeps(city, learned())
    assert city.run(lambda uow: learning.switch(uow, city.deployment, officer, on=False))
    keeps(city, learned(answers=900))
    assert not state(city).in_force
    assert city.run(lambda uow: learning.switch(uow, city.deployment, officer, on=True))
    assert state(city).in_force
    newest = state(city).newest
    assert newest is not None
    assert newest.answers == 900


def test_switching_twice_changes_nothing(city: City) -> None:
    officer = city.officer().as_officer()
    keeps(city, learned())
    assert not city.run(lambda uow: learning.switch(uow, city.deployment, officer, on=True))


def test_a_countys_officer_does_not_switch_for_the_whole_city(city: City) -> None:
    officer = city.officer(scope="510623").as_officer()
    keeps(city, learned())
    with pytest.raises(UserError):
        city.run(lambda uow: learning.switch(uow, city.deployment, officer, on=False))
    assert state(city).in_force


def test_every_replica_ranks_by_learnt_weights_after_its_next_refresh(
    city_on_both: City, catalogue: Catalogue
) -> None:
    city = city_on_both
    officer = city.officer().as_officer()
    replicas = [VacancyBoard(catalogue), city.deployment.board]
    for board in replicas:
        city.database.read(board.refresh)
    keeps(city, learned())
    for board in replicas:
        assert board.weights_of(BUREAU) == Weights()
        city.database.read(board.refresh)
        assert board.weights_of(BUREAU).lodging == 6.0
    city.run(lambda uow: learning.switch(uow, city.deployment, officer, on=False))
    for board in replicas:
        city.database.read(board.refresh)
        assert board.weights_of(BUREAU) == Weights()


def test_a_refresh_without_news_reads_a_few_marks_only(city: City) -> None:
    keeps(city, learned())
    city.app.refresh_board()
    standing = city.deployment.board.standing_of(BUREAU)
    city.app.refresh_board()
    assert city.deployment.board.standing_of(BUREAU) is standing


def test_another_bureaus_weights_are_its_own(city: City) -> None:
    keeps(city, learned())
    city.app.refresh_board()
    assert city.deployment.board.weights_of("500100") == Weights()


def test_showings_name_the_weights_they_were_ranked_by(city: City) -> None:
    keeps(city, learned())
    city.app.refresh_board()
    newest = state(city).newest
    assert newest is not None

    def show(uow: UnitOfWork) -> None:
        now = city.clock.now()
        post, worker = add_vacancy(uow, now, add_firm(uow, now)), add_worker(uow, now)
        match = Match(post.id.hex, worker.id.hex, 0.5, (), (), ())
        showings = [impressions.Showing(worker.id, match)]
        impressions.note(uow, city.deployment, showings, place=impressions.Place.LIST)

    city.run(show)
    used = city.run(lambda uow: uow.session.scalars(select(Impression.weights_id)).all())
    assert used == [newest.id]


def test_a_preview_counts_the_lists_that_would_begin_with_another_vacancy(city: City) -> None:
    near, paid = {"place": 1.0, "wage": 0.0}, {"place": 0.0, "wage": 1.0}
    show_lists(city, [[(0, near), (0, paid)], [(0, near), (1, paid)], [(0, near)]])
    after = {"place": 1.0, "wage": 9.0}
    found = city.run(lambda uow: learning.preview(uow, city.deployment, after=after))
    assert (found.lists, found.changed) == (2, 1)


def show_lists(city: City, lists: list[list[tuple[int, dict[str, float]]]]) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        post = add_vacancy(uow, now, add_firm(uow, now))
        for number, one in enumerate(lists):
            worker = add_worker(uow, now, phone=f"139{number:08d}")
            for position, (misses, terms) in enumerate(one, start=1):
                uow.session.add(
                    Impression(
                        worker_id=worker.id,
                        vacancy_id=post.id,
                        at=now,
                        place="list",
                        position=position,
                        score=0.5,
                        misses=[["wage_below", 1]] * misses,
                        terms=terms,
                    )
                )

    city.run(work)
