"""Spells of work by a sheet's word for somebody who talks with us: asked after like any other."""

from __future__ import annotations

import uuid

from bot.services.deployment import Deployment
from bot.services.follow_up.employments import open_spell
from bot.services.register.employment_rows import Work
from storage.states import Source
from storage.unit_of_work import UnitOfWork


def open_for_linked(
    uow: UnitOfWork,
    deployment: Deployment,
    worker_id: uuid.UUID,
    work: Work,
    *,
    source: Source = Source.IMPORT,
) -> uuid.UUID:
    """Open a spell with its check-ins; return its key."""
    spell = open_spell(
        uow,
        deployment,
        worker=uow.workers.need(worker_id),
        started_on=work.started_on,
        source=source,
        employer=work.employer,
        workplace=work.workplace,
    )
    spell.channel, spell.venue, spell.trade = work.channel, work.venue, work.trade
    spell.abroad, spell.wage = work.abroad, work.wage
    spell.contract, spell.insurance = work.contract, work.insurance
    uow.session.flush()
    return spell.id
