"""An officer's broadcasts: drafted, approved, stopped, gone on with, and who may see them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from bot.errors import UserError
from bot.services.broadcasts.audiences import Audience, audience_of
from bot.services.broadcasts.broadcast_timing import earliest_for
from bot.services.broadcasts.broadcast_vacancies import need_sendable
from bot.services.broadcasts.broadcast_words import read_words
from bot.services.deployment import Deployment
from bot.services.people.officer_views import audit_refusal, audit_view
from storage.models import Broadcast, Officer, Vacancy
from storage.states import BroadcastStatus
from storage.unit_of_work import UnitOfWork

SERIES = "B"
SUBJECT = "broadcast"
NUMBER = re.compile(r"[Bb][-－—_ ]?0*(\d{1,9})")
SHOWN = 8
# Counting more people than these would keep everybody else's turns waiting.
MOST_AT_ONCE = 2_000
_S = BroadcastStatus
STOPPABLE = frozenset({_S.APPROVED, _S.QUEUED})


class BroadcastStateError(UserError):
    """What was asked cannot be done in the state the broadcast is in; the text tells the state."""

    def __init__(self, broadcast: Broadcast) -> None:
        super().__init__(
            f"broadcasting.refused.{broadcast.status.value}", number=reference(broadcast)
        )


def reference(broadcast: Broadcast) -> str:
    """Return the number by which officers name a broadcast, such as B-0007."""
    return f"{SERIES}-{broadcast.number:04d}"


def draft(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    *,
    vacancy: Vacancy | None = None,
    words: str | None = None,
) -> Broadcast:
    """Keep what an officer wants to send; it stays when the conversation is left.

    Raises:
        UserError: The vacancy is not open or not in the officer's scope, or the words cannot
            be sent (`broadcast_words.read_words`).
    """
    broadcast = Broadcast(
        bureau_adcode=deployment.bureau_adcode,
        number=uow.records.next_number(f"{SERIES}:{deployment.bureau_adcode}"),
        officer_id=officer.id,
        scope=officer.scope,
        places=[],
        trades=[],
        statuses=[],
        status=_S.DRAFT,
        created_at=deployment.now,
    )
    change_content(uow, deployment, officer, broadcast, vacancy=vacancy, words=words)
    return uow.broadcasts.add(broadcast)


def change_content(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    broadcast: Broadcast,
    *,
    vacancy: Vacancy | None = None,
    words: str | None = None,
) -> None:
    """Put a vacancy or words into a draft, in place of what stood there.

    Raises:
        UserError: As `draft`; or the broadcast is a draft no more.
    """
    _need(broadcast, {_S.DRAFT})
    if vacancy is not None:
        need_sendable(uow, deployment, officer, vacancy)
    elif words is not None:
        read_words(deployment, words)
    broadcast.vacancy_id = vacancy.id if vacancy is not None else None
    broadcast.words = words if vacancy is None else None


def change_audience(broadcast: Broadcast, audience: Audience) -> None:
    """Put the audience, which says all three parts, into a draft.

    Raises:
        UserError: The broadcast is a draft no more.
    """
    _need(broadcast, {_S.DRAFT})
    broadcast.places = list(audience.places or ())
    broadcast.trades = list(audience.trades or ())
    broadcast.statuses = list(audience.standings or ())


def is_large(uow: UnitOfWork, broadcast: Broadcast) -> bool:
    """Tell whether counting its audience takes too long for one turn of a conversation."""
    audience = audience_of(broadcast)
    return uow.broadcasts.is_larger(
        MOST_AT_ONCE,
        bureau_adcode=broadcast.bureau_adcode,
        places=audience.places or (),
        statuses=audience.statuses,
    )


def own(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> Broadcast | None:
    """Return a broadcast where this officer may see it: an own one, or one within the scope.

    A look beyond the scope is audited.
    """
    broadcast = uow.broadcasts.get(key)
    if broadcast is None:
        return None
    is_within = broadcast.bureau_adcode == deployment.bureau_adcode and broadcast.scope.startswith(
        officer.scope
    )
    if broadcast.officer_id == officer.id or is_within:
        return broadcast
    audit_refusal(uow, deployment, officer, subject_kind=SUBJECT, subject_id=key)
    return None


def of_number(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, words: str
) -> Broadcast | None:
    """Return the broadcast that B-0007 names, where this officer may see it, or None."""
    found = NUMBER.fullmatch(words.strip())
    if found is None:
        return None
    broadcast = uow.broadcasts.of_number(deployment.bureau_adcode, int(found[1]))
    return None if broadcast is None else own(uow, deployment, officer, broadcast.id)


def newest(uow: UnitOfWork, officer: Officer) -> Sequence[Broadcast]:
    """Return an officer's own broadcasts, the newest first."""
    return uow.broadcasts.of_officer(officer.id, limit=SHOWN)


def approve(uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID) -> Broadcast:
    """Let a draft be sent; its messages are made from now on.

    Raises:
        UserError: It is a draft no more (a second tap), its vacancy has closed, or its words
            cannot be sent any more.
    """
    broadcast = _held(uow, key)
    _need(broadcast, {_S.DRAFT})
    if broadcast.vacancy_id is None:
        # Approved words are not looked at again: the settings may have changed since the draft.
        read_words(deployment, broadcast.words or "")
    if broadcast.vacancy_id is not None:
        vacancy = uow.vacancies.need(broadcast.vacancy_id)
        need_sendable(uow, deployment, officer, vacancy)
    broadcast.status, broadcast.approved_at = _S.APPROVED, deployment.now
    broadcast.progress_at = None
    _note(uow, deployment, officer, "approve_broadcast", broadcast)
    return broadcast


def drop(uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID) -> Broadcast:
    """Let go of a draft for good.

    Raises:
        UserError: It is a draft no more.
    """
    broadcast = _held(uow, key)
    _need(broadcast, {_S.DRAFT})
    broadcast.status, broadcast.finished_at = _S.CANCELLED, deployment.now
    _note(uow, deployment, officer, "drop_broadcast", broadcast)
    return broadcast


def stop(uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID) -> int:
    """Make and send no more of a broadcast; return how many messages that kept back.

    What waits is skipped with the reason `stopped`; what is on the wire still arrives.

    Raises:
        UserError: It is not under way.
    """
    broadcast = _held(uow, key)
    _need(broadcast, STOPPABLE)
    broadcast.status = _S.PAUSED
    _note(uow, deployment, officer, "stop_broadcast", broadcast)
    uow.session.flush()
    return uow.broadcasts.stop(key)


def go_on(uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID) -> int:
    """Go on with a stopped broadcast; return how many messages wait again.

    Whoever heard of its vacancy while it stood still is left out.

    Raises:
        UserError: It is not stopped.
    """
    broadcast = _held(uow, key)
    _need(broadcast, {_S.PAUSED})
    # Where the rows are all made already, the next stretch finds nobody and says so.
    broadcast.status = _S.APPROVED
    _note(uow, deployment, officer, "go_on_with_broadcast", broadcast)
    uow.session.flush()
    return uow.broadcasts.go_on(
        key,
        vacancy_id=broadcast.vacancy_id,
        not_before=earliest_for(deployment, works_nights=False),
        after_sleep=earliest_for(deployment, works_nights=True),
    )


def end(uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID) -> Broadcast:
    """End a stopped broadcast for good.

    Raises:
        UserError: It is not stopped.
    """
    broadcast = _held(uow, key)
    _need(broadcast, {_S.PAUSED})
    broadcast.status = _S.CANCELLED
    _note(uow, deployment, officer, "end_broadcast", broadcast)
    return broadcast


def note_flagged(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, broadcast: Broadcast
) -> None:
    """Write down that an officer keeps words that read as unlawful."""
    _note(uow, deployment, officer, "keep_flagged_words", broadcast)


def _held(uow: UnitOfWork, key: uuid.UUID) -> Broadcast:
    broadcast = uow.broadcasts.lock(key)
    if broadcast is None:
        raise UserError("broadcasting.refused.unknown")
    return broadcast


def _need(broadcast: Broadcast, states: set[BroadcastStatus] | frozenset[BroadcastStatus]) -> None:
    if broadcast.status not in states:
        raise BroadcastStateError(broadcast)


def _note(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, action: str, broadcast: Broadcast
) -> None:
    audit_view(uow, deployment, officer, action, subject_kind=SUBJECT, subject_id=broadcast.id)
