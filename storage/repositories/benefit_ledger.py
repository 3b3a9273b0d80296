"""What a bureau granted and paid, row by row: for sums, public lists and checks against fraud."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.benefit_states import BenefitStatus
from storage.models.benefits import BenefitApplication
from storage.models.people import Worker
from storage.repositories.benefit_applications import COUNTED, IN_ONE_QUERY


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
        rows = self.session.execute(
            self._joined(bureau_adcode).where(
                BenefitApplication.status == BenefitStatus.PAID,
                BenefitApplication.paid_on.between(first, last),
            )
        )
        return [(row[0], row[1]) for row in rows]

    def of_keys(
        self, bureau_adcode: str, keys: Collection[uuid.UUID]
    ) -> list[tuple[BenefitApplication, Worker | None]]:
        """Return these applications with their persons, by number."""
        wanted = sorted(keys)
        found: list[tuple[BenefitApplication, Worker | None]] = []
        for first in range(0, len(wanted), IN_ONE_QUERY):
            some = wanted[first : first + IN_ONE_QUERY]
            query = self._joined(bureau_adcode).where(BenefitApplication.id.in_(some))
            found += [(row[0], row[1]) for row in self.session.execute(query)]
        return sorted(found, key=lambda row: row[0].number)

    @staticmethod
    def _joined(bureau_adcode: str) -> Select[BenefitApplication, Worker]:
        return (
            select(BenefitApplication, Worker)
            .outerjoin(Worker, Worker.id == BenefitApplication.worker_id)
            .where(BenefitApplication.bureau_adcode == bureau_adcode)
            .order_by(BenefitApplication.number)
        )
