"""Signed links that open the chat as one worker: in a text message, or on a paper card."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people.auditing import audit_worker
from bot.services.sending.deliveries import body_of
from storage.models import ContactAddress, Delivery, Worker
from storage.models.reaching import ReturnLink
from storage.states import LinkPurpose, WorkerStatus
from storage.unit_of_work import UnitOfWork

START_PREFIX = "r_"
ID_BYTES = 9
SEAL_BYTES = 9
SEAL_KIND = "return_link.seal"
CARD_LIFE = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A link that is to be made: for whom, and at which address its message goes out."""

    worker_id: uuid.UUID
    address_id: uuid.UUID | None = None
    delivery_id: uuid.UUID | None = None


def path_of(token: str) -> str:
    """Return the page that opens a link; what `Body.link` of a text message holds."""
    return f"/r/{token}"


def make(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    *,
    purpose: LinkPurpose = LinkPurpose.SMS,
    delivery_id: uuid.UUID | None = None,
    address_id: uuid.UUID | None = None,
    life: timedelta | None = None,
    made_by: uuid.UUID | None = None,
) -> str:
    """Make a link for `worker` and return its token: 24 characters, without `r_`.

    The message it comes with need not be stored yet: it is found by the link in its body.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        worker: Whom it opens the chat as.
        purpose: A text message, or a paper card.
        delivery_id: The message it comes with, where that is known.
        address_id: Where that message goes.
        life: How long it opens; else a week or what is set for messages, 180 days for cards.
        made_by: The officer who prints a card; audited.
    """
    wanted = Wanted(worker.id, address_id, delivery_id)
    (token,) = make_all(uow, deployment, [wanted], purpose=purpose, life=life, made_by=made_by)
    if made_by is not None:
        audit_worker(uow, deployment, worker, "make_return_link", actor=f"officer:{made_by.hex}")
    return token


def make_all(
    uow: UnitOfWork,
    deployment: Deployment,
    wanted: Sequence[Wanted],
    *,
    purpose: LinkPurpose = LinkPurpose.SMS,
    life: timedelta | None = None,
    made_by: uuid.UUID | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> list[str]:
    """Make many links in one statement; return their tokens in the order of `wanted`."""
    now = deployment.now
    usual = CARD_LIFE if purpose is LinkPurpose.CARD else deployment.limits.link_life
    tokens = [_sealed(uow, random_bytes(ID_BYTES)) for _ in wanted]
    rows: list[dict[str, object]] = [
        {
            "worker_id": one.worker_id,
            "purpose": purpose,
            "delivery_id": one.delivery_id,
            "address_id": one.address_id,
            "made_by": made_by,
            "created_at": now,
            "expires_at": now + (life or usual),
        }
        for one in wanted
    ]
    uow.return_links.add_all(tokens, rows)
    return tokens


def look_up(
    uow: UnitOfWork, deployment: Deployment, token: str, address: ContactAddress
) -> ReturnLink:
    """Return the link behind a token, as it may be opened at `address`.

    A text message's link is opened at one address only; a card's wherever its holder says who
    they are, for people lose their phones and browsers forget.

    Args:
        uow: The transaction; the caller holds the address's row.
        deployment: The bureau.
        token: With or without `r_`.
        address: Where it is opened; it must belong to the worker's bureau.

    Raises:
        UserError: It was altered (told without a query), is unknown, was revoked, was opened
            elsewhere before, has expired, or its worker has left; each has its own text and
            none says who the worker is.
    """
    token = token.removeprefix(START_PREFIX)
    if not _is_whole(uow, token):
        raise UserError("returning.refused.unknown")
    link = uow.return_links.of_token(token)
    worker = uow.workers.get(link.worker_id) if link is not None else None
    account = uow.accounts.need(address.account_id)
    if link is None or worker is None or account.bureau_adcode != worker.bureau_adcode:
        raise UserError("returning.refused.unknown")
    reason = _why_not(link, worker, address, now=deployment.now)
    if reason is not None:
        raise UserError(f"returning.refused.{reason}")
    return link


def bind(
    uow: UnitOfWork, deployment: Deployment, link: ReturnLink, address: ContactAddress
) -> None:
    """Note that a link was opened at `address`, which it belongs to from now on; audited."""
    if link.opened_by == address.id:
        return
    link.opened_at, link.opened_by = deployment.now, address.id
    worker = uow.workers.need(link.worker_id)
    audit_worker(uow, deployment, worker, "open_return_link", actor=_actor(address))


def revoke(
    uow: UnitOfWork, deployment: Deployment, link: ReturnLink, *, by: ContactAddress
) -> None:
    """Let a link open nothing any more."""
    link.revoked_at = link.revoked_at or deployment.now
    worker = uow.workers.get(link.worker_id)
    if worker is not None:
        audit_worker(uow, deployment, worker, "revoke_return_link", actor=_actor(by))


def revoke_all(uow: UnitOfWork, worker: Worker, now: datetime) -> int:
    """Let no link of a worker open anything any more; return how many there were."""
    return uow.return_links.revoke_of(worker.id, at=now)


def message_of(uow: UnitOfWork, link: ReturnLink, token: str) -> Delivery | None:
    """Return the message that a link came with, or None (a card, or an emptied message)."""
    if link.delivery_id is not None:
        return uow.deliveries.get(link.delivery_id)
    if link.address_id is None:
        return None
    path = path_of(token.removeprefix(START_PREFIX))
    near = uow.return_links.messages_since(link.address_id, link.created_at)
    return next((row for row in near if body_of(row).link == path), None)


def _why_not(
    link: ReturnLink, worker: Worker, address: ContactAddress, *, now: datetime
) -> str | None:
    is_card = link.purpose is LinkPurpose.CARD
    if link.revoked_at is not None:
        return "card_revoked" if is_card else "revoked"
    if link.expires_at <= now:
        return "card_expired" if is_card else "expired"
    if not is_card and link.opened_by not in {None, address.id}:
        return "elsewhere"
    return "left" if worker.status is WorkerStatus.LEFT else None


def _sealed(uow: UnitOfWork, key: bytes) -> str:
    return base64.urlsafe_b64encode(key + _seal(uow, key)).decode("ascii")


def _is_whole(uow: UnitOfWork, token: str) -> bool:
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return False
    if len(raw) != ID_BYTES + SEAL_BYTES:
        return False
    return hmac.compare_digest(raw[ID_BYTES:], _seal(uow, raw[:ID_BYTES]))


def _seal(uow: UnitOfWork, key: bytes) -> bytes:
    return uow.secrets.blind_index(key.hex(), kind=SEAL_KIND)[:SEAL_BYTES]


def _actor(address: ContactAddress) -> str:
    return f"address:{address.id.hex}"
