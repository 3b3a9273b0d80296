"""What a bureau granted and paid, row by row: for sums, public lists and checks against fraud."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.benefit_states import BenefitStatus
from storage.models.benefits import BenefitApplication, BenefitDecision
from storage.models.people import Worker
from storage.repositories.benefit_applications import COUNTED


class BenefitLedger:
    """A bureau's applications with their persons; of an erased person the person is None."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def all_of(
        self,
        bureau_adcode: str,
        *,
        statuses: Collection[BenefitStatus] = COUNTED,
        codes: Collection[str] | None = None,
    ) -> list[tuple[BenefitApplication, Worker | None]]:
        """Return a bureau's applications in these states with their persons, by number.

        Of an erased person's application the person is None.
        """
        query = (
            select(BenefitApplication, Worker)
            .outerjoin(Worker, Worker.id == BenefitApplication.worker_id)
            .where(
                BenefitApplication.bureau_adcode == bureau_adcode,
                BenefitApplication.status.in_(list(statuses)),
            )
            .order_by(BenefitApplication.number)
        )
        if codes is not None:
            query = query.where(BenefitApplication.code.in_(list(codes)))
        return [(row[0], row[1]) for row in self.session.execute(query)]

    def published(
        self, bureau_adcode: str, code: str, *, since: datetime
    ) -> list[tuple[BenefitApplication, Worker | None]]:
        """Return what of one code was published since an instant, by number."""
        rows = self.session.execute(
            select(BenefitApplication, Worker)
            .outerjoin(Worker, Worker.id == BenefitApplication.worker_id)
            .where(
                BenefitApplication.bureau_adcode == bureau_adcode,
                BenefitApplication.code == code,
                BenefitApplication.published_at >= since,
                BenefitApplication.status.in_((BenefitStatus.APPROVED, BenefitStatus.PAID)),
            )
            .order_by(BenefitApplication.number)
        )
        return [(row[0], row[1]) for row in rows]

    def published_codes(self, bureau_adcode: str, *, since: datetime) -> list[str]:
        """Return the codes of which something was published since an instant, sorted."""
        return sorted(
            self.session.scalars(
                select(BenefitApplication.code)
                .where(
                    BenefitApplication.bureau_adcode == bureau_adcode,
                    BenefitApplication.published_at >= since,
                )
                .distinct()
            )
        )

    def decisions_of_all(self, bureau_adcode: str) -> Iterator[BenefitDecision]:
        """Yield officers' steps on all of a bureau's applications, oldest first."""
        yield from self.session.scalars(
            select(BenefitDecision)
            .join(BenefitApplication, BenefitApplication.id == BenefitDecision.application_id)
            .where(BenefitApplication.bureau_adcode == bureau_adcode)
            .order_by(BenefitDecision.at, BenefitDecision.id)
        )

    def sums(self, bureau_adcode: str) -> dict[str, int]:
        """Return the fen that the database adds up by code, paid ones only."""
        rows = self.session.execute(
            select(BenefitApplication.code, func.sum(BenefitApplication.amount_fen))
            .where(
                BenefitApplication.bureau_adcode == bureau_adcode,
                BenefitApplication.status == BenefitStatus.PAID,
                BenefitApplication.amount_fen.is_not(None),
            )
            .group_by(BenefitApplication.code)
        )
        return {code: int(fen or 0) for code, fen in rows}

    def paid_between(
        self, bureau_adcode: str, first: date, last: date
    ) -> list[tuple[BenefitApplication, Worker | None]]:
        """Return what was paid from one day to another, both included, by number."""
        rows = self.all_of(bureau_adcode, statuses=(BenefitStatus.PAID,))
        return [
            (application, worker)
            for application, worker in rows
            if application.paid_on is not None and first <= application.paid_on <= last
        ]
