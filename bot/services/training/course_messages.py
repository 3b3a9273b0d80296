"""What people with a seat, or in line for one, are told: once, awake, where they are reached."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import at_local
from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.sending import ways
from bot.services.sending.attention import earliest
from bot.services.sending.deliveries import Draft, action_data
from bot.services.training.course_words import (
    LONGEST_TITLE,
    day_words,
    days_words,
    hours_words,
    place_words,
)
from storage.models import ContactAddress, Course, Enrolment, Worker
from storage.states import DeliveryKind, WorkerStatus
from storage.unit_of_work import UnitOfWork

END_OF_DAY = 22


@dataclass(frozen=True, slots=True)
class _News:
    """One message about a seat.

    Attributes:
        key: The text.
        dedupe: The same is queued once.
        actions: Buttons as (action, text).
        expires_at: When it is of no use any more.
        values: Values of the text beside those of the course.
    """

    key: str
    dedupe: str
    actions: Sequence[tuple[str, str]]
    expires_at: datetime | None
    values: Mapping[str, object]


def tell(
    uow: UnitOfWork,
    deployment: Deployment,
    enrolment: Enrolment,
    *,
    key: str,
    occasion: str,
    actions: Sequence[tuple[str, str]] = (),
    expires_at: datetime | None = None,
    **values: object,
) -> bool:
    """Tell whoever holds a seat or a place in line something about it, once an occasion.

    Whoever wants no messages at all is told nothing; quiet hours are kept.

    Args:
        uow: The transaction.
        deployment: The bureau.
        enrolment: Whose seat it is about.
        key: A text; it may use `title`, `days`, `day`, `place`, `hours`, `plan` and `values`.
        occasion: What happened; the same is told once.
        actions: Buttons as (action, text); each carries the enrolment.
        expires_at: When it is of no use any more.
        **values: Further values of the text.
    """
    worker = uow.workers.get(enrolment.worker_id)
    if worker is None or worker.status is WorkerStatus.LEFT:
        return False
    reaches = ways.reaches(uow, deployment, among=(worker.id,)).get(worker.id, ())
    if ways.is_unsubscribed(reaches) or not ways.is_reached(worker, reaches):
        return False
    chosen = ways.chosen_among(deployment, worker, reaches, preferred=enrolment.address_id)
    dedupe = f"enrolment:{enrolment.id.hex}:{occasion}"
    news = _News(key, dedupe, actions, expires_at, values)
    draft_for = functools.partial(_drafted, uow, deployment, enrolment, worker, news)
    return ways.send(uow, deployment, worker, chosen, draft_for) is not None


def _drafted(
    uow: UnitOfWork,
    deployment: Deployment,
    enrolment: Enrolment,
    worker: Worker,
    news: _News,
    address: ContactAddress,
) -> Draft:
    language = address.language
    course = uow.courses.need(enrolment.course_id)
    known = known_values(deployment, course, worker, language=language)
    plan = deployment.text(f"training.remind.{enrolment.plan or 'none'}", language)
    words = deployment.text(news.key, language, **{**known, "plan": plan, **news.values})
    named = _named(uow, deployment, address, worker, words)
    return Draft(
        key=news.key,
        body=Body(named, buttons(deployment, enrolment, news.actions, language=language)),
        dedupe_key=news.dedupe,
        kind=DeliveryKind.ENROLMENT,
        subject_id=enrolment.id,
        worker_id=worker.id,
        not_before=awake_at(deployment, worker),
        expires_at=news.expires_at,
    )


def known_values(
    deployment: Deployment, course: Course, worker: Worker | None, *, language: str
) -> dict[str, object]:
    """Return what every text about a course may name."""
    home = worker.home if worker is not None else None
    return {
        "title": course.title[:LONGEST_TITLE],
        "days": days_words(deployment, course, language=language),
        "day": day_words(deployment, course.starts_on, language=language),
        "place": place_words(deployment, course, home=home, language=language),
        "hours": hours_words(deployment, course, language=language),
    }


def buttons(
    deployment: Deployment,
    enrolment: Enrolment,
    actions: Sequence[tuple[str, str]],
    *,
    language: str,
) -> tuple[Option, ...]:
    """Return buttons that work at any time, each for this enrolment."""
    return tuple(
        Option(number, deployment.text(label, language), action_data(action, enrolment.id.hex))
        for number, (action, label) in enumerate(actions, start=1)
    )


def awake_at(deployment: Deployment, worker: Worker) -> datetime:
    """Return the first instant from now on at which a message wakes this worker not."""
    return earliest(
        deployment.now,
        deployment.clock.timezone,
        works_nights=worker.night_shift_worker,
        limits=deployment.limits,
    )


def end_of_first_day(deployment: Deployment, course: Course) -> datetime:
    """Return when nobody needs to hear any more that a course begins."""
    return at_local(course.starts_on, END_OF_DAY, timezone=deployment.clock.timezone)


def _named(
    uow: UnitOfWork, deployment: Deployment, address: ContactAddress, worker: Worker, words: str
) -> str:
    """Put the name first where several people share the phone."""
    if worker.name is None or len(uow.addresses.workers_at(address.id)) <= 1:
        return words
    return deployment.text("training.told.to", address.language, name=worker.name, words=words)
