"""The fund's books, written as their own parts would store them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, BenefitDecision, Worker
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
        index = self.uow.secrets.blind_index(ticket, kind="ticket") if ticket else None
        row = self.uow.benefit_applications.add(
            BenefitApplication(
                bureau_adcode=CHONGQING,
                number=self.uow.records.next_number(f"benefit:{CHONGQING}"),
                worker_id=worker.id,
                code=code,
                rule_id="CQ-TRANSPORT-2016",
                period="once",
                facts={"answers": {**ANSWERS, **answers}},
                ticket_index=index,
                amount_fen=fen,
                status=status,
                created_at=now,
                submitted_at=now,
                decided_at=now,
                paid_on=(on or today) if status is BenefitStatus.PAID else None,
            )
        )
        self._decide(row, approver or self.pair[1])
        return row

    def _decide(self, row: BenefitApplication, approver: UUID) -> None:
        steps = {"proposed": self.pair[0], "approved": approver}
        for number, (step, officer_id) in enumerate(steps.items()):
            self.uow.benefit_applications.add_decision(
                BenefitDecision(
                    application_id=row.id,
                    officer_id=officer_id,
                    step=step,
                    amount_fen=row.amount_fen,
                    at=row.created_at + timedelta(microseconds=number),
                )
            )


def in_books(pair: tuple[Person, Person]) -> tuple[UUID, UUID]:
    return pair[0].as_officer().id, pair[1].as_officer().id
