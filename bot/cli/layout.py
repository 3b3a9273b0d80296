"""Lines of a terminal in which Chinese characters take two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

WIDTH = 80
RULE = "━"
# A run of Latin letters or digits stays together; Chinese may break anywhere, but never
# before a mark that closes.
PIECES = re.compile(r"[!-~]+|\s|[^!-~\s]")
CLOSING = "，。、；：？！）”’》】…%,.;:?!)]}"


def wrapped(text: str, *, first: str, indent: int, width: int = WIDTH) -> list[str]:
    """Return `text` in lines of at most `width` columns.

    Args:
        text: May hold line breaks, which are kept.
        first: Stands before the first line.
        indent: Columns before every other line.
        width: Columns of the terminal.
    """
    lines: list[str] = []
    lead = first
    for paragraph in text.split("\n"):
        for line in _filled(paragraph, width=width - indent, used=cell_len(lead) - indent):
            lines.append(f"{lead}{line}".rstrip())
            lead = " " * indent
    return lines


def rule(title: str, *, width: int = WIDTH) -> str:
    """Return a heading that fills the line."""
    head = f"{RULE} {title} "
    return head + RULE * max(3, width - cell_len(head))


def beside(line: str, remark: str, *, width: int = WIDTH) -> str | None:
    """Return `line` with `remark` at its right end; None where both do not fit."""
    space = width - cell_len(line) - cell_len(remark)
    return f"{line}{' ' * space}{remark}" if space > 1 else None


def _filled(text: str, *, width: int, used: int) -> Iterator[str]:
    line, columns = "", max(0, used)
    for piece in _unbroken(text):
        length = cell_len(piece)
        if line and columns + length > width:
            yield line
            line, columns = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 - a new line begins without a space
            length = cell_len(piece)
        line, columns = line + piece, columns + length
    yield line


def _unbroken(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in PIECES.findall(text):
        if pieces and piece[0] in CLOSING and not pieces[-1].isspace():
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
