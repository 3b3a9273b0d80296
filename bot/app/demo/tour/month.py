"""The close: what a month brought, counted in the database, every total closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.app.demo.tour.playing import Tour
from bot.app.demo.tour.working import a_day
from bot.services.sending.sending_rules import end_of_quiet_hours
from content.places import Nearness, Places
from storage.repositories.demo_figures import SpellOutcome
from storage.states import Matter

DAYS = 30
# A case counts once, under the gravest thing it is about.
GRAVEST = (
    Matter.GRIEVANCE,
    Matter.UNLAWFUL_POST,
    Matter.UNEMPLOYMENT,
    Matter.LOST_CONTACT,
    Matter.QUESTION,
)
IN_PROVINCE = frozenset({Nearness.same_city, Nearness.same_province})


async def live_out(tour: Tour) -> None:
    """Let the rest of the month pass."""
    while (tour.clock.now() - tour.began).days < DAYS:
        await a_day(tour)


async def count(tour: Tour) -> None:
    """Show what became of the month's pushes, applications, hires and cases."""
    tour.act("month", days=(tour.clock.now() - tour.began).days)
    tour.note("working.crowd", answers=tour.answers)
    since = tour.began
    pushes = await tour.count(lambda figures: figures.pushes(since))
    answered = await tour.count(lambda figures: figures.answered_pushes(since))
    applied = await tour.count(lambda figures: figures.applications(since))
    spells = await tour.count(lambda figures: figures.spells(since))
    hired = len(spells)
    funnel = {"pushes": pushes, "answered": answered, "applied": applied, "hired": hired}
    tour.need(pushes >= answered and applied >= hired > 0, "funnel", **funnel)
    tour.note("month.funnel", **funnel)
    _count_spells(tour, spells)
    _count_cases(tour, await tour.count(lambda figures: figures.case_matters(since)))


async def check(tour: Tour, *, seconds: float) -> None:
    """Show the check of itself: all four counts have to be zero."""
    since, now = tour.began, tour.clock.now()
    times = await tour.count(lambda figures: figures.times_of_unasked(since))
    timezone = tour.clock.timezone
    counts = {
        "wrong": await tour.count(lambda figures: figures.wrong_pushes(since)),
        "lost": await tour.count(lambda figures: figures.lost(now)),
        "doubled": await tour.count(lambda figures: figures.doubled()),
        "at_night": sum(end_of_quiet_hours(at, timezone) is not None for at in times),
    }
    tour.need(not any(counts.values()), "check", **counts)
    tour.note("month.check", **counts, seconds=f"{seconds:.0f}")
    tour.note("month.your_turn")


def _count_spells(tour: Tour, spells: Sequence[SpellOutcome]) -> None:
    states = Counter(
        "ended" if spell.has_ended else "silent" if spell.is_silent else "there" for spell in spells
    )
    places = Counter(where(tour.app.deployment.catalogue.places, spell) for spell in spells)
    hired = len(spells)
    for parts in (states, places):
        tour.need(hired == parts.total(), "spells", hired=hired, sum=parts.total())
    values = {name: states[name] for name in ("there", "ended", "silent")}
    tour.note("month.hired", hired=hired, **values)
    kinds = ("in_county", "in_province", "outside", "unknown")
    purpose = "month.where_unknown" if places["unknown"] else "month.where"
    tour.note(purpose, hired=hired, **{name: places[name] for name in kinds})


def where(places: Places, spell: SpellOutcome) -> str:
    """Return in which of the bureau's three columns a spell is counted, or `unknown`."""
    if spell.home is None or spell.workplace is None:
        return "unknown"
    nearness = places.nearness(spell.home, spell.workplace)
    if nearness in {Nearness.same_town, Nearness.same_county}:
        return "in_county"
    return "in_province" if nearness in IN_PROVINCE else "outside"


def _count_cases(tour: Tour, matters: Sequence[Sequence[str]]) -> None:
    kinds = Counter(next(kind for kind in GRAVEST if kind.value in said) for said in matters)
    cases = len(matters)
    tour.need(cases == kinds.total(), "cases", cases=cases, sum=kinds.total())
    tour.note("month.cases", cases=cases, **{kind.value: kinds[kind] for kind in GRAVEST})
