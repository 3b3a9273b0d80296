"""Opens a policy file; what cannot be opened is a problem like any other."""

from __future__ import annotations

import tomllib

from bot.errors import ContentError
from content.data_files import DataFile, DataFolder
from content.policies.problems import Problem


def opened(folder: DataFolder, name: str, problems: list[Problem]) -> DataFile | None:
    """Return the file, or None with a problem noted: often it was saved in another encoding."""
    try:
        return folder.read(name)
    except ContentError:
        is_own = folder.overlay is not None and (folder.overlay / name).is_file()
        problems.append(Problem(f"overlay {name}" if is_own else name, 1, "not_utf8"))
        return None


def parsed(file: DataFile, problems: list[Problem]) -> dict[str, object]:
    """Return the file's tables and keys, or nothing with a problem noted."""
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError:
        line = _line_of_error(file)
        problems.append(Problem(file.shown_name, line, "not_toml", {"found": _said(file, line)}))
        return {}


def _line_of_error(file: DataFile) -> int:
    try:
        file.toml()
    except ContentError as error:
        return error.line
    return 1


def _said(file: DataFile, line: int) -> str:
    lines = file.text.splitlines()
    return lines[line - 1].strip()[:30] if line <= len(lines) else ""
