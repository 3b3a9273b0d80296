"""What a question wants: an amount, a place, a time, a decision, the person's own standing."""

from __future__ import annotations

import re
from collections.abc import Mapping

# A clause may leave these out; the others never stand in any clause.
IN_CLAUSES = frozenset({"amount", "place", "time", "papers"})
# Nobody's own case is decided by a document.
NEVER_IN_CLAUSES = frozenset({"decision", "own_status"})


def asked_in(text: str, shapes: Mapping[str, re.Pattern[str]]) -> frozenset[str]:
    """Return what the folded `text` asks for, out of the names of `shapes`."""
    return frozenset(name for name, shape in shapes.items() if shape.search(text))
