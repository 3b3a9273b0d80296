"""Questions that waited too long: an old one that is closed is not asked any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from bot.log import describe, logger
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import body_from, question_serial
from storage.models import ContactAddress
from storage.repositories.claims import Due
from storage.states import DeliveryKind, DeliveryStatus, Stream
from storage.unit_of_work import UnitOfWork

OLD_AFTER = timedelta(minutes=2)
CLOSED = "question_closed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that is to be asked anew: its origin, and what it was sent as."""

    origin: str
    kind: DeliveryKind
    subject_id: UUID | None


Renew = Callable[[UnitOfWork, ContactAddress, Wanted], object]


@dataclass(slots=True)
class Going:
    """The rows that go, and whether others were superseded."""

    rows: list[Due] = field(default_factory=list)
    is_changed: bool = False


def supersede_stale(
    uow: UnitOfWork, deployment: Deployment, rows: Sequence[Due], *, renew: Renew | None
) -> Going:
    """Take out of `rows` the old questions whose buttons would answer nothing any more.

    Only a question that waited two minutes is looked at. What states something goes, however
    old it is, and in its order. The question that is open now is asked anew where nothing that
    waits can hold it.
    """
    serials = _serials(uow, deployment, rows)
    going = Going()
    for row in rows:
        is_stale = row.id in serials and serials[row.id] != row.serial
        if not is_stale:
            going.rows.append(row)
            continue
        address = uow.addresses.lock_if_free(row.address_id)
        if address is None:
            continue  # it is being answered just now; the next look finds what came of it
        uow.deliveries.end_waiting([row.id], DeliveryStatus.SUPERSEDED, reason=CLOSED)
        going.is_changed = True
        if renew is not None and _is_missing(uow, address):
            _ask_anew(uow, address, row, renew)
    return going


def _serials(uow: UnitOfWork, deployment: Deployment, rows: Sequence[Due]) -> dict[UUID, int]:
    """Return which question each old row asks; rows that ask none are left out."""
    before = deployment.now - OLD_AFTER
    old = [row for row in rows if row.stream is Stream.DIALOGUE and row.created_at < before]
    found = ((row.id, question_serial(body_from(uow.deliveries.body_of(row)))) for row in old)
    return {key: serial for key, serial in found if serial is not None}


def _is_missing(uow: UnitOfWork, address: ContactAddress) -> bool:
    """Return whether the question that is open now is not on its way.

    Free questions have no buttons to know them by; what was said last is taken for it.
    """
    if address.step is None:
        return False
    return not uow.deliveries.waits_in_dialogue(address.id, address.next_seq - 1)


def _ask_anew(uow: UnitOfWork, address: ContactAddress, row: Due, renew: Renew) -> None:
    wanted = Wanted(f"renew:{row.id.hex}", row.kind, row.subject_id)
    try:
        with uow.savepoint():
            renew(uow, address, wanted)
    except Exception as error:
        # One question that cannot be asked must not keep everybody's messages back.
        logger().error("outbox.not_renewed", delivery=row.id.hex, error=describe(error))
