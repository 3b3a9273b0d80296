"""Where a worker or a firm is asked."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from storage.models import ContactAddress
from storage.states import Way
from storage.unit_of_work import UnitOfWork

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def is_phone(uow: UnitOfWork, address: ContactAddress) -> bool:
    """Return whether what is written to an address has to be said on the telephone."""
    return uow.accounts.need(address.account_id).channel == Way.PHONE.value


def address_of(
    uow: UnitOfWork, worker_id: uuid.UUID, *, preferred: uuid.UUID | None = None
) -> ContactAddress | None:
    """Return where a worker is reached: the preferred address, else the one used last.

    An address that refused our messages comes after every other, and a telephone, which only
    an officer can use, after those; None when there is none.
    """
    addresses = uow.addresses.addresses_of(worker_id)
    return min(
        addresses,
        key=lambda address: (
            is_phone(uow, address),
            address.unreachable_since is not None,
            address.id != preferred,
            -(address.last_inbound_at or LONG_AGO).timestamp(),
            address.id,
        ),
        default=None,
    )
