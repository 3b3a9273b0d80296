"""The register of official documents: number, issuer, and whether the text itself is at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One official document.

    Attributes:
        id: Stable name that cards and rules quote.
        number: The number on the document (文号), or empty.
        title: As far as it is known.
        issuer: Who issued it, or empty.
        date: The day on it, or None where it was not seen.
        jurisdiction: Where it holds; empty for the whole country or another level.
        held: The text itself was read; otherwise only another document names it.
        superseded_by: Id of the document that took its place, or None.
        note: For officers.
        file: The data file, as errors show it.
        line: Line of its heading.
        title_given: The title stands on the document; otherwise it only describes it and is never
            quoted as a title.
    """

    id: str
    number: str
    title: str
    issuer: str
    date: date | None
    jurisdiction: str
    held: bool
    superseded_by: str | None
    note: str
    file: str
    line: int
    title_given: bool = True

    @property
    def year(self) -> int | None:
        """The year on the document, or in its number: 〔2016〕."""
        if self.date is not None:
            return self.date.year
        _, found, rest = self.number.partition("〔")
        year = rest.partition("〕")[0]
        return int(year) if found and year.isdecimal() else None

    @property
    def name(self) -> str:
        """What people quote: the number, or else the title."""
        return self.number or self.title


class Documents:
    """All documents by their ids."""

    __slots__ = ("_by_id",)

    def __init__(self, documents: Iterable[PolicyDocument]) -> None:
        self._by_id = {document.id: document for document in documents}

    def __iter__(self) -> Iterator[PolicyDocument]:
        """Yield every document in the order of the register."""
        return iter(self._by_id.values())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._by_id)

    def get(self, document_id: str) -> PolicyDocument | None:
        """Return one document, or None."""
        return self._by_id.get(document_id)

    def not_held(self) -> tuple[PolicyDocument, ...]:
        """Return those whose text nobody has read: what officers should complete."""
        return tuple(document for document in self if not document.held)
