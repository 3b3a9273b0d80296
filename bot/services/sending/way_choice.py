"""Which way reaches a worker: Telegram, an open page, a text message, or a call."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.services.deployment import Deployment
from bot.services.sending.sms_addresses import mobile_of
from bot.understanding.writing.phones import find_phones
from storage.models import Worker
from storage.repositories.spreads import Reach
from storage.states import Way
from storage.unit_of_work import UnitOfWork

# A page that nobody looked at for so long is a closed tab.
PAGE_OPEN_FOR = timedelta(days=3)
WAYS = {way.value: way for way in Way}
# Channels that need an account of the bureau's own; a page and a telephone always exist.
OPTIONAL = frozenset({Way.TELEGRAM.value, Way.SMS.value})


@dataclass(frozen=True, slots=True)
class ChosenWay:
    """How a worker is reached.

    Attributes:
        way: The first way that works; a call where nothing else does.
        reach: The address; None for a text message or a call that needs one made first.
        page: A page that is likely closed and gets the message too, beside a text message or a
            call; None otherwise.
    """

    way: Way
    reach: Reach | None
    page: Reach | None = None


def choose(
    found: Sequence[Reach],
    *,
    can_sms: bool,
    can_phone: bool,
    now: datetime,
    preferred: uuid.UUID | None = None,
) -> ChosenWay:
    """Return the first way that works: Telegram, an open page, a text message, a call.

    Where there is neither a text message nor a call to be had, a page counts although it was
    not open lately. Addresses that refused our messages or want none are passed over.

    Args:
        found: A worker's addresses, the newest contact first.
        can_sms: The bureau sends text messages and the worker has a mobile number.
        can_phone: The worker has a number.
        now: The present instant.
        preferred: An address that is taken before others of the same way.
    """
    usable = [one for one in found if not (one.is_unsubscribed or one.is_unreachable)]
    refused = {way_of(one) for one in found} - {way_of(one) for one in usable}
    usable.sort(key=lambda one: one.address_id != preferred)
    first: dict[Way, Reach] = {}
    for one in usable:
        first.setdefault(way_of(one), one)
    pages = [one for one in usable if way_of(one) is Way.PAGE]
    opened = [one for one in pages if is_open_page(one, now=now)]
    page = pages[0] if pages else None
    if Way.TELEGRAM in first:
        return ChosenWay(Way.TELEGRAM, first[Way.TELEGRAM])
    if opened:
        return ChosenWay(Way.PAGE, opened[0])
    if can_sms and Way.SMS not in refused:
        return ChosenWay(Way.SMS, first.get(Way.SMS), page)
    if page is not None and (not can_phone or Way.PHONE in refused):
        return ChosenWay(Way.PAGE, page)
    return ChosenWay(Way.PHONE, first.get(Way.PHONE), page)


def way_of(reach: Reach) -> Way:
    """Return the way that an address belongs to; whatever shows its messages itself is a page."""
    return WAYS.get(reach.channel, Way.PAGE)


def is_open_page(reach: Reach, *, now: datetime) -> bool:
    """Return whether somebody wrote from this page or looked at it within three days."""
    seen = [at for at in (reach.last_inbound_at, reach.page_seen_at) if at is not None]
    return bool(seen) and now - max(seen) <= PAGE_OPEN_FOR


def is_unsubscribed(found: Sequence[Reach]) -> bool:
    """Return whether a worker wants no pushes: said so at every address there is."""
    return bool(found) and all(one.is_unsubscribed for one in found)


def can_sms(deployment: Deployment, phone: str | None) -> bool:
    """Return whether the bureau can send text messages to this number."""
    return Way.SMS.value in deployment.channels and mobile_of(phone) is not None


def can_phone(phone: str | None) -> bool:
    """Return whether there is a number to call."""
    return bool(phone and find_phones(phone))


def reaches(
    uow: UnitOfWork, deployment: Deployment, *, among: Collection[uuid.UUID] | None = None
) -> Mapping[uuid.UUID, Sequence[Reach]]:
    """Return where the workers of the bureau are written to, the newest contact first.

    An address on a channel that the bureau no longer has counts as unreachable.
    """
    gone = OPTIONAL - deployment.channels
    found = uow.recommendations.reaches(deployment.bureau_adcode, among=among)
    if not gone:
        return found
    return {
        worker_id: [
            replace(one, is_unreachable=True) if one.channel in gone else one for one in addresses
        ]
        for worker_id, addresses in found.items()
    }


def chosen_among(
    deployment: Deployment,
    worker: Worker,
    found: Sequence[Reach],
    *,
    preferred: uuid.UUID | None = None,
) -> ChosenWay:
    """Return the first way that works for a worker who has these addresses."""
    return choose(
        found,
        can_sms=can_sms(deployment, worker.phone),
        can_phone=can_phone(worker.phone),
        now=deployment.now,
        preferred=preferred,
    )


class Phoned(Protocol):
    """Somebody who may have a number."""

    @property
    def phone(self) -> str | None:
        """The number, as it was written down."""


def is_reached(worker: Phoned, found: Sequence[Reach]) -> bool:
    """Return whether there is any way at all: an address that works, or a number to call."""
    refused = {way_of(one) for one in found if one.is_unreachable or one.is_unsubscribed}
    usable = [one for one in found if not (one.is_unreachable or one.is_unsubscribed)]
    return bool(usable) or (Way.PHONE not in refused and can_phone(worker.phone))
