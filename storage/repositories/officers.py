"""Officers, their scopes and invitations, and the conversations they took over."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import Officer, OfficerInvitation
from storage.repositories.base import Repository
from storage.states import DeliveryKind

PREFIX_LENGTHS = (2, 4, 6, 9)
INVITATION_INDEX = "officer_invitation"


def _speaks_for(bureau: str) -> ColumnElement[bool]:
    return Officer.address_id.in_(
        select(ContactAddress.id)
        .join(ChannelAccount, ChannelAccount.id == ContactAddress.account_id)
        .where(ChannelAccount.bureau_adcode == bureau, ContactAddress.id == Officer.address_id)
    )


class Officers(Repository[Officer]):
    """Officers, their scopes and invitations, and the conversations they took over."""

    kind = Officer

    def at(self, address_id: uuid.UUID) -> Officer | None:
        """Return the officer who speaks at this address, or None."""
        return self.session.scalars(
            select(Officer).where(Officer.address_id == address_id, Officer.retired_at.is_(None))
        ).one_or_none()

    def ever_at(self, address_id: uuid.UUID) -> Officer | None:
        """Return the officer of this address, a retired one too, or None."""
        return self.session.scalars(
            select(Officer).where(Officer.address_id == address_id)
        ).one_or_none()

    def covering(self, code: str, *, bureau: str | None = None) -> list[Officer]:
        """Return who may see `code`: the narrowest scope first, then who came first.

        Args:
            code: Place code of 6 or 9 digits, or a scope.
            bureau: Only officers who speak for this bureau.
        """
        prefixes = {code[:length] for length in PREFIX_LENGTHS if length <= len(code)}
        return list(
            self.session.scalars(
                select(Officer)
                .where(
                    Officer.scope.in_(prefixes),
                    Officer.retired_at.is_(None),
                    *(() if bureau is None else (_speaks_for(bureau),)),
                )
                .order_by(func.length(Officer.scope).desc(), Officer.created_at, Officer.id)
            )
        )

    def within(self, *, scope: str) -> list[Officer]:
        """Return who looks after `scope` or a part of it, by scope, then who came first."""
        return list(
            self.session.scalars(
                select(Officer)
                .where(Officer.scope.startswith(scope), Officer.retired_at.is_(None))
                .order_by(Officer.scope, Officer.created_at, Officer.id)
            )
        )

    def active_count(self) -> int:
        """Return how many officers there are."""
        return (
            self.session.scalar(
                select(func.count()).select_from(Officer).where(Officer.retired_at.is_(None))
            )
            or 0
        )

    def add_invitation(
        self, token: str, *, name: str, scope: str, at: datetime, expires_at: datetime
    ) -> OfficerInvitation:
        """Keep an invitation; of its token only a keyed hash."""
        invitation = OfficerInvitation(
            token_hash=self._token_hash(token),
            name=name,
            scope=scope,
            created_at=at,
            expires_at=expires_at,
        )
        self.session.add(invitation)
        self.session.flush()
        return invitation

    def invitation(self, token: str) -> OfficerInvitation | None:
        """Return the invitation of this token, held until the transaction ends, or None."""
        return self.session.scalars(
            select(OfficerInvitation)
            .where(OfficerInvitation.token_hash == self._token_hash(token))
            .with_for_update()
        ).one_or_none()

    def taken_over(self, *, limit: int = 500) -> list[ContactAddress]:
        """Return the addresses whose conversation an officer took over."""
        return list(
            self.session.scalars(
                select(ContactAddress)
                .where(ContactAddress.handed_over_to.is_not(None))
                .order_by(ContactAddress.id)
                .limit(limit)
            )
        )

    def last_line_at(self, address_id: uuid.UUID) -> datetime | None:
        """Return when a line last went either way in a taken-over conversation, or None."""
        latest: datetime | None = self.session.scalar(
            select(func.max(Delivery.created_at)).where(
                Delivery.subject_id == address_id, Delivery.kind == DeliveryKind.HAND_OVER
            )
        )
        return latest

    def _token_hash(self, token: str) -> bytes:
        return self.secrets.blind_index(token, kind=INVITATION_INDEX)
