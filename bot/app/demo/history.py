"""The past weeks of the invented county: hires, spells of work, applications and pushes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.app.demo.past_cases import write_cases
from bot.app.demo.population import Tier
from bot.app.demo.rows import morning_of, new_key
from bot.services.deployment import Deployment
from bot.services.follow_up import check_ins
from storage.models import (
    Application,
    CheckIn,
    Employment,
    EmploymentVersion,
    Enterprise,
    Recommendation,
    Vacancy,
    Worker,
)
from storage.states import (
    ApplicationStatus,
    CheckInKind,
    CheckInStatus,
    Source,
    VacancyStatus,
)
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:  # the city holds what is written here
    from bot.app.demo.city import Written

TOLD_PER_PLACE = 3
TOLD_WITHIN_DAYS = 6
LOOKING = frozenset({"looking"})
EMPLOYED = frozenset({"employed"})
APPLIED_BEFORE = timedelta(days=5)
OWN_FINDS_DAYS = (20, 400)
APPLIED_DAYS = (2, 12)
SCORE = 0.5
# Enough for the cases that stand open there.
AT_OWN_FIRM = 4


def write_history(uow: UnitOfWork, deployment: Deployment, city: Written) -> None:
    """Write what led to the present, so that no list is empty."""
    hires, spells = _hires(deployment, city)
    applications = [*hires, *_applicants(city)]
    uow.session.add_all(applications)
    uow.session.flush()
    uow.session.add_all(spells)
    uow.session.flush()
    uow.session.add_all(
        EmploymentVersion.of(spell, known_from=spell.recorded_at) for spell in spells
    )
    uow.session.add_all(row for spell in spells for row in _check_ins(deployment, city, spell))
    uow.session.add_all(_pushes(deployment, city))
    uow.session.flush()
    write_cases(uow, deployment, city, spells)


def _hires(deployment: Deployment, city: Written) -> tuple[list[Application], list[Employment]]:
    """Put everybody who is at work somewhere.

    A few are at the demo's own firm, others where places are filled, and the rest where the
    bureau had no part in it.
    """
    applications: list[Application] = []
    free = _by_tier(city, EMPLOYED)
    own = city.firms[0]
    spells = [
        _own_find(deployment, city, free[city.invented.firms[0].tier].pop(), own)
        for _ in range(AT_OWN_FIRM)
    ]
    for vacancy, tier in _with_tier(city):
        if vacancy.status is not VacancyStatus.FILLED:
            continue
        hired = [free[tier].pop() for _ in range(min(len(free[tier]), vacancy.headcount or 1))]
        vacancy.headcount = max(1, len(hired))
        for worker in hired:
            started_at = vacancy.closed_at or city.now
            row = _application(city, worker, vacancy, ApplicationStatus.HIRED, at=started_at)
            applications.append(row)
            firm = next(firm for firm in city.firms if firm.id == vacancy.enterprise_id)
            spells.append(_spell(deployment, city, worker, firm, application=row, at=started_at))
    for tier, rest in free.items():
        firms = [
            row
            for row, firm in zip(city.firms, city.invented.firms, strict=True)
            if firm.tier == tier
        ]
        spells += [
            _own_find(deployment, city, worker, city.chance.choice(firms)) for worker in rest
        ]
    return applications, spells


def _own_find(
    deployment: Deployment, city: Written, worker: Worker, firm: Enterprise
) -> Employment:
    days = city.chance.randint(*OWN_FINDS_DAYS)
    at = morning_of(deployment, city.now, days)
    return _spell(deployment, city, worker, firm, application=None, at=at)


def _applicants(city: Written) -> list[Application]:
    """Give every open vacancy that is not hungry as many applicants in talks as it has places."""
    rows = []
    free = _by_tier(city, LOOKING)
    plans = city.invented.vacancies
    for place, (vacancy, tier) in enumerate(_with_tier(city)):
        if plans[place].state != "open":
            continue
        pool = free[tier]
        for worker in city.chance.sample(pool, min(len(pool), vacancy.headcount or 1)):
            at = city.now - timedelta(days=city.chance.randint(*APPLIED_DAYS))
            at = max(at, vacancy.published_at or at)
            rows.append(_application(city, worker, vacancy, ApplicationStatus.INTERVIEW, at=at))
    return rows


def _pushes(deployment: Deployment, city: Written) -> Iterator[Recommendation]:
    """Note whom the vacancies of the past days were pushed to, three for a place."""
    pools = _by_tier(city, LOOKING)
    plans = city.invented.vacancies
    for place, (vacancy, tier) in enumerate(_with_tier(city)):
        is_hungry = plans[place].state == "hungry"
        is_recent = plans[place].state == "open" and plans[place].days_ago <= TOLD_WITHIN_DAYS
        if not is_hungry and not is_recent:
            continue
        days_ago = 1 if is_hungry else plans[place].days_ago
        told_at = morning_of(deployment, city.now, days_ago)
        able = [worker for worker in pools[tier] if vacancy.trade in worker.trades]
        for worker in able[: TOLD_PER_PLACE * (vacancy.headcount or 1)]:
            yield Recommendation(
                worker_id=worker.id,
                vacancy_id=vacancy.id,
                score=SCORE,
                reasons=[],
                pushed=True,
                pushed_at=told_at,
                times_shown=1,
                first_shown_at=told_at,
                last_shown_at=told_at,
            )


def _by_tier(city: Written, standings: frozenset[str]) -> dict[Tier, list[Worker]]:
    found: dict[Tier, list[Worker]] = {firm.tier: [] for firm in city.invented.firms}
    for row, person in zip(city.workers, city.invented.workers, strict=True):
        if person.standing in standings and row.id in city.addresses:
            found[person.tier].append(row)
    return found


def _with_tier(city: Written) -> Iterator[tuple[Vacancy, Tier]]:
    for row, plan in zip(city.vacancies, city.invented.vacancies, strict=True):
        yield row, city.invented.firms[plan.firm].tier


def _application(
    city: Written,
    worker: Worker,
    vacancy: Vacancy,
    status: ApplicationStatus,
    *,
    at: datetime,
) -> Application:
    sent_at = at - APPLIED_BEFORE if status is ApplicationStatus.HIRED else at
    return Application(
        id=new_key(city),
        worker_id=worker.id,
        vacancy_id=vacancy.id,
        address_id=city.addresses[worker.id].id,
        status=status,
        created_at=sent_at,
        sent_at=sent_at,
        changed_at=at,
        firm_called=True,
    )


def _spell(
    deployment: Deployment,
    city: Written,
    worker: Worker,
    firm: Enterprise,
    *,
    application: Application | None,
    at: datetime,
) -> Employment:
    started_on = at.astimezone(deployment.clock.timezone).date()
    return Employment(
        id=new_key(city),
        worker_id=worker.id,
        enterprise_id=firm.id,
        application_id=application.id if application is not None else None,
        vacancy_id=application.vacancy_id if application is not None else None,
        employer=None,
        workplace=firm.adcode,
        trade=worker.trades[0],
        channel="enterprise",
        started_on=started_on,
        ended_on=None,
        end_reason=None,
        wage=None,
        source=Source.ENTERPRISE if application is not None else Source.WORKER,
        disputed=False,
        last_confirmed_on=started_on,
        recorded_at=at,
    )


def _check_ins(deployment: Deployment, city: Written, spell: Employment) -> Iterator[CheckIn]:
    """Plan a spell's check-ins; those that lie behind were answered: still there."""
    for day in check_ins.spell_days(spell.started_on, deployment.today):
        due_at = check_ins.due_after(deployment, spell.started_on, day)
        is_over = due_at <= city.now
        if is_over:
            spell.last_confirmed_on = spell.started_on + timedelta(days=day)
        yield CheckIn(
            kind=CheckInKind.STILL_THERE,
            worker_id=spell.worker_id,
            employment_id=spell.id,
            address_id=city.addresses[spell.worker_id].id if is_over else None,
            day=day,
            due_at=due_at,
            not_before=due_at,
            status=CheckInStatus.SAME if is_over else CheckInStatus.SCHEDULED,
            attempt=1 if is_over else 0,
            sent_at=due_at if is_over else None,
            answered_at=due_at if is_over else None,
        )
