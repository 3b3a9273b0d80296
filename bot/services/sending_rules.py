"""What is checked once more in the moment before something is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import at_local
from bot.services.deployment import Deployment
from storage.models import ContactAddress, Delivery
from storage.states import DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork

QUIET_FROM = 21
QUIET_UNTIL = 8
HAND_OVER_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a row may go: now, later, or not at all and why not."""

    skip: str | None = None
    postpone_to: datetime | None = None


GO = Verdict()


def check_before_sending(
    uow: UnitOfWork, deployment: Deployment, delivery: Delivery, address: ContactAddress
) -> Verdict:
    """Return whether `delivery` may still go; replies to a person's own words always may."""
    now = deployment.now
    if delivery.expires_at is not None and delivery.expires_at <= now:
        return Verdict(skip="expired")
    if delivery.kind not in {DeliveryKind.VACANCY, DeliveryKind.CHECK_IN}:
        return GO
    reason = _why_not(uow, delivery, address)
    if reason is not None:
        return Verdict(skip=reason)
    if address.handed_over_to is not None:
        return Verdict(postpone_to=now + HAND_OVER_WAIT)
    morning = end_of_quiet_hours(now, deployment.clock.timezone)
    return GO if morning is None else Verdict(postpone_to=morning)


def _why_not(uow: UnitOfWork, delivery: Delivery, address: ContactAddress) -> str | None:
    if address.unreachable_since is not None:
        return "unreachable"
    if address.unsubscribed_at is not None:
        return "unsubscribed"
    if delivery.kind is not DeliveryKind.VACANCY or delivery.subject_id is None:
        return None
    vacancy = uow.vacancies.get(delivery.subject_id)
    is_open = vacancy is not None and vacancy.status is VacancyStatus.PUBLISHED
    return None if is_open else "vacancy_closed"


def end_of_quiet_hours(now: datetime, timezone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours (21:00–08:00 in the city) end, or None outside them."""
    local = now.astimezone(timezone)
    if QUIET_UNTIL <= local.hour < QUIET_FROM:
        return None
    day = local.date() if local.hour < QUIET_UNTIL else local.date() + timedelta(days=1)
    return at_local(day, QUIET_UNTIL, timezone=timezone)
