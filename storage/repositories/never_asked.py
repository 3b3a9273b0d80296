"""Who stands in the register of a bureau and has never said yes or no to it."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models.channels import ContactAddress
from storage.models.people import AddressLink, Consent
from storage.models.register import RegisterEntry
from storage.states import Decision, Purpose


def never_asked(session: Session, among: Collection[uuid.UUID] | None) -> set[uuid.UUID]:
    """Return who came with a sheet and never spoke with us: nothing is pushed to them.

    Whoever registered is reached at an address from which they wrote; a telephone that an
    officer rings is none, for nobody answered a question of ours there.

    Args:
        session: The transaction.
        among: Look at these workers only; at everybody when None.
    """
    spoke = (
        select(AddressLink.worker_id)
        .join(ContactAddress, ContactAddress.id == AddressLink.address_id)
        .where(
            AddressLink.worker_id == RegisterEntry.worker_id,
            ContactAddress.last_inbound_at.is_not(None),
        )
    )
    agreed = select(Consent.worker_id).where(
        Consent.worker_id == RegisterEntry.worker_id,
        Consent.purpose == Purpose.REGISTER_AND_MATCH,
        Consent.decision == Decision.GRANTED,
    )
    which = [] if among is None else [RegisterEntry.worker_id.in_(among)]
    rows = session.scalars(
        select(RegisterEntry.worker_id).where(*which, ~spoke.exists(), ~agreed.exists())
    )
    return set(rows)
