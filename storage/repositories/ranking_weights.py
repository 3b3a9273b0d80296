"""Weights that were learnt from answers, and which of them are in force."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update

from storage.models.matching import RankingWeights
from storage.repositories.base import Repository


class LearnedWeights(Repository[RankingWeights]):
    """Weights that were learnt, by bureau; at most one row of a bureau is in use."""

    kind = RankingWeights

    def newest(self, bureau_adcode: str) -> RankingWeights | None:
        """Return what was learnt last, in use or not."""
        return self.session.scalars(
            select(RankingWeights)
            .where(RankingWeights.bureau_adcode == bureau_adcode)
            .order_by(RankingWeights.learned_at.desc(), RankingWeights.id)
            .limit(1)
        ).one_or_none()

    def in_force(self, bureau_adcode: str) -> RankingWeights | None:
        """Return the learnt weights by which is ranked; None stands for the built-in ones."""
        return self.session.scalars(
            select(RankingWeights)
            .where(RankingWeights.bureau_adcode == bureau_adcode, RankingWeights.in_use)
            .order_by(RankingWeights.learned_at.desc(), RankingWeights.id)
            .limit(1)
        ).one_or_none()

    def use(self, bureau_adcode: str, row_id: uuid.UUID | None) -> None:
        """Let this row alone be in use, or none of the bureau's."""
        self.session.execute(
            update(RankingWeights)
            .where(RankingWeights.bureau_adcode == bureau_adcode)
            .values(in_use=RankingWeights.id == row_id if row_id is not None else False)
        )
