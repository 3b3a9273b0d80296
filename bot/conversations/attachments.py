"""Photos, stickers and voice notes: the sender is told who sees them, the officer sees them."""

from __future__ import annotations

import uuid

from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.conversations.worker.first_contact import is_stranger
from bot.errors import UserError
from bot.messages import Body, Media
from bot.services.cases import hand_over
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.sending import attachments
from bot.services.sending.attachments import SHOW, Sender, kind_key
from storage.models import ContactAddress
from storage.states import Role

script = Script("attachments")
LINK_TO_BOT = "https://t.me/"


@script.intercept
def take_in(turn: Turn) -> bool:
    """Keep what is no text; words that came with it are answered as any others."""
    kind, file_id = turn.inbound.media, turn.inbound.media_id
    if kind is None or file_id is None:
        return False
    media = Media(kind, file_id)
    if hand_over.TALKING_TO in turn.memory:
        _officer_shows(turn, media)
    elif hand_over.is_in_hand_over(turn.address):
        _person_shows(turn, media)
    elif turn.role is Role.OFFICER:
        turn.say("attachments.officer.useless")
        turn.ask_again()
    else:
        return _keep(turn, media)
    return _is_all(turn)


@script.action(SHOW)
def show(turn: Turn, key: str) -> None:
    """Show an officer what somebody sent."""
    officer = turn.officer
    if officer is None:
        raise UserError("attachments.refused.scope")
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        raise UserError("attachments.refused.gone") from None
    found = attachments.visible(turn.uow, turn.deployment, officer, wanted)
    turn.about = found[0].worker_id
    if found[0].account_id != turn.address.account_id:
        _say_where(turn, turn.text(kind_key(found[0].kind)))
        return
    for one in found:
        body = Body("", media=Media(one.kind, one.file_id))
        turn.replies.append(("attachments.officer.told", body))


def _keep(turn: Turn, media: Media) -> bool:
    enterprise = turn.enterprise if turn.role is Role.ENTERPRISE else None
    worker = turn.worker if turn.role is Role.WORKER else None
    kept = attachments.keep(
        turn.uow,
        turn.deployment,
        Sender(turn.address, worker, enterprise),
        kind=media.kind,
        file_id=media.file_id,
    )
    if not kept.is_first:
        return _is_all(turn)
    kind = turn.text(kind_key(media.kind))
    if kept.officer is None:
        turn.say("attachments.received.nobody", kind=kind)
    else:
        name = officers.spoken_name(turn.deployment, kept.officer, turn.language)
        purpose = "voice" if media.kind == "voice" else "file"
        turn.say(f"attachments.received.{purpose}", kind=kind, officer=name)
    if turn.inbound.text.strip():
        return False
    if turn.step is not None:
        turn.ask_again()
    elif is_stranger(turn):
        turn.go("first_contact.start")
    return True


def _is_all(turn: Turn) -> bool:
    """Words below a picture still have to be heard."""
    if turn.inbound.text.strip():
        return False
    if not turn.replies:
        turn.silently()
    return True


def _officer_shows(turn: Turn, media: Media) -> None:
    partner = hand_over.partner_of(turn.uow, turn.memory)
    officer = turn.officer
    if officer is None or partner is None or partner.handed_over_to != turn.address.id:
        hand_over.forget(turn.memory)
        turn.say("hand_over.officer.over")
        return
    name = officers.spoken_name(turn.deployment, officer, partner.language)
    if not _carry(turn, partner, media, name=name, about=partner.id):
        turn.say("attachments.officer.not_there")


def _person_shows(turn: Turn, media: Media) -> None:
    if turn.address.handed_over_to is None:
        return
    to = turn.uow.addresses.need(turn.address.handed_over_to)
    worker = turn.worker
    name = short_name(worker.name) if worker is not None and worker.name else ""
    name = name or turn.deployment.text("hand_over.line.nameless", to.language)
    if not _carry(turn, to, media, name=name, about=turn.address.id):
        turn.say("attachments.received.unseen", kind=turn.text(kind_key(media.kind)))


def _carry(turn: Turn, to: ContactAddress, media: Media, *, name: str, about: uuid.UUID) -> bool:
    return attachments.carry(
        turn.uow,
        turn.deployment,
        to,
        media,
        name=name,
        from_account=turn.address.account_id,
        about=about,
        origin=turn.context_key,
    )


def _say_where(turn: Turn, kind: str) -> None:
    """Say where it can be seen, to an officer who is on another channel than its sender."""
    name = turn.uow.records.setting(f"telegram.name:{turn.deployment.bureau_adcode}")
    if name:
        turn.say("attachments.officer.elsewhere", kind=kind, address=LINK_TO_BOT + name)
    else:
        turn.say("attachments.officer.unseen", kind=kind)
