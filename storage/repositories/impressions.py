"""Every showing of a vacancy to a worker, as it was ranked at that moment."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from storage.models.matching import Impression
from storage.models.people import Worker
from storage.models.vacancies import Recommendation
from storage.repositories.base import Repository
from storage.states import Response


@dataclass(frozen=True, slots=True)
class AnsweredImpression:
    """What was answered, and the terms of the showing it was an answer to.

    Attributes:
        worker_id: Who answered.
        response: What was said.
        misses: How many soft misses the vacancy had.
        terms: The features from 0 to 1 by name; unknown ones are absent.
    """

    worker_id: uuid.UUID
    response: Response
    misses: int
    terms: Mapping[str, float]


class Impressions(Repository[Impression]):
    """Every showing of a vacancy to a worker."""

    kind = Impression

    def add_all(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Store showings, given as columns, with one statement."""
        if rows:
            self.session.execute(insert(Impression), list(rows))

    def answered(
        self, bureau_adcode: str, *, responses: Collection[Response], since: datetime
    ) -> list[AnsweredImpression]:
        """Return the answers of a bureau's workers with what they had last been shown.

        One row for each worker and vacancy, by the order of the showings; a worker's later word
        stands in place of an earlier one.

        Args:
            bureau_adcode: The bureau.
            responses: Only these words.
            since: Answers given from then on.
        """
        newest = (
            select(func.max(Impression.seq).label("seq"), Recommendation.response)
            .join(
                Recommendation,
                (Recommendation.worker_id == Impression.worker_id)
                & (Recommendation.vacancy_id == Impression.vacancy_id),
            )
            .join(Worker, Worker.id == Impression.worker_id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                Recommendation.response.in_(responses),
                Recommendation.responded_at >= since,
                Impression.at <= Recommendation.responded_at,
            )
            .group_by(Impression.worker_id, Impression.vacancy_id, Recommendation.response)
            .subquery()
        )
        rows = self.session.execute(
            select(Impression.worker_id, newest.c.response, Impression.misses, Impression.terms)
            .join(newest, newest.c.seq == Impression.seq)
            .order_by(Impression.seq)
        )
        return [
            AnsweredImpression(worker_id, response, len(misses), terms)
            for worker_id, response, misses, terms in rows
        ]

    def newest_lists(
        self, bureau_adcode: str, *, place: str, limit: int
    ) -> list[list[tuple[int, Mapping[str, float]]]]:
        """Return what was shown together, the newest first, each list from its top.

        A showing is (soft misses, terms).

        Args:
            bureau_adcode: The bureau of the workers.
            place: `list`, `push`, `broadcast` or `wish`.
            limit: Most showings, not most lists; the last list may lack its end.
        """
        rows = self.session.execute(
            select(Impression.worker_id, Impression.at, Impression.misses, Impression.terms)
            .join(Worker, Worker.id == Impression.worker_id)
            .where(Worker.bureau_adcode == bureau_adcode, Impression.place == place)
            .order_by(Impression.at.desc(), Impression.worker_id, Impression.position)
            .limit(limit)
        )
        lists: dict[tuple[uuid.UUID, datetime], list[tuple[int, Mapping[str, float]]]] = {}
        for worker_id, at, misses, terms in rows:
            lists.setdefault((worker_id, at), []).append((len(misses), terms))
        return list(lists.values())

    def forget_before(self, before: datetime, *, limit: int) -> int:
        """Delete at most `limit` showings from before an instant; return how many."""
        old = (
            select(Impression.seq)
            .where(Impression.at < before)
            .order_by(Impression.at)
            .limit(limit)
        )
        keys = list(self.session.scalars(old))
        self.session.execute(delete(Impression).where(Impression.seq.in_(keys)))
        return len(keys)
