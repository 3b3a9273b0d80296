from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from bot.clock import FixedClock
from bot.services.cases import hand_over
from content.catalogue import Catalogue
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.officer_world import add_address


def test_lines_in_both_directions_at_the_same_instant_do_not_wait_for_each_other(
    postgres_database: Database, catalogue: Catalogue, clock: FixedClock
) -> None:
    city = City(postgres_database, catalogue, clock)
    one = add_address(city, city.person("one"))
    other = add_address(city, city.person("other"))
    both_hold = threading.Barrier(2, timeout=20)

    def speaks(speaker: UUID, listener: UUID) -> None:
        def carry(uow: UnitOfWork) -> None:
            uow.addresses.lock(speaker)
            both_hold.wait()
            to = uow.addresses.need(listener)
            hand_over.send_line(
                uow, city.deployment, to, "在吗", about=one, origin=f"line:{speaker.hex}"
            )

        city.run(carry)

    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(speaks, one, other), threads.submit(speaks, other, one)]
        for thread in running:
            thread.result(timeout=30)
    assert city.run(lambda uow: uow.officers.last_line_at(one)) == city.clock.now()
