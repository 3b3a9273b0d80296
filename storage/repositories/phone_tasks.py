"""Calls that officers have to make."""

from __future__ import annotations

from storage.models.reaching import PhoneTask
from storage.repositories.base import Repository


class PhoneTasks(Repository[PhoneTask]):
    """Calls that officers have to make."""

    kind = PhoneTask
