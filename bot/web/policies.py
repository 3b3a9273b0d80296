"""Public pages of the policy cards: one a worker can forward, and the list of a city's cards."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.clock import Clock
from bot.web.pages import Pages, remember_language
from bot.web.refusals import NOT_FOUND, RefusedError
from content.policies.cards import PolicyCard, ReviewStatus
from content.policies.documents import PolicyDocument
from content.policies.library import Jurisdiction, PolicyLibrary

PATH = "/policies"
Released = Callable[[], Awaitable[frozenset[str]]]
Reviewed = Callable[[], Awaitable[Mapping[str, PolicyCard]]]
STATES = {
    ReviewStatus.VALID: "valid",
    ReviewStatus.HISTORIC: "historic",
    ReviewStatus.UNREVIEWED: "unreviewed",
}
_SECTION = re.compile(r"[一二三四五六七八九十]")
_FULL_WIDTH = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class CardPage:
    """What the page of a card shows.

    Attributes:
        card: The card.
        city: Where it holds.
        subject: Name of the mechanism.
        document: What it quotes.
        state: `valid`, `historic`, `unreviewed`, `replaced`, `ended` or `to_come`.
        clauses: As people say them.
        newer: The card that answers in its place today, or None.
    """

    card: PolicyCard
    city: Jurisdiction
    subject: str
    document: PolicyDocument
    state: str
    clauses: tuple[str, ...]
    newer: PolicyCard | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the list: what the card is about, and the card."""

    name: str
    card: PolicyCard


async def nothing_released() -> frozenset[str]:
    """Tell that no officer has released a card yet."""
    return frozenset()


async def nothing_reviewed() -> Mapping[str, PolicyCard]:
    """Tell that no officer has reviewed a card yet."""
    return {}


@dataclass(frozen=True, slots=True)
class PublishedPolicies:
    """What the pages show.

    Attributes:
        library: The cards.
        released: Tells at every visit which cards an officer released to workers.
        reviewed: Tells at every visit how officers reviewed cards, by the card's id.
    """

    library: PolicyLibrary
    released: Released = nothing_released
    reviewed: Reviewed = nothing_reviewed


class PolicyPages:
    """Serves `/policies` and `/policies/ID` to anybody; nothing but a language is remembered.

    Args:
        pages: Templates and texts.
        policies: The cards, and which of them officers released.
        clock: Business time: which card answers today.
        secure: Cookies travel over https only.
    """

    def __init__(
        self, pages: Pages, policies: PublishedPolicies, *, clock: Clock, secure: bool
    ) -> None:
        self._pages = pages
        self._library = policies.library
        self._clock = clock
        self._secure = secure
        self._released = policies.released
        self._reviewed = policies.reviewed

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(PATH, self._list, methods=["GET"]),
            Route(f"{PATH}/{{card_id}}", self._show, methods=["GET"]),
        ]

    async def _list(self, request: Request) -> HTMLResponse:
        released, today = await self._released(), self._clock.today()
        library = self._library
        cities = [
            (city, [self._subject(card) for card in library.of(city.id, today, released=released)])
            for city in library.jurisdictions
        ]
        shown = [(city, subjects) for city, subjects in cities if subjects]
        return self._drawn(request, "policies.html", cities=shown, page=None)

    async def _show(self, request: Request) -> HTMLResponse:
        card = self._library.card(str(request.path_params["card_id"]))
        released = await self._released()
        if card is None or not card.answers_workers(released):
            raise RefusedError(NOT_FOUND)
        language = self._pages.language_of(request)
        reviewed = await self._reviewed()
        page = self._page(reviewed.get(card.id, card), released, language)
        return self._drawn(request, "policy.html", cities=(), page=page)

    def _page(self, card: PolicyCard, released: frozenset[str], language: str) -> CardPage:
        library, today = self._library, self._clock.today()
        city = library.jurisdiction(card.jurisdiction)
        if city is None:
            raise LookupError(f"no city {card.jurisdiction}")
        newer = library.newer_than(card, today, released=released)
        return CardPage(
            card=card,
            city=city,
            subject=library.mechanisms[card.mechanism],
            document=library.document_of(card),
            state=state_on(card, today) if newer is None else "replaced",
            clauses=tuple(self._clause(clause, language) for clause in card.clauses),
            newer=newer,
        )

    def _clause(self, clause: str, language: str) -> str:
        kind = "item" if clause.isdecimal() else "part" if _SECTION.match(clause) else ""
        if not kind:
            return clause
        words = clause.translate(_FULL_WIDTH)
        return self._pages.say(f"policy_pages.clause.{kind}", language, clause=words)

    def _subject(self, card: PolicyCard) -> Subject:
        return Subject(self._library.mechanisms[card.mechanism], card)

    def _drawn(
        self,
        request: Request,
        template: str,
        *,
        cities: Sequence[tuple[Jurisdiction, Sequence[Subject]]],
        page: CardPage | None,
    ) -> HTMLResponse:
        language = self._pages.language_of(request)

        def words(key: str, **parts: object) -> str:
            return self._pages.say(f"policy_pages.{key}", language, **parts)

        drawn = self._pages.render(
            template, language=language, words=words, path=PATH, cities=cities, page=page
        )
        return remember_language(request, drawn, secure=self._secure)


def state_on(card: PolicyCard, today: date) -> str:
    """Return how a card stands: its review, unless its days are over or still to come."""
    if card.holds(today):
        return STATES[card.status]
    return "to_come" if today < card.valid_from else "ended"
