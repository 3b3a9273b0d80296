"""Which applications may look like fraud, found in sets: candidates only, nothing is decided."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from storage.benefit_states import BenefitStatus
from storage.models.benefits import BenefitApplication, BenefitDecision, OutsidePayment
from storage.models.register import RegisterEntry
from storage.repositories.benefit_applications import COUNTED

GRANTED = (BenefitStatus.APPROVED, BenefitStatus.PAID)
Keys = Select[uuid.UUID]


class BenefitSuspects:
    """A bureau's live applications against which records alone may speak."""

    def __init__(self, session: Session, bureau_adcode: str) -> None:
        self.session = session
        self.bureau = bureau_adcode

    def keys(self, *, read_since: date, approving: str, own: Collection[str]) -> set[uuid.UUID]:
        """Return the keys of all candidates.

        Args:
            read_since: Whatever is open or was paid from this day on is one in any case.
            approving: The step after which nobody who took one of `own` may come.
            own: The steps that exclude from approving.
        """
        queries = (
            self._read(read_since),
            self._repeated(),
            self._same_ticket(),
            self._outside(),
            self._without_number(),
            self._not_approved(approving),
            self._own_hands(approving, own),
        )
        return {key for query in queries for key in self.session.scalars(query)}

    def _live(self, *conditions: ColumnElement[bool]) -> Keys:
        return select(BenefitApplication.id).where(
            BenefitApplication.bureau_adcode == self.bureau,
            BenefitApplication.status.in_(COUNTED),
            *conditions,
        )

    def _read(self, since: date) -> Keys:
        return self._live(
            or_(
                BenefitApplication.status != BenefitStatus.PAID,
                BenefitApplication.paid_on >= since,
            )
        )

    def _repeated(self) -> Keys:
        """Select what one person has twice for the same benefit and period."""
        other = aliased(BenefitApplication)
        return self._live().join(
            other,
            and_(
                other.worker_id == BenefitApplication.worker_id,
                other.code == BenefitApplication.code,
                other.period == BenefitApplication.period,
                other.id != BenefitApplication.id,
                other.status.in_(COUNTED),
            ),
        )

    def _same_ticket(self) -> Keys:
        tickets = (
            select(BenefitApplication.ticket_index)
            .where(
                BenefitApplication.bureau_adcode == self.bureau,
                BenefitApplication.status.in_(COUNTED),
                BenefitApplication.ticket_index.is_not(None),
            )
            .group_by(BenefitApplication.ticket_index)
            .having(func.count() > 1)
        )
        return self._live(BenefitApplication.ticket_index.in_(tickets))

    def _outside(self) -> Keys:
        return (
            self._live()
            .join(RegisterEntry, RegisterEntry.worker_id == BenefitApplication.worker_id)
            .join(
                OutsidePayment,
                and_(
                    OutsidePayment.bureau_adcode == RegisterEntry.bureau_adcode,
                    OutsidePayment.id_index == RegisterEntry.id_index,
                    OutsidePayment.code == BenefitApplication.code,
                ),
            )
        )

    def _without_number(self) -> Keys:
        return self._live(
            BenefitApplication.status.in_(GRANTED), RegisterEntry.id_index.is_(None)
        ).join(RegisterEntry, RegisterEntry.worker_id == BenefitApplication.worker_id, isouter=True)

    def _not_approved(self, approving: str) -> Keys:
        approved = select(BenefitDecision.application_id).where(BenefitDecision.step == approving)
        return self._live(
            BenefitApplication.status.in_(GRANTED), BenefitApplication.id.not_in(approved)
        )

    def _own_hands(self, approving: str, own: Collection[str]) -> Keys:
        approval, other = aliased(BenefitDecision), aliased(BenefitDecision)
        return (
            self._live(BenefitApplication.status.in_(GRANTED))
            .join(
                approval,
                and_(approval.application_id == BenefitApplication.id, approval.step == approving),
            )
            .join(
                other,
                and_(
                    other.application_id == BenefitApplication.id,
                    other.officer_id == approval.officer_id,
                    other.step.in_(list(own)),
                ),
                isouter=True,
            )
            .where(or_(other.id.is_not(None), BenefitApplication.filed_by == approval.officer_id))
        )
