"""Publishing a vacancy: the right workers get it with a reason, all others have one too."""

from __future__ import annotations

import functools
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import at_local
from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.ranking import impressions
from bot.services.ranking.recommendations import reasons_as_json
from bot.services.sending import ways
from bot.services.sending.attention import earliest
from bot.services.sending.deliveries import Draft, Recipient, push_all
from bot.services.vacancies.spreading import Assignment, Chosen, assign
from bot.services.vacancies.vacancy_endings import reopen_sent
from bot.services.vacancies.vacancy_states import mark_published
from bot.services.vacancies.vacancy_words import durable_options, vacancy_line, why_line
from matching.changes.vacancy_changes import NO_ADVICE, Advice
from matching.spreading.allocation import LeftOut
from matching.types import Match
from storage.models import ContactAddress, Vacancy
from storage.states import DeliveryKind, VacancyStatus, Way
from storage.unit_of_work import UnitOfWork

PUSH_KEY = "vacancy_lines.line.pushed"
NEXT_SPREAD_AFTER = timedelta(days=2)
# Queued with one statement for everybody; what needs a link or a call is made one by one.
AT_ONCE = frozenset({Way.TELEGRAM, Way.PAGE})


@dataclass(frozen=True, slots=True)
class Published:
    """Whom publishing reached; `chosen` and the sum of `left_out` are all registered workers.

    Attributes:
        chosen: How many are told.
        left_out: Reason (a word of `matching.spreading.allocation.LeftOut`) → how many, most first.
        ways: How the chosen are reached, and how many each way.
        advice: What changes of the vacancy would bring.
    """

    chosen: int
    left_out: dict[str, int]
    ways: dict[Way, int]
    advice: Advice = NO_ADVICE


def publish(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> Published:
    """Open `vacancy` to workers and queue its pushes to those it suits best.

    Raises:
        VacancyStateError: It is not in review.
    """
    deployment = deployment.of(vacancy.bureau_adcode)
    mark_published(vacancy, now=deployment.now)
    uow.vacancies.note_change(vacancy, at=deployment.now)
    reopen_sent(uow, deployment, vacancy)
    found = assign(uow, deployment, vacancy, places=vacancy.headcount, send_at=_send_at(deployment))
    tell(uow, deployment, vacancy, found.chosen)
    _store_left_out(uow, deployment, vacancy, found)
    left_out = Counter(item.reason.value for item in found.left_out)
    return Published(
        chosen=len(found.chosen),
        left_out=dict(left_out.most_common()),
        ways=dict(Counter(item.how.way for item in found.chosen)),
        advice=found.advice,
    )


def extend_spread(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> int:
    """Tell the next ones who wait, when two days brought too few applications.

    Returns:
        How many were told; 0 when the vacancy is closed, was spread within two days, or has
        an application for every place.
    """
    deployment = deployment.of(vacancy.bureau_adcode)
    places = (vacancy.headcount or 1) - uow.recommendations.active_applications(vacancy.id)
    if vacancy.status is not VacancyStatus.PUBLISHED or places <= 0:
        return 0
    told_at = [at for at in uow.recommendations.told(vacancy.id).values() if at is not None]
    last = max([*told_at, vacancy.published_at or deployment.now])
    if deployment.now - last < NEXT_SPREAD_AFTER:
        return 0
    found = assign(uow, deployment, vacancy, places=places, send_at=_send_at(deployment))
    tell(uow, deployment, vacancy, found.chosen)
    _store_left_out(uow, deployment, vacancy, found)
    return len(found.chosen)


def withdraw_pushes(uow: UnitOfWork, vacancy_id: uuid.UUID, reason: str) -> int:
    """Skip every queued push of a vacancy with `reason`; return how many there were.

    They cost nobody's attention, and a later publishing may reach the same people.
    """
    return uow.deliveries.cancel_waiting(vacancy_id, reason=reason)


def _send_at(deployment: Deployment) -> datetime:
    return _earliest(deployment, works_nights=False)


def _earliest(deployment: Deployment, *, works_nights: bool) -> datetime:
    return earliest(
        deployment.now,
        deployment.clock.timezone,
        works_nights=works_nights,
        limits=deployment.limits,
    )


def tell(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, everybody: Sequence[Chosen]
) -> None:
    """Queue a vacancy's pushes to these workers, each by the chosen way, and note them."""
    addresses = uow.recommendations.addresses(
        {chosen.how.reach.address_id for chosen in everybody if chosen.how.reach}
    )
    drafts: list[tuple[ContactAddress | Recipient, Draft]] = []
    told: list[tuple[uuid.UUID, Match, datetime]] = []
    for chosen in everybody:
        at = _earliest(deployment, works_nights=chosen.worker.night_shift_worker)
        told.append((chosen.worker.id, chosen.match, at))
        draft_for = functools.partial(_draft, deployment, vacancy, chosen, at=at)
        if chosen.how.way in AT_ONCE and chosen.how.reach is not None:
            address = addresses[chosen.how.reach.address_id]
            drafts.append((address, draft_for(address)))
        else:
            ways.send(uow, deployment, chosen.worker, chosen.how, draft_for)
    note_told(uow, deployment, vacancy, told)
    push_all(uow, drafts, now=deployment.now)
    showings = [impressions.Showing(one.worker.id, one.match) for one in everybody]
    impressions.note(uow, deployment, showings, place=impressions.Place.PUSH)


def _store_left_out(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, found: Assignment
) -> None:
    rows = [
        {
            "vacancy_id": vacancy.id,
            "worker_id": item.worker_id,
            "reason": item.reason.value,
            "details": [list(detail) for detail in item.details],
            "at": deployment.now,
        }
        for item in found.left_out
        if item.reason is not LeftOut.ALREADY_SENT
    ]
    uow.recommendations.replace_left_out(vacancy.id, rows)


def note_told(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    told: Sequence[tuple[uuid.UUID, Match, datetime]],
) -> None:
    """Note that these workers are told of a vacancy, each why and from when on."""
    known = uow.recommendations.of_vacancy(vacancy.id, {worker_id for worker_id, _, _ in told})
    now = deployment.now
    new: list[dict[str, object]] = []
    for worker_id, match, at in told:
        values: dict[str, object] = {
            "score": match.score,
            "reasons": reasons_as_json(match),
            "pushed": True,
            "pushed_at": at,
            "last_shown_at": now,
        }
        row = known.get(worker_id)
        if row is None:
            key = {"worker_id": worker_id, "vacancy_id": vacancy.id}
            new.append({**key, **values, "times_shown": 1, "first_shown_at": now})
        else:
            for name, value in values.items():
                setattr(row, name, value)
            row.times_shown += 1
    uow.session.flush()  # a worker or vacancy of this very transaction stands first
    uow.recommendations.note_first_told(new)


def _draft(
    deployment: Deployment,
    vacancy: Vacancy,
    chosen: Chosen,
    address: ContactAddress,
    *,
    at: datetime,
) -> Draft:
    language = address.language
    words = deployment.text(
        PUSH_KEY,
        language,
        line=vacancy_line(deployment, vacancy, home=chosen.worker.home, language=language),
        why=why_line(deployment, chosen.match, language=language),
    )
    return Draft(
        key=PUSH_KEY,
        body=Body(words, durable_options(deployment, vacancy, language=language)),
        dedupe_key=_occasion(deployment, vacancy, chosen),
        kind=DeliveryKind.VACANCY,
        subject_id=vacancy.id,
        worker_id=chosen.worker.id,
        not_before=at,
        expires_at=end_of_validity(deployment, vacancy),
    )


def _occasion(deployment: Deployment, vacancy: Vacancy, chosen: Chosen) -> str:
    # Whoever was not told after all (a call that nobody made) may be told in a later spread.
    spread_at = int(deployment.now.timestamp())
    return f"vacancy:{vacancy.id.hex}:{vacancy.version}:{chosen.worker.id.hex}:{spread_at}"


def end_of_validity(deployment: Deployment, vacancy: Vacancy) -> datetime | None:
    """Return when a push of a vacancy is worth nothing any more; None where no day was named."""
    if vacancy.valid_until is None:
        return None
    after = vacancy.valid_until + timedelta(days=1)
    return at_local(after, 0, timezone=deployment.clock.timezone)
