"""Signed links that open another channel as one worker."""

from __future__ import annotations

from storage.models.reaching import ReturnLink
from storage.repositories.base import Repository


class ReturnLinks(Repository[ReturnLink]):
    """Signed links that open another channel as one worker."""

    kind = ReturnLink
