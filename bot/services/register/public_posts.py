"""Public posts: who holds one where (岗位情况清, 在岗人员清; DY 一(五)).

Attendance is not among it: nothing of it is recorded here, and a post without a record is not
the same as a post without attendance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.services.deployment import Deployment
from bot.services.register.location_counts import NOWHERE
from bot.services.register.statistics import Workforce
from content.location_classes import Boundary, LocationClasses
from storage.register_states import EmploymentChannel


@dataclass(frozen=True, slots=True)
class PostCounts:
    """People who hold a public post on a day, by the county or town of their homes."""

    day: date
    areas: Mapping[str, int]

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(self.areas.values())


def held(deployment: Deployment, force: Workforce, *, by: Boundary = "county") -> PostCounts:
    """Count who of a scope holds a public post, once each, areas ascending."""
    classes = LocationClasses(deployment.catalogue.places)
    counts = Counter(
        classes.area(force.homes[worker], by) or NOWHERE
        for worker, work in force.works.items()
        if worker in force.homes and work.channel == EmploymentChannel.PUBLIC_POST
    )
    return PostCounts(force.day, dict(sorted(counts.items())))
