"""What somebody waits for while nothing fits: saved once, told once, then closed."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.deployment import Deployment
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.changes import LETTABLE, Condition, without
from bot.services.ranking.vacancy_board import OVERLAP
from bot.services.ranking.wish_looks import Look
from matching.types import WorkerProfile
from storage.models import ContactAddress, SavedWish, Worker
from storage.repositories.registers import Profile
from storage.repositories.saved_wishes import WaitingWish
from storage.unit_of_work import UnitOfWork

LASTS = timedelta(days=90)
LET_GO = "let_go"
# A vacancy that closed meanwhile costs a candidate; so a few more are kept than are needed.
LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits, and what is to be looked at.

    Attributes:
        wish_id: The open wish.
        worker_id: Who waits.
        state: What the finding rests on: wish, profile and day.
        up_to: Until when changes are known.
        candidates: Vacancies published or changed since the wish was saved or last looked at, or a
            moment before (a change becomes visible late).
        before: Vacancies that were found earlier, with scores.
        profile: The worker of today without the conditions that were let go; None without
            candidates.
    """

    wish_id: uuid.UUID
    worker_id: uuid.UUID
    state: str
    up_to: datetime
    candidates: frozenset[uuid.UUID]
    before: Mapping[uuid.UUID, float]
    profile: WorkerProfile | None


def save(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    address: ContactAddress,
    *,
    let_go: Sequence[Condition] = (),
) -> SavedWish:
    """Save what a worker waits for; what is open already is replaced, and waits anew.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        worker: Who waits.
        address: Where it was said.
        let_go: Conditions of the profile that do not hold for this wish.
    """
    wish: dict[str, object] = {LET_GO: [one.value for one in let_go]} if let_go else {}
    now, until = deployment.now, deployment.today + LASTS
    uow.saved_wishes.save_once(worker.id, address.id, wish=wish, now=now, until=until)
    found = uow.saved_wishes.open_of(worker.id)
    if found is None:  # another replica fulfilled the open one in between
        uow.saved_wishes.save_once(worker.id, address.id, wish=wish, now=now, until=until)
        found = uow.saved_wishes.open_of(worker.id)
    if found is None:
        raise LookupError("a wish that was just saved is gone")
    found.wish, found.saved_at, found.until = wish, now, until
    found.address_id = address.id
    return found


def end(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> bool:
    """Wait no more; False where nothing was waited for."""
    found = uow.saved_wishes.open_of(worker.id)
    if found is None:
        return False
    found.closed_at = deployment.now
    return True


def let_go_in(wish: dict[str, object]) -> list[Condition]:
    """Return the conditions that do not hold for a stored wish; unknown words are passed over."""
    stored = wish.get(LET_GO)
    return [one for one in LETTABLE if isinstance(stored, list) and one.value in stored]


def close_expired(uow: UnitOfWork, deployment: Deployment, *, limit: int) -> int:
    """Close a bureau's wishes that were waited for long enough; return how many."""
    rows = uow.saved_wishes.expired(deployment.bureau_adcode, today=deployment.today, limit=limit)
    for row in rows:
        row.closed_at = deployment.now
    return len(rows)


def waiting(uow: UnitOfWork, deployment: Deployment) -> list[Waiting]:
    """Return who waits, the longest waiting first; a change is a candidate once.

    Only a wish, a profile or a day that is new has everything looked at again.
    """
    rows = uow.saved_wishes.waiting(deployment.bureau_adcode, today=deployment.today)
    if not rows:
        return []
    now, looks = deployment.now, deployment.wish_looks.of(deployment.bureau_adcode)
    states = {row.id: _state(deployment, row) for row in rows}
    known = {key: look for key, look in looks.items() if states.get(key) == look.state}
    since = {row.id: known[row.id].up_to if row.id in known else row.saved_at for row in rows}
    changed = uow.saved_wishes.changed_since(min(since.values()) - OVERLAP)
    order = sorted(changed, key=changed.__getitem__)
    times = [changed[key] for key in order]
    new = {
        key: frozenset(order[bisect_right(times, start - OVERLAP) :])
        for key, start in since.items()
    }
    stored = uow.saved_wishes.profiles_of([row.worker_id for row in rows if new[row.id]])
    return [
        Waiting(
            row.id,
            row.worker_id,
            states[row.id],
            now,
            new[row.id],
            known[row.id].fits if row.id in known else {},
            wishing_profile(deployment, stored[row.worker_id], row.wish)
            if row.worker_id in stored
            else None,
        )
        for row in rows
    ]


def unknown_fits(
    uow: UnitOfWork,
    deployment: Deployment,
    everybody: Sequence[Waiting],
    fits: Mapping[uuid.UUID, Mapping[uuid.UUID, float]],
) -> list[tuple[uuid.UUID, list[uuid.UUID]]]:
    """Return what fits each wish and was neither shown nor answered, best first; remember it.

    Args:
        uow: The transaction; nothing is written.
        deployment: The bureau.
        everybody: Who waits.
        fits: What `wish_firing.fitting` found.
    """
    known = uow.saved_wishes.known_to([one.worker_id for one in everybody if fits[one.wish_id]])
    looks: dict[uuid.UUID, Look] = {}
    found: list[tuple[uuid.UUID, list[uuid.UUID]]] = []
    for one in everybody:
        seen = known.get(one.worker_id, set())
        left = {key: score for key, score in fits[one.wish_id].items() if key not in seen}
        looks[one.wish_id] = Look(one.state, one.up_to, left)
        if left:
            best = sorted((-score, key.hex, key) for key, score in left.items())
            found.append((one.wish_id, [key for _, _, key in best[:LOOKED_AT]]))
    deployment.wish_looks.keep(deployment.bureau_adcode, looks)
    return found


def wishing_profile(
    deployment: Deployment, worker: Worker | Profile, wish: dict[str, object]
) -> WorkerProfile:
    """Return a worker's profile of today without the conditions that a wish lets go."""
    profile = profile_of_worker(worker, today=deployment.today)
    for condition in let_go_in(wish):
        profile = without(profile, condition)
    return profile


def _state(deployment: Deployment, row: WaitingWish) -> str:
    parts = (deployment.today, row.saved_at, row.worker_version, row.worker_changed_at)
    return "|".join([*map(str, parts), *let_go_in(row.wish)])
