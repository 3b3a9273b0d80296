"""Who heard of which policy, and what officers decided about cards, rules and documents."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.inserts import insert_once
from storage.models.benefits import CardReview, DocumentNote, PolicyNotice, RuleRelease
from storage.models.people import Consent, Worker
from storage.models.register import RegisterEntry
from storage.models.work import Employment
from storage.repositories.base import Repository
from storage.states import Decision, EndReason, Purpose, WorkerStatus

Decided = TypeVar("Decided", CardReview, RuleRelease, DocumentNote)


class PolicyNotices(Repository[PolicyNotice]):
    """Who heard of which policy, and what officers decided about the cards."""

    kind = PolicyNotice

    def note_once(
        self, worker_id: uuid.UUID, *, mechanism: str, occasion: str, card_id: str, at: datetime
    ) -> bool:
        """Note that a worker hears of a policy; False where they heard of it for this occasion."""
        self.session.flush()
        values = {
            "id": uuid.uuid4(),
            "worker_id": worker_id,
            "mechanism": mechanism,
            "occasion": occasion,
            "card_id": card_id,
            "at": at,
        }
        return insert_once(self.session, PolicyNotice, values)

    def told(self, worker_ids: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, str, str]]:
        """Return worker, mechanism and occasion of what these workers were told."""
        rows = self.session.execute(
            select(PolicyNotice.worker_id, PolicyNotice.mechanism, PolicyNotice.occasion).where(
                PolicyNotice.worker_id.in_(worker_ids)
            )
        )
        return {(row[0], row[1], row[2]) for row in rows}

    def newest_reviews(self, bureau_adcode: str) -> dict[str, CardReview]:
        """Return the newest review of each card of a bureau, by the card's id."""
        rows = self.session.scalars(
            select(CardReview)
            .where(CardReview.bureau_adcode == bureau_adcode)
            .order_by(CardReview.at, CardReview.id)
        )
        return {row.card_id: row for row in rows}

    def reviews_of(self, bureau_adcode: str, card_id: str) -> list[CardReview]:
        """Return every review of one card, the oldest first."""
        return list(
            self.session.scalars(
                select(CardReview)
                .where(CardReview.bureau_adcode == bureau_adcode, CardReview.card_id == card_id)
                .order_by(CardReview.at, CardReview.id)
            )
        )

    def decision(
        self, kind: type[Decided], key: uuid.UUID, *, bureau_adcode: str
    ) -> Decided | None:
        """Return one decision of a bureau's officers by its key, or None."""
        row = self.session.get(kind, key)
        return row if row is not None and row.bureau_adcode == bureau_adcode else None

    def releases(self, bureau_adcode: str) -> list[RuleRelease]:
        """Return the releases of a bureau that hold."""
        return list(
            self.session.scalars(
                select(RuleRelease)
                .where(
                    RuleRelease.bureau_adcode == bureau_adcode, RuleRelease.withdrawn_at.is_(None)
                )
                .order_by(RuleRelease.at, RuleRelease.id)
            )
        )

    def document_notes(self, bureau_adcode: str) -> dict[str, list[DocumentNote]]:
        """Return what officers wrote about each document, the oldest first, by its id."""
        rows = self.session.scalars(
            select(DocumentNote)
            .where(DocumentNote.bureau_adcode == bureau_adcode)
            .order_by(DocumentNote.at, DocumentNote.id)
        )
        found: dict[str, list[DocumentNote]] = {}
        for row in rows:
            found.setdefault(row.document_id, []).append(row)
        return found

    def add_row(self, row: CardReview | RuleRelease | DocumentNote) -> None:
        """Add an officer's decision."""
        self.session.add(row)
        self.session.flush()

    def started_since(self, bureau_adcode: str, since: date) -> list[tuple[Employment, Worker]]:
        """Return the open spells of a bureau's workers that began since a day, with whose.

        As everywhere below, only of workers who once agreed to be matched and written to.
        """
        rows = self.session.execute(
            select(Employment, Worker)
            .join(Worker, Worker.id == Employment.worker_id)
            .where(
                *_tellable(bureau_adcode),
                Employment.started_on >= since,
                Employment.ended_on.is_(None),
                Employment.disputed.is_(False),
            )
            .order_by(Employment.started_on, Employment.id)
        )
        return [(row[0], row[1]) for row in rows]

    def lost_since(self, bureau_adcode: str, since: date) -> list[tuple[Employment, Worker]]:
        """Return the spells that were lost since a day by people now out of work."""
        rows = self.session.execute(
            select(Employment, Worker)
            .join(Worker, Worker.id == Employment.worker_id)
            .where(
                *_tellable(bureau_adcode),
                Worker.status == WorkerStatus.SEEKING,
                Employment.ended_on >= since,
                Employment.end_reason.in_((EndReason.LOST, EndReason.EMPLOYER_CLOSED)),
            )
            .order_by(Employment.ended_on, Employment.id)
        )
        return [(row[0], row[1]) for row in rows]

    def born_in(
        self, bureau_adcode: str, years: Collection[int]
    ) -> list[tuple[Worker, RegisterEntry]]:
        """Return workers of the register who were born in these years, with their entries."""
        rows = self.session.execute(
            select(Worker, RegisterEntry)
            .join(RegisterEntry, RegisterEntry.worker_id == Worker.id)
            .where(*_tellable(bureau_adcode), Worker.birth_year.in_(years))
            .order_by(Worker.id)
        )
        return [(row[0], row[1]) for row in rows]

    def young_members(
        self, bureau_adcode: str, years: Collection[int]
    ) -> list[tuple[Worker, RegisterEntry]]:
        """Return those of the register born in these years in whose household somebody else agreed.

        They themselves need not have agreed to anything: it is the others who are told.
        """
        other, entry = aliased(Worker), aliased(RegisterEntry)
        rows = self.session.execute(
            select(Worker, RegisterEntry)
            .join(RegisterEntry, RegisterEntry.worker_id == Worker.id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                Worker.status != WorkerStatus.LEFT,
                Worker.birth_year.in_(years),
                exists()
                .where(
                    entry.household_id == RegisterEntry.household_id,
                    entry.worker_id == other.id,
                    other.id != Worker.id,
                    _agreed(other.id),
                )
                .correlate(Worker, RegisterEntry),
            )
            .order_by(Worker.id)
        )
        return [(row[0], row[1]) for row in rows]

    def grown_ups(
        self, household_ids: Collection[uuid.UUID], *, born_before: int
    ) -> list[tuple[Worker, RegisterEntry]]:
        """Return the members of these households who were born before a year and agreed once."""
        rows = self.session.execute(
            select(Worker, RegisterEntry)
            .join(RegisterEntry, RegisterEntry.worker_id == Worker.id)
            .where(
                RegisterEntry.household_id.in_(household_ids),
                Worker.status != WorkerStatus.LEFT,
                Worker.birth_year < born_before,
                _agreed(Worker.id),
            )
            .order_by(Worker.id)
        )
        return [(row[0], row[1]) for row in rows]


def _tellable(bureau_adcode: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Worker.bureau_adcode == bureau_adcode,
        Worker.status != WorkerStatus.LEFT,
        _agreed(Worker.id),
    )


def _agreed(worker_id: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    return exists().where(
        Consent.worker_id == worker_id,
        Consent.purpose == Purpose.REGISTER_AND_MATCH,
        Consent.decision == Decision.GRANTED,
    )
