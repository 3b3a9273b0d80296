"""A register and open vacancies, for tests of what ranks and tells everybody at once."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from sqlalchemy import select, update

from bot.scheduler.register_ranking import RegisterRanking
from bot.services.ranking import nightly_ranking
from bot.services.ranking.nightly import Power
from bot.services.serial_executor import SerialExecutor
from storage.models import Delivery, RankingChunk, RankingRun, Recommendation
from storage.states import DeliveryKind, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    GUANGHAN,
    JINGYANG,
    LABOUR,
    SEWING,
    WELDING,
    ZHONGJIANG,
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
)

TRADES = (SEWING, WELDING, LABOUR)
COUNTIES = (ZHONGJIANG, GUANGHAN, JINGYANG)
IN_PROCESS = Power(SerialExecutor(), 1)
SMALL = 7


def add_register(city: City, count: int, *, seed: int = 1) -> list[uuid.UUID]:
    """Store workers of all kinds, each with a page; return their keys, ascending."""
    chance = random.Random(seed)  # noqa: S311 - draws test data

    def add(uow: UnitOfWork) -> list[uuid.UUID]:
        now = city.clock.now()
        return sorted(
            add_worker(
                uow,
                now,
                address=add_address(uow, city.account_id, now, f"page {seed} {number}"),
                trades=(chance.choice(TRADES),),
                home=chance.choice(COUNTIES),
                migration=chance.choice(["in_county", "in_province", None]),
                wage_min=chance.choice([None, 4000, 5000]),
                birth_year=chance.choice([None, 1968, 1985]),
            ).id
            for number in range(count)
        )

    return city.run(add)


def add_openings(
    city: City, count: int, *, headcount: int | None = 1, seed: int = 1
) -> list[uuid.UUID]:
    """Open vacancies of all kinds; return their keys, ascending."""
    chance = random.Random(seed)  # noqa: S311 - draws test data

    def add(uow: UnitOfWork) -> list[uuid.UUID]:
        now = city.clock.now()
        firm = add_firm(uow, now)
        return sorted(
            add_vacancy(
                uow,
                now,
                firm,
                trade=chance.choice(TRADES),
                adcode=chance.choice(COUNTIES),
                town=None,
                wage=(4000, chance.choice([4800, 5500, 6500])),
                headcount=headcount,
                age_max=chance.choice([None, 50]),
            ).id
            for _ in range(count)
        )

    return city.run(add)


def begun(city: City, *, size: int = SMALL) -> uuid.UUID:
    """Open today's run in small chunks; one that there is begins again."""

    def begin(uow: UnitOfWork) -> uuid.UUID:
        now, day = city.clock.now(), city.clock.today()
        run = uow.ranking_runs.open(city.deployment.bureau_adcode, day, now=now, size=size)
        uow.ranking_runs.begin_again(run, now=now, size=size)
        return run.id

    return city.run(begin)


def replica(city: City) -> RegisterRanking:
    """Return a process that works on today's run."""
    return RegisterRanking(city.database, city.deployment, city.clock.today())


def lists_of(city: City, run_id: uuid.UUID) -> dict[uuid.UUID, bytes]:
    """Return the stored lists of a run."""
    return dict(city.run(lambda uow: list(uow.ranking_runs.lists(run_id))))


def ranked(city: City, power: Power = IN_PROCESS) -> dict[uuid.UUID, bytes]:
    """Rank everybody anew; return the lists."""
    run_id = begun(city)
    replica(city).rank(run_id, power)
    return lists_of(city, run_id)


def run_of_today(city: City) -> RankingRun | None:
    """Return today's run, if there is one."""
    bureau, day = city.deployment.bureau_adcode, city.clock.today()
    return city.run(lambda uow: uow.ranking_runs.of_day(bureau, day))


def pushes(city: City) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return (vacancy, worker) of every push that was queued and not skipped, in order."""

    def read(uow: UnitOfWork) -> list[tuple[uuid.UUID, uuid.UUID]]:
        rows = uow.session.execute(
            select(Delivery.subject_id, Delivery.worker_id).where(
                Delivery.kind == DeliveryKind.VACANCY, Delivery.status != DeliveryStatus.SKIPPED
            )
        )
        return sorted((vacancy, worker) for vacancy, worker in rows if vacancy and worker)

    return city.run(read)


def recommended(city: City) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return (vacancy, worker) of whom it is noted that they were told."""

    def read(uow: UnitOfWork) -> list[tuple[uuid.UUID, uuid.UUID]]:
        rows = uow.session.execute(
            select(Recommendation.vacancy_id, Recommendation.worker_id).where(
                Recommendation.pushed.is_(True)
            )
        )
        return sorted((vacancy, worker) for vacancy, worker in rows)

    return city.run(read)


def holders_die(city: City) -> None:
    """Let every lease end, as if whoever holds one had died."""

    def end(uow: UnitOfWork) -> None:
        started = city.clock.now() - timedelta(days=36_500)
        uow.session.execute(
            update(RankingChunk)
            .where(RankingChunk.leased_until.is_not(None))
            .values(leased_until=started)
        )

    city.run(end)


def open_run(city: City) -> uuid.UUID | None:
    """Open today's run as the ticks do."""
    return city.run(lambda uow: nightly_ranking.open_run(uow, city.deployment, city.clock.today()))
