"""The register cut into stretches of equal size by ascending key."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models.people import Worker
from storage.states import WorkerStatus

CHUNK = 2_000
BEFORE_ALL, AFTER_ALL = uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)


class Stretches:
    """Where the register is cut."""

    session: Session

    def stretches(
        self, bureau_adcode: str, *, size: int = CHUNK
    ) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """Return the first and last keys of stretches of `size` workers, both ends included.

        All keys there can be are cut: whoever registers meanwhile stands in a stretch. The cuts
        are keys of nobody, since they outlive an erasure.
        """
        listed = (
            select(
                func.lag(Worker.id, type_=Worker.id.type).over(order_by=Worker.id).label("before"),
                Worker.id,
                func.row_number().over(order_by=Worker.id).label("number"),
            )
            .where(Worker.bureau_adcode == bureau_adcode, Worker.status != WorkerStatus.LEFT)
            .subquery()
        )
        found = self.session.execute(
            select(listed.c.before, listed.c.id)
            .where((listed.c.number - 1) % size == 0, listed.c.number > 1)
            .order_by(listed.c.id)
        )
        starts = [BEFORE_ALL, *(_cut_between(before, first) for before, first in found)]
        ends = [*(uuid.UUID(int=start.int - 1) for start in starts[1:]), AFTER_ALL]
        return list(zip(starts, ends, strict=True))


def _cut_between(before: uuid.UUID, first: uuid.UUID) -> uuid.UUID:
    """Return the roundest key above `before` and not above `first`."""
    size = (before.int ^ first.int).bit_length() - 1
    return uuid.UUID(int=first.int >> size << size)
