"""What is known of how far wishes were looked at, so that a change is looked at once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Look:
    """What was found for one wish.

    Attributes:
        state: What the finding rests on (wish, profile, day); another state is looked at anew.
        up_to: Changes of vacancies until then were looked at.
        fits: Vacancy → score, of those that fit and were not known to who waits.
    """

    state: str
    up_to: datetime
    fits: Mapping[UUID, float]


class WishLooks:
    """The looks of one process; one that begins anew looks at everything once."""

    def __init__(self) -> None:
        self._looks: dict[str, Mapping[UUID, Look]] = {}
        self._writing = threading.Lock()

    def of(self, bureau_adcode: str) -> Mapping[UUID, Look]:
        """Return the looks at a bureau's wishes."""
        return self._looks.get(bureau_adcode, {})

    def keep(self, bureau_adcode: str, looks: Mapping[UUID, Look]) -> None:
        """Replace a bureau's looks; wishes that are not named are forgotten."""
        with self._writing:
            self._looks = {**self._looks, bureau_adcode: looks}
