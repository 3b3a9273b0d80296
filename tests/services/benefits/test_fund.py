"""The fund's books: sums to the fen, and every row that looks like fraud."""

from __future__ import annotations

import functools
from datetime import date

import pytest

from bot.services.benefits import fund, identity
from bot.services.benefits.alerts import Alert
from bot.services.benefits.fund import Programme
from bot.services.benefits.sums import yuan_words
from storage.benefit_states import BenefitStatus
from storage.models import OutsidePayment
from storage.repositories.benefit_ledger import BenefitLedger
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import CHONGQING, SHIZHU
from tests.chat import City, Person
from tests.services.benefits.fund_books import TRANSPORT, Books, in_books, number_of


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return cq.officer("周明", scope="50"), cq.officer("李红", scope="50")


def honest_and_twice(books: Books) -> dict[int, set[Alert]]:
    """Write honest ones, and what was asked for or paid twice."""
    wanted: dict[int, set[Alert]] = {}
    for number in range(20):
        books.paid(books.person(), ticket=f"HONEST{number:05d}", fen=15000 + number)
    twice = books.person()
    first = books.paid(twice)
    again = books.paid(twice)
    for row in (first, again):
        wanted[row.number] = {Alert.ALREADY_RECEIVED, Alert.EXCLUDED}
    waiting = books.person()
    for _ in range(2):
        row = books.paid(waiting, status=BenefitStatus.APPROVED)
        wanted[row.number] = {Alert.DUPLICATE}
    for _ in range(3):
        row = books.paid(books.person(), ticket="SHARED12345")
        wanted[row.number] = {Alert.SAME_TICKET}
    return wanted


def against_the_rule(books: Books) -> dict[int, set[Alert]]:
    """Write what the rule, the register or another department speaks against."""
    wanted: dict[int, set[Alert]] = {}
    elsewhere = books.person()
    row = books.paid(elsewhere)
    payment = OutsidePayment(
        bureau_adcode=CHONGQING,
        id_index=identity.id_index(books.uow, number_of(books.count)),
        code=TRANSPORT,
        department="区乡村振兴局",
        amount_fen=19850,
        paid_on=books.city.clock.today(),
    )
    assert books.uow.benefit_applications.add_payments(CHONGQING, [payment]) == 1
    wanted[row.number] = {Alert.OUTSIDE_PAYMENT, Alert.EXCLUDED}
    row = books.paid(books.person(categories=("低保",)))
    wanted[row.number] = {Alert.EXCLUDED}
    row = books.paid(books.person(), answers={"trip.mode": "plane"})
    wanted[row.number] = {Alert.EXCLUDED}
    row = books.paid(books.person(), answers={"trip.to_county": SHIZHU})
    wanted[row.number] = {Alert.EXCLUDED}
    row = books.paid(books.person(), fen=19851)
    wanted[row.number] = {Alert.ABOVE_RULE}
    row = books.paid(books.person(has_id=False))
    wanted[row.number] = {Alert.NO_ID_NUMBER}
    row = books.paid(books.person(), approver=books.pair[0])
    wanted[row.number] = {Alert.ONE_PAIR_OF_EYES}
    return wanted


def test_every_seeded_fraud_is_found_and_nobody_honest(
    cq: City, pair: tuple[Person, Person]
) -> None:
    ids = in_books(pair)

    def work(uow: UnitOfWork) -> tuple[dict[int, set[Alert]], dict[int, set[Alert]]]:
        books = Books(cq, uow, ids)
        wanted = {**honest_and_twice(books), **against_the_rule(books)}
        found = {
            one.application.number: {each.alert for each in one.found}
            for one in fund.suspicions(uow, cq.deployment, uow.officers.need(ids[0]))
        }
        return found, wanted

    found, wanted = cq.run(work)
    assert found == wanted


def test_sums_by_programme_equal_the_rows_and_the_database_to_the_fen(
    cq: City, pair: tuple[Person, Person]
) -> None:
    ids = in_books(pair)
    sums = {
        code: [number * factor % 99_991 + 1 for number in range(60)]
        for code, factor in ((TRANSPORT, 7_919), ("yulu_3000", 6_271))
    }

    def work(uow: UnitOfWork) -> tuple[list[Programme], dict[str, int], list[list[object]]]:
        books, officer = Books(cq, uow, ids), uow.officers.need(ids[0])
        for code, amounts in sums.items():
            for fen in amounts:
                books.paid(books.person(), fen=fen, code=code)
        today = cq.clock.today()
        table = fund.ledger_table(
            uow, cq.deployment, officer, first=today, last=today, language="zh"
        )
        return (
            fund.programmes(uow, cq.deployment, officer),
            BenefitLedger(uow.session).sums(CHONGQING),
            [list(row) for row in table.rows],
        )

    found, added_up, rows = cq.run(work)
    assert {one.code: one.paid_fen for one in found} == added_up
    assert added_up == {code: sum(amounts) for code, amounts in sums.items()}
    assert sorted(str(row[3]) for row in rows) == sorted(
        yuan_words(fen) for amounts in sums.values() for fen in amounts
    )
    assert [(one.paid, one.persons) for one in found] == [(60, 60), (60, 60)]


def test_a_period_counts_its_first_and_last_day(cq: City, pair: tuple[Person, Person]) -> None:
    ids = in_books(pair)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 23)]

    def work(uow: UnitOfWork) -> list[Programme]:
        books, officer = Books(cq, uow, ids), uow.officers.need(ids[0])
        for number, day in enumerate(days, 1):
            books.paid(books.person(), fen=number, on=day)
        return fund.programmes(uow, cq.deployment, officer, first=days[1], last=days[2])

    (found,) = cq.run(work)
    assert (found.paid, found.paid_fen) == (2, 5)


def test_an_officer_of_one_county_counts_that_county_only(
    cq: City, pair: tuple[Person, Person]
) -> None:
    ids = in_books(pair)
    county = cq.officer("吴刚", scope="500101").as_officer().id

    def work(uow: UnitOfWork) -> tuple[int, int]:
        books = Books(cq, uow, ids)
        books.paid(books.person())
        seen = [
            len(fund.programmes(uow, cq.deployment, uow.officers.need(one)))
            for one in (ids[0], county)
        ]
        return seen[0], seen[1]

    assert cq.run(work) == (1, 0)


def test_the_list_to_look_into_comes_as_a_sheet(cq: City, pair: tuple[Person, Person]) -> None:
    ids = in_books(pair)

    def work(uow: UnitOfWork, language: str) -> list[list[object]]:
        books, officer = Books(cq, uow, ids), uow.officers.need(ids[0])
        books.paid(books.person(), fen=19851)
        table = fund.alerts_table(uow, cq.deployment, officer, language=language)
        assert len(table.columns) == 6
        return [list(row) for row in table.rows]

    ((number, _name, who, amount, alert, _others),) = cq.run(functools.partial(work, language="zh"))
    assert (number, who, amount, alert) == ("B-0001", "陈*1", "198.51", "高过文件的数")
