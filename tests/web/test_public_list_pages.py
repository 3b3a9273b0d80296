"""The public page of a list, and the sheets of the fund behind an officer's link."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from bot.clock import FixedClock
from bot.services.benefits import decisions, public_lists
from bot.web.public_lists import PublicLists
from bot.web.routes import SiteOptions, create_app
from content.catalogue import Catalogue
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import GUIFANG_ID, chongqing, handed_in, officers, registered
from tests.chat import City
from tests.web.remembered_site import RememberedSite

PAGE = "/lists/500000/transport_subsidy"


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    """A city with one published row."""
    city = chongqing(sqlite_database, catalogue, clock)
    first, second = (one.as_officer().id for one in officers(city))
    key = handed_in(city, registered(city, number=GUIFANG_ID))

    def work(uow: UnitOfWork) -> None:
        deployment, application = city.deployment, uow.benefit_applications.need(key)
        one, other = uow.officers.need(first), uow.officers.need(second)
        decisions.propose(uow, deployment, application, one, amount_fen=19850)
        decisions.approve(uow, deployment, application, other)
        public_lists.publish(uow, deployment, one, "transport_subsidy")

    city.run(work)
    return city


def opened(city: City, path: str) -> httpx.Response:
    app = create_app(
        RememberedSite(city.clock),
        texts=city.deployment.catalogue.texts,
        clock=city.clock,
        options=SiteOptions(secure=False, demo=False, bureau="重庆市人社局", phone=""),
        more_routes=PublicLists(city.database, city.deployment, secure=False).routes(),
    )

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(path)

    return asyncio.run(get())


def test_anybody_reads_masked_name_masked_number_and_sum(cq: City) -> None:
    page = opened(cq, PAGE)
    assert page.status_code == 200
    assert "<td>陈*芳</td><td>**************0021</td><td>198.50</td>" in page.text
    assert f"公示到{cq.clock.today() + timedelta(days=7)}" in page.text
    for private in ("陈桂芳", GUIFANG_ID, "13900001111", "建档立卡", "B-0001"):
        assert private not in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_list_whose_time_is_over_is_gone(cq: City) -> None:
    cq.clock.advance(timedelta(days=8))
    assert opened(cq, PAGE).status_code == 404


@pytest.mark.parametrize(
    "path", ["/lists/500000/yulu_3000", "/lists/510600/transport_subsidy", "/lists/500000/%00"]
)
def test_what_was_never_published_is_not_there(cq: City, path: str) -> None:
    assert opened(cq, path).status_code == 404


def test_the_page_speaks_english_too(cq: City) -> None:
    assert "Public list: Travel subsidy" in opened(cq, f"{PAGE}?lang=en").text
