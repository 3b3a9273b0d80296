"""A question that was asked by text message or is on the phone list, moved to an open page."""

from __future__ import annotations

import copy
import uuid
from typing import cast

from bot.conversations.script import Choice
from bot.conversations.turn import Answers, Turn
from bot.services.people.parting import is_asked_about
from storage.models import ContactAddress, Worker
from storage.states import Way

# Where people read without buttons; what stands open there goes on where there are some.
WITHOUT_PAGE = frozenset({Way.SMS.value, Way.PHONE.value})
MOVED = "question_moved"


def take(turn: Turn, worker: Worker, *, first: uuid.UUID | None) -> bool:
    """Ask here what stands open about `worker` at a text message's or telephone's address.

    Args:
        turn: The message being answered; nothing of its own stays open.
        worker: Whom the question must be about.
        first: The address that is looked at before the worker's others.

    Returns:
        False where nothing is open there.
    """
    known = turn.uow.addresses.addresses_of(worker.id)
    for address in sorted(known, key=lambda one: one.id != first):
        if address.id == turn.address.id or address.step is None or not _has_no_page(turn, address):
            continue
        held = turn.uow.addresses.lock(address.id)
        step = held.step if held is not None else None
        if held is None or step is None or not _is_about(turn, held, worker):
            continue
        _move(turn, held, worker, step=step)
        return True
    return False


def take_back(turn: Turn) -> bool:
    """Open a question here again that went to a page and was not answered there.

    Returns:
        False where none did, or where it is no longer the page's open question.
    """
    moved = turn.memory.pop(MOVED, None)
    if not isinstance(moved, dict):
        return False
    page = turn.uow.addresses.lock(uuid.UUID(str(moved.get("to"))))
    if page is None or page.step is None or page.step != moved.get("step"):
        return False
    if page.question_serial != moved.get("serial") or not _is_ours(turn, page):
        return False
    stored = copy.deepcopy(page.answers or {})
    turn.answers = cast("Answers", stored.get("answers") or {})
    options = cast("list[tuple[str, str, list[str]]]", stored.get("options") or [])
    turn.options = [Choice(value, label, tuple(words)) for value, label, words in options]
    turn.address.step, turn.address.asked_at = page.step, page.asked_at
    page.step, page.answers, page.asked_at = None, None, None
    for worker in turn.workers:
        turn.uow.return_links.move_questions(
            worker.id, from_address=page.id, to_address=turn.address.id
        )
    return True


def _move(turn: Turn, held: ContactAddress, worker: Worker, *, step: str) -> None:
    stored = copy.deepcopy(held.answers or {})
    turn.answers = cast("Answers", stored.get("answers") or {})
    here = turn.address
    here.question_serial = max(here.question_serial, held.question_serial)
    turn.uow.return_links.move_questions(worker.id, from_address=held.id, to_address=here.id)
    held.step, held.answers, held.asked_at = None, None, None
    turn.go(step)
    moved = {"to": here.id.hex, "step": here.step, "serial": here.question_serial}
    held.memory = {**(held.memory or {}), MOVED: moved}


def _has_no_page(turn: Turn, address: ContactAddress) -> bool:
    return turn.uow.accounts.need(address.account_id).channel in WITHOUT_PAGE


def _is_ours(turn: Turn, page: ContactAddress) -> bool:
    """Tell whether a page's question is about somebody who is still reached here."""
    return any(is_asked_about(turn.uow, page, worker) for worker in turn.workers)


def _is_about(turn: Turn, held: ContactAddress, worker: Worker) -> bool:
    """Tell whether the open question is this worker's; an older release may have asked it."""
    return turn.engine.router.knows(held.step or "") and is_asked_about(turn.uow, held, worker)
