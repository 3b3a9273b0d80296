"""The application that a conversation is about; only its own person's, whatever was pressed."""

from __future__ import annotations

import uuid

from bot.conversations.turn import Turn
from bot.services.benefits.applications import CHANGEABLE
from storage.models import BenefitApplication, Worker

APPLICATION = "application"


def own(turn: Turn, key: object) -> tuple[BenefitApplication, Worker] | None:
    """Return an application of somebody on this phone with that person, or None."""
    try:
        found = turn.uow.benefit_applications.get(uuid.UUID(str(key)))
    except ValueError:
        return None
    worker = next((one for one in turn.workers if found and one.id == found.worker_id), None)
    return (found, worker) if found is not None and worker is not None else None


def current(turn: Turn) -> tuple[BenefitApplication, Worker] | None:
    """Return the application that is being filled in; what is over is told and closed."""
    found = own(turn, turn.answers.get(APPLICATION))
    if found is not None and found[0].status in CHANGEABLE:
        return found
    turn.say("benefit_application.refused.not_open")
    turn.finish()
    return None
