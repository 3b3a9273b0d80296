"""What an officer types or taps for a worker, passed on; it never moves on to a stranger."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from bot.conversations.turn import Turn
from bot.conversations.worker.speaking_for import show, speak_as
from bot.messages import Body
from bot.services.people import acting
from bot.services.people.acting import Acting
from bot.services.people.officer_views import audit_refusal
from storage.models import ContactAddress, Officer, Worker


class _BeyondScopeError(Exception):
    """What was said is about somebody whom this officer does not look after."""

    def __init__(self, worker_id: uuid.UUID) -> None:
        super().__init__(worker_id)
        self.worker_id = worker_id


def relay(turn: Turn, *, text: str = "", button: str | None = None) -> None:
    """Say something in the conversation of whom the officer acts for, and show what is said back.

    Where the words turn to a relative on the same number, the officer acts for that person from
    here on, if this is allowed; otherwise nothing happens but an entry in the audit.
    """
    begun, officer = acting.current(turn.memory), turn.officer
    address = turn.uow.addresses.lock(begun.address_id) if begun is not None else None
    if begun is None or address is None or officer is None or not _is_there(turn, begun, address):
        acting.end(turn.uow, turn.deployment, officer, turn.memory)
        turn.say("acting.done.over")
        return
    try:
        with turn.uow.savepoint():
            replies = _spoken(turn, officer, begun, address, text=text, button=button)
    except _BeyondScopeError as error:
        audit_refusal(
            turn.uow, turn.deployment, officer, subject_kind="worker", subject_id=error.worker_id
        )
        acting.end(turn.uow, turn.deployment, officer, turn.memory)
        turn.say("acting.refused.unknown")
        return
    acting.note(turn.uow, turn.deployment, officer, begun)
    person = address.acting_for
    if person is not None and person != begun.worker_id:
        begun = acting.go_on_for(turn.memory, begun, person)
        acting.note(turn.uow, turn.deployment, officer, begun)
    show(turn, begun, address, replies)


def _is_there(turn: Turn, begun: Acting, address: ContactAddress) -> bool:
    """Tell whether the person is still reached there; for a newcomer, nobody else is."""
    people = [worker.id for worker in turn.uow.addresses.workers_at(address.id)]
    return begun.worker_id in people if begun.worker_id is not None else not people


def _spoken(
    turn: Turn,
    officer: Officer,
    begun: Acting,
    address: ContactAddress,
    *,
    text: str,
    button: str | None,
) -> list[tuple[str, Body]]:
    """Speak, and refuse where it touched somebody out of scope who shares the number."""
    strangers = _strangers(turn, officer, begun, turn.uow.addresses.workers_at(address.id))
    replies = speak_as(turn, address, begun.worker_id, text=text, button=button)
    turn.uow.session.flush()
    left = {worker.id for worker in turn.uow.addresses.workers_at(address.id)}
    for stranger in strangers:
        if stranger == address.acting_for or stranger not in left:
            raise _BeyondScopeError(stranger)
    return replies


def _strangers(
    turn: Turn, officer: Officer, begun: Acting, people: Sequence[Worker]
) -> list[uuid.UUID]:
    return [
        worker.id
        for worker in people
        if worker.id != begun.worker_id
        and not acting.looks_after(turn.uow, turn.deployment, officer, worker)
    ]
