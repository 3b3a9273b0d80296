"""A message that failed three times: an apology with a code, and a person who looks at it."""

from __future__ import annotations

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.people.officers import inform, owner_for
from bot.services.sending.deliveries import Draft, queue_dialogue
from storage.models import ContactAddress, InboundReceipt
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork

APOLOGY = "common.apology.failed"
OFFICER_TASK = "common.apology.officer_task"


def give_up_on(
    uow: UnitOfWork,
    deployment: Deployment,
    receipt: InboundReceipt,
    address: ContactAddress,
    *,
    code: str,
    on_page: bool,
) -> None:
    """Mark `receipt` as failed, tell the person with `code`, and tell the area's officer.

    The payload stays until retention erases it, so that nothing is lost; the caller holds the
    address's row.
    """
    receipt.status = ReceiptStatus.FAILED
    receipt.code = code
    body = Body(deployment.text(APOLOGY, address.language, code=code))
    draft = Draft(APOLOGY, body, dedupe_key=f"turn:{receipt.id}:failed")
    queue_dialogue(uow, address, [draft], now=deployment.now, on_page=on_page)
    try:
        officer = owner_for(uow, deployment.bureau_adcode)
    except LookupError:
        return  # a bureau that has no officer yet is told so at start-up
    inform(uow, deployment, officer, OFFICER_TASK, dedupe=f"failed:{receipt.id}", code=code)
