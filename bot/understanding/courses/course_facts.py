"""What is known of a course before it stands in the register of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course as it was announced; None means that nobody said it.

    Attributes:
        title: What it is called: 中式烹饪培训班.
        trade: Canonical trade it leads to.
        school: Who teaches.
        adcode: Six digits of the county, nine of the town.
        address: Street and house, or a landmark.
        starts_on: First day.
        ends_on: Last day, included.
        daily: Hours of a day as written: 上午9点到下午5点.
        seats: How many can take part.
        living_allowance: Whether there is one; a sum is never kept.
        subsidised: Whether it is 政府补贴性培训.
        is_free: Whether nothing is paid.
        certificate: Its name: 中级电工证.
        contact: Telephone, digits and hyphens.
    """

    title: str | None = None
    trade: str | None = None
    school: str | None = None
    adcode: str | None = None
    address: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    daily: str | None = None
    seats: int | None = None
    living_allowance: bool | None = None
    subsidised: bool | None = None
    is_free: bool | None = None
    certificate: str | None = None
    contact: str | None = None
