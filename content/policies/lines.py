"""Lines of a file's fields, for what is noticed only after the file was read."""

from __future__ import annotations

from content.data_files import DataFolder


class Lines:
    """Lines of one file, which is read again only where something is wrong."""

    __slots__ = ("_folder", "_name")

    def __init__(self, folder: DataFolder, shown_name: str) -> None:
        self._folder = folder
        self._name = shown_name.removeprefix("overlay ")

    def of(self, key: str) -> int:
        """Return the line of a field before the first heading; 1 where it is not there."""
        return self._folder.read(self._name).line_of("", key)
