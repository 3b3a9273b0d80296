"""Enterprises and the addresses that speak for them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from storage.models.channels import ContactAddress
from storage.models.vacancies import Enterprise, EnterpriseAddress
from storage.repositories.base import Repository

PROVINCE_DIGITS = 2


def in_scope(scope: str) -> ColumnElement[bool]:
    """Return what holds for a firm whose bureau or, within its province, whose seat is in scope.

    A firm belongs to the bureau that accepted it; an officer of one county of that bureau sees
    the firms of that county.
    """
    return or_(
        Enterprise.bureau_adcode.startswith(scope, autoescape=True),
        and_(
            Enterprise.adcode.startswith(scope, autoescape=True),
            Enterprise.bureau_adcode.startswith(scope[:PROVINCE_DIGITS], autoescape=True),
        ),
    )


class Enterprises(Repository[Enterprise]):
    """Enterprises and the addresses that speak for them."""

    kind = Enterprise

    def at(self, address_id: uuid.UUID) -> Enterprise | None:
        """Return the enterprise that speaks at this address, or None.

        An address that only asked to join speaks for nobody yet.
        """
        return self.session.scalars(
            select(Enterprise)
            .join(EnterpriseAddress, EnterpriseAddress.enterprise_id == Enterprise.id)
            .where(
                EnterpriseAddress.address_id == address_id,
                EnterpriseAddress.awaits_officer.is_(False),
            )
        ).one_or_none()

    def link_at(self, address_id: uuid.UUID) -> EnterpriseAddress | None:
        """Return how this address stands to a firm, requests to join included."""
        return self.session.get(EnterpriseAddress, address_id)

    def link(
        self,
        address_id: uuid.UUID,
        enterprise_id: uuid.UUID,
        *,
        now: datetime,
        awaits_officer: bool = False,
    ) -> EnterpriseAddress:
        """Let an address speak for a firm, or ask to; an address speaks for one firm only."""
        row = self.session.merge(
            EnterpriseAddress(
                address_id=address_id,
                enterprise_id=enterprise_id,
                since=now,
                awaits_officer=awaits_officer,
            )
        )
        self.session.flush()
        return row

    def unlink(self, link: EnterpriseAddress) -> None:
        """Forget that an address spoke for a firm, or asked to."""
        self.session.delete(link)
        self.session.flush()

    def addresses_of(self, enterprise_id: uuid.UUID) -> list[ContactAddress]:
        """Return where this firm is reached, the newest contact first."""
        return list(
            self.session.scalars(
                select(ContactAddress)
                .join(EnterpriseAddress, EnterpriseAddress.address_id == ContactAddress.id)
                .where(
                    EnterpriseAddress.enterprise_id == enterprise_id,
                    EnterpriseAddress.awaits_officer.is_(False),
                )
                .order_by(ContactAddress.last_inbound_at.desc(), ContactAddress.id)
            )
        )

    def of_code(self, bureau_adcode: str, credit_code: str) -> Enterprise | None:
        """Return the firm with this 统一社会信用代码 in this bureau, or None."""
        return self.session.scalars(
            select(Enterprise).where(
                Enterprise.bureau_adcode == bureau_adcode, Enterprise.credit_code == credit_code
            )
        ).one_or_none()

    def named_like(self, words: str, *, scope: str, limit: int = 5) -> list[Enterprise]:
        """Return firms of the scope whose name contains `words`, shortest name first."""
        found = self.session.scalars(
            select(Enterprise)
            .where(
                in_scope(scope),
                Enterprise.name.contains(words, autoescape=True),
            )
            .order_by(Enterprise.name, Enterprise.id)
            .limit(limit * 10)
        )
        return sorted(found, key=lambda firm: (len(firm.name), firm.name))[:limit]

    def newest(self, *, scope: str, limit: int = 5) -> list[Enterprise]:
        """Return the firms of the scope that registered last."""
        return list(
            self.session.scalars(
                select(Enterprise)
                .where(in_scope(scope))
                .order_by(Enterprise.created_at.desc(), Enterprise.id)
                .limit(limit)
            )
        )
