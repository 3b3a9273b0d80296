"""Addresses of sheets and printed pages."""

from __future__ import annotations

from sqlalchemy import select

from storage.models.reaching import DocumentLink
from storage.repositories.base import Repository

TOKEN_INDEX = "document_link"  # noqa: S105 - names an index, opens nothing


class DocumentLinks(Repository[DocumentLink]):
    """Addresses of sheets and printed pages; of a token only its keyed hash is kept."""

    kind = DocumentLink

    def hash_of(self, token: str) -> bytes:
        """Return what is kept of a token."""
        return self.secrets.blind_index(token, kind=TOKEN_INDEX)

    def held_of_token(self, token: str) -> DocumentLink | None:
        """Return the link of this token, expired or not, held; or None."""
        return self.session.scalars(
            select(DocumentLink)
            .where(DocumentLink.token_hash == self.hash_of(token))
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()
