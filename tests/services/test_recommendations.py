from __future__ import annotations

import uuid

import pytest

from bot.services.people import workers
from bot.services.ranking.recommendations import recommend, respond
from bot.services.ranking.responses import remember, remembered, responded
from matching.types import WorkerProfile
from storage.models import Recommendation
from storage.states import Response, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    CANGSHAN,
    LABOUR,
    NANHUA,
    SEWING,
    add_firm,
    add_vacancy,
    add_worker,
    close,
    publish_new,
)


@pytest.fixture
def guifang(city_on_both: City) -> uuid.UUID:
    """A worker and four vacancies that suit her, near and far, well and badly paid."""
    city = city_on_both

    def work(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        firm = add_firm(uow, now)
        add_vacancy(uow, now, firm, title="近的", town=NANHUA, wage=(4000, 4400))
        add_vacancy(uow, now, firm, title="同县", town=CANGSHAN, wage=(5000, 6000))
        add_vacancy(uow, now, firm, title="同县高", town=CANGSHAN, wage=(6000, 8000))
        add_vacancy(uow, now, firm, title="普工", trade=LABOUR, town=NANHUA, wage=(4200, 4600))
        return add_worker(uow, now).id

    worker_id = city.run(work)
    city.database.read(city.deployment.board.refresh)
    return worker_id


def titles(city: City, worker_id: uuid.UUID, *, limit: int = 4) -> list[str]:
    def work(uow: UnitOfWork) -> list[str]:
        found = recommend(
            uow, city.deployment, profile(uow, city, worker_id), worker_id=worker_id, limit=limit
        )
        return [item.vacancy.title for item in found]

    return city.run(work)


def profile(uow: UnitOfWork, city: City, worker_id: uuid.UUID) -> WorkerProfile:
    draft = workers.draft_of(uow.workers.need(worker_id), {})
    return workers.profile_of(draft, key=worker_id.hex, today=city.clock.today())


def answer(city: City, worker_id: uuid.UUID, title: str, response: Response) -> None:
    def work(uow: UnitOfWork) -> None:
        vacancy = next(row for row in uow.vacancies.published() if row.title == title)
        respond(uow, city.deployment, worker_id, vacancy.id, response)

    city.run(work)


def test_what_was_shown_is_noted_once_for_each_vacancy(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    titles(city_on_both, guifang)
    titles(city_on_both, guifang)

    def counts(uow: UnitOfWork) -> list[int]:
        return [row.times_shown for row in uow.session.query(Recommendation).all()]

    assert city_on_both.run(counts) == [2, 2, 2, 2]


@pytest.mark.parametrize("response", [Response.NOT_WANTED, Response.OTHER, Response.TOO_FAR])
def test_a_refused_vacancy_never_comes_back(
    city_on_both: City, guifang: uuid.UUID, response: Response
) -> None:
    first = titles(city_on_both, guifang)[0]
    answer(city_on_both, guifang, first, response)
    assert first not in titles(city_on_both, guifang)


def test_after_too_far_the_nearer_ones_come_first(city_on_both: City, guifang: uuid.UUID) -> None:
    answer(city_on_both, guifang, "同县高", Response.TOO_FAR)
    assert titles(city_on_both, guifang)[-1] == "同县"


def test_after_wage_low_the_better_paid_come_first(city_on_both: City, guifang: uuid.UUID) -> None:
    answer(city_on_both, guifang, "普工", Response.WAGE_LOW)
    assert titles(city_on_both, guifang)[-1] == "近的"


def test_after_cannot_the_trade_is_left_out(city_on_both: City, guifang: uuid.UUID) -> None:
    def more_labour(uow: UnitOfWork) -> None:
        now = city_on_both.clock.now()
        add_vacancy(uow, now, add_firm(uow, now), title="普工二", trade=LABOUR)

    city_on_both.run(more_labour)
    city_on_both.database.read(city_on_both.deployment.board.refresh)
    assert "普工二" in titles(city_on_both, guifang, limit=5)
    answer(city_on_both, guifang, "普工", Response.CANNOT)
    assert "普工二" not in titles(city_on_both, guifang, limit=5)


def test_after_cannot_her_own_trade_comes_later_but_stays(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    answer(city_on_both, guifang, "同县高", Response.CANNOT)
    assert titles(city_on_both, guifang)[0] == "普工"


def test_a_vacancy_closed_since_the_board_was_read_is_not_shown(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    def close_first(uow: UnitOfWork) -> None:
        key = next(row.id for row in uow.vacancies.published() if row.title == "同县高")
        close(uow, city_on_both.deployment, key)

    city_on_both.run(close_first)
    assert "同县高" not in titles(city_on_both, guifang)
    assert len(city_on_both.deployment.board.table) == 4


def test_the_same_question_gives_the_same_list(city_on_both: City, guifang: uuid.UUID) -> None:
    assert titles(city_on_both, guifang) == titles(city_on_both, guifang)


def test_answers_before_registration_are_kept_as_plain_json(city: City) -> None:
    memory: dict[str, object] = {}

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        vacancy = add_vacancy(uow, now, add_firm(uow, now), trade=SEWING)
        remember(memory, responded(vacancy, Response.TOO_FAR))
        remember(memory, responded(vacancy, Response.WAGE_LOW))
        assert [(item.response, item.wage) for item in remembered(memory)] == [
            (Response.WAGE_LOW, 5500)
        ]

    city.run(work)


def test_the_reasons_for_which_people_are_left_out_are_counted(city_on_both: City) -> None:
    city = city_on_both

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        add_worker(uow, now, status=WorkerStatus.EMPLOYED)
        vacancy, published = publish_new(uow, city.deployment, add_firm(uow, now))
        counts = uow.recommendations.left_out_counts(vacancy.id)
        assert sum(counts.values()) == 1
        assert counts == published.left_out

    city.run(work)
