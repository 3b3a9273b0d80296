"""What one turn says in a text message: a single row, for each one is paid for."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import Body
from bot.services.sending import return_links
from bot.services.sending.sms_words import condensed
from storage.models import Worker
from storage.states import Way

if TYPE_CHECKING:
    from bot.conversations.turn import Turn


def replies_to_queue(turn: Turn) -> list[tuple[str, Body]]:
    """Return the replies of a turn as they are queued, text key and message.

    By text message they become one, with a link that opens the chat as that worker; whoever
    is no worker yet gets it without a link.
    """
    if not turn.replies or turn.channel != Way.SMS.value:
        return turn.replies
    body = condensed([body for _key, body in turn.replies])
    key = turn.replies[-1][0]
    worker = _concerned(turn)
    if worker is None:
        return [(key, body)]
    token = return_links.make(turn.uow, turn.deployment, worker, address_id=turn.address.id)
    return [(key, replace(body, link=return_links.path_of(token)))]


def _concerned(turn: Turn) -> Worker | None:
    """Return whom the message is about; several people may share a number."""
    key = turn.answers.get("check_in")
    row = turn.uow.check_ins.get(uuid.UUID(key)) if isinstance(key, str) else None
    asked = row.worker_id if row is not None else None
    return next((worker for worker in turn.workers if worker.id == asked), turn.worker)
