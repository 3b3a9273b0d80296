"""A concrete course for somebody who did not ask: once, where it fits, within their attention."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.barring import not_looking
from bot.services.sending import ways
from bot.services.sending.attention import used_up
from bot.services.sending.deliveries import Draft, action_data
from bot.services.training.course_messages import awake_at, end_of_first_day
from bot.services.training.course_words import course_line
from bot.services.training.fitting import closes_gap, fitting_courses, missed
from bot.services.training.refusals import is_quiet
from storage.models import ContactAddress, Course, Worker
from storage.states import DeliveryKind, WorkerStatus
from storage.unit_of_work import UnitOfWork

OFFERED, WISHED = "training.offer.told", "training.offer.wished"
# So many are told for each free seat: some do not read it, some do not want it.
PER_SEAT = 3
COUNTY = 6
# So many people's searches are looked at for one course in an hour, others the next hour: what
# keeps somebody from vacancies costs milliseconds to find, and a county has thousands.
LOOKED_AT = 300
HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Fit:
    """Why somebody is offered a course.

    Attributes:
        worker_id: Who.
        wished: They said that they want to learn it.
        opens: How many open vacancies it would bring within reach.
    """

    worker_id: uuid.UUID
    wished: bool
    opens: int


def fits_for(uow: UnitOfWork, deployment: Deployment, course: Course) -> list[Fit]:
    """Return whom a course fits: who wished for it first, then for whom it opens most vacancies.

    Near means the course's own county. Nobody is named who has or waits for a seat somewhere,
    has the trade already, or refused it as work.
    """
    wished = _wished(uow, course)
    near = course.adcode[:COUNTY] if course.adcode else None
    seekers = (
        uow.training_figures.seekers_near(
            course.bureau_adcode,
            near,
            limit=LOOKED_AT,
            turn=int(deployment.now.timestamp()) // HOUR,
        )
        if near is not None and (course.trade or course.certificate)
        else []
    )
    known = {fit.worker_id for fit in wished}
    gained = [
        Fit(worker.id, wished=False, opens=opens)
        for worker in seekers
        if worker.id not in known and (opens := opened_by(deployment, worker, course))
    ]
    gained.sort(key=lambda one: (-one.opens, one.worker_id))
    found = [*wished, *gained]
    busy = uow.training_figures.courses_told([one.worker_id for one in found])
    return [one for one in found if one.worker_id not in busy]


def opened_by(deployment: Deployment, worker: Worker, course: Course) -> int:
    """Return how many open vacancies a course would bring within reach of a worker."""
    if course.trade in {*worker.trades, *worker.refused_trades}:
        return 0
    gaps = missed(deployment, profile_of_worker(worker, today=deployment.today))
    return max((gap.alone for gap in gaps if closes_gap(course, gap)), default=0)


def best_for(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> Course | None:
    """Return the course that would help somebody out of work most, or None.

    The one wished for, else the one whose trade or paper most vacancies ask for that are out of
    reach; with a seat left, in the same city or nearer; never after 不去.
    """
    if is_quiet(uow, deployment, worker.id) or uow.enrolments.held_by(worker.id):
        return None
    rows = fitting_courses(uow, deployment, home=worker.home, trade=None, limit=20)
    rows = [one for one in rows if one.has_seat and is_near(deployment, one.course, worker)]
    wanted = {wish.trade for wish in uow.enrolments.wishes_of(worker.id)}
    for one in rows:
        if one.course.trade in wanted or None in wanted:
            return one.course
    scored = [(opened_by(deployment, worker, one.course), one.course) for one in rows]
    opens, course = max(scored, key=lambda pair: pair[0], default=(0, None))
    return course if opens else None


def is_near(deployment: Deployment, course: Course, worker: Worker) -> bool:
    """Tell whether a course is held in the worker's own city, or nobody knows."""
    if worker.home is None or course.adcode is None:
        return True
    places = deployment.catalogue.places
    city = places.city_of(worker.home) or worker.home[:COUNTY]
    return city == (places.city_of(course.adcode) or course.adcode[:COUNTY])


def room_for_offers(uow: UnitOfWork, course: Course) -> int:
    """Return how many more people may be told of a course: three for each free seat."""
    free = course.seats - uow.enrolments.seats_taken([course.id]).get(course.id, 0)
    told = uow.courses.told_of(course.id)
    return max(0, PER_SEAT * free - told)


def offer(uow: UnitOfWork, deployment: Deployment, course: Course, fit: Fit) -> bool:
    """Tell one person of one course; the same pair never twice.

    Nothing is said to whoever is at work, paused or unsubscribed, asleep, without consent, out
    of attention, or said 不去 lately.

    Returns:
        Whether a message was queued.
    """
    worker = uow.workers.get(fit.worker_id)
    if worker is None or worker.status is WorkerStatus.LEFT:
        return False
    reaches = ways.reaches(uow, deployment, among=(worker.id,)).get(worker.id, ())
    if not_looking(deployment, worker, reaches) is not None:
        return False
    if awake_at(deployment, worker) > deployment.now or is_quiet(uow, deployment, worker.id):
        return False
    if uow.recommendations.without_consent(among=worker.id):
        return False
    if used_up(uow, at=deployment.now, deployment=deployment, among=[worker.id]):
        return False
    return _send(uow, deployment, course, worker, reaches, fit)


def offer_options(deployment: Deployment, course: Course, language: str) -> tuple[Option, ...]:
    """Return 1 要学 and 2 不去; they always work."""
    return tuple(
        Option(
            number,
            deployment.text(f"training.choice.{label}", language),
            action_data(action, course.id.hex),
        )
        for number, (action, label) in enumerate(
            (("course_take", "take"), ("course_refuse", "refuse")), start=1
        )
    )


def _send(
    uow: UnitOfWork,
    deployment: Deployment,
    course: Course,
    worker: Worker,
    reaches: Sequence[ways.Reach],
    fit: Fit,
) -> bool:
    key = WISHED if fit.wished else OFFERED

    def draft_for(address: ContactAddress) -> Draft:
        language = address.language
        line = course_line(deployment, course, home=worker.home, language=language)
        return Draft(
            key=key,
            body=Body(
                deployment.text(key, language, line=line, count=fit.opens),
                offer_options(deployment, course, language),
            ),
            dedupe_key=f"course_offer:{course.id.hex}:{worker.id.hex}",
            kind=DeliveryKind.COURSE,
            subject_id=course.id,
            worker_id=worker.id,
            not_before=awake_at(deployment, worker),
            expires_at=end_of_first_day(deployment, course),
        )

    chosen = ways.chosen_among(deployment, worker, reaches)
    return ways.send(uow, deployment, worker, chosen, draft_for) is not None


def _wished(uow: UnitOfWork, course: Course) -> Iterable[Fit]:
    seen: dict[uuid.UUID, Fit] = {}
    for wish, worker in uow.training_figures.wishing(course.bureau_adcode):
        fits = wish.trade is None or wish.trade == course.trade
        if fits and course.trade not in worker.refused_trades:
            seen.setdefault(worker.id, Fit(worker.id, wished=True, opens=0))
    return list(seen.values())
