"""Reads the cards: the package's with a bureau's own above them, file by file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from content.data_files import DataFile, DataFolder
from content.evidence import Evidence
from content.policies.asked_things import MAY_BE_LEFT_OUT
from content.policies.cards import PolicyCard, ReviewStatus, clauses_of
from content.policies.conflicts import conflicts
from content.policies.fields import Fields
from content.policies.library import PolicyLibrary
from content.policies.parsing import opened, parsed
from content.policies.problems import Problem, Severity
from content.policies.registers import Registers, read_registers

ROOT = "policies"
CARDS = "policies/cards"
MOST_CHAT_LINES = 4
TEXTS = (
    "id", "mechanism", "jurisdiction", "title", "document", "clause", "status", "evidence",
    "who", "how_much", "bring", "where", "not_covered",
)  # fmt: skip
CARD_KEYS = frozenset(
    {*TEXTS, "valid_from", "valid_to", "reviewer", "reviewed_on", "chat", "more", "leaves_out"}
    | {"replaces"}
)
_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{2,59}")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that could be read, and what was wrong with the rest.

    Attributes:
        library: The cards without a mistake of their own.
        problems: Errors first in the order of the files.
    """

    library: PolicyLibrary
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Card:
    """A file while its card is made."""

    fields: Fields
    registers: Registers
    texts: dict[str, str] = field(default_factory=dict)

    def one_of(self, key: str, code: str, known: Iterable[str]) -> None:
        """Note a value that is none of the known ones."""
        value, names = self.texts[key], tuple(known)
        if value and value not in names:
            self.fields.wrong(key, code, value=value, known="、".join(names))


def read_policies(folder: DataFolder) -> PolicyLibrary:
    """Read every card and register.

    Raises:
        ContentError: The first mistake, with file, line and remedy.
    """
    found = read_all(folder)
    for problem in found.problems:
        if problem.severity is Severity.ERROR:
            raise problem.as_error()
    return found.library


def read_all(folder: DataFolder) -> Reading:
    """Read what can be read and tell everything that is wrong, in one go."""
    registers = read_registers(folder)
    problems = [*registers.problems, *_misplaced(folder)]
    cards: list[PolicyCard] = []
    for name in card_names(folder):
        file = opened(folder, name, problems)
        card = None if file is None else _read_card(file, registers, problems)
        if card is not None:
            cards.append(card)
    problems.extend(conflicts(cards))
    library = PolicyLibrary(
        cards,
        registers.documents,
        jurisdictions=registers.jurisdictions.values(),
        mechanisms=registers.mechanisms,
    )
    return Reading(library, tuple(problems))


def card_names(folder: DataFolder) -> list[str]:
    """Return the files of all cards; the bureau's file of a name stands for the package's."""
    names = {*folder.package_names(CARDS, ending=".toml")}
    return sorted(names | {*folder.overlay_names(CARDS, ending=".toml")})


def _misplaced(folder: DataFolder) -> Iterator[Problem]:
    """Yield a bureau's files that nothing would read: a card saved as text, a misspelt folder."""
    known = set(folder.package_names(ROOT))
    for name in folder.overlay_names(ROOT):
        is_card = name.startswith(f"{CARDS}/") and name.count("/") == CARDS.count("/") + 2
        is_read = (is_card or name.startswith(f"{ROOT}/questions/")) and name.endswith(".toml")
        if name not in known and not is_read and not name.endswith(".md"):
            yield Problem(f"overlay {name}", 1, "misplaced", {"folder": CARDS})


def _read_card(file: DataFile, registers: Registers, problems: list[Problem]) -> PolicyCard | None:
    before = len(problems)
    row = parsed(file, problems)
    if len(problems) > before:
        return None
    fields = Fields(row, file.shown_name, lambda key: file.line_of("", key))
    fields.nothing_else(CARD_KEYS)
    reading = _Card(fields, registers)
    reading.texts = {key: fields.text(key) for key in TEXTS}
    if reading.texts["clause"] and not clauses_of(reading.texts["clause"]):
        fields.wrong("clause", "no_clause")
    _check_quoted(reading, PurePosixPath(file.name).parent.name)
    _check_review(fields, reading.texts["status"])
    card = _made(reading)
    problems.extend(fields.problems)
    return card


def _check_quoted(card: _Card, folder_name: str) -> None:
    fields, texts, registers = card.fields, card.texts, card.registers
    if texts["id"] and not _ID.fullmatch(texts["id"]):
        fields.wrong("id", "wrong_id", value=texts["id"])
    card.one_of("mechanism", "unknown_mechanism", registers.mechanisms)
    card.one_of("jurisdiction", "unknown_jurisdiction", registers.jurisdictions)
    card.one_of("status", "unknown_status", ReviewStatus)
    card.one_of("evidence", "unknown_evidence", Evidence)
    card.one_of("document", "unknown_document", sorted(it.id for it in registers.documents))
    if texts["jurisdiction"] and texts["jurisdiction"] != folder_name:
        fields.wrong(
            "jurisdiction", "wrong_folder", value=texts["jurisdiction"], folder=folder_name
        )
    document = registers.documents.get(texts["document"])
    if document is not None and not document.held and texts["evidence"] == Evidence.READ:
        fields.wrong("evidence", "not_held", value=document.name)


def _made(card: _Card) -> PolicyCard | None:
    fields = card.fields
    texts = dict(card.texts)
    first, last = fields.day("valid_from"), fields.day("valid_to")
    if fields.row.get("valid_from") is None:
        fields.wrong("valid_from", "missing")
    chat, left_out = fields.lines("chat"), fields.lines("leaves_out")
    if fields.row.get("chat", []) == [] or len(chat) > MOST_CHAT_LINES:
        fields.wrong("chat", "chat_lines", most=str(MOST_CHAT_LINES))
    if not set(left_out) <= set(MAY_BE_LEFT_OUT):
        fields.wrong("leaves_out", "unknown_left_out", known="、".join(MAY_BE_LEFT_OUT))
    more, reviewer = fields.lines("more"), fields.optional("reviewer")
    reviewed_on, replaces = fields.day("reviewed_on"), fields.optional("replaces") or None
    if fields.problems or first is None:
        return None
    return PolicyCard(
        valid_from=first,
        valid_to=last,
        status=ReviewStatus(texts.pop("status")),
        evidence=Evidence(texts.pop("evidence")),
        chat=chat,
        more=more,
        leaves_out=frozenset(left_out),
        reviewer=reviewer,
        reviewed_on=reviewed_on,
        replaces=replaces,
        file=fields.file,
        line=fields.line_of("id"),
        **texts,
    )


def _check_review(fields: Fields, status: str) -> None:
    row = fields.row
    first, last = row.get("valid_from"), row.get("valid_to")
    # A day with an hour is noted elsewhere and cannot be compared.
    if type(first) is date and type(last) is date and last < first:
        fields.wrong("valid_to", "ends_before_it_begins")
    if status not in {ReviewStatus.VALID, ReviewStatus.HISTORIC}:
        return
    if not row.get("reviewer"):
        fields.wrong("reviewer", "no_reviewer", value=status)
    if row.get("reviewed_on") is None:
        fields.wrong("reviewed_on", "no_review_day", value=status)
