"""Photos, stickers and voice notes: kept by the platform's id, and shown to the officer.

The file itself stays on the platform. Only the bot that received it can show it again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import UserError
from bot.messages import Body, Media, Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal, audit_view
from bot.services.people.workers import short_name
from bot.services.sending.deliveries import Draft, action_data, push
from storage.models import Attachment, Case, ContactAddress, Enterprise, Officer, Worker
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

SHOW = "attachment"
# Pictures of one album come as messages of their own: told once, and shown together.
BURST = timedelta(seconds=60)
MOST_SHOWN = 10
KINDS = frozenset({"photo", "sticker", "voice", "video", "document"})
# Platforms know more kinds than people do.
SAME_AS = {"animation": "video", "video_note": "video", "audio": "document"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent something: the address, and whom is known there."""

    address: ContactAddress
    worker: Worker | None
    enterprise: Enterprise | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was kept.

    Attributes:
        attachment: The row.
        officer: Who was told, or None where nobody looks after the place.
        is_first: Nothing else came from there within the last minute.
    """

    attachment: Attachment
    officer: Officer | None
    is_first: bool


def kind_key(kind: str) -> str:
    """Return the text key of what people call a platform's kind of file."""
    known = SAME_AS.get(kind, kind)
    return f"attachments.kind.{known if known in KINDS else 'document'}"


def keep(
    uow: UnitOfWork, deployment: Deployment, sender: Sender, *, kind: str, file_id: str
) -> Kept:
    """Keep what somebody sent, and tell the officer once for what comes together.

    The owner of the person's open case is told, else the officer of the place.

    Args:
        uow: The transaction; the caller holds the address's row.
        deployment: The bureau.
        sender: Who sent it.
        kind: The platform's word for what it is.
        file_id: The platform's id, good for the account that received it only.
    """
    address, worker = sender.address, sender.worker
    before = uow.attachments.last_at(address.id, after=deployment.now - BURST)
    case = uow.cases.find_open(
        worker_id=worker.id if worker is not None else None, address_id=address.id
    )
    attachment = uow.attachments.add(
        Attachment(
            account_id=address.account_id,
            address_id=address.id,
            worker_id=worker.id if worker is not None else None,
            kind=kind,
            file_id=file_id,
            case_id=case.id if case is not None else None,
            received_at=deployment.now,
        )
    )
    officer = _reader(uow, deployment, sender, case)
    if officer is not None and before is None:
        _tell(uow, deployment, officer, sender, attachment)
    return Kept(attachment, officer, is_first=before is None)


def visible(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> list[Attachment]:
    """Return what came together with this attachment, oldest first; the look is audited.

    Raises:
        UserError: It is gone, or its sender lies outside the officer's scope.
    """
    first = uow.attachments.get(key)
    if first is None:
        raise UserError("attachments.refused.gone")
    case = uow.cases.get(first.case_id) if first.case_id is not None else None
    is_owner = case is not None and case.officer_id == officer.id
    if not is_owner and not officers.is_in_scope(officer, _place(uow, deployment, first)):
        audit_refusal(uow, deployment, officer, subject_kind="attachment", subject_id=key)
        raise UserError("attachments.refused.scope")
    audit_view(
        uow, deployment, officer, "see_attachment", subject_kind="attachment", subject_id=key
    )
    following = uow.attachments.from_address(
        first.address_id, since=first.received_at, limit=MOST_SHOWN
    )
    together = [first]
    for one in following:
        if one.id != first.id and one.received_at - together[-1].received_at <= BURST:
            together.append(one)
    return together


def carry(
    uow: UnitOfWork,
    deployment: Deployment,
    to: ContactAddress,
    media: Media,
    *,
    name: str,
    from_account: uuid.UUID,
    about: uuid.UUID,
    origin: str,
) -> bool:
    """Carry something besides words to the other side of a taken-over conversation.

    Returns:
        False where the other side is on another account, so that only the word for it goes.
    """
    is_shown = to.account_id == from_account
    word = deployment.text(kind_key(media.kind), to.language)
    line = deployment.text("hand_over.line.from", to.language, name=name, words=f"[{word}]")
    draft = Draft(
        key="hand_over.line.from",
        body=Body(line, media=media if is_shown else None),
        dedupe_key=f"hand_over_file:{origin}:{to.id.hex}",
        kind=DeliveryKind.HAND_OVER,
        subject_id=about,
    )
    push(uow, to, draft, now=deployment.now)
    return is_shown


def _reader(
    uow: UnitOfWork, deployment: Deployment, sender: Sender, case: Case | None
) -> Officer | None:
    owner = uow.officers.get(case.officer_id) if case is not None else None
    if owner is not None and owner.retired_at is None:
        return owner
    if sender.enterprise is not None:
        code = officers.code_of_enterprise(sender.enterprise)
    else:
        code = officers.code_of_worker(sender.worker, deployment.bureau_adcode)
    for place in (code, deployment.bureau_adcode):
        try:
            return officers.owner_for(uow, place, person=sender.address.id)
        except officers.NoOfficerError:
            continue
    return None


def _tell(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    sender: Sender,
    attachment: Attachment,
) -> None:
    language = officers.language_of(uow, officer)
    label = deployment.text("attachments.choice.show", language)
    officers.inform(
        uow,
        deployment,
        officer,
        "attachments.officer.told",
        dedupe=f"attachment:{attachment.id.hex}",
        subject_id=sender.worker.id if sender.worker is not None else sender.address.id,
        options=(Option(1, label, action_data(SHOW, attachment.id.hex)),),
        name=_name(deployment, sender, language),
        kind=deployment.text(kind_key(attachment.kind), language),
    )


def _name(deployment: Deployment, sender: Sender, language: str) -> str:
    if sender.enterprise is not None:
        return sender.enterprise.name
    if sender.worker is not None and sender.worker.name:
        return short_name(sender.worker.name)
    return deployment.text("attachments.officer.nameless", language)


def _place(uow: UnitOfWork, deployment: Deployment, attachment: Attachment) -> str:
    worker_id = attachment.worker_id
    worker = uow.workers.get(worker_id) if worker_id is not None else None
    enterprise = uow.enterprises.at(attachment.address_id) if worker is None else None
    if enterprise is not None:
        return officers.code_of_enterprise(enterprise)
    return officers.code_of_worker(worker, deployment.bureau_adcode)
