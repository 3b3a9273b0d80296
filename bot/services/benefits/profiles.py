"""What is known of a worker, as the benefit rules ask for it; what nobody knows stays unknown."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.services.benefits.periods import year_of
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register.facts import RegisterFacts, facts_of
from content.benefits.facts import BenefitProfile
from content.benefits.money import yuan
from content.benefits.profile_reading import ProfileReader
from content.benefits.vocabulary import FACTS, GROUPS, SINGLE_FACTS, FactType
from content.places import Places
from storage.models import Employment, Worker
from storage.states import EndReason, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork

TRIP, TRANSPORT = "trip", "transport_subsidy"
MONEY = frozenset(name for name, kind in FACTS.items() if kind.type is FactType.MONEY)
_WORKING = {
    WorkerStatus.EMPLOYED: "employed",
    WorkerStatus.FLEXIBLE: "flexible",
    WorkerStatus.PUBLIC_POST: "employed",
}
_LOOKING = frozenset({WorkerStatus.SEEKING, WorkerStatus.TRAINING})
_ENDED = {
    EndReason.LOST: "lost_job",
    EndReason.EMPLOYER_CLOSED: "lost_job",
    EndReason.QUIT: "changing",
    EndReason.CHANGED: "changing",
}


def jurisdiction_of(deployment: Deployment, worker: Worker | None) -> str | None:
    """Return the city whose rules are a worker's: by the home, else by the bureau."""
    code = officers.code_of_worker(worker, deployment.bureau_adcode)
    return deployment.catalogue.policies.jurisdiction_of(code)


def benefit_profile(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    *,
    answers: Mapping[str, object],
    as_of: date | None = None,
    besides: uuid.UUID | None = None,
) -> BenefitProfile:
    """Return what is known of a worker on a day.

    Verified categories come from the register only; `claimed` holds what the worker says of
    themself, in the register and in `answers`. What the register, our own records and the
    answers leave open is UNKNOWN and never its default.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        worker: The person.
        answers: What was said in a conversation, by the names of `vocabulary.FACTS`
            (`trip.mode`), with `birth` (ISO date), `children` and `claimed`. Sums are whole fen.
            None is unknown; a group that is False does not apply. Our records outweigh answers.
        as_of: The day for which is asked; today when None.
        besides: An application whose own payment is not an earlier one.
    """
    day = as_of or deployment.today
    known = facts_of(uow, deployment, worker)
    row: dict[str, object] = {**_unknown(), **_single(answers), **_groups(answers)}
    row.update(_of_register(known) | _of_records(uow, deployment, worker, day))
    row.update(
        jurisdiction=jurisdiction_of(deployment, worker) or "",
        as_of=day.isoformat(),
        birth=_birth(known, worker, answers, day, deciding=deployment.catalogue.benefits.ages),
        categories=sorted(known.verified),
        claimed=sorted(known.claimed | (_claims(answers) - known.verified)),
        children=answers.get("children"),
    )
    _add_received(uow, worker, row, besides=besides)
    profile = _reader(deployment.catalogue.places).read(row, today=deployment.today)
    return replace(profile, knows_categories=_is_complete(uow, worker, known))


def _is_complete(uow: UnitOfWork, worker: Worker, known: RegisterFacts) -> bool:
    """Tell whether a sheet or an officer told of all categories.

    An entry that holds no more than the worker's own number tells of none.
    """
    entry = uow.register_entries.of_worker(worker.id)
    is_bare = entry is not None and entry.source is Source.WORKER and entry.batch_id is None
    is_own_word = is_bare and not known.verified
    return known.knows_categories and not is_own_word


def _unknown() -> dict[str, object]:
    return dict.fromkeys(SINGLE_FACTS)


def _single(answers: Mapping[str, object]) -> dict[str, object]:
    return {name: _outside(name, answers[name]) for name in SINGLE_FACTS if name in answers}


def _outside(name: str, value: object) -> object:
    """Return a fact as profiles are written: sums in yuan."""
    is_sum = name in MONEY and isinstance(value, int) and not isinstance(value, bool)
    return yuan(value) if is_sum and isinstance(value, int) else value


def _groups(answers: Mapping[str, object]) -> dict[str, object]:
    found = {group: _group(group, names, answers) for group, names in GROUPS.items()}
    return {group: value for group, value in found.items() if value is not False}


def _group(group: str, names: tuple[str, ...], answers: Mapping[str, object]) -> object:
    """Return a group as an object; None where nothing of it was said, False where there is none."""
    if answers.get(group) is False:
        return False
    said = {name: answers[name] for name in names if name in answers}
    if not said and answers.get(group) is not True:
        return None
    values = {name: _outside(name, said.get(name)) for name in names}
    if values.get("trip.return_price") is None and "trip.return_price" not in said:
        # Who names one ticket asks for that one; a way back is a sum of its own.
        values.pop("trip.return_price", None)
    if "trip.received_this_year" not in said:
        values.pop("trip.received_this_year", None)
    return {name.partition(".")[2]: value for name, value in values.items()}


def _of_register(known: RegisterFacts) -> dict[str, object]:
    told: dict[str, object] = {
        "hukou": known.hukou,
        "pension": known.pension,
        "medical": known.medical,
        "labour_capacity": known.able,
        "relocated": None if known.household is None else known.household.relocated,
    }
    return {name: value for name, value in told.items() if value is not None}


def _of_records(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, day: date
) -> dict[str, object]:
    """Return what our own records tell of a day: the work, the wish to work, the courses."""
    told: dict[str, object] = {}
    status = _status_on(uow, deployment, worker, day)
    employment = _employment(status, uow.employments.of_worker(worker.id), day)
    if employment is not None:
        told["employment"] = employment
    if status in _LOOKING or status is WorkerStatus.NOT_LOOKING:
        told["wants_work"] = status in _LOOKING
    courses = uow.benefit_applications.courses_of(worker.id, on=day)
    if courses.taken:
        told["trainings_this_year"] = courses.taken
    if courses.attends_subsidised:
        told["attending_subsidised_training"] = True
    if courses.wishes:
        told["wants_training"] = True
    return told


def _status_on(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, day: date
) -> WorkerStatus | None:
    """Return how somebody stood at the end of a day; None before we knew them."""
    if day >= deployment.today:
        return worker.status
    zone = deployment.clock.timezone
    steps = [it for it in uow.workers.history(worker.id) if it.at.astimezone(zone).date() <= day]
    return steps[-1].status if steps else None


def _employment(status: WorkerStatus | None, spells: list[Employment], day: date) -> str | None:
    """Return the work on a day; who lost it on that very day is out of work."""
    if any(it.started_on <= day and (it.ended_on is None or it.ended_on > day) for it in spells):
        return "employed" if status is None else _WORKING.get(status, "employed")
    if status in _WORKING:
        return _WORKING[status]
    ended = [it for it in spells if it.ended_on is not None and it.ended_on <= day]
    reason = ended[-1].end_reason if ended else None
    return _ENDED.get(reason) if reason is not None else None


def _birth(
    known: RegisterFacts,
    worker: Worker,
    answers: Mapping[str, object],
    day: date,
    *,
    deciding: frozenset[int],
) -> object:
    """Return the day of birth, or None.

    Where only the year is known, the day decides in the year of a birthday on which a rule
    begins or ends (`deciding`), and in no other.
    """
    if known.born is not None:
        return known.born.isoformat()
    if answers.get("birth") is not None:
        return answers["birth"]
    year = worker.birth_year
    if year is None or day.year - year in deciding:
        return None
    return date(year, 12, 31).isoformat()


def _claims(answers: Mapping[str, object]) -> set[str]:
    said = answers.get("claimed")
    return {str(one) for one in said} if isinstance(said, list | tuple | set | frozenset) else set()


def _add_received(
    uow: UnitOfWork, worker: Worker, row: dict[str, object], *, besides: uuid.UUID | None
) -> None:
    """Add what we and others paid; that others reported nothing proves nothing."""
    trip = row.get(TRIP)
    if not isinstance(trip, dict):
        return
    rows = uow.benefit_applications.paid_of(worker.id, TRANSPORT)
    paid = [one for one in rows if one.id != besides]
    if paid:
        trip["already_received"] = True
        day = date.fromisoformat(str(row["as_of"]))
        if any(year_of(application) == day.year for application in paid):
            trip["received_this_year"] = True
    if uow.benefit_applications.outside_payments_of(worker.id, TRANSPORT):
        trip["other_dept_paid"] = True


@lru_cache(maxsize=4)
def _reader(places: Places) -> ProfileReader:
    return ProfileReader(places)
