"""The words of training."""

from __future__ import annotations

from enum import StrEnum


class CourseStatus(StrEnum):
    """The way of a course; it opens when an officer says so."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class EnrolmentStatus(StrEnum):
    """The way of a place in a course."""

    ENROLLED = "enrolled"
    WAITLISTED = "waitlisted"
    ATTENDED = "attended"
    COMPLETED = "completed"
    DROPPED = "dropped"
