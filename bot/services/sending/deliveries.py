"""Messages on their way: replies in a dialogue, pushes that nobody waits for, and edits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.messages import Body, Media, Option
from storage.clocks import push_sequence
from storage.models import ContactAddress, Delivery
from storage.models.outbox import BULK_PRIORITY, REPLY_PRIORITY
from storage.repositories.deliveries import SentRow
from storage.states import PUSH_KINDS, DeliveryKind, DeliveryStatus, Operation, Stream
from storage.unit_of_work import UnitOfWork

ACTION_PREFIX = "a"
ANSWER_PREFIX = "q"
# Channels whose pages read the outbox themselves; a question asked there is read at once.
PAGE_CHANNELS = frozenset({"web"})
# Channels where a message that was sent can still be changed.
EDITING_CHANNELS = frozenset({"web", "telegram"})
BULK_KINDS = PUSH_KINDS | {DeliveryKind.EDIT}
EDIT_KEY = "edit"


@dataclass(frozen=True, slots=True)
class Recipient:
    """The two facts of an address that a push needs, where its row was not read."""

    id: uuid.UUID
    account_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be queued.

    Attributes:
        key: The text it was rendered from, for the record.
        body: What is shown.
        dedupe_key: The same key is queued once, whatever happens.
        kind: Why it is sent.
        subject_id: The vacancy, case or check-in it is about.
        worker_id: Whom it concerns, where several share an address.
        not_before: Earliest instant, now when None.
        expires_at: Instant after which it is skipped.
        broadcast_id: The officer's broadcast whose recipient this is.
    """

    key: str
    body: Body
    dedupe_key: str
    kind: DeliveryKind = DeliveryKind.REPLY
    subject_id: uuid.UUID | None = None
    worker_id: uuid.UUID | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    broadcast_id: uuid.UUID | None = None


def action_data(action: str, argument: str = "") -> str:
    """Return the data of a button that works at any time, whatever was asked meanwhile.

    Raises:
        ValueError: It is longer than the 64 bytes that a button can carry.
    """
    data = f"{ACTION_PREFIX}:{action}:{argument}"
    if len(data.encode()) > 64:  # noqa: PLR2004 - the platforms' limit
        raise ValueError(f"button data too long: {action}")
    return data


def answer_data(serial: int, number: int) -> str:
    """Return the data of a button that answers question `serial` only."""
    return f"{ANSWER_PREFIX}:{serial}:{number}"


def question_serial(body: Body) -> int | None:
    """Return which question the buttons of a message answer; None where they answer none."""
    for option in body.options:
        prefix, _, rest = option.data.partition(":")
        serial = rest.partition(":")[0]
        if prefix == ANSWER_PREFIX and serial.isdecimal():
            return int(serial)
    return None


def queue_dialogue(
    uow: UnitOfWork,
    address: ContactAddress,
    drafts: Sequence[Draft],
    *,
    now: datetime,
    on_page: bool = False,
) -> None:
    """Queue messages in the dialogue stream; the caller holds the address's row.

    On a page, which reads the outbox itself, a reply is accepted in this very transaction.
    """
    rows = []
    for draft in drafts:
        row = columns(address, draft, now=now, stream=Stream.DIALOGUE, seq=address.next_seq)
        address.next_seq += 1
        if on_page:
            address.last_cursor += 1
            row |= {
                "status": DeliveryStatus.ACCEPTED,
                "accepted_at": now,
                "attempts": 1,
                "cursor": address.last_cursor,
                "external_id": str(address.last_cursor),
            }
        rows.append(row)
    uow.deliveries.add_all(rows)


def push(
    uow: UnitOfWork, address: ContactAddress | Recipient, draft: Draft, *, now: datetime
) -> Delivery | None:
    """Queue one message outside the dialogue; None when the same was queued before."""
    row = Delivery(**columns(address, draft, now=now, stream=Stream.PUSH, seq=push_sequence()))
    return row if uow.deliveries.add_once(row) else None


def push_all(
    uow: UnitOfWork,
    drafts: Sequence[tuple[ContactAddress | Recipient, Draft]],
    *,
    now: datetime,
) -> None:
    """Queue many messages outside the dialogue in one statement; their dedupe keys are new."""
    uow.deliveries.add_all(
        [
            columns(address, draft, now=now, stream=Stream.PUSH, seq=push_sequence())
            for address, draft in drafts
        ]
    )


def edit(
    uow: UnitOfWork, target: Delivery, body: Body, *, reason: str, now: datetime
) -> Delivery | None:
    """Queue a change of a message that was sent, or change the change that still waits.

    Args:
        uow: The transaction.
        target: The message as it was sent.
        body: What it says from now on.
        reason: Names this change; the same reason changes the same message once, so progress
            numbers its reasons (`progress:7`).
        now: The present instant.

    Returns:
        The waiting change; None where the channel cannot edit, the message was never accepted,
        or this reason was used before.
    """
    account = uow.accounts.need(target.account_id)
    if account.channel not in EDITING_CHANNELS or target.status is not DeliveryStatus.ACCEPTED:
        return None
    waiting = uow.deliveries.waiting_edit(target.id)
    if waiting is not None:
        waiting.body = asdict(body)
        return waiting
    row = Delivery(**edit_columns(target, body, reason=reason, now=now))
    return row if uow.deliveries.add_once(row) else None


def edit_columns(
    target: Delivery | SentRow, body: Body, *, reason: str, now: datetime
) -> dict[str, object]:
    """Return the row of a change; it stands in the queue where the message itself stood.

    So a change of an older message goes before the bulk that was queued after it, and the
    progress of a broadcast is not shown when the broadcast is over.
    """
    draft = Draft(
        EDIT_KEY,
        body,
        dedupe_key=f"edit:{target.id.hex}:{reason}",
        kind=DeliveryKind.EDIT,
        subject_id=target.subject_id,
        worker_id=target.worker_id,
        not_before=min(now, target.accepted_at or now),
    )
    address = Recipient(target.address_id, target.account_id)
    row = columns(address, draft, now=now, stream=Stream.PUSH, seq=push_sequence())
    return row | {"operation": Operation.EDIT, "target_id": target.id}


def body_of(delivery: Delivery) -> Body:
    """Return the stored body as a value."""
    return body_from(delivery.body)


def body_from(stored: Mapping[str, object] | None) -> Body:
    """Return a body as it was stored by `asdict`; an erased one is empty."""
    kept = stored or {}
    options = kept.get("options") or []
    link, media, wants = kept.get("link"), kept.get("media"), kept.get("wants")
    return Body(
        text=str(kept.get("text", "")),
        options=tuple(Option(**option) for option in options) if isinstance(options, list) else (),
        link=str(link) if link else None,
        closed=bool(kept.get("closed")),
        media=Media(**media) if isinstance(media, dict) else None,
        wants=str(wants) if wants else None,
    )


def columns(
    address: ContactAddress | Recipient,
    draft: Draft,
    *,
    now: datetime,
    stream: Stream,
    seq: int,
) -> dict[str, object]:
    """Return `draft` as the columns of its row, for makers of many rows at once."""
    return {
        "id": uuid.uuid4(),
        "account_id": address.account_id,
        "address_id": address.id,
        "worker_id": draft.worker_id,
        "stream": stream,
        "seq": seq,
        "kind": draft.kind,
        "priority": BULK_PRIORITY if draft.kind in BULK_KINDS else REPLY_PRIORITY,
        "operation": Operation.SEND,
        "target_id": None,
        "subject_id": draft.subject_id,
        "broadcast_id": draft.broadcast_id,
        "text_key": draft.key,
        "body": asdict(draft.body),
        "created_at": now,
        "not_before": draft.not_before or now,
        "expires_at": draft.expires_at,
        "attempts": 0,
        "status": DeliveryStatus.QUEUED,
        "dedupe_key": draft.dedupe_key,
        "accepted_at": None,
        "cursor": None,
        "external_id": None,
    }
