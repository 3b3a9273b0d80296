"""Two words about one spell that do not agree: an officer looks at it, nobody is blamed."""

from __future__ import annotations

from bot.services.cases.cases import open_case
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.reachable import address_of
from storage.models import Employment
from storage.states import Matter
from storage.unit_of_work import UnitOfWork

WORDS = "check_in.officer.disputed"


def dispute(uow: UnitOfWork, deployment: Deployment, spell: Employment) -> None:
    """Mark a spell about which the two sides disagree, and let an officer look; once."""
    if spell.disputed:
        return
    spell.disputed = True
    uow.employments.record(spell, at=deployment.now)
    tell_officer(uow, deployment, spell)


def tell_officer(uow: UnitOfWork, deployment: Deployment, spell: Employment) -> None:
    """Open a case about a disputed spell; neither side learns what the other said."""
    worker = uow.workers.need(spell.worker_id)
    address = address_of(uow, worker.id)
    if address is not None:
        open_case(
            uow,
            deployment,
            address=address,
            worker=worker,
            matters=[Matter.QUESTION],
            words=deployment.text(WORDS, "zh"),
            enterprise_id=spell.enterprise_id,
        )
        return
    # Somebody without an address cannot be called back; the officer still has to know.
    bureau = deployment.bureau_adcode
    code = officers.code_of_worker(worker, bureau)
    officer = officers.owner_for(uow, code, bureau=bureau)
    officers.inform(
        uow, deployment, officer, WORDS, dedupe=f"disputed:{spell.id.hex}", subject_id=spell.id
    )
