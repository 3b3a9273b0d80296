"""Messages on their way: replies in a dialogue, and pushes that nobody waits for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.messages import Body, Option
from storage.clocks import push_sequence
from storage.models import ContactAddress, Delivery
from storage.models.outbox import BULK_PRIORITY, REPLY_PRIORITY
from storage.states import DeliveryKind, DeliveryStatus, Operation, Stream
from storage.unit_of_work import UnitOfWork

ACTION_PREFIX = "a"
ANSWER_PREFIX = "q"
# Channels whose pages read the outbox themselves; a question asked there is read at once.
PAGE_CHANNELS = frozenset({"web"})


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
    """

    key: str
    body: Body
    dedupe_key: str
    kind: DeliveryKind = DeliveryKind.REPLY
    subject_id: uuid.UUID | None = None
    worker_id: uuid.UUID | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


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
        row = _columns(address, draft, now=now, stream=Stream.DIALOGUE, seq=address.next_seq)
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
    uow: UnitOfWork, address: ContactAddress, draft: Draft, *, now: datetime
) -> Delivery | None:
    """Queue one message outside the dialogue; None when the same was queued before."""
    row = Delivery(**_columns(address, draft, now=now, stream=Stream.PUSH, seq=push_sequence()))
    return row if uow.deliveries.add_once(row) else None


def push_all(
    uow: UnitOfWork, drafts: Sequence[tuple[ContactAddress, Draft]], *, now: datetime
) -> None:
    """Queue many messages outside the dialogue in one statement; their dedupe keys are new."""
    uow.deliveries.add_all(
        [
            _columns(address, draft, now=now, stream=Stream.PUSH, seq=push_sequence())
            for address, draft in drafts
        ]
    )


def body_of(delivery: Delivery) -> Body:
    """Return the stored body as a value."""
    stored = delivery.body or {}
    options = stored.get("options") or []
    link = stored.get("link")
    return Body(
        text=str(stored.get("text", "")),
        options=tuple(Option(**option) for option in options) if isinstance(options, list) else (),
        link=str(link) if link else None,
        closed=bool(stored.get("closed")),
    )


def _columns(
    address: ContactAddress, draft: Draft, *, now: datetime, stream: Stream, seq: int
) -> dict[str, object]:
    is_bulk = draft.kind in {DeliveryKind.VACANCY, DeliveryKind.EDIT}
    return {
        "id": uuid.uuid4(),
        "account_id": address.account_id,
        "address_id": address.id,
        "worker_id": draft.worker_id,
        "stream": stream,
        "seq": seq,
        "kind": draft.kind,
        "priority": BULK_PRIORITY if is_bulk else REPLY_PRIORITY,
        "operation": Operation.SEND,
        "subject_id": draft.subject_id,
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
