"""How far a broadcast has come: one message of its officer that is kept up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from bot.clock import at_local
from bot.messages import Body, Option
from bot.services.broadcasts.broadcast_timing import earliest_for, minutes_for
from bot.services.broadcasts.broadcasts import reference
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.sending import documents
from bot.services.sending.deliveries import Draft, action_data, body_of, edit, push
from storage.models import Broadcast, Delivery, Officer
from storage.repositories.broadcasts import StateCount
from storage.states import BroadcastStatus, DeliveryKind, DeliveryStatus, Way
from storage.unit_of_work import UnitOfWork

STOP, GO_ON, END = "broadcast_stop", "broadcast_on", "broadcast_end"
SHEET, CALLS = "broadcast_sheet", "broadcast_calls"
PROGRESS_KEY, RESULT_KEY = "broadcasting.progress.running", "broadcasting.result.said"
_S = DeliveryStatus
WAITING = frozenset({_S.QUEUED, _S.RETRY, _S.SENDING})
FAILED = frozenset({_S.FAILED, _S.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Progress:
    """How many messages stand where; calls that officers still have to make stand apart.

    Attributes:
        waiting: By way, so that the minutes can be told.
        phone: Calls that were not made yet.
    """

    sent: int = 0
    failed: int = 0
    skipped: int = 0
    phone: int = 0
    waiting: dict[Way, int] = field(default_factory=dict)

    @property
    def waiting_count(self) -> int:
        """How many messages are still to be sent."""
        return sum(self.waiting.values())


def progress_of(counts: Sequence[StateCount]) -> Progress:
    """Return the states of a broadcast's messages summed up."""
    summed: Counter[str] = Counter()
    waiting: Counter[Way] = Counter()
    for channel, status, count in counts:
        if status in WAITING and channel == Way.PHONE:
            summed["phone"] += count
        elif status in WAITING:
            waiting[Way(channel) if channel in set(Way) else Way.PAGE] += count
        elif status is _S.ACCEPTED:
            summed["sent"] += count
        else:
            summed["failed" if status in FAILED else "skipped"] += count
    return Progress(waiting=dict(waiting), **summed)


def begin(uow: UnitOfWork, deployment: Deployment, broadcast: Broadcast, officer: Officer) -> None:
    """Send the officer the message that is kept up to date from now on."""
    language = officers.language_of(uow, officer)
    body = _body(deployment, broadcast, Progress(), language=language)
    row = _push(uow, deployment, officer, broadcast, body, key=PROGRESS_KEY, name="progress")
    if row is not None:
        broadcast.progress_id, broadcast.progress_at = row.id, deployment.now


def refresh(
    uow: UnitOfWork,
    deployment: Deployment,
    broadcast: Broadcast,
    counts: Sequence[StateCount] | None = None,
) -> bool:
    """Bring the officer's message up to date, and tell the result once everything is sent.

    Args:
        uow: The transaction; it holds the broadcast's row.
        deployment: The broadcast's bureau.
        broadcast: Approved at some time.
        counts: Its states, where they were read a moment ago.

    Returns:
        Whether something was queued or ended.
    """
    progress = progress_of(counts or ())
    ends = broadcast.status is BroadcastStatus.QUEUED and not progress.waiting_count
    if counts is None or ends:
        # What was read before the row was held may be older than the last stretch.
        progress = progress_of(uow.broadcasts.state_counts(broadcast.id))
        ends = broadcast.status is BroadcastStatus.QUEUED and not progress.waiting_count
    if ends:
        broadcast.status = BroadcastStatus.DONE
    is_over = broadcast.status in {BroadcastStatus.DONE, BroadcastStatus.CANCELLED}
    tells = is_over and broadcast.finished_at is None
    if tells:
        broadcast.finished_at = deployment.now
        _tell_result(uow, deployment, broadcast, progress)
    return _edited(uow, deployment, broadcast, progress) or ends or tells


def _edited(
    uow: UnitOfWork, deployment: Deployment, broadcast: Broadcast, progress: Progress
) -> bool:
    target = (
        uow.deliveries.get(broadcast.progress_id) if broadcast.progress_id is not None else None
    )
    if target is None:
        return False
    language = officers.language_of(uow, uow.officers.need(broadcast.officer_id))
    body = _body(deployment, broadcast, progress, language=language)
    last = uow.broadcasts.newest_edit(target)
    if body == body_of(last or target):
        return False
    number = int(last.dedupe_key.rpartition(":")[2]) + 1 if last is not None else 1
    made = edit(uow, target, body, reason=f"progress:{number}", now=deployment.now)
    if made is None and target.status in {_S.QUEUED, _S.RETRY}:
        # Not shown yet: it may as well say at once what is true now.
        target.body = asdict(body)
    broadcast.progress_at = deployment.now
    return made is not None


def _body(
    deployment: Deployment, broadcast: Broadcast, progress: Progress, *, language: str
) -> Body:
    words = deployment.text(
        f"broadcasting.progress.{_stage(broadcast)}",
        language,
        number=reference(broadcast),
        sent=progress.sent,
        waiting=progress.waiting_count,
        failed=progress.failed,
        skipped=progress.skipped,
        phone=progress.phone,
        left_out=broadcast.left_out or 0,
        when=_when(deployment, progress, language=language),
    )
    buttons = options(deployment, broadcast, language=language)
    return Body(words, buttons, closed=not buttons)


def _stage(broadcast: Broadcast) -> str:
    return {
        BroadcastStatus.APPROVED: "making",
        BroadcastStatus.QUEUED: "running",
        BroadcastStatus.PAUSED: "paused",
        BroadcastStatus.CANCELLED: "cancelled",
    }.get(broadcast.status, "done")


def _when(deployment: Deployment, progress: Progress, *, language: str) -> str:
    """Return how many minutes are left, or when it goes on in the morning."""
    begins_at = earliest_for(deployment, works_nights=False)
    if begins_at > deployment.now:
        return _hour(deployment, begins_at, language=language)
    minutes = max(1, minutes_for(deployment, progress.waiting))
    return deployment.text("broadcasting.progress.minutes", language, minutes=minutes)


def _hour(deployment: Deployment, at: datetime, *, language: str) -> str:
    local = at.astimezone(deployment.clock.timezone)
    today = at_local(deployment.today, 0, timezone=deployment.clock.timezone)
    is_today = at_local(local.date(), 0, timezone=deployment.clock.timezone) == today
    day = "today" if is_today else "tomorrow"
    return deployment.text(f"broadcasting.progress.{day}", language, hour=local.hour)


def options(deployment: Deployment, broadcast: Broadcast, *, language: str) -> tuple[Option, ...]:
    """Return the buttons that a broadcast has in its present state."""
    names = {
        BroadcastStatus.APPROVED: (("stop", STOP),),
        BroadcastStatus.QUEUED: (("stop", STOP),),
        BroadcastStatus.PAUSED: (("go_on", GO_ON), ("end", END)),
    }.get(broadcast.status, ())
    return tuple(
        Option(
            number,
            deployment.text(f"broadcasting.choice.{name}", language),
            action_data(action, broadcast.id.hex),
        )
        for number, (name, action) in enumerate(names, start=1)
    )


def result_words(
    deployment: Deployment, broadcast: Broadcast, progress: Progress, *, language: str
) -> str:
    """Return in one line what became of a broadcast."""
    return deployment.text(
        RESULT_KEY,
        language,
        number=reference(broadcast),
        sent=progress.sent,
        failed=progress.failed,
        skipped=progress.skipped,
        phone=progress.phone,
        left_out=broadcast.left_out or 0,
    )


def result_options(
    deployment: Deployment, broadcast: Broadcast, *, language: str
) -> tuple[Option, ...]:
    """Return the buttons under a result: the sheet, and calls to those it did not reach."""
    return tuple(
        Option(
            number,
            deployment.text(f"broadcasting.choice.{name}", language),
            action_data(action, broadcast.id.hex),
        )
        for number, (name, action) in enumerate((("sheet", SHEET), ("calls", CALLS)), start=1)
    )


def _tell_result(
    uow: UnitOfWork, deployment: Deployment, broadcast: Broadcast, progress: Progress
) -> None:
    officer = uow.officers.need(broadcast.officer_id)
    language = officers.language_of(uow, officer)
    link = documents.link(
        uow,
        deployment,
        officer,
        kind=documents.BROADCAST_SHEET,
        subject=broadcast.id.hex,
    )
    body = Body(
        result_words(deployment, broadcast, progress, language=language),
        result_options(deployment, broadcast, language=language),
        link,
    )
    _push(uow, deployment, officer, broadcast, body, key=RESULT_KEY, name="result")


def _push(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    broadcast: Broadcast,
    body: Body,
    *,
    key: str,
    name: str,
) -> Delivery | None:
    draft = Draft(
        key=key,
        body=body,
        dedupe_key=f"broadcast_{name}:{broadcast.id.hex}",
        kind=DeliveryKind.TASK,
        subject_id=broadcast.id,
    )
    address = uow.addresses.need(officer.address_id)
    return push(uow, address, draft, now=deployment.now)
