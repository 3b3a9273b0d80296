"""Addresses of sheets and printed pages."""

from __future__ import annotations

from storage.models.reaching import DocumentLink
from storage.repositories.base import Repository


class DocumentLinks(Repository[DocumentLink]):
    """Addresses of sheets and printed pages."""

    kind = DocumentLink
