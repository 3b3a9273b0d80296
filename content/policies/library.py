"""All cards: which one answers, in which city, on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from content.policies.cards import PolicyCard
from content.policies.documents import Documents, PolicyDocument

NOTHING_RELEASED: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A city whose documents bind its own workers only.

    Attributes:
        id: `CQ`, `DY` or a bureau's own.
        name: For people.
        area: Code of the city or province, six digits.
    """

    id: str
    name: str
    area: str

    def covers(self, adcode: str) -> bool:
        """Tell whether a place lies within it."""
        area = self.area
        return adcode.startswith(area[:2] if area[2:] == "0000" else area.removesuffix("00"))


class PolicyLibrary:
    """The cards with the registers they quote.

    Args:
        cards: In any order, ids unique.
        documents: Holds every document that a card names.
        jurisdictions: The cities.
        mechanisms: `P-…` → name for people, in the order of lists.
    """

    __slots__ = ("_by_id", "_versions", "documents", "jurisdictions", "mechanisms")

    def __init__(
        self,
        cards: Iterable[PolicyCard],
        documents: Documents,
        *,
        jurisdictions: Iterable[Jurisdiction],
        mechanisms: Mapping[str, str],
    ) -> None:
        self.documents = documents
        self.jurisdictions = tuple(jurisdictions)
        self.mechanisms: Mapping[str, str] = MappingProxyType(dict(mechanisms))
        self._by_id = {card.id: card for card in sorted(cards, key=lambda card: card.id)}
        found: dict[tuple[str, str], list[PolicyCard]] = defaultdict(list)
        for card in self._by_id.values():
            found[card.jurisdiction, card.mechanism].append(card)
        self._versions = {
            place: tuple(sorted(of_one, key=lambda card: card.valid_from, reverse=True))
            for place, of_one in found.items()
        }

    def cards(self) -> tuple[PolicyCard, ...]:
        """Return every card by its id, those for officers only too."""
        return tuple(self._by_id.values())

    def card(self, card_id: str) -> PolicyCard | None:
        """Return one card, or None."""
        return self._by_id.get(card_id)

    def versions(self, mechanism: str, jurisdiction: str) -> tuple[PolicyCard, ...]:
        """Return every card about a mechanism in a city, newest first: for officers."""
        return self._versions.get((jurisdiction, mechanism), ())

    def by_mechanism(
        self,
        mechanism: str,
        jurisdiction: str,
        on: date,
        *,
        released: frozenset[str] = NOTHING_RELEASED,
    ) -> PolicyCard | None:
        """Return the newest card that holds on a day and that workers may read, or None.

        A newer version that has ended does not bring back the one that it replaced.

        Args:
            mechanism: `P-…`.
            jurisdiction: The worker's own city; no other city's card is ever given.
            on: The day of the question.
            released: Ids of cards that an officer released after reading the document.
        """
        versions = self.versions(mechanism, jurisdiction)
        begun = [it for it in versions if it.valid_from <= on and it.answers_workers(released)]
        replaced = {card.replaces for card in begun}
        return next((it for it in begun if it.holds(on) and it.id not in replaced), None)

    def of(
        self, jurisdiction: str, on: date, *, released: frozenset[str] = NOTHING_RELEASED
    ) -> tuple[PolicyCard, ...]:
        """Return the card that decides for each mechanism in a city, in the mechanisms' order."""
        found = (
            self.by_mechanism(mechanism, jurisdiction, on, released=released)
            for mechanism in self.mechanisms
        )
        return tuple(card for card in found if card is not None)

    def newer_than(
        self, card: PolicyCard, on: date, *, released: frozenset[str] = NOTHING_RELEASED
    ) -> PolicyCard | None:
        """Return the card that answers on a day in the place of `card`; None if it does itself."""
        deciding = self.by_mechanism(card.mechanism, card.jurisdiction, on, released=released)
        if deciding is None or deciding.valid_from <= card.valid_from:
            return None
        return deciding

    def document_of(self, card: PolicyCard) -> PolicyDocument:
        """Return the document that a card quotes; reading made sure that it is there."""
        document = self.documents.get(card.document)
        if document is None:
            raise LookupError(f"no document {card.document}")
        return document

    def jurisdiction(self, jurisdiction_id: str) -> Jurisdiction | None:
        """Return one city, or None."""
        return next((city for city in self.jurisdictions if city.id == jurisdiction_id), None)

    def jurisdiction_of(self, adcode: str) -> str | None:
        """Return the id of the finest city in which a place lies; None where no document binds."""
        covering = [city for city in self.jurisdictions if city.covers(adcode)]
        finest = max(covering, key=lambda city: len(city.area.rstrip("0")), default=None)
        return None if finest is None else finest.id
