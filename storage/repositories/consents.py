"""Answers to consent questions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from storage.models.people import Consent
from storage.repositories.base import Repository
from storage.states import Purpose


class Consents(Repository[Consent]):
    """Answers to consent questions."""

    kind = Consent

    def newest(
        self,
        address_id: uuid.UUID,
        purpose: Purpose,
        *,
        worker_id: uuid.UUID | None,
        subject_id: uuid.UUID | None,
    ) -> Consent | None:
        """Return the answer that counts now, or None.

        A worker's own answer counts wherever it was given; without `worker_id` any answer
        of the address counts.
        """
        whose = (
            Consent.address_id == address_id
            if worker_id is None
            else Consent.worker_id == worker_id
        )
        about = (
            Consent.subject_id.is_(None) if subject_id is None else Consent.subject_id == subject_id
        )
        return self.session.scalars(
            select(Consent)
            .where(whose, about, Consent.purpose == purpose)
            .order_by(Consent.decided_at.desc())
            .limit(1)
        ).one_or_none()

    def of_worker(self, worker_id: uuid.UUID) -> Sequence[Consent]:
        """Return a worker's answers, oldest first."""
        return list(
            self.session.scalars(
                select(Consent).where(Consent.worker_id == worker_id).order_by(Consent.decided_at)
            )
        )
