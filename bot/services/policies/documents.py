"""The register of official documents: what the data files say, and what officers added to it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people.officers import actor_of
from bot.services.policies.reviewing import check_scope, city_of, later_than
from content.policies.documents import PolicyDocument
from storage.models import DocumentNote, Officer
from storage.unit_of_work import UnitOfWork

LONGEST = {"number": 60, "title": 200, "issuer": 80}
# Documents that only officers named have an id with this beginning.
OWN = "own-"
_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the register.

    Attributes:
        document: As the files and the officers have it.
        note: The officer's newest words on it, or None.
        cards: Ids of the cards that quote it.
    """

    document: PolicyDocument
    note: DocumentNote | None
    cards: tuple[str, ...]


def register(uow: UnitOfWork, deployment: Deployment) -> list[Entry]:
    """Return the documents that bind the bureau's people, those whose text is missing first."""
    city = city_of(deployment)
    found = _merged(uow, deployment)
    entries = [one for one in found.values() if city and one.document.jurisdiction in {"", city}]
    return sorted(entries, key=lambda one: one.document.held)


def entry(uow: UnitOfWork, deployment: Deployment, document_id: str) -> Entry | None:
    """Return one document, or None."""
    return _merged(uow, deployment).get(document_id)


def named(entries: Sequence[Entry], words: str) -> list[PolicyDocument]:
    """Return the documents that are meant by a number, a title or a part of one."""
    said = _plain(words)
    if not said:
        return []
    documents = [one.document for one in entries]
    exact = [it for it in documents if said in {it.id, _plain(it.number), _plain(it.title)}]
    parts = [it for it in documents if said in _plain(it.number + it.title)]
    return exact or parts


def complete(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, changed: PolicyDocument
) -> DocumentNote | None:
    """Write down a document as an officer completes it; None where nothing is new.

    What agrees with the data file is not written, so that a later file still counts.

    Raises:
        UserError: The officer does not answer for the whole bureau, a word is too long, or a
            document would take its own place.
    """
    check_scope(deployment, officer)
    _check(uow, deployment, changed)
    before = entry(uow, deployment, changed.id)
    if before is not None and before.document == changed:
        return None
    return _write(uow, deployment, officer, changed, action="document_completed")


def add(uow: UnitOfWork, deployment: Deployment, officer: Officer, number: str) -> PolicyDocument:
    """Enter a document that no file names, by its number; the same number is entered once.

    Raises:
        UserError: The officer does not answer for the whole bureau, or it is too long.
    """
    digits = hashlib.sha256(_plain(number).encode()).hexdigest()[:_ID_DIGITS]
    document = replace(
        _nothing_known(f"{OWN}{digits}"), number=number, jurisdiction=city_of(deployment) or ""
    )
    known = entry(uow, deployment, document.id)
    if known is not None:
        return known.document
    complete(uow, deployment, officer, document)
    return document


def undo(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, note_id: uuid.UUID
) -> PolicyDocument:
    """Take the newest note on a document back; return how the document stands then.

    Raises:
        UserError: It is not the newest any more, or the officer may not.
    """
    check_scope(deployment, officer)
    bureau = deployment.bureau_adcode
    row = uow.policy_notices.decision(DocumentNote, note_id, bureau_adcode=bureau)
    notes = uow.policy_notices.document_notes(bureau).get(row.document_id, []) if row else []
    if row is None or not notes or notes[-1].id != note_id:
        raise UserError("fallback.stale.button")
    before = notes[-2] if len(notes) > 1 else None
    document = _as_noted(_of_files(deployment, row.document_id), before)
    _write(uow, deployment, officer, document, action="document_undone")
    return document


def _merged(uow: UnitOfWork, deployment: Deployment) -> dict[str, Entry]:
    notes = uow.policy_notices.document_notes(deployment.bureau_adcode)
    cards: dict[str, list[str]] = {}
    for card in deployment.catalogue.policies.cards():
        cards.setdefault(card.document, []).append(card.id)
    own = [key for key in notes if deployment.catalogue.policies.documents.get(key) is None]
    ids = [*(document.id for document in deployment.catalogue.policies.documents), *own]
    return {key: _entry(deployment, key, notes, cards) for key in ids}


def _entry(
    deployment: Deployment,
    key: str,
    notes: Mapping[str, Sequence[DocumentNote]],
    cards: Mapping[str, Sequence[str]],
) -> Entry:
    note = notes[key][-1] if key in notes else None
    document = _as_noted(_of_files(deployment, key), note)
    return Entry(document, note, tuple(cards.get(key, ())))


def _of_files(deployment: Deployment, key: str) -> PolicyDocument:
    found = deployment.catalogue.policies.documents.get(key)
    if found is not None:
        return found
    return replace(_nothing_known(key), jurisdiction=city_of(deployment) or "")


def _nothing_known(key: str) -> PolicyDocument:
    return PolicyDocument(
        id=key,
        number="",
        title="",
        issuer="",
        date=None,
        jurisdiction="",
        held=False,
        superseded_by=None,
        note="",
        file="",
        line=0,
    )


def _as_noted(document: PolicyDocument, note: DocumentNote | None) -> PolicyDocument:
    if note is None:
        return document
    replaced = document.superseded_by if note.superseded_by is None else note.superseded_by
    return replace(
        document,
        number=document.number if note.number is None else note.number,
        title=document.title if note.title is None else note.title,
        title_given=document.title_given or note.title is not None,
        issuer=document.issuer if note.issuer is None else note.issuer,
        held=note.held,
        superseded_by=replaced or None,
    )


def _check(uow: UnitOfWork, deployment: Deployment, changed: PolicyDocument) -> None:
    if any(len(getattr(changed, name)) > most for name, most in LONGEST.items()):
        raise UserError("policy_documents.refused.too_long")
    known = _merged(uow, deployment)
    newer, seen = changed.superseded_by, {changed.id}
    while newer:
        if newer in seen:
            raise UserError("policy_documents.refused.circle")
        seen.add(newer)
        newer = known[newer].document.superseded_by if newer in known else None


def _write(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    document: PolicyDocument,
    *,
    action: str,
) -> DocumentNote:
    file = _of_files(deployment, document.id)
    notes = uow.policy_notices.document_notes(deployment.bureau_adcode).get(document.id, [])
    replaced = document.superseded_by or ""
    row = DocumentNote(
        bureau_adcode=deployment.bureau_adcode,
        document_id=document.id,
        number=_if_other(document.number, file.number),
        title=_if_other(document.title, file.title),
        issuer=_if_other(document.issuer, file.issuer),
        held=document.held,
        superseded_by=_if_other(replaced, file.superseded_by or ""),
        officer_id=officer.id,
        at=later_than(notes[-1].at if notes else None, deployment.now),
    )
    uow.policy_notices.add_row(row)
    uow.records.audit(
        actor_of(officer),
        action,
        subject_kind="policy",
        subject_id=row.id,
        scope=deployment.bureau_adcode,
        at=deployment.now,
    )
    return row


def _if_other(said: str, filed: str) -> str | None:
    return None if said == filed else said


def _plain(words: str) -> str:
    return "".join(words.split()).strip("《》“”\"'。，,")
