from __future__ import annotations

import uuid
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.packing import ENTRY_BYTES, pack_lists, row_numbers, unpack_lists


class Entry(NamedTuple):
    vacancy_id: uuid.UUID
    score: float
    reasons: int
    misses: int


WIDEST = 12
# Keys with zero bytes at every place: an array of text would lose those at the end.
KEYS = st.one_of(
    st.uuids(),
    st.lists(st.sampled_from([0, 1, 255]), min_size=16, max_size=16).map(
        lambda values: uuid.UUID(bytes=bytes(values))
    ),
)
ENTRIES = st.builds(
    Entry,
    vacancy_id=KEYS,
    score=st.floats(0, 1, width=32),
    reasons=st.integers(0, 2**32 - 1),
    misses=st.integers(0, 2**16 - 1),
)


def packed(lists: list[list[Entry]], ids: list[str]) -> list[bytes]:
    """Pack lists of at most `WIDEST` entries whose keys are among the ids."""
    number = {key: row for row, key in enumerate(ids)}
    shape = (len(lists), WIDEST)
    rows = np.full(shape, -1, dtype=np.int32)
    scores = np.zeros(shape, dtype=np.float32)
    reasons, misses = np.zeros(shape, dtype=np.uint32), np.zeros(shape, dtype=np.uint16)
    for row, one in enumerate(lists):
        for place, entry in enumerate(one):
            rows[row, place] = number[entry.vacancy_id.hex]
            scores[row, place] = entry.score
            reasons[row, place], misses[row, place] = entry.reasons, entry.misses
    return pack_lists(rows, scores, reasons, misses, ids=ids)


@given(st.lists(st.lists(ENTRIES, max_size=6), max_size=8))
def test_lists_come_out_as_they_went_in(lists: list[list[Entry]]) -> None:
    entries = [entry for one in lists for entry in one]
    ids = sorted({entry.vacancy_id.hex for entry in entries})
    found = packed(lists, ids)
    assert [len(one) for one in found] == [ENTRY_BYTES * len(one) for one in lists]
    columns = unpack_lists(found)
    assert columns.counts.tolist() == [len(one) for one in lists]
    keys = [uuid.UUID(ids[row]) for row in row_numbers(columns.keys, ids)]
    values = (columns.scores.tolist(), columns.reasons.tolist(), columns.misses.tolist())
    assert list(zip(keys, *values, strict=True)) == entries


@given(st.lists(KEYS, unique=True, max_size=12), st.lists(KEYS, max_size=12))
def test_a_key_that_is_not_there_has_no_row(known: list[uuid.UUID], asked: list[uuid.UUID]) -> None:
    ids = [key.hex for key in known]
    keys = unpack_lists(
        packed([[Entry(key, 0.5, 0, 0) for key in asked]], sorted({key.hex for key in asked}))
    ).keys
    expected = [ids.index(key.hex) if key in known else -1 for key in asked]
    assert row_numbers(keys, ids).tolist() == expected


def test_bytes_that_are_no_list_are_refused() -> None:
    with pytest.raises(ValueError, match="not whole"):
        unpack_lists([b"\x00" * (ENTRY_BYTES + 1)])
    with pytest.raises(ValueError, match="not whole"):
        unpack_lists([b"\x00" * 25, b"\x00"])
