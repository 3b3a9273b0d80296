"""Lets messages about vacancies that ended, or opened again, say so where they are very many."""

from __future__ import annotations

import functools
from uuid import UUID

from bot.scheduler.ticks import Tick
from bot.services.deployment import Deployment
from bot.services.sending.one_by_one import succeeds
from bot.services.vacancies import vacancy_edits
from storage.unit_of_work import UnitOfWork

JOB = "sent_vacancies"


def edit(tick: Tick) -> int:
    """Change what was sent, a stretch of each vacancy in turn; return how many messages."""
    done = 0
    going = tick.database.read(vacancy_edits.noted)
    while going:
        looked = [
            tick.database.run(functools.partial(_stretch, deployment=tick.deployment, key=key))
            for key in going
        ]
        done += sum(count for count, _is_more in looked)
        going = [key for key, (_count, is_more) in zip(going, looked, strict=True) if is_more]
    return done


def _stretch(uow: UnitOfWork, *, deployment: Deployment, key: UUID) -> tuple[int, bool]:
    found = (0, False)

    def work() -> bool:
        nonlocal found
        found = vacancy_edits.edit_stretch(uow, deployment, key)
        return True

    succeeds(uow, work, job=JOB, kind="vacancy", key=key)
    return found
