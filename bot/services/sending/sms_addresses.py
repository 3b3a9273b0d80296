"""A worker's mobile number as an address that text messages go to."""

from __future__ import annotations

from bot.services.deployment import Deployment
from bot.services.people.parting import part
from bot.services.people.unsubscribing import FOR_GOOD, is_alone
from bot.understanding.writing.phones import find_phones
from storage.models import ContactAddress, Worker
from storage.states import Way, WorkerStatus
from storage.unit_of_work import UnitOfWork

MOBILE_DIGITS = 11
SELF = "self"


def mobile_of(phone: str | None) -> str | None:
    """Return the eleven digits of a mobile number on the mainland, or None."""
    found = find_phones(phone or "")
    if len(found) != 1:
        return None
    digits = found[0].digits
    return digits if len(digits) == MOBILE_DIGITS and digits[0] == "1" else None


def sms_address(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> ContactAddress | None:
    """Return where this worker gets text messages, made and joined when it is first needed.

    Two people who gave the same number share the address. An older number of the worker is
    not written to any more, and nobody answers there for the worker. Whoever unsubscribed on
    another channel is so here as well, unless somebody else has the number too.

    Returns:
        The address; None where the bureau has no gateway, the worker has left or there is no
        valid mobile number.
    """
    number = mobile_of(worker.phone)
    has_gateway = Way.SMS.value in deployment.channels
    if number is None or not has_gateway or worker.status is WorkerStatus.LEFT:
        return None
    account = uow.accounts.find_or_add(Way.SMS.value, worker.bureau_adcode)
    known = uow.addresses.addresses_of(worker.id)
    here = [address for address in known if address.account_id == account.id]
    found = next((address for address in here if address.address == number), None)
    if found is None:
        language = known[0].language if known else "zh"
        found = uow.addresses.find_or_add(account.id, number, language=language, now=deployment.now)
        uow.session.flush()
        uow.workers.link(worker.id, found.id, relation=SELF, since=deployment.now)
        if worker.paused_until == FOR_GOOD and is_alone(uow, worker, found):
            found.unsubscribed_at = found.unsubscribed_at or deployment.now
    for address in here:
        if address.id != found.id:
            part(uow, worker, address, to=found.id)
    return found
