"""What became of a broadcast, worker by worker: who got it, who did not and why."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.services.broadcasts import broadcasts
from bot.services.broadcasts.broadcast_calls import PhoneRoom
from bot.services.broadcasts.broadcast_selection import PHONE_FULL, UNREACHABLE
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_view
from bot.services.phoning import phone_list
from bot.services.tables import Cell, Table
from storage.models import Broadcast, Officer
from storage.repositories.broadcasts import Outcome, call_key
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

COLUMNS = ("name", "phone", "home", "way", "state", "reason", "at")
LEFT_OUT = "left_out"
CALLED_FOR = (UNREACHABLE, PHONE_FULL)
MOST_CALLS = 500


@dataclass(frozen=True, slots=True)
class CallsAdded:
    """How many calls were put on phone lists, and how many people found no room there."""

    added: int
    no_room: int


def look(
    uow: UnitOfWork, deployment: Deployment, broadcast_id: uuid.UUID, officer: Officer
) -> None:
    """Write down that an officer looks at what became of a broadcast; before `table` is read.

    Raises:
        UserError: There is no such broadcast, or it is not for this officer to see.
    """
    broadcast = _need(uow, deployment, broadcast_id, officer)
    audit_view(
        uow,
        deployment,
        officer,
        "view_broadcast_results",
        subject_kind=broadcasts.SUBJECT,
        subject_id=broadcast.id,
    )


def table(
    uow: UnitOfWork, deployment: Deployment, broadcast_id: uuid.UUID, officer: Officer
) -> Table:
    """Return a broadcast as a table, a worker a row, so that one can phone those it missed.

    Only workers whose home lies in the officer's scope stand in it. Those written to come
    first, then those left out. Changes nothing, so it may be read beside the writers; `look`
    has written the look down.

    Raises:
        UserError: There is no such broadcast, or it is not for this officer to see.
    """
    broadcast = _need(uow, deployment, broadcast_id, officer)
    language = officers.language_of(uow, officer)
    heads = [deployment.text(f"broadcasting.column.{name}", language) for name in COLUMNS]
    words = _Words(deployment, language)
    found = uow.broadcasts.outcomes(broadcast.id, scope=officer.scope)
    return Table(broadcasts.reference(broadcast), heads, _rows(words, found))


def add_calls(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, broadcast: Broadcast
) -> CallsAdded:
    """Put those whom the broadcast did not reach, and who have a phone, on officers' lists.

    Once each, however often it is asked for; no list grows beyond what can be phoned within
    three days.
    """
    missed = uow.broadcasts.undelivered(
        broadcast.id, scope=officer.scope, reasons=CALLED_FOR, limit=MOST_CALLS
    )
    room = PhoneRoom(uow, deployment)
    kind = DeliveryKind.BROADCAST if broadcast.vacancy_id is None else DeliveryKind.VACANCY
    added = no_room = 0
    for worker in missed:
        if not room.take(worker.id, home=worker.home):
            no_room += 1
            continue
        task = phone_list.add(
            uow,
            deployment,
            worker,
            kind=kind.value,
            subject_id=broadcast.vacancy_id or broadcast.id,
            dedupe=call_key(broadcast.id, worker.id),
        )
        added += task is not None
    return CallsAdded(added, no_room)


def _need(
    uow: UnitOfWork, deployment: Deployment, broadcast_id: uuid.UUID, officer: Officer
) -> Broadcast:
    broadcast = broadcasts.own(uow, deployment, officer, broadcast_id)
    if broadcast is None:
        raise UserError("broadcasting.refused.unknown")
    return broadcast


class _Words:
    """Words for states and reasons, looked up once each."""

    def __init__(self, deployment: Deployment, language: str) -> None:
        self.deployment = deployment
        self.language = language
        self._known = deployment.catalogue.texts.keys(language)

    def way(self, channel: str | None) -> str:
        """Return how somebody was reached; empty for those left out."""
        return "" if channel is None else self._said("way", channel, otherwise=channel)

    def state(self, outcome: Outcome) -> str:
        """Return how far a message came."""
        name = LEFT_OUT if outcome.status is None else outcome.status.value
        return self._said("state", name, otherwise=name)

    def reason(self, reason: str | None) -> str:
        """Return a reason in words; a code of a platform's own stands behind its kind."""
        if not reason:
            return ""
        kind, _, code = reason.partition(":")
        said = self._said("reason", kind, otherwise="")
        if not said:
            return self.deployment.text("broadcasting.reason.other", self.language, code=reason)
        return f"{said} {code}".strip()

    def place(self, home: str | None) -> str:
        """Return the home as it is said."""
        places = self.deployment.catalogue.places
        if home is None or places.get(home) is None:
            return ""
        county = places.county_of(home)
        name = places.short_name(home)
        return name if county in {None, home} else f"{places.short_name(str(county))}{name}"

    def moment(self, at: datetime | None) -> str:
        """Return an instant in the city's time, to the minute."""
        if at is None:
            return ""
        return at.astimezone(self.deployment.clock.timezone).strftime("%Y-%m-%d %H:%M")

    def _said(self, table_name: str, name: str, *, otherwise: str) -> str:
        key = f"broadcasting.{table_name}.{name}"
        return self.deployment.text(key, self.language) if key in self._known else otherwise


def _rows(words: _Words, outcomes: list[Outcome]) -> Iterator[tuple[Cell, ...]]:
    for one in outcomes:
        yield (
            one.name or "",
            one.phone or "",
            words.place(one.home),
            words.way(one.channel),
            words.state(one),
            words.reason(one.reason),
            words.moment(one.at),
        )
