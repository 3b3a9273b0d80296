"""The fund's books: sums to the fen, and every row that looks like fraud."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

import pytest

from bot.services.benefits import fund, identity
from bot.services.benefits.alerts import Alert
from bot.services.benefits.fund import Programme
from bot.services.benefits.sums import yuan_words
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, BenefitDecision, OutsidePayment, Worker
from storage.repositories.benefit_ledger import BenefitLedger
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import CHONGQING, SHIZHU, YUZHONG, add_worker, enter
from tests.chat import City, Person

TRANSPORT = "transport_subsidy"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ANSWERS: dict[str, object] = {
    "trip.mode": "hsr_second_class",
    "trip.price": 19850,
    "trip.from_county": SHIZHU,
    "trip.to_county": YUZHONG,
    "trip.purpose": "work",
    "trip.has_ticket": True,
    "trip.other_dept_paid": False,
    "trip.already_received": False,
}


def number_of(person: int) -> str:
    body = f"50024019800101{person:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return cq.officer("周明", scope="50"), cq.officer("李红", scope="50")


class Books:
    """Rows written as their own parts would store them."""

    def __init__(self, city: City, uow: UnitOfWork, pair: tuple[UUID, UUID]) -> None:
        self.city, self.uow, self.pair = city, uow, pair
        self.count = 0

    def person(self, *, categories: tuple[str, ...] = ("建档立卡",), has_id: bool = True) -> Worker:
        self.count += 1
        worker = add_worker(self.uow, self.city, address=None, name=f"陈桂{self.count}")
        number = number_of(self.count) if has_id else None
        enter(self.uow, worker, self.city.clock.now(), number=number, categories=categories)
        return worker

    def paid(
        self,
        worker: Worker,
        *,
        fen: int = 19850,
        ticket: str | None = None,
        status: BenefitStatus = BenefitStatus.PAID,
        approver: UUID | None = None,
        on: date | None = None,
        code: str = TRANSPORT,
        answers: Mapping[str, object] = MappingProxyType({}),
    ) -> BenefitApplication:
        now, today = self.city.clock.now(), self.city.clock.today()
        row = self.uow.benefit_applications.add(
            BenefitApplication(
                bureau_adcode=CHONGQING,
                number=self.uow.records.next_number(f"benefit:{CHONGQING}"),
                worker_id=worker.id,
                code=code,
                rule_id="CQ-TRANSPORT-2016",
                period="once",
                facts={"answers": {**ANSWERS, **answers}},
                ticket_index=self.uow.secrets.blind_index(ticket, kind="ticket")
                if ticket
                else None,
                amount_fen=fen,
                status=status,
                created_at=now,
                submitted_at=now,
                decided_at=now,
                paid_on=(on or today) if status is BenefitStatus.PAID else None,
            )
        )
        steps = {"proposed": self.pair[0], "approved": approver or self.pair[1]}
        for number, (step, officer_id) in enumerate(steps.items()):
            self.uow.benefit_applications.add_decision(
                BenefitDecision(
                    application_id=row.id,
                    officer_id=officer_id,
                    step=step,
                    amount_fen=fen,
                    at=now + timedelta(microseconds=number),
                )
            )
        return row


def in_books(city: City, pair: tuple[Person, Person]) -> tuple[UUID, UUID]:
    return pair[0].as_officer().id, pair[1].as_officer().id


def test_every_seeded_fraud_is_found_and_nobody_honest(
    cq: City, pair: tuple[Person, Person]
) -> None:
    ids = in_books(cq, pair)

    def work(uow: UnitOfWork) -> tuple[dict[int, set[Alert]], dict[int, set[Alert]]]:
        books = Books(cq, uow, ids)
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
        elsewhere = books.person()
        row = books.paid(elsewhere)
        uow.benefit_applications.add_payment(
            OutsidePayment(
                bureau_adcode=CHONGQING,
                id_index=identity.id_index(uow, number_of(books.count)),
                code=TRANSPORT,
                department="区乡村振兴局",
                amount_fen=19850,
                paid_on=cq.clock.today(),
            )
        )
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
        row = books.paid(books.person(), approver=ids[0])
        wanted[row.number] = {Alert.ONE_PAIR_OF_EYES}
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
    ids = in_books(cq, pair)
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
    ids = in_books(cq, pair)
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
    ids = in_books(cq, pair)
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
    ids = in_books(cq, pair)

    def work(uow: UnitOfWork, language: str) -> list[list[object]]:
        books, officer = Books(cq, uow, ids), uow.officers.need(ids[0])
        books.paid(books.person(), fen=19851)
        table = fund.alerts_table(uow, cq.deployment, officer, language=language)
        assert len(table.columns) == 6
        return [list(row) for row in table.rows]

    ((number, _name, who, amount, alert, _others),) = cq.run(functools.partial(work, language="zh"))
    assert (number, who, amount, alert) == ("B-0001", "陈*1", "198.51", "高过文件的数")
