"""Lists of vacancies as bytes: what a night keeps of every worker.

An entry takes 26 bytes, little-endian: the vacancy's key (16, as a UUID's bytes), the score
(float32), the reasons as bits (uint32), the misses as bits (uint16). Entries stand best first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

ENTRY_BYTES = 26
NOWHERE = -1
_ENTRY = np.dtype(
    [("vacancy", "V16"), ("score", "<f4"), ("reasons", "<u4"), ("misses", "<u2")], align=False
)
_KEY = np.dtype("S16")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Many lists in a row.

    Attributes:
        counts: (W,) int64, how many entries each list has.
        keys: (N,) the vacancies' keys, 16 bytes each.
        scores: (N,) float32.
        reasons: (N,) uint32.
        misses: (N,) uint16.
    """

    counts: NDArray[np.int64]
    keys: NDArray[np.bytes_]
    scores: NDArray[np.float32]
    reasons: NDArray[np.uint32]
    misses: NDArray[np.uint16]


def pack_lists(
    rows: NDArray[np.int32],
    scores: NDArray[np.float32],
    reasons: NDArray[np.uint32],
    misses: NDArray[np.uint16],
    *,
    ids: Sequence[str],
) -> list[bytes]:
    """Return W lists as bytes, in the order of the rows.

    Args:
        rows: (W, k) row numbers of vacancies, -1 where a list has no more.
        scores: (W, k).
        reasons: (W, k) bits.
        misses: (W, k) bits.
        ids: The vacancies' hex keys by row number.
    """
    keys = np.frombuffer(b"".join(UUID(one).bytes for one in ids), dtype="V16")
    is_listed = rows >= 0
    packed = np.empty(int(is_listed.sum()), dtype=_ENTRY)
    packed["vacancy"] = keys[rows[is_listed]]
    packed["score"], packed["reasons"] = scores[is_listed], reasons[is_listed]
    packed["misses"] = misses[is_listed]
    ends = np.cumsum(is_listed.sum(axis=1)) * ENTRY_BYTES
    data, starts = packed.tobytes(), [0, *ends[:-1].tolist()]
    return [data[start:end] for start, end in zip(starts, ends.tolist(), strict=False)]


def unpack_lists(lists: Sequence[bytes]) -> Unpacked:
    """Return many lists as columns.

    Raises:
        ValueError: A list is no whole number of entries.
    """
    sizes = np.array([len(one) for one in lists], dtype=np.int64)
    if (sizes % ENTRY_BYTES).any():
        raise ValueError("a list is not whole")
    entries = np.frombuffer(b"".join(lists), dtype=_ENTRY)
    return Unpacked(
        counts=sizes // ENTRY_BYTES,
        keys=np.ascontiguousarray(entries["vacancy"]).view(_KEY),
        scores=entries["score"].astype(np.float32),
        reasons=entries["reasons"].astype(np.uint32),
        misses=entries["misses"].astype(np.uint16),
    )


def row_numbers(keys: NDArray[np.bytes_], ids: Sequence[str]) -> NDArray[np.int32]:
    """Return the row number of every key among `ids`, -1 where it is not among them.

    Args:
        keys: (N,) of 16 bytes each.
        ids: Hex keys, each once, in any order.
    """
    found = np.full(len(keys), NOWHERE, dtype=np.int32)
    if not len(ids) or not len(keys):
        return found
    known = np.frombuffer(b"".join(UUID(one).bytes for one in ids), dtype=_KEY)
    order = np.argsort(known, kind="stable")
    at = np.searchsorted(known, keys, sorter=order)
    at[at == len(known)] = 0
    rows = order[at]
    is_known = known[rows] == keys
    found[is_known] = rows[is_known]
    return found
