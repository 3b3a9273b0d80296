"""The people of the invented county, drawn from the figures; the same seed, the same people."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.app.demo.figures import Figures, quotas
from matching.types import Migration

T = TypeVar("T")
Tier = Literal["in_county", "in_province", "outside"]
TIERS: tuple[Tier, ...] = ("in_county", "in_province", "outside")
Standing = Literal["looking", "employed", "paused", "unsubscribed", "unreachable", "no_address"]
STANDINGS: tuple[Standing, ...] = (
    "employed",
    "paused",
    "unsubscribed",
    "unreachable",
    "no_address",
)
WISHES: dict[Tier, tuple[tuple[Migration, int], ...]] = {
    "in_county": ((Migration.IN_COUNTY, 6), (Migration.NEAR_HOME, 4)),
    "in_province": ((Migration.IN_PROVINCE, 1),),
    "outside": ((Migration.OUT_OF_PROVINCE, 2), (Migration.ANYWHERE, 1)),
}
# The first thousand numbers are for visitors and the tour.
PHONE_PREFIX, PHONES = "1390000", range(1_000, 10_000)
ROUND_TO = 100
SECOND_TRADE = 0.25
SEEN_WITHIN = (1, 9)
REGISTERED_WITHIN = (40, 300)


@dataclass(frozen=True, slots=True)
class InventedWorker:
    """Somebody who does not exist.

    Attributes:
        age: Completed years when the city is made.
        home: Nine digits of the town.
        tier: Where this person works, or would go.
        wage_min: Yuan a month, or None for who never said.
        seen_days_ago: When the last message came; who looks for work comes by a rhythm instead.
        registered_days_ago: When this person agreed to be remembered.
    """

    name: str
    phone: str
    age: int
    home: str
    trades: tuple[str, ...]
    tier: Tier
    migration: Migration
    wage_min: int | None
    wants_room_board: bool | None
    works_nights: bool
    standing: Standing
    seen_days_ago: int
    registered_days_ago: int


class Names:
    """Gives out names and numbers, each number once."""

    def __init__(self, figures: Figures, chance: random.Random) -> None:
        table = figures.population["names"]
        self._surnames, self._given = table.word("surnames"), table.word("given")
        self._chance = chance
        self._phones = iter(chance.sample(PHONES, len(PHONES)))

    def person(self) -> str:
        """Return a family name with one or two given characters."""
        length = self._chance.choice((1, 2, 2, 2))
        given = "".join(self._chance.choice(self._given) for _ in range(length))
        return self._chance.choice(self._surnames) + given

    def phone(self) -> str:
        """Return a number that was not given out before; nobody has numbers of this block."""
        return f"{PHONE_PREFIX}{next(self._phones):04d}"


def invent_workers(
    figures: Figures, chance: random.Random, names: Names
) -> tuple[InventedWorker, ...]:
    """Draw the workers: trades, ages, tiers and standings in the shares of the figures."""
    tables = figures.population
    total = figures.city.number("workers")
    draws = _Draws(chance, total)
    split = [(tier, tables["split"].number(tier)) for tier in TIERS]
    sectors = {
        str(trade): str(sector)
        for trade, sector, _ in tables["trades"].rows("shares", str, str, int)
    }
    ages = draws.of([((low, high), share) for low, high, share in _bands(figures)])
    trades = draws.of(trade_shares(figures))
    tiers = draws.of(split)
    homes = draws.of(tables["towns"].shares("shares"))
    standings = draws.of(_standing_shares(figures))
    return tuple(
        _worker(
            figures,
            chance,
            names,
            age=chance.randint(*ages[place]),
            trade=trades[place],
            tier=tiers[place],
            home=homes[place],
            standing=standings[place],
            wage=usual_wage(figures, tiers[place], sectors[trades[place]]),
        )
        for place in range(total)
    )


def usual_wage(figures: Figures, tier: Tier, sector: str) -> int:
    """Return the mean of a sector, near home or away."""
    wages = figures.population["wages"]
    return round(wages.number(sector) * wages.number(tier) / 100)


def trade_shares(figures: Figures) -> list[tuple[str, int]]:
    """Return (trade, share) in the order of the figures."""
    rows = figures.population["trades"].rows("shares", str, str, int)
    return [(str(trade), int(str(share))) for trade, _sector, share in rows]


def sectors_of(figures: Figures) -> dict[str, str]:
    """Return the sector of each trade."""
    rows = figures.population["trades"].rows("shares", str, str, int)
    return {str(trade): str(sector) for trade, sector, _ in rows}


class _Draws:
    """Deals exact shares in random order, so that totals close whatever the seed is."""

    def __init__(self, chance: random.Random, total: int) -> None:
        self._chance, self._total = chance, total

    def of(self, shares: Sequence[tuple[T, int]]) -> list[T]:
        dealt = [kind for kind, count in quotas(self._total, shares) for _ in range(count)]
        self._chance.shuffle(dealt)
        return dealt


def deal(chance: random.Random, total: int, shares: Sequence[tuple[T, int]]) -> list[T]:
    """Return `total` kinds in exact shares and random order."""
    return _Draws(chance, total).of(shares)


def _worker(
    figures: Figures,
    chance: random.Random,
    names: Names,
    *,
    age: int,
    trade: str,
    tier: Tier,
    home: str,
    standing: Standing,
    wage: int,
) -> InventedWorker:
    share = figures.population["standing"]
    others = [other for other, _ in trade_shares(figures) if other != trade]
    second = (chance.choice(others),) if chance.random() < SECOND_TRADE else ()
    wishes, weights = zip(*WISHES[tier], strict=True)
    asks = chance.uniform(0.7, 0.95) * wage
    return InventedWorker(
        name=names.person(),
        phone=names.phone(),
        age=age,
        home=home,
        trades=(trade, *second),
        tier=tier,
        migration=chance.choices(wishes, weights)[0],
        wage_min=None
        if chance.random() < share.percent("nameless_wage")
        else round(asks / ROUND_TO) * ROUND_TO,
        wants_room_board=True if chance.random() < share.percent("wants_room_board") else None,
        works_nights=chance.random() < share.percent("night_shift"),
        standing=standing,
        seen_days_ago=chance.randint(*SEEN_WITHIN),
        registered_days_ago=chance.randint(*REGISTERED_WITHIN),
    )


def _bands(figures: Figures) -> list[tuple[int, int, int]]:
    rows = figures.population["ages"].rows("bands", int, int, int)
    return [(int(str(low)), int(str(high)), int(str(share))) for low, high, share in rows]


def _standing_shares(figures: Figures) -> list[tuple[Standing, int]]:
    table = figures.population["standing"]
    shares: list[tuple[Standing, int]] = [(kind, table.number(kind)) for kind in STANDINGS]
    return [*shares, ("looking", max(0, 100 - sum(share for _, share in shares)))]
