"""What people sent besides words."""

from __future__ import annotations

from storage.models.reaching import Attachment
from storage.repositories.base import Repository


class Attachments(Repository[Attachment]):
    """What people sent besides words."""

    kind = Attachment
