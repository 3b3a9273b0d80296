"""One clause of one document in plain words, as workers read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content.evidence import Evidence


class ReviewStatus(StrEnum):
    """What the bureau has made of a card; the words are those that people read."""

    VALID = "有效"
    HISTORIC = "历史"
    UNREVIEWED = "待核"


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """What one city's document says about one mechanism.

    Attributes:
        id: Stable name, part of the card's public address.
        mechanism: `P-…`.
        jurisdiction: `CQ`, `DY` or a bureau's own.
        title: In plain words.
        document: Id in the register of documents.
        clause: As the document numbers it; several are parted by 、.
        valid_from: First day on which the card answers.
        valid_to: Last day, or None.
        status: What the bureau has made of it.
        evidence: How well the clause is known.
        who: Whom it is for.
        how_much: The sum, or in words that the document gives none.
        bring: What to bring.
        where: Where to go.
        not_covered: Whom and what it leaves out.
        chat: One to four lines for a chat.
        more: Further paragraphs of the full page.
        leaves_out: What the clause does not say, out of `asked_things.MAY_BE_LEFT_OUT`.
        reviewer: Who reviewed it; empty while unreviewed.
        reviewed_on: The day of the review, or None.
        replaces: Id of the older version, or None.
        file: The data file, as errors show it.
        line: Line of the id in the file.
    """

    id: str
    mechanism: str
    jurisdiction: str
    title: str
    document: str
    clause: str
    valid_from: date
    valid_to: date | None
    status: ReviewStatus
    evidence: Evidence
    who: str
    how_much: str
    bring: str
    where: str
    not_covered: str
    chat: tuple[str, ...]
    more: tuple[str, ...]
    leaves_out: frozenset[str]
    reviewer: str
    reviewed_on: date | None
    replaces: str | None
    file: str
    line: int

    @property
    def clauses(self) -> tuple[str, ...]:
        """The single clauses that `clause` names, in its order."""
        return clauses_of(self.clause)

    @property
    def is_reviewed(self) -> bool:
        """Somebody of the bureau has compared the card with the document."""
        return self.status is not ReviewStatus.UNREVIEWED

    @property
    def is_in_force(self) -> bool:
        """The bureau says that the clause is in force: the only state in which 可能符合 is said."""
        return self.status is ReviewStatus.VALID

    def holds(self, on: date) -> bool:
        """Tell whether `on` lies between the card's first and last day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def answers_workers(self, released: frozenset[str] = frozenset()) -> bool:
        """Tell whether workers may read it: the clause was read, or the card was released."""
        return self.evidence is Evidence.READ or self.id in released

    def full(self) -> tuple[str, ...]:
        """Return the paragraphs of the long answer, in the order of the public page."""
        parts = (self.who, self.how_much, self.bring, self.where, self.not_covered)
        return (*parts, *self.more)


def clauses_of(written: str) -> tuple[str, ...]:
    """Return the single clauses of `3、5`; none where nothing but 、 is written."""
    return tuple(part.strip() for part in written.split("、") if part.strip())
