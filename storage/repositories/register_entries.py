"""What the register says of each worker, and of their households."""

from __future__ import annotations

from storage.models.register import RegisterEntry
from storage.repositories.base import Repository


class RegisterEntries(Repository[RegisterEntry]):
    """What the register says of each worker, and of their households."""

    kind = RegisterEntry
