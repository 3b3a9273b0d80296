"""A sheet that an officer uploads on a page: looked at, kept, taken over, told of in the chat."""

from __future__ import annotations

import uuid

from bot.errors import UserError
from bot.messages import Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register import importing
from bot.services.register.importing import unpack
from bot.services.register.intakes import Intake
from bot.services.sending.deliveries import action_data
from content.register_columns import Sheet
from storage.models import ImportBatch, Officer
from storage.unit_of_work import UnitOfWork

UNDO, LOOK = "import_undo", "differences"


def keep(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, intake: Intake, content: bytes
) -> uuid.UUID:
    """Keep an uploaded sheet until it is applied, a day at most; return its batch."""
    return importing.begin(
        uow,
        deployment,
        kind=intake.kind.value,
        content=content,
        rows=len(intake.rows),
        officer=officer,
    ).id


def kept(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, batch_id: uuid.UUID
) -> tuple[Sheet, bytes]:
    """Return the sheet that waits in a batch.

    Raises:
        UserError: It is not this officer's, or its file is gone.
    """
    batch = uow.import_batches.get(batch_id)
    packed = uow.import_batches.sheet_of(batch_id) if batch is not None else None
    if batch is None or batch.officer_id != officer.id or packed is None:
        raise UserError("register.refused.gone")
    return Sheet(batch.kind), unpack(packed)


def tell(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, batch_id: uuid.UUID
) -> ImportBatch:
    """Tell the officer in the chat what came of a sheet, with the way back."""
    batch = uow.import_batches.need(batch_id)
    language = officers.language_of(uow, officer)

    def label(name: str) -> str:
        return deployment.text(f"register.chat.{name}", language)

    words = deployment.text(
        "register.chat.applied",
        language,
        sheet=deployment.text(f"register.chat.{batch.kind}", language),
        added=batch.added,
        changed=batch.changed,
        unchanged=batch.unchanged,
        refused=batch.refused,
    )
    options = [Option(1, label("undo"), action_data(UNDO, batch.id.hex))]
    waiting = uow.import_batches.count_left_open(batch.id)
    if waiting:
        words += "\n" + deployment.text("register.chat.open", language, count=waiting)
        options.append(Option(2, label("look"), action_data(LOOK, "")))
    officers.inform_words(
        uow,
        deployment,
        officer,
        words,
        key="register.chat.applied",
        dedupe=f"import:{batch.id.hex}:{deployment.now.isoformat()}",
        options=options,
    )
    return batch
