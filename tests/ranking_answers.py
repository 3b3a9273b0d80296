"""Workers who answered to what they were shown, and what was learnt of it."""

from __future__ import annotations

import random
import uuid

from bot.services.ranking.learning import built_in
from matching.learning.model import Learned, Verdict
from storage.models import Impression, Recommendation, Vacancy, Worker
from storage.states import Response, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import add_firm, add_vacancy

BUREAU = "510600"


def add_answers(city: City, *, workers: int, each: int, taste: str = "wage") -> None:
    """Let workers answer to `each` showings; only the term `taste` decides."""
    chance = random.Random(3)  # noqa: S311 - an invented town
    now = city.clock.now()

    def work(uow: UnitOfWork) -> None:
        firm = add_firm(uow, now)
        posts = [add_vacancy(uow, now, firm, status=VacancyStatus.PUBLISHED) for _ in range(each)]
        for _ in range(workers):
            worker = _worker(uow, city)
            for post in posts:
                _answer(uow, worker, post, chance=chance, taste=taste)

    def _answer(
        uow: UnitOfWork, worker: Worker, post: Vacancy, *, chance: random.Random, taste: str
    ) -> None:
        terms = {name: round(chance.random(), 3) for name in built_in()}
        is_wanted = chance.random() < (0.9 if terms[taste] > 0.5 else 0.1)
        uow.session.add(
            Impression(
                worker_id=worker.id,
                vacancy_id=post.id,
                at=now,
                place="list",
                position=1,
                score=0.5,
                terms=terms,
            )
        )
        uow.session.add(
            Recommendation(
                worker_id=worker.id,
                vacancy_id=post.id,
                score=0.5,
                first_shown_at=now,
                last_shown_at=now,
                response=Response.APPLIED if is_wanted else Response.NOT_WANTED,
                responded_at=now,
            )
        )

    city.run(work)


def _worker(uow: UnitOfWork, city: City) -> Worker:
    now = city.clock.now()
    return uow.workers.add(
        Worker(
            id=uuid.uuid4(),
            bureau_adcode=BUREAU,
            status=WorkerStatus.SEEKING,
            created_at=now,
            changed_at=now,
        )
    )


def learned(verdict: Verdict = Verdict.BETTER, *, answers: int = 600) -> Learned:
    """What a job may have learnt: lodging counts for more."""
    weights = {**built_in(), "lodging": 6.0}
    return Learned(verdict, answers, 80, 200, weights, weights, 0.512, 0.587, 0.01)
