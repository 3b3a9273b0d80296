"""Writes an answer from the cards' own lines: nothing is made up, nothing is promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from content.benefits.money import yuan
from content.benefits.verdicts import Standing, Verdict
from content.benefits.words import missing_key, reason_key
from content.policies.answer_choice import further_lines
from content.policies.asked_things import MAY_BE_LEFT_OUT
from content.policies.card_rules import tells_of
from content.policies.cards import PolicyCard, ReviewStatus
from content.policies.documents import PolicyDocument
from content.policies.library import PolicyLibrary
from content.texts import Texts

_STATUS_KEYS = {
    ReviewStatus.VALID: "policy_answers.status.valid",
    ReviewStatus.HISTORIC: "policy_answers.status.historic",
    ReviewStatus.UNREVIEWED: "policy_answers.status.unreviewed",
}
_LEAST_REVIEWED_FIRST = (ReviewStatus.UNREVIEWED, ReviewStatus.HISTORIC, ReviewStatus.VALID)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose clauses are found.

    Attributes:
        question: The worker's words.
        jurisdiction: The worker's city, None where it is unknown.
        on: The day of the question.
        cards: The clauses that answer, none where no clause does; several: one a city.
        asks: What is wanted: amount, place, time, papers and others.
        handoff: The question goes to a person.
        reason: Why: answered, no_clause, other_city, not_in_force, city_unknown, left_out, verify,
            grievance, not_understood.
        item: Clause of the city's document that speaks of a matter not dealt with here.
        verdicts: Mechanism → what its rule says about this person, as far as known.
    """

    question: str
    jurisdiction: str | None
    on: date
    cards: tuple[PolicyCard, ...]
    asks: frozenset[str]
    handoff: bool
    reason: str
    item: str | None = None
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerWriter:
    """Writes answers in one language.

    Attributes:
        library: The cards and their documents.
        texts: The sentences around them.
        language: Of these sentences; the cards speak their own.
        trusts_unreviewed: A card that nobody of the bureau has reviewed may say 可能符合: in the
            demo only.
    """

    library: PolicyLibrary
    texts: Texts
    language: str = "zh"
    trusts_unreviewed: bool = False

    def lines(self, asked: Asked) -> tuple[str, ...]:
        """Return the answer, one message line each; the last names document, year and status."""
        if not asked.cards:
            return tuple(self._refusal(asked))
        lines: list[str] = []
        for card in asked.cards:
            if len(asked.cards) > 1:
                lines.append(self._render("policy_answers.city.heading", city=self._city(card)))
            lines += card.chat
            lines += further_lines(card, asked.question, asked.asks)
            verdict = asked.verdicts.get(card.mechanism)
            if verdict is not None and len(asked.cards) == 1 and tells_of(card, verdict.rule):
                lines += self._verdict(card, verdict)
            if len(asked.cards) > 1:
                lines.append(self.source(card))
        lines += self._handed_over(asked)
        if len(asked.cards) == 1:
            lines.append(self.source(asked.cards[0]))
        return tuple(dict.fromkeys(lines))

    def source(self, card: PolicyCard) -> str:
        """Return the line that names a card's document, clause, year and review status."""
        document = self.library.document_of(card)
        is_numbered = bool(card.clauses) and all(part.isdecimal() for part in card.clauses)
        key = "policy_answers.source.item" if is_numbered else "policy_answers.source.section"
        return self._render(
            key,
            document=self._name(document),
            clause=card.clause,
            dated=self._dated(document),
            status=self._status(card.status),
        )

    def _verdict(self, card: PolicyCard, verdict: Verdict) -> Iterator[str]:
        office = verdict.rule.office
        is_trusted = card.is_in_force or self.trusts_unreviewed
        if card.status is ReviewStatus.HISTORIC:
            # What an earlier rule would have said of the person helps nobody.
            yield self._render("policy_answers.verdict.historic", office=office)
            return
        if verdict.verdict is Standing.NOT:
            key = "not_met" if is_trusted else "not_met_unreviewed"
            yield self._render(f"policy_answers.verdict.{key}", office=office)
        elif not is_trusted:
            yield self._render("policy_answers.verdict.unreviewed", office=office)
        elif verdict.verdict is Standing.LIKELY:
            yield self._render("policy_answers.verdict.likely", office=office)
            if verdict.amount_fen is not None:
                amount = yuan(verdict.amount_fen)
                yield self._render("policy_answers.verdict.likely_amount", amount=amount)
        else:
            yield self._render("policy_answers.verdict.check", office=office)
        for code in verdict.reasons:
            yield self._render(reason_key(code))
        if verdict.missing and verdict.verdict is not Standing.NOT:
            yield self._render(missing_key(verdict.missing[0]))

    def _handed_over(self, asked: Asked) -> Iterator[str]:
        if not asked.handoff:
            return
        if asked.reason == "left_out":
            unsaid = {it for card in asked.cards for it in card.leaves_out}
            for it in MAY_BE_LEFT_OUT:
                if it in asked.asks & unsaid:
                    yield self._render(f"policy_answers.unsaid.{it}")
        elif asked.reason == "verify":
            yield self._render("policy_answers.handed.verify")
        elif asked.reason == "grievance":
            yield self._render("policy_answers.handed.grievance")
        yield self._render("policy_answers.handed.to_a_person")

    def _refusal(self, asked: Asked) -> Iterator[str]:
        searched = self._searched(asked.jurisdiction, asked.on)
        yield self._why_refused(asked, searched)
        yield self._render("policy_answers.handed.to_a_person")
        for document, status in searched:
            yield self._render(
                "policy_answers.source.searched",
                document=self._name(document),
                dated=self._dated(document),
                status=self._status(status),
            )

    def _why_refused(
        self, asked: Asked, searched: list[tuple[PolicyDocument, ReviewStatus]]
    ) -> str:
        if asked.item is not None and searched:
            return self._render(
                "policy_answers.handed.not_its_matter",
                document=self._name(searched[0][0]),
                clause=asked.item,
            )
        if asked.reason == "city_unknown":
            return self._render("policy_answers.city.unknown")
        if asked.reason in {"not_understood", "grievance"}:
            return self._render(f"policy_answers.handed.{asked.reason}")
        city = self.library.jurisdiction(asked.jurisdiction or "")
        names = [city] if city is not None else self.library.jurisdictions
        key = asked.reason if asked.reason in {"other_city", "not_in_force"} else "no_clause"
        return self._render(f"policy_answers.handed.{key}", city="、".join(it.name for it in names))

    def _searched(
        self, jurisdiction: str | None, on: date
    ) -> list[tuple[PolicyDocument, ReviewStatus]]:
        """Return each city's main document, and how far its least reviewed card is."""
        cities = [it.id for it in self.library.jurisdictions]
        found = []
        for city in cities if jurisdiction is None else [jurisdiction]:
            # Before a document's first day nothing in it answers, but it is what was searched.
            every = tuple(card for card in self.library.cards() if card.jurisdiction == city)
            cards = self.library.of(city, on) or every
            if not cards:
                continue
            main, _ = Counter(card.document for card in cards).most_common(1)[0]
            of_main = [card for card in cards if card.document == main]
            statuses = {card.status for card in of_main}
            least = next(it for it in _LEAST_REVIEWED_FIRST if it in statuses)
            found.append((self.library.document_of(of_main[0]), least))
        return found

    def _name(self, document: PolicyDocument) -> str:
        if document.number:
            return document.number
        if not document.title_given:
            return document.title
        return self._render("policy_answers.source.title", title=document.title)

    def _dated(self, document: PolicyDocument) -> str:
        """Return the document's year; nothing where it has none, as a card's is not its own."""
        if document.year is None:
            return ""
        return self._render("policy_answers.source.dated", year=document.year)

    def _city(self, card: PolicyCard) -> str:
        city = self.library.jurisdiction(card.jurisdiction)
        return card.jurisdiction if city is None else city.name

    def _status(self, status: ReviewStatus) -> str:
        return self._render(_STATUS_KEYS[status])

    def _render(self, key: str, **values: object) -> str:
        return self.texts.render(key, self.language, **values)
