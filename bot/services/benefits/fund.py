"""资金: what was granted and paid by programme, to the fen, and what looks like fraud."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.services.benefits.alerts import (
    APPROVED,
    PROPOSED,
    Alert,
    Found,
    breaks_four_eyes,
    found_for,
)
from bot.services.benefits.applications import FILED, reference
from bot.services.benefits.receipts import name_key
from bot.services.benefits.sums import yuan_words
from bot.services.deployment import Deployment
from bot.services.people import acting, officers
from bot.services.people.workers import short_name
from bot.services.tables import Table
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Officer, Worker
from storage.repositories.benefit_ledger import BenefitLedger
from storage.repositories.benefit_suspects import BenefitSuspects
from storage.unit_of_work import UnitOfWork

ALWAYS = date(2000, 1, 1)
GRANTED = (BenefitStatus.APPROVED, BenefitStatus.PAID)
Row = tuple[BenefitApplication, Worker | None]


@dataclass(frozen=True, slots=True)
class Programme:
    """One benefit in a period.

    Attributes:
        code: The benefit.
        waiting: Applications that wait for a decision now, whatever the period.
        to_pay: Approved and not paid now.
        to_pay_fen: Their sum.
        paid: Payments of the period.
        paid_fen: Their sum.
        persons: Distinct people among those paid; erased ones count one each.
    """

    code: str
    waiting: int
    to_pay: int
    to_pay_fen: int
    paid: int
    paid_fen: int
    persons: int


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An application against which something speaks."""

    application: BenefitApplication
    worker: Worker
    found: tuple[Found, ...]


def programmes(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    *,
    first: date = ALWAYS,
    last: date | None = None,
) -> list[Programme]:
    """Return the programmes in an officer's scope, by code; both days of the period count.

    Every figure is counted and added up from the rows that `ledger_table` shows.
    """
    rows = _in_scope(
        uow, deployment, officer, BenefitLedger(uow.session).all_of(deployment.bureau_adcode)
    )
    by_code: dict[str, list[BenefitApplication]] = defaultdict(list)
    for application, _worker in rows:
        by_code[application.code].append(application)
    until = last or deployment.today
    return [_programme(code, by_code[code], first=first, last=until) for code in sorted(by_code)]


def ledger_table(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    *,
    first: date,
    last: date,
    language: str,
) -> Table:
    """Return every payment of a period, a row each, names masked; erased people have none."""

    def words(name: str) -> str:
        return deployment.text(f"benefit_queue.sheet.{name}", language)

    found = BenefitLedger(uow.session).paid_between(deployment.bureau_adcode, first, last)
    return Table(
        title=words("ledger_title"),
        columns=[words(name) for name in ("number", "benefit", "name", "amount", "paid_on")],
        rows=[
            [
                reference(application),
                deployment.text(name_key(application.code), language),
                short_name(worker.name) if worker is not None else words("erased"),
                yuan_words(application.amount_fen or 0),
                application.paid_on,
            ]
            for application, worker in _in_scope(uow, deployment, officer, found)
        ],
    )


def suspicions(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, read_since: date | None = None
) -> list[Suspicion]:
    """Return what an officer has to look into, by number: open, granted and paid ones alike.

    That no ID number is known counts only where something was granted all the same. What was
    paid before `read_since` is looked at only where records speak against it (twice, the same
    ticket, paid elsewhere, one pair of eyes): its facts were judged when it was paid.

    Args:
        uow: The transaction.
        deployment: The bureau.
        officer: Whose scope.
        read_since: From which day of payment on the facts are judged anew; None is this year's.
    """
    bureau = deployment.bureau_adcode
    keys = BenefitSuspects(uow.session, bureau).keys(
        read_since=read_since or deployment.today.replace(month=1, day=1),
        approving=APPROVED,
        own=(PROPOSED, FILED),
    )
    suspicious = []
    for application, worker in BenefitLedger(uow.session).of_keys(bureau, keys):
        if worker is None or not acting.looks_after(uow, deployment, officer, worker):
            continue
        found = [
            one
            for one in found_for(uow, deployment, application, worker)
            if application.status in GRANTED or one.alert is not Alert.NO_ID_NUMBER
        ]
        steps = uow.benefit_applications.decisions_of(application.id)
        alone = breaks_four_eyes(application, steps)
        found += [alone] if alone is not None else []
        if found:
            suspicious.append(Suspicion(application, worker, tuple(found)))
    return suspicious


def alerts_table(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, language: str
) -> Table:
    """Return what somebody has to look into as a sheet, a row for each thing found."""

    def words(name: str) -> str:
        return deployment.text(f"benefit_queue.sheet.{name}", language)

    return Table(
        title=words("alerts_title"),
        columns=[
            words(name) for name in ("number", "benefit", "name", "amount", "alert", "others")
        ],
        rows=[
            [
                reference(row.application),
                deployment.text(name_key(row.application.code), language),
                short_name(row.worker.name),
                yuan_words(row.application.amount_fen or 0),
                words(f"alert_{one.alert.value}"),
                one.department or " ".join(one.numbers),
            ]
            for row in suspicions(uow, deployment, officer)
            for one in row.found
        ],
    )


def total_fen(found: Iterable[Programme]) -> int:
    """Return the sum of all payments."""
    return sum(programme.paid_fen for programme in found)


def _programme(code: str, rows: list[BenefitApplication], *, first: date, last: date) -> Programme:
    paid = [row for row in rows if row.paid_on is not None and first <= row.paid_on <= last]
    to_pay = [row for row in rows if row.status is BenefitStatus.APPROVED]
    waiting = (BenefitStatus.SUBMITTED, BenefitStatus.PROPOSED)
    return Programme(
        code=code,
        waiting=sum(row.status in waiting for row in rows),
        to_pay=len(to_pay),
        to_pay_fen=sum(row.amount_fen or 0 for row in to_pay),
        paid=len(paid),
        paid_fen=sum(row.amount_fen or 0 for row in paid),
        persons=len({row.worker_id or row.id for row in paid}),
    )


def _in_scope(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, rows: Iterable[Row]
) -> list[Row]:
    """Return the rows of people whom the officer looks after; erased ones for the whole bureau."""
    sees_all = officers.is_in_scope(officer, deployment.bureau_adcode)
    return [
        (application, worker)
        for application, worker in rows
        if (worker is None and sees_all)
        or (worker is not None and acting.looks_after(uow, deployment, officer, worker))
    ]
