"""How a message reaches a worker: Telegram, an open page, a text message, or a call.

Nobody else orders channels: what is to be sent or asked goes through `choose`, `send` and
`addresses_for_question`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from bot.services.deployment import Deployment
from bot.services.phoning import phone_list
from bot.services.sending import return_links
from bot.services.sending.deliveries import Draft, push
from bot.services.sending.sms_addresses import sms_address
from bot.services.sending.way_choice import (
    ChosenWay,
    can_phone,
    can_sms,
    choose,
    chosen_among,
    is_open_page,
    is_reached,
    is_unsubscribed,
    reaches,
    way_of,
)
from storage.models import ContactAddress, Delivery, Worker
from storage.models.outbox import COPY_ENDING
from storage.repositories.spreads import Reach
from storage.states import DeliveryStatus, Way
from storage.unit_of_work import UnitOfWork

__all__ = [
    "ChosenWay",
    "Reach",
    "address_for_question",
    "addresses_for_question",
    "can_phone",
    "can_sms",
    "choose",
    "chosen_among",
    "is_open_page",
    "is_reached",
    "is_unsubscribed",
    "reaches",
    "send",
    "way_of",
]

NO_CALL = "no_call"


def send(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    chosen: ChosenWay,
    draft_for: Callable[[ContactAddress], Draft],
) -> Delivery | None:
    """Queue a message by the chosen way; a page that may be closed gets it too.

    A text message carries a return link; a call stands on the phone list with its message.
    The key of the copy on the page says that it is one: it costs no attention a second time.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        worker: Whom to tell.
        chosen: What `choose` returned.
        draft_for: Makes the message in the language of an address.

    Returns:
        The row of the chosen way; None where the same was queued before, or nothing gets there.
    """
    if chosen.page is not None:
        page = uow.addresses.need(chosen.page.address_id)
        draft = draft_for(page)
        copy = replace(draft, dedupe_key=f"{draft.dedupe_key}{COPY_ENDING}")
        push(uow, page, copy, now=deployment.now)
    if chosen.way is Way.SMS:
        return _send_sms(uow, deployment, worker, draft_for)
    if chosen.way is Way.PHONE:
        return _send_call(uow, deployment, worker, draft_for)
    if chosen.reach is None:
        return None
    address = uow.addresses.need(chosen.reach.address_id)
    return push(uow, address, draft_for(address), now=deployment.now)


def address_for_question(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    preferred: uuid.UUID | None = None,
) -> tuple[ContactAddress, Way] | None:
    """Return where a worker is asked something, and by which way; None where nothing works.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        worker: Whom to ask.
        preferred: An address that is taken before others of the same way.
    """
    found = addresses_for_question(uow, deployment, worker, preferred=preferred)
    return found[0] if found else None


def addresses_for_question(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    *,
    preferred: uuid.UUID | None = None,
) -> list[tuple[ContactAddress, Way]]:
    """Return every address at which a question is put, that of the chosen way first.

    A page that may be closed is asked beside a text message or a call. Addresses for text
    messages and calls are made where they are missing.
    """
    known = reaches(uow, deployment, among=(worker.id,)).get(worker.id, ())
    chosen = chosen_among(deployment, worker, known, preferred=preferred)
    address = _address_of(uow, deployment, worker, chosen)
    asked = [] if address is None else [(address, chosen.way)]
    if chosen.page is not None:
        asked.append((uow.addresses.need(chosen.page.address_id), Way.PAGE))
    return asked


def _address_of(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, chosen: ChosenWay
) -> ContactAddress | None:
    if chosen.way is Way.SMS:
        return sms_address(uow, deployment, worker)
    if chosen.way is Way.PHONE:
        return _phone(uow, deployment, worker)
    return uow.addresses.need(chosen.reach.address_id) if chosen.reach is not None else None


def _phone(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> ContactAddress | None:
    """Return where somebody is asked on the telephone; None where nobody makes the call."""
    if phone_list.owner_of(uow, deployment, worker) is None:
        return None
    address = phone_list.phone_address(uow, deployment, worker)
    return address if address is not None and phone_list.may_be_phoned(address) else None


def _send_sms(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    draft_for: Callable[[ContactAddress], Draft],
) -> Delivery | None:
    address = sms_address(uow, deployment, worker)
    if address is None:
        return _send_call(uow, deployment, worker, draft_for)
    draft = draft_for(address)
    token = return_links.make(uow, deployment, worker, address_id=address.id)
    body = replace(draft.body, link=return_links.path_of(token))
    return push(uow, address, replace(draft, body=body), now=deployment.now)


def _send_call(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    draft_for: Callable[[ContactAddress], Draft],
) -> Delivery | None:
    """Queue the message that a call stands for; it is skipped where nobody makes the call."""
    address = phone_list.phone_address(uow, deployment, worker)
    if address is None:
        return None
    draft = draft_for(address)
    delivery = push(uow, address, draft, now=deployment.now)
    if delivery is None:
        return None
    task = phone_list.add(
        uow,
        deployment,
        worker,
        kind=draft.kind.value,
        subject_id=draft.subject_id,
        delivery_id=delivery.id,
        address_id=address.id,
        dedupe=draft.dedupe_key,
    )
    if task is None:
        delivery.status, delivery.reason = DeliveryStatus.SKIPPED, NO_CALL
    return delivery
