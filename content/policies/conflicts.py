"""Cards that contradict one another: the same id, or the same clause on the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from content.policies.cards import PolicyCard
from content.policies.problems import Problem


def conflicts(cards: Iterable[PolicyCard]) -> Iterator[Problem]:
    """Yield what is wrong between cards: the same id, the same clause, an unknown older version."""
    # The package's come first, so that what is told is told of the bureau's own file.
    listed = sorted(cards, key=lambda card: (card.file.startswith("overlay "), card.file))
    by_id: dict[str, PolicyCard] = {}
    by_subject: dict[tuple[str, str], list[PolicyCard]] = defaultdict(list)
    for card in listed:
        if card.id in by_id:
            yield _between(card, by_id[card.id], "same_id")
            continue
        by_id[card.id] = card
        by_subject[card.jurisdiction, card.mechanism].append(card)
    for of_one in by_subject.values():
        for earlier, later in combinations(of_one, 2):
            if clash(earlier, later):
                yield _between(later, earlier, "same_clause")
    for card in listed:
        if card.replaces is not None:
            yield from _about_replaced(card, card.replaces, by_id.get(card.replaces))


def _about_replaced(card: PolicyCard, named: str, older: PolicyCard | None) -> Iterator[Problem]:
    """Yield what is wrong with the card that a newer one names: a wrong one would fall silent."""
    values = {"id": card.id, "value": named, "field": "replaces"}
    if older is None:
        yield Problem(card.file, card.line, "unknown_card", values)
    elif named == card.id:
        yield Problem(card.file, card.line, "self_replaced", values)
    elif (older.jurisdiction, older.mechanism) != (card.jurisdiction, card.mechanism) or (
        older.valid_from >= card.valid_from
    ):
        yield Problem(card.file, card.line, "not_older", values)


def clash(one: PolicyCard, other: PolicyCard) -> bool:
    """Tell whether both quote one clause on one day and neither is the other's newer version."""
    same = one.document == other.document and set(one.clauses) & set(other.clauses)
    ordered = one.replaces == other.id or other.replaces == one.id
    return bool(same) and not ordered and overlap(one, other)


def overlap(one: PolicyCard, other: PolicyCard) -> bool:
    """Tell whether there is a day on which both cards hold."""
    return one.holds(other.valid_from) or other.holds(one.valid_from)


def _between(card: PolicyCard, other: PolicyCard, code: str) -> Problem:
    values = {"id": card.id, "other_id": other.id, "clause": card.clause}
    values |= {"other_file": other.file, "other_line": str(other.line)}
    return Problem(card.file, card.line, code, values)
