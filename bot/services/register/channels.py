"""The six ways into work (S-CHAN): exactly one a spell, and what contradicts the place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register.statistics import Workforce
from content.location_classes import LocationClasses
from storage.models import Employment, Officer
from storage.register_states import EmploymentChannel
from storage.repositories.statistics import RawKey, Work
from storage.unit_of_work import UnitOfWork

WORKSHOP = "workshop"
# Work outside the home county by a way that only exists near home: the national system's rule.
MISPLACED = "5_12_002"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Somebody whose work stands in the register as it cannot be."""

    worker: RawKey
    home: str | None
    work: Work
    rule: str = MISPLACED


def settled(channel: EmploymentChannel, venue: str | None) -> tuple[EmploymentChannel, str | None]:
    """Return the one way of a spell.

    A public post is nothing else whatever its venue; a workshop near home is an enterprise with
    that venue (S-CHAN).
    """
    if channel is EmploymentChannel.PUBLIC_POST:
        return channel, None
    return (EmploymentChannel.ENTERPRISE, WORKSHOP) if venue == WORKSHOP else (channel, venue)


def is_misplaced(classes: LocationClasses, home: str | None, work: Work) -> bool:
    """Tell whether a public post or a workshop lies outside the home county."""
    is_near_home = work.channel == EmploymentChannel.PUBLIC_POST or work.venue == WORKSHOP
    return is_near_home and (work.abroad or classes.is_outside_county(home, work.workplace))


def misplaced(deployment: Deployment, force: Workforce) -> list[Misplaced]:
    """Return everybody whose way and place of work contradict each other, by key."""
    classes = LocationClasses(deployment.catalogue.places)
    homes = force.homes
    found = [
        Misplaced(worker, homes[worker], work)
        for worker, work in force.works.items()
        if worker in homes and is_misplaced(classes, homes[worker], work)
    ]
    return sorted(found, key=lambda one: str(one.worker))


def change_channel(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    spell: Employment,
    *,
    channel: EmploymentChannel,
    venue: str | None = None,
) -> None:
    """Write down another way on an officer's word; what was believed before stays in a version."""
    spell.channel, spell.venue = settled(channel, venue)
    uow.employments.record(spell, at=deployment.now)
    uow.records.audit(
        officers.actor_of(officer),
        "change_channel",
        subject_kind="worker",
        subject_id=spell.worker_id,
        scope=officer.scope,
        at=deployment.now,
    )
