"""Backups that any of the databases can read: how a bureau is kept safe, and how it grows."""

from storage.transfer.archive import read_archive, write_archive
from storage.transfer.format import ArchiveError, Counts, Header, read_header

__all__ = ["ArchiveError", "Counts", "Header", "read_archive", "read_header", "write_archive"]
