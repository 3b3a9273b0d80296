"""People who wait for a vacancy, for tests of their wishes."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select

from bot.services.ranking import saved_wishes
from bot.services.ranking.changes import Condition
from bot.services.ranking.wish_firing import FIRED_KEY, fitting
from storage.models import Delivery, SavedWish
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import add_address, add_firm, add_vacancy, add_worker


def waiting(city: City, name: str, *, let_go: tuple[Condition, ...] = ()) -> uuid.UUID:
    """Store a sewer who waits from now on; return the wish."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        address = add_address(uow, city.account_id, now, f"page of {name}")
        worker = add_worker(uow, now, name=name, address=address)
        return saved_wishes.save(uow, city.deployment, worker, address, let_go=let_go).id

    found = city.run(work)
    city.clock.advance(timedelta(seconds=1))
    return found


def opened(city: City, **parts: object) -> uuid.UUID:
    """Open a sewing vacancy nobody is told of; return it."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        return add_vacancy(uow, now, add_firm(uow, now), **parts).id  # type: ignore[arg-type]

    return city.run(work)


def wish_of(city: City, wish_id: uuid.UUID) -> SavedWish:
    return city.run(lambda uow: uow.saved_wishes.need(wish_id))


def told(city: City, wish_id: uuid.UUID) -> list[uuid.UUID | None]:
    """Return of which vacancies the one who waits was told as having waited."""

    def read(uow: UnitOfWork) -> list[uuid.UUID | None]:
        worker_id = uow.saved_wishes.need(wish_id).worker_id
        rows = uow.session.scalars(
            select(Delivery.subject_id).where(
                Delivery.worker_id == worker_id, Delivery.text_key == FIRED_KEY
            )
        )
        return list(rows)

    return city.run(read)


def change_worker(city: City, wish_id: uuid.UUID, **values: object) -> None:
    def work(uow: UnitOfWork) -> None:
        worker = uow.workers.need(uow.saved_wishes.need(wish_id).worker_id)
        for name, value in values.items():
            setattr(worker, name, value)

    city.run(work)


def worker_of(uow: UnitOfWork, wish_id: uuid.UUID) -> uuid.UUID:
    return uow.saved_wishes.need(wish_id).worker_id


def looked(city: City) -> list[tuple[uuid.UUID, list[uuid.UUID]]]:
    """Look at all wishes as a tick does; return what fits whom."""
    deployment = city.deployment
    everybody = city.run(lambda uow: saved_wishes.waiting(uow, deployment))
    found = fitting(deployment, everybody)
    return city.run(
        lambda uow: saved_wishes.unknown_fits(uow, deployment, everybody=everybody, fits=found)
    )
