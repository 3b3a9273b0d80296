"""What looks like fraud is found in sets first; of old payments the facts are not read again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.services.benefits import fund
from bot.services.benefits.alerts import Alert
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import officers
from tests.chat import City, Person
from tests.services.benefits.fund_books import Books, in_books


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


def test_old_honest_payments_cost_no_statement_each(cq: City, pair: tuple[Person, Person]) -> None:
    ids = in_books(pair)
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    def work(uow: UnitOfWork) -> set[Alert]:
        nonlocal statements
        books = Books(cq, uow, ids)
        long_ago = cq.clock.today() - timedelta(days=700)
        for number in range(30):
            books.paid(books.person(), ticket=f"HONEST{number:05d}", on=long_ago)
        for _ in range(2):
            books.paid(books.person(), ticket="SHARED12345", on=long_ago)
        officer = uow.officers.need(ids[0])
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", count)
        found = fund.suspicions(uow, cq.deployment, officer)
        event.remove(connection, "before_cursor_execute", count)
        assert len(found) == 2
        return {each.alert for one in found for each in one.found}

    assert cq.run(work) == {Alert.SAME_TICKET}
    assert statements < 100
