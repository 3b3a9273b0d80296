"""The firms of the invented county and what they look for."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from bot.app.demo.figures import Figures, quotas
from bot.app.demo.population import (
    ROUND_TO,
    TIERS,
    Names,
    Tier,
    deal,
    sectors_of,
    trade_shares,
    usual_wage,
)
from content.check_digits import credit_code_problem

State = Literal["open", "hungry", "filled", "expired"]
HOURS = ("早8点到晚6点", "早9点到晚7点", "两班倒", "早7点到下午5点")
PAYDAYS = ("每月15号", "每月20号", "每月10号")
AGE_LIMITS = (45, 50, 55, 60)
# Vacancies that nobody wants are the oldest; the bureau looks at those first.
OPEN_SINCE, OVER_SINCE, HUNGRY_SINCE = (3, 24), (30, 90), (25, 29)
OWN_KIND: tuple[Tier, str] = ("in_county", "factory")
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class InventedFirm:
    """A firm that does not exist, with a credit code whose check digit is right.

    Attributes:
        seat: Nine digits of a town of the county, six elsewhere.
    """

    name: str
    sector: str
    tier: Tier
    credit_code: str
    seat: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class InventedVacancy:
    """An opening of the firm with this place in the list of firms.

    Attributes:
        days_ago: When it was published.
    """

    firm: int
    trade: str
    headcount: int
    wage_min: int
    wage_max: int
    board: bool | None
    lodging: bool | None
    age_max: int | None
    hours: str | None
    payday: str | None
    state: State
    days_ago: int


def invent_openings(
    figures: Figures, chance: random.Random, names: Names
) -> tuple[tuple[InventedFirm, ...], tuple[InventedVacancy, ...]]:
    """Draw the firms and their vacancies; the workplaces follow the county's split."""
    total = figures.city.number("vacancies")
    sectors = sectors_of(figures)
    split = [(tier, figures.population["split"].number(tier)) for tier in TIERS]
    trades = deal(chance, total, trade_shares(figures))
    tiers = deal(chance, total, split)
    wanted = Counter((tier, sectors[trade]) for tier, trade in zip(tiers, trades, strict=True))
    firms = _firms(figures, chance, names, wanted)
    by_kind: dict[tuple[Tier, str], list[int]] = {}
    for place, firm in enumerate(firms):
        by_kind.setdefault((firm.tier, firm.sector), []).append(place)
    states = deal(chance, total, _state_shares(figures))
    vacancies = [
        _vacancy(
            figures,
            chance,
            firm=chance.choice(by_kind[tier, sectors[trade]]),
            trade=trade,
            tier=tier,
            sector=sectors[trade],
            state=state,
        )
        for tier, trade, state in zip(tiers, trades, states, strict=True)
    ]
    # The oldest is numbered first.
    return firms, tuple(sorted(vacancies, key=lambda vacancy: -vacancy.days_ago))


def credit_code(adcode: str, number: int) -> str:
    """Return a well-formed 统一社会信用代码; its middle says that it is a demo's."""
    body = f"91{adcode}MADEM{number:04d}"
    return next(body + sign for sign in CODE_SIGNS if credit_code_problem(body + sign) is None)


def _firms(
    figures: Figures,
    chance: random.Random,
    names: Names,
    wanted: Counter[tuple[Tier, str]],
) -> tuple[InventedFirm, ...]:
    """Give every tier and sector a firm, and the larger ones more."""
    kinds = sorted(wanted)
    more = max(0, figures.city.number("firms") - 1 - len(kinds))
    counts = {kind: 1 + extra for kind, extra in quotas(more, [(k, wanted[k]) for k in kinds])}
    firm_names = _firm_names(figures, chance, counts)
    firms = [_own_firm(figures, names)]
    for number, (tier, sector) in enumerate(kind for kind in kinds for _ in range(counts[kind])):
        seat = _seat(figures, chance, tier)
        firms.append(
            InventedFirm(
                name=firm_names[number],
                sector=sector,
                tier=tier,
                credit_code=credit_code(seat[:6], number + 1),
                seat=seat,
                contact=names.person(),
                phone=names.phone(),
            )
        )
    return tuple(firms)


def _own_firm(figures: Figures, names: Names) -> InventedFirm:
    """Return the firm that the demo's enterprise speaks for; it comes first."""
    table = figures.population["enterprise"]
    tier, sector = OWN_KIND
    seat = table.word("town")
    return InventedFirm(
        name=table.word("name"),
        sector=sector,
        tier=tier,
        credit_code=credit_code(seat[:6], 0),
        seat=seat,
        contact=table.word("contact"),
        phone=names.phone(),
    )


def _firm_names(
    figures: Figures, chance: random.Random, counts: dict[tuple[Tier, str], int]
) -> list[str]:
    words = figures.population["names"].words("firm_words")
    kinds = figures.population["firm_kinds"]
    found: list[str] = []
    for (_tier, sector), count in counts.items():
        for _ in range(count):
            free = [
                word + kind
                for word in words
                for kind in kinds.words(sector)
                if word + kind not in found
            ]
            found.append(chance.choice(free))
    return found


def _seat(figures: Figures, chance: random.Random, tier: Tier) -> str:
    if tier == "in_county":
        shares = figures.population["towns"].shares("shares")
    else:
        shares = figures.population["workplaces"].shares(tier)
    codes, weights = zip(*shares, strict=True)
    return str(chance.choices(codes, weights)[0])


def _state_shares(figures: Figures) -> list[tuple[State, int]]:
    total = figures.city.number("vacancies")
    table = figures.population["vacancies"]
    hungry, filled = table.number("hungry"), table.number("filled")
    is_open = figures.city.number("open_vacancies") - hungry
    return [
        ("hungry", hungry),
        ("open", is_open),
        ("filled", filled),
        ("expired", total - hungry - is_open - filled),
    ]


def _vacancy(
    figures: Figures,
    chance: random.Random,
    *,
    firm: int,
    trade: str,
    tier: Tier,
    sector: str,
    state: State,
) -> InventedVacancy:
    table = figures.population["vacancies"]
    mean = usual_wage(figures, tier, sector)
    low = round(mean * chance.uniform(0.78, 0.98) / ROUND_TO) * ROUND_TO
    high = low + chance.choice((300, 500, 800, 1000, 1500))
    counts, weights = zip(*table.rows("headcounts", int, int), strict=True)
    since = {"hungry": HUNGRY_SINCE, "open": OPEN_SINCE}.get(state, OVER_SINCE)
    is_far = chance.random() < table.percent("lodging_said")
    return InventedVacancy(
        firm=firm,
        trade=trade,
        headcount=int(str(chance.choices(counts, [int(str(one)) for one in weights])[0])),
        wage_min=low,
        wage_max=high,
        board=chance.random() < 0.7 if chance.random() < table.percent("board_said") else None,  # noqa: PLR2004
        lodging=chance.random() < 0.5 if is_far else None,  # noqa: PLR2004
        age_max=chance.choice(AGE_LIMITS)
        if chance.random() < table.percent("age_limit_said")
        else None,
        hours=chance.choice((*HOURS, None)),
        payday=chance.choice((*PAYDAYS, None)),
        state=state,
        days_ago=chance.randint(*since),
    )
