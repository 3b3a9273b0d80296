"""Everything stored about one person: shown whole, or gone whole."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

from sqlalchemy import ColumnElement, delete, inspect, or_, select, update
from sqlalchemy.orm import Session

from storage.models import (
    AddressLink,
    Application,
    Attachment,
    Base,
    BenefitApplication,
    Case,
    CaseEvent,
    ChannelAccount,
    CheckIn,
    Consent,
    ContactAddress,
    Delivery,
    DocumentLink,
    Employment,
    InboundReceipt,
    PhoneTask,
    Promise,
    ReturnLink,
    Worker,
)
from storage.repositories.addresses import NUMBERED
from storage.repositories.personal_rows import OWN_ROWS, SHOWN_ROWS
from storage.states import (
    ApplicationStatus,
    CaseStatus,
    DeliveryStatus,
    ReceiptStatus,
    Role,
)

REASON = "erased"
WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)
OPEN_APPLICATIONS = (
    ApplicationStatus.INTERESTED,
    ApplicationStatus.CONSENTED,
    ApplicationStatus.SENT,
    ApplicationStatus.INTERVIEW,
)
# Keyed hashes of a number, a code and a link; the number itself is shown.
UNREADABLE = frozenset(
    {
        "phone_index",
        "code_index",
        "token_hash",
        "ticket_index",
        "id_index",
        "number_index",
        "row_hash",
    }
)


class PersonalData:
    """The rows about one worker, whichever table they stand in."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def rows_about(self, worker: Worker) -> dict[str, list[dict[str, object]]]:
        """Return every row about `worker` by table name, values as plain JSON."""
        found: dict[str, list[dict[str, object]]] = {"worker": [as_json(worker)]}
        for kind in SHOWN_ROWS:
            rows = self.session.scalars(select(kind).where(_of_worker(kind, worker.id)))
            found[kind.__tablename__] = [as_json(row) for row in rows]
        return found

    def subjects(
        self, worker_id: uuid.UUID | None, address_id: uuid.UUID | None
    ) -> list[uuid.UUID]:
        """Return the keys of the rows that messages about this person name.

        `address_id` is where only this person is reached, if there is such a place: what names
        nobody there is the person's as well.
        """
        unnamed = (Case.address_id == address_id) & Case.worker_id.is_(None)
        keys = list(self.session.scalars(select(Case.id).where(unnamed)))
        if worker_id is None:
            return keys
        keys.append(worker_id)
        for kind in (Application, Employment, CheckIn, Case, BenefitApplication):
            keys += self.session.scalars(select(kind.id).where(_of_worker(kind, worker_id)))
        return keys

    def numbers_of(self, worker_id: uuid.UUID) -> list[ContactAddress]:
        """Return the numbers at which this worker, and nobody else, is or was reached."""
        known = (
            select(kind.address_id).where(kind.worker_id == worker_id, kind.address_id.is_not(None))
            for kind in (AddressLink, Delivery, ReturnLink, PhoneTask, CheckIn)
        )
        others = select(AddressLink.worker_id).where(
            AddressLink.address_id == ContactAddress.id, AddressLink.worker_id != worker_id
        )
        return list(
            self.session.scalars(
                select(ContactAddress)
                .join(ChannelAccount, ChannelAccount.id == ContactAddress.account_id)
                .where(
                    ChannelAccount.channel.in_(NUMBERED),
                    ContactAddress.role == Role.WORKER,
                    or_(*(ContactAddress.id.in_(keys) for keys in known)),
                    ~others.exists(),
                )
                .order_by(ContactAddress.id)
            )
        )

    def erase_messages(
        self, address_ids: Sequence[uuid.UUID], subjects: Sequence[uuid.UUID]
    ) -> None:
        """Empty every message at these addresses and every message elsewhere about `subjects`.

        The addresses are those where nobody else is reached. What was sent from there besides
        words, before anybody was known there, goes as well.
        """
        whose = or_(
            Delivery.address_id.in_(address_ids),
            Delivery.worker_id.in_(subjects),
            # Lines of a hand-over stand at the officer's address, about this one.
            Delivery.subject_id.in_([*subjects, *address_ids]),
        )
        self.session.execute(
            update(Delivery)
            .where(whose, Delivery.status.in_(WAITING))
            .values(status=DeliveryStatus.SKIPPED, reason=REASON)
        )
        self.session.execute(update(Delivery).where(whose).values(body=None, cursor=None))
        self.session.execute(update(Delivery).where(whose).values(worker_id=None))
        self.session.execute(
            update(InboundReceipt)
            .where(
                InboundReceipt.address_id.in_(address_ids),
                InboundReceipt.status != ReceiptStatus.RECEIVED,
            )
            .values(payload=None)
        )
        self.session.execute(
            delete(Attachment).where(
                Attachment.address_id.in_(address_ids), Attachment.worker_id.is_(None)
            )
        )

    def erase_worker(
        self, worker: Worker, *, tombstone: Worker | None, nowhere: ContactAddress
    ) -> None:
        """Delete the worker's row and all that hangs on it.

        Args:
            worker: Who is forgotten.
            tombstone: A row without any data that keeps applications and spells countable,
                or None to delete those as well.
            nowhere: The address that stands in their place; nothing is ever sent there.
        """
        for kind in OWN_ROWS:
            self.session.execute(delete(kind).where(_of_worker(kind, worker.id)))
        self._close_documents(worker)
        if tombstone is None:
            for kind in (Employment, Application):
                self.session.execute(delete(kind).where(_of_worker(kind, worker.id)))
        else:
            self._leave_bare_facts(worker.id, tombstone, nowhere)
        self.session.flush()
        self.session.expunge(worker)
        self.session.execute(delete(Worker).where(Worker.id == worker.id))
        self.session.expire_all()

    def cases_of(self, worker_id: uuid.UUID | None, address_id: uuid.UUID | None) -> list[Case]:
        """Return a person's cases; those that name no worker belong to who wrote from there.

        `address_id` is where only this person is reached, or None.
        """
        unnamed = (Case.address_id == address_id) & Case.worker_id.is_(None)
        whose = unnamed if worker_id is None else or_(Case.worker_id == worker_id, unnamed)
        return list(self.session.scalars(select(Case).where(whose).order_by(Case.opened_at)))

    def close_cases(
        self, cases: Sequence[Case], *, nowhere: ContactAddress, now: datetime
    ) -> list[Case]:
        """Empty cases and end what was promised in them; return those that were open."""
        keys = [case.id for case in cases]
        still_open = [case for case in cases if case.closed_at is None]
        for case in cases:
            case.words, case.worker_id, case.address_id = None, None, nowhere.id
        for case in still_open:
            # Nobody failed to reach this person: there is nothing left to look after.
            case.status, case.closed_at = CaseStatus.FALSE_ALARM, now
        self.session.execute(update(CaseEvent).where(CaseEvent.case_id.in_(keys)).values(note=None))
        self.session.execute(
            update(Promise)
            .where(Promise.subject_id.in_(keys), Promise.kept_at.is_(None))
            .values(kept_at=now)
        )
        return still_open

    def forget_consents(self, worker_id: uuid.UUID) -> None:
        """Keep of a worker's answers only that they were given, not by whom."""
        self.session.execute(
            update(Consent).where(Consent.worker_id == worker_id).values(worker_id=None)
        )

    def delete_consents(self, worker_id: uuid.UUID | None, address_id: uuid.UUID) -> None:
        """Delete the answers of a worker, or those of an address that name nobody."""
        whose = (
            (Consent.address_id == address_id) & Consent.worker_id.is_(None)
            if worker_id is None
            else Consent.worker_id == worker_id
        )
        self.session.execute(delete(Consent).where(whose))

    def has_history(self, worker_id: uuid.UUID) -> bool:
        """Return whether applications or spells hang on this worker."""
        return any(
            self.session.scalar(select(kind.id).where(_of_worker(kind, worker_id)).limit(1))
            for kind in (Application, Employment)
        )

    def _close_documents(self, worker: Worker) -> None:
        """Take away the officers' short-lived links to a sheet or card of this worker."""
        links = self.session.execute(select(DocumentLink.id, DocumentLink.subject))
        keys = [key for key, subject in links if worker.id.hex in subject.replace("-", "")]
        self.session.execute(delete(DocumentLink).where(DocumentLink.id.in_(keys)))

    def _leave_bare_facts(
        self, worker_id: uuid.UUID, tombstone: Worker, nowhere: ContactAddress
    ) -> None:
        self.session.execute(
            update(Application)
            .where(Application.worker_id == worker_id, Application.status.in_(OPEN_APPLICATIONS))
            .values(status=ApplicationStatus.WITHDRAWN)
        )
        self.session.execute(
            update(Application)
            .where(Application.worker_id == worker_id)
            .values(worker_id=tombstone.id, address_id=nowhere.id)
        )
        self.session.execute(
            update(Employment)
            .where(Employment.worker_id == worker_id)
            .values(worker_id=tombstone.id, employer=None)
        )


def as_json(row: Base) -> dict[str, object]:
    """Return a row's readable columns as plain JSON values, as they are stored."""
    names = [column.key for column in inspect(type(row)).column_attrs]
    return {name: _plain(getattr(row, name)) for name in names if name not in UNREADABLE}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


def _of_worker(kind: type[Base], worker_id: uuid.UUID) -> ColumnElement[bool]:
    column: ColumnElement[uuid.UUID] = inspect(kind).columns["worker_id"]
    return column == worker_id
