"""A profile of which only what was said counts: nothing is put into a person's mouth."""

from __future__ import annotations

from collections.abc import Mapping

from content.benefits.vocabulary import GROUPS, SINGLE_FACTS

# Who names one ticket asks for that one; whether it was the year's first follows from the rest.
FOLLOWING = frozenset({"trip.return_price", "trip.received_this_year"})
LISTS = ("categories", "children")


def with_unsaid_unknown(row: Mapping[str, object]) -> dict[str, object]:
    """Return a profile's JSON in which every absent fact is null, which is: unknown.

    `ProfileReader.read` gives an absent key the default of the samples; right for a record that
    somebody has filled in, wrong for a person who has only asked a question.
    """
    filled = {**dict.fromkeys((*SINGLE_FACTS, *GROUPS, *LISTS)), **row}
    for group, names in GROUPS.items():
        part = filled[group]
        if isinstance(part, Mapping):
            keys = (name.partition(".")[2] for name in names if name not in FOLLOWING)
            filled[group] = {**dict.fromkeys(keys), **part}
    return filled
