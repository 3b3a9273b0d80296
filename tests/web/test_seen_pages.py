from __future__ import annotations

from datetime import datetime, timedelta

from bot.web.seen_pages import SeenPages
from tests.chat import City


def seen_at(city: City, person_address: str) -> datetime | None:
    row = city.run(lambda uow: uow.addresses.find(city.account_id, person_address))
    assert row is not None
    return row.page_seen_at


async def test_an_open_page_is_noted_at_most_every_ten_minutes(city: City) -> None:
    person = city.person("guifang")
    first = city.clock.now()
    address = city.run(
        lambda uow: (
            uow.addresses.find_or_add(city.account_id, person.address, language="zh", now=first).id
        )
    )
    pages = SeenPages(city.database, city.deployment)
    for _poll in range(3):
        await pages.note(address)
        city.clock.advance(timedelta(minutes=4))
    assert seen_at(city, person.address) == first
    await pages.note(address)
    assert seen_at(city, person.address) == first + timedelta(minutes=12)


async def test_another_replica_does_not_note_it_again(city: City) -> None:
    person = city.person("guifang")
    first = city.clock.now()
    address = city.run(
        lambda uow: (
            uow.addresses.find_or_add(city.account_id, person.address, language="zh", now=first).id
        )
    )
    await SeenPages(city.database, city.deployment).note(address)
    city.clock.advance(timedelta(minutes=9))
    await SeenPages(city.database, city.deployment).note(address)
    assert seen_at(city, person.address) == first
