"""Relocated households in which nobody works though somebody could: listed, and watched.

The aim is none (P-RELOC, DY 一(六)); a public post counts as work.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.messages import Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_view
from bot.services.people.officers import NoOfficerError
from bot.services.register.facts import RegisterFacts, facts_of
from bot.services.sending.deliveries import action_data
from content.benefits.relocated_households import HouseholdMember, needs_alert
from storage.models import Household, HouseholdAlert, Officer, Worker
from storage.unit_of_work import UnitOfWork

OPEN_LIST = "idle_households"
# Where only the year of birth is known, the middle of it decides.
MIDDLE = (7, 1)


@dataclass(frozen=True, slots=True)
class IdleHousehold:
    """A household of the list.

    Attributes:
        household: Its row.
        members: Everybody in it who has not left.
        able: Those who could work; at least one.
    """

    household: Household
    members: tuple[Worker, ...]
    able: tuple[Worker, ...]


def idle(uow: UnitOfWork, deployment: Deployment, *, scope: str) -> list[IdleHousehold]:
    """Return the households of a scope that the alert is about, by home and key."""
    today = deployment.today
    rows = uow.households.relocated_without_work(deployment.bureau_adcode, scope=scope, after=today)
    members = uow.households.members([row.id for row in rows])
    found = []
    for row in rows:
        known = [(one, _member(uow, deployment, one)) for one in members[row.id]]
        told = [member for _worker, member in known if member is not None]
        if needs_alert(told, today):
            able = [one for one, member in known if member and member.could_work(today)]
            found.append(IdleHousehold(row, tuple(members[row.id]), tuple(able)))
    return found


def watch(uow: UnitOfWork, deployment: Deployment) -> int:
    """Open, close and reopen the bureau's alerts, and tell officers of new ones.

    One row a household, so that a tick that runs twice tells nothing twice; an officer hears of
    all new households of a tick in one message.

    Returns:
        How many alerts were opened or reopened.
    """
    scope = officers.scope_of(deployment.bureau_adcode)
    found = {one.household.id: one for one in idle(uow, deployment, scope=scope)}
    alerts = uow.households.alerts(deployment.bureau_adcode)
    for key, alert in alerts.items():
        if key not in found and alert.closed_at is None:
            alert.closed_at = deployment.now
    new = [
        one for key, one in found.items() if key not in alerts or alerts[key].closed_at is not None
    ]
    owners = [(one, _open(uow, deployment, one, alerts.get(one.household.id))) for one in new]
    _tell(uow, deployment, (owner for _one, owner in owners if owner is not None))
    return len(new)


def show_members(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> IdleHousehold | None:
    """Return one household of the officer's list, its members' names being noted as seen.

    None where it is outside the scope or no longer on the list.
    """
    for one in idle(uow, deployment, scope=officer.scope):
        if one.household.id == key:
            for worker in one.members:
                audit_view(
                    uow,
                    deployment,
                    officer,
                    "view_household",
                    subject_kind="worker",
                    subject_id=worker.id,
                )
            return one
    return None


def _member(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> HouseholdMember | None:
    """Return a member without work; None where nobody knows how old the person is."""
    known = facts_of(uow, deployment, worker)
    born = _born(known, worker)
    if born is None:
        return None
    return HouseholdMember(
        birth=born,
        is_able=known.able is not False,  # who is not said to be unable is looked at
        is_student=known.student is not None,
        is_employed=False,
    )


def _born(known: RegisterFacts, worker: Worker) -> date | None:
    if known.born is not None or worker.birth_year is None:
        return known.born
    return date(worker.birth_year, *MIDDLE)


def _open(
    uow: UnitOfWork, deployment: Deployment, one: IdleHousehold, alert: HouseholdAlert | None
) -> Officer | None:
    owner = _owner(uow, deployment, one.household)
    if alert is None:
        alert = uow.households.add(
            HouseholdAlert(household_id=one.household.id, opened_at=deployment.now)
        )
    else:
        alert.opened_at, alert.closed_at = deployment.now, None
        alert.reopened += 1
    alert.officer_id = owner.id if owner is not None else None
    return owner


def _owner(uow: UnitOfWork, deployment: Deployment, household: Household) -> Officer | None:
    bureau = deployment.bureau_adcode
    try:
        return officers.owner_for(uow, household.home or bureau, bureau=bureau)
    except NoOfficerError:
        return None


def _tell(uow: UnitOfWork, deployment: Deployment, owners: Iterable[Officer]) -> None:
    for owner, count in Counter(owners).items():
        language = officers.language_of(uow, owner)
        label = deployment.text("households.task.open", language)
        officers.inform(
            uow,
            deployment,
            owner,
            "households.task.idle",
            dedupe=f"idle_households:{deployment.now.isoformat()}",
            options=(Option(1, label, action_data(OPEN_LIST)),),
            count=count,
        )
