"""Links and codes that open nothing any more are deleted."""

from __future__ import annotations

from datetime import timedelta

from bot.scheduler import links_forgotten
from bot.scheduler.jobs import DAY, JOBS
from bot.scheduler.ticks import Tick
from bot.services.people import joining
from bot.services.sending import documents, return_links
from storage.models import DocumentLink, JoinCode, Officer, ReturnLink
from storage.repositories.old_links import OldLinks
from storage.states import LinkPurpose
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.worker_world import address_of, registered

EXPIRED = "这个链接过期了"


def forget(city: City) -> int:
    return links_forgotten.forget(Tick(city.database, city.app.engine, [city.account_id]))


def kept(city: City) -> tuple[int, int, int]:
    def count(uow: UnitOfWork) -> tuple[int, int, int]:
        links, codes, sheets = (
            uow.session.query(kind).count() for kind in (ReturnLink, JoinCode, DocumentLink)
        )
        return links, codes, sheets

    return city.run(count)


def make_one_of_each(city: City) -> str:
    """Make a link, a card, a code and a sheet; return the link's token."""
    city.officer()
    page = city.person("guifang")
    worker = registered(page)

    def make(uow: UnitOfWork) -> str:
        known = uow.workers.need(worker.id)
        return_links.make(uow, city.deployment, known, purpose=LinkPurpose.CARD)
        joining.make_code(uow, city.deployment, known, address_of(uow, page))
        officer = uow.session.query(Officer).one()
        documents.link(uow, city.deployment, officer, kind=documents.CARD, subject="x")
        return return_links.make(uow, city.deployment, known)

    return city.run(make)


def test_links_are_deleted_thirty_days_after_they_expired(city_on_both: City) -> None:
    city = city_on_both
    make_one_of_each(city)
    assert kept(city) == (2, 1, 1)
    city.clock.advance(timedelta(days=29))
    assert forget(city) == 0
    city.clock.advance(timedelta(days=2))
    assert forget(city) == 2
    assert kept(city) == (2, 0, 0)
    city.clock.advance(timedelta(days=7))
    assert forget(city) == 1
    assert kept(city) == (1, 0, 0)
    city.clock.advance(timedelta(days=180))
    assert forget(city) == 1


def test_a_link_that_expired_lately_still_says_so(city: City) -> None:
    token = make_one_of_each(city)
    city.clock.advance(timedelta(days=8))
    forget(city)
    assert city.person("a new page").says(f"/start r_{token}")[0].startswith(EXPIRED)


def test_many_links_are_deleted_a_batch_at_a_time(city: City) -> None:
    worker = registered(city.person("guifang"))
    wanted = [return_links.Wanted(worker.id)] * (2 * links_forgotten.AT_ONCE + 1)
    city.run(lambda uow: len(return_links.make_all(uow, city.deployment, wanted)))
    city.clock.advance(timedelta(days=40))
    before = city.clock.now()
    first = city.run(
        lambda uow: OldLinks(uow.session).forget_before(before, limit=links_forgotten.AT_ONCE)
    )
    assert first == links_forgotten.AT_ONCE
    assert forget(city) == links_forgotten.AT_ONCE + 1
    assert kept(city) == (0, 0, 0)


def test_they_are_looked_for_once_a_day() -> None:
    (job,) = [job for job in JOBS if job.run is links_forgotten.forget]
    assert job.every == DAY
