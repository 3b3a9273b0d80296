"""What officers decided about policy cards, as the public pages show it at every visit."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping

from bot.services.deployment import Deployment
from bot.services.policies.reviewing import city_of, released, reviewed_cards
from bot.web.policies import PublishedPolicies
from content.policies.cards import PolicyCard
from storage.database import Database
from storage.unit_of_work import UnitOfWork


def published_policies(database: Database, deployment: Deployment) -> PublishedPolicies:
    """Return the cards of all bureaus' cities with what their officers decided.

    Where two bureaus share a city, the one that stands first decides how a card is marked.
    """

    async def which_released() -> frozenset[str]:
        return await asyncio.to_thread(
            database.read, functools.partial(_released, deployment=deployment)
        )

    async def how_reviewed() -> Mapping[str, PolicyCard]:
        return await asyncio.to_thread(
            database.read, functools.partial(_reviewed, deployment=deployment)
        )

    return PublishedPolicies(
        deployment.catalogue.policies, released=which_released, reviewed=how_reviewed
    )


def _released(uow: UnitOfWork, *, deployment: Deployment) -> frozenset[str]:
    return frozenset().union(*(released(uow, each) for each in deployment.every()))


def _reviewed(uow: UnitOfWork, *, deployment: Deployment) -> dict[str, PolicyCard]:
    found: dict[str, PolicyCard] = {}
    for each in deployment.every():
        city = city_of(each)
        cards = each.catalogue.policies.cards()
        own = tuple(card for card in cards if card.jurisdiction == city)
        for one in reviewed_cards(uow, each, own):
            found.setdefault(one.card.id, one.card)
    return found
