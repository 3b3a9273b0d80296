"""Questions that a broadcast asks of a stretch of workers, and the rows it writes for them.

A stretch is a run of workers by ascending id; everything about it is asked by its first and
last id, so that no statement grows with the size of the whole audience.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    SQLColumnExpression,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import Consent, Worker
from storage.models.vacancies import Recommendation
from storage.secrets import Secrets
from storage.states import Decision, DeliveryKind, DeliveryStatus, Purpose, WorkerStatus


class Member(NamedTuple):
    """A worker of an audience; name and phone stay sealed until they are needed."""

    id: uuid.UUID
    home: str | None
    trades: list[str]
    refused_trades: list[str]
    certificates: list[str]
    migration: str | None
    locations: list[str]
    excluded_locations: list[str]
    wage_min: int | None
    wants_room_board: bool | None
    birth_year: int | None
    education: str | None
    experience: dict[str, int] | None
    available_from: date | None
    groups: list[str] | None
    works_nights: bool
    status: WorkerStatus
    paused_until: date | None
    phone_index: bytes | None
    sealed_name: bytes | None
    sealed_phone: bytes | None


class TextAddress(NamedTuple):
    """A known address on a text message account."""

    id: uuid.UUID
    language: str
    is_unsubscribed: bool
    is_unreachable: bool


_MEMBER = (
    Worker.id,
    Worker.home,
    Worker.trades,
    Worker.refused_trades,
    Worker.certificates,
    Worker.migration,
    Worker.locations,
    Worker.excluded_locations,
    Worker.wage_min,
    Worker.wants_room_board,
    Worker.birth_year,
    Worker.education,
    Worker.experience,
    Worker.available_from,
    Worker.groups,
    Worker.night_shift_worker,
    Worker.status,
    Worker.paused_until,
    Worker.phone_index,
    type_coerce(Worker.name, LargeBinary),
    type_coerce(Worker.phone, LargeBinary),
)


class Audiences:
    """What a broadcast asks and writes, a stretch of workers at a time."""

    session: Session
    secrets: Secrets

    def members(
        self,
        bureau_adcode: str,
        *,
        places: Sequence[str],
        statuses: Collection[str],
        after: uuid.UUID | None,
        limit: int,
    ) -> list[Member]:
        """Return the next workers of these places and statuses, ascending by id.

        Args:
            bureau_adcode: Whose workers.
            places: Code prefixes without trailing zeros; a worker without a home counts as
                living in the bureau's own area.
            statuses: Words of `WorkerStatus`; whoever has left is never returned.
            after: The last worker that was looked at, or None at the beginning.
            limit: Most workers.
        """
        question = select(*_MEMBER).where(*_belongs(bureau_adcode, places, statuses))
        if after is not None:
            question = question.where(Worker.id > after)
        # Plain columns: without the mapper's detour a stretch is read in half the time.
        self.session.flush()
        rows = self.session.connection().execute(question.order_by(Worker.id).limit(limit))
        return [Member._make(row) for row in rows]

    def is_larger(
        self,
        most: int,
        *,
        bureau_adcode: str,
        places: Sequence[str],
        statuses: Collection[str],
    ) -> bool:
        """Tell whether more than `most` workers live in these places and stand so."""
        some = select(Worker.id).where(*_belongs(bureau_adcode, places, statuses)).limit(most + 1)
        count = self.session.scalar(select(func.count()).select_from(some.subquery()))
        return (count or 0) > most

    def account_of(self, channel: str, bureau_adcode: str) -> uuid.UUID | None:
        """Return a bureau's account on a channel, or None where it was never used."""
        return self.session.scalar(
            select(ChannelAccount.id).where(
                ChannelAccount.channel == channel, ChannelAccount.bureau_adcode == bureau_adcode
            )
        )

    def withdrawn(self, first: uuid.UUID, last: uuid.UUID) -> set[uuid.UUID]:
        """Return workers of a stretch whose newest word on being matched was a withdrawal."""
        withdrew = select(Consent.worker_id).where(
            Consent.decision == Decision.WITHDRAWN, *between(Consent.worker_id, first, last)
        )
        few = set(self.session.scalars(withdrew))
        if not few:
            return set()
        rows = self.session.execute(
            select(Consent.worker_id, Consent.decision)
            .where(Consent.purpose == Purpose.REGISTER_AND_MATCH, Consent.worker_id.in_(few))
            .order_by(Consent.decided_at, Consent.id)
        )
        newest = {worker_id: decision for worker_id, decision in rows if worker_id is not None}
        return {key for key, decision in newest.items() if decision is Decision.WITHDRAWN}

    def told_of(self, vacancy_id: uuid.UUID, first: uuid.UUID, last: uuid.UUID) -> set[uuid.UUID]:
        """Return who of a stretch was told of a vacancy, or answered to it.

        A push that was skipped told nobody.
        """
        rows = self.session.execute(
            select(Recommendation.worker_id, Recommendation.response).where(
                Recommendation.vacancy_id == vacancy_id,
                *between(Recommendation.worker_id, first, last),
                Recommendation.pushed.is_(True) | Recommendation.response.is_not(None),
            )
        ).all()
        answered = {worker_id for worker_id, response in rows if response is not None}
        pushed = {worker_id for worker_id, _response in rows} - answered
        if not pushed:
            return answered
        sent = self.session.execute(
            select(Delivery.worker_id, Delivery.subject_id, Delivery.status).where(
                Delivery.worker_id.in_(pushed), Delivery.kind == DeliveryKind.VACANCY
            )
        )
        states: dict[uuid.UUID, set[DeliveryStatus]] = {}
        for worker_id, subject_id, status in sent:
            if subject_id == vacancy_id and worker_id is not None:
                states.setdefault(worker_id, set()).add(status)
        skipped = {key for key, found in states.items() if found == {DeliveryStatus.SKIPPED}}
        return answered | (pushed - skipped)

    def written_to(self, dedupe_keys: Collection[str]) -> set[uuid.UUID]:
        """Return the addresses for which a row with one of these dedupe keys exists."""
        rows = self.session.scalars(
            select(Delivery.address_id).where(Delivery.dedupe_key.in_(dedupe_keys))
        )
        return set(rows)

    def text_addresses(
        self, account_id: uuid.UUID, numbers: Collection[str]
    ) -> dict[str, TextAddress]:
        """Return the addresses of these numbers on a text message account, where there are any."""
        by_index = {self._index(number): number for number in numbers}
        rows = self.session.execute(
            select(
                ContactAddress.address_index,
                ContactAddress.id,
                ContactAddress.language,
                ContactAddress.unsubscribed_at.is_not(None),
                ContactAddress.unreachable_since.is_not(None),
            ).where(
                ContactAddress.account_id == account_id,
                ContactAddress.address_index.in_(by_index),
            )
        )
        return {by_index[bytes(row[0])]: TextAddress(*row[1:]) for row in rows}

    def unseal(self, sealed: bytes | None, *, column: str) -> str | None:
        """Return a name or phone in clear; `column` is `worker.name` or `worker.phone`."""
        return None if sealed is None else self.secrets.decrypt(bytes(sealed), column=column)

    def _index(self, number: str) -> bytes:
        return self.secrets.blind_index(number, kind="address")


def _belongs(
    bureau_adcode: str, places: Sequence[str], statuses: Collection[str]
) -> tuple[ColumnElement[bool], ...]:
    home = func.coalesce(Worker.home, Worker.bureau_adcode)
    return (
        # As an expression, so that SQLite walks the keys in order and does not sort the bureau.
        func.substr(Worker.bureau_adcode, 1, 6) == bureau_adcode,
        or_(*(home.startswith(prefix, autoescape=True) for prefix in places)),
        Worker.status.in_([WorkerStatus(one) for one in statuses if one != WorkerStatus.LEFT]),
    )


def between(
    column: SQLColumnExpression[uuid.UUID] | SQLColumnExpression[uuid.UUID | None],
    first: uuid.UUID,
    last: uuid.UUID,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what holds for the workers of a stretch, both ends included."""
    return column >= first, column <= last
