"""Sheets that were read, what they changed, and what they left open."""

from __future__ import annotations

from storage.models.register import ImportBatch
from storage.repositories.base import Repository


class ImportBatches(Repository[ImportBatch]):
    """Sheets that were read, what they changed, and what they left open."""

    kind = ImportBatch
