"""What somebody has learnt stands in the profile at once, and what it opens is shown."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.people.workers import MOST_TRADES, change, draft_of, profile_of_worker
from bot.services.ranking import impressions
from bot.services.ranking.barring import AT_WORK
from bot.services.ranking.matching_views import options_of
from bot.services.ranking.recommendations import as_they_stand
from bot.services.sending import ways
from bot.services.sending.deliveries import Draft
from bot.services.training.course_messages import awake_at
from bot.services.training.course_words import LONGEST_TITLE
from bot.services.vacancies.vacancy_words import durable_options, vacancy_line
from matching.ranking.ordering import rank
from matching.types import WorkerProfile
from storage.models import ContactAddress, Course, Enrolment, Vacancy, Worker
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

DONE, OPENED = "training.done.said", "training.done.opened"
# Beyond so many nobody looks, and a search over more costs without telling anything.
COMPARED = 200


@dataclass(frozen=True, slots=True)
class Gained:
    """What a course brought somebody.

    Attributes:
        worker: Who completed it.
        opened: How many open vacancies have come within reach.
        best: The best of them, or None.
    """

    worker: Worker
    opened: int
    best: Vacancy | None


def gain(uow: UnitOfWork, deployment: Deployment, enrolment: Enrolment, worker: Worker) -> Gained:
    """Write a course's trade and paper into the profile, search again, and tell the worker once.

    The vacancies that were out of reach before and are not any more are told; somebody who has
    work hears only that it stands in the profile.
    """
    course = uow.courses.need(enrolment.course_id)
    before = _reachable(deployment, profile_of_worker(worker, today=deployment.today))
    _learn(uow, deployment, worker, course, certified=enrolment.certified_on is not None)
    close_wishes(uow, deployment, worker.id, course.trade)
    after = _reachable(deployment, profile_of_worker(worker, today=deployment.today))
    new = [key for key in after if key not in before]
    profile = profile_of_worker(worker, today=deployment.today)
    open_now = as_they_stand(uow, deployment, profile, new)
    is_at_work = worker.status in AT_WORK
    best = open_now[0] if open_now and not is_at_work else None
    _tell(uow, deployment, enrolment, worker, course, best.vacancy if best else None, len(open_now))
    if best is not None:
        showing = impressions.Showing(worker.id, best.match)
        impressions.note(uow, deployment, [showing], place=impressions.Place.WISH)
    return Gained(worker, len(open_now), best.vacancy if best else None)


def close_wishes(
    uow: UnitOfWork, deployment: Deployment, worker_id: uuid.UUID, trade: str | None
) -> None:
    """Close what somebody wished to learn and has learnt; a wish for any trade is met by each."""
    for wish in uow.enrolments.wishes_of(worker_id):
        if wish.trade is None or wish.trade == trade:
            wish.closed_at = deployment.now


def _learn(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, course: Course, *, certified: bool
) -> None:
    known = draft_of(worker, {})
    trades, papers, refused = known.trades, known.certificates, known.refused_trades
    if course.trade:
        trades = tuple(dict.fromkeys((course.trade, *trades)))[:MOST_TRADES]
        refused = tuple(word for word in refused if word != course.trade)
    if certified and course.certificate:
        papers = tuple(dict.fromkeys((*papers, course.certificate)))
    new = replace(known, trades=trades, certificates=papers, refused_trades=refused)
    change(uow, deployment, worker, new)
    uow.session.flush()


def _reachable(deployment: Deployment, profile: WorkerProfile) -> list[uuid.UUID]:
    board = deployment.board
    found = rank(
        profile,
        board.table,
        knowledge=board.knowledge,
        options=options_of(deployment),
        limit=COMPARED,
    )
    return [uuid.UUID(match.vacancy_id) for match in found]


def _tell(
    uow: UnitOfWork,
    deployment: Deployment,
    enrolment: Enrolment,
    worker: Worker,
    course: Course,
    best: Vacancy | None,
    count: int,
) -> None:
    reaches = ways.reaches(uow, deployment, among=(worker.id,)).get(worker.id, ())
    if ways.is_unsubscribed(reaches) or not ways.is_reached(worker, reaches):
        return
    chosen = ways.chosen_among(deployment, worker, reaches, preferred=enrolment.address_id)
    key = OPENED if best is not None else DONE

    def draft_for(address: ContactAddress) -> Draft:
        language = address.language
        values: dict[str, object] = {"title": course.title[:LONGEST_TITLE]}
        if best is not None:
            line = vacancy_line(deployment, best, home=worker.home, language=language)
            values |= {"line": line, "count": count}
        options = durable_options(deployment, best, language=language) if best is not None else ()
        return Draft(
            key=key,
            body=Body(deployment.text(key, language, **values), options),
            dedupe_key=f"enrolment:{enrolment.id.hex}:done",
            kind=DeliveryKind.ENROLMENT,
            subject_id=enrolment.id,
            worker_id=worker.id,
            not_before=awake_at(deployment, worker),
        )

    ways.send(uow, deployment, worker, chosen, draft_for)
