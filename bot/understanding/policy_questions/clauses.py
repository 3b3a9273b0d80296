"""The parts of a long question: who tells a story asks in one clause of it."""

from __future__ import annotations

import itertools
import re

# Shorter pieces tell nothing alone; longer ones, from a voice without stops, are parted.
SHORTEST, LONGEST = 6, 24
# More than a story has; what is pasted behind it costs nothing.
MOST_CLAUSES = 10
_STOP = re.compile(r"[^0-9A-Za-z一-鿿]+")


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of `text` and every two neighbours together; none of a single clause."""
    parts = list(itertools.islice(_joined(text), MOST_CLAUSES))
    pairs = [first + second for first, second in itertools.pairwise(parts)]
    if not pairs:
        return ()
    # The one pair of two clauses is the whole question.
    return (*parts, *(pairs if len(pairs) > 1 else ()))


def _joined(text: str) -> list[str]:
    found: list[str] = []
    for piece in _STOP.split(text):
        for part in _parted(piece):
            if found and len(found[-1]) < SHORTEST:
                found[-1] += part
            else:
                found.append(part)
    if len(found) > 1 and len(found[-1]) < SHORTEST:
        last = found.pop()
        found[-1] += last
    return found


def _parted(piece: str) -> list[str]:
    if len(piece) <= LONGEST:
        return [piece] if piece else []
    count = -(-len(piece) // LONGEST)
    size = -(-len(piece) // count)
    return [piece[at : at + size] for at in range(0, len(piece), size)]
