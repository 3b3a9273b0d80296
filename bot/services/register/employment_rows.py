"""Spells of work as sheets tell of them: one goes on, another begins, or it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.services.register.cells import YES
from bot.services.register.comparing_places import is_same_place
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.worker_rows import Meaning
from storage.repositories.register_rows import Spell
from storage.states import Source

LEAST_WAGE, MOST_WAGE = 100, 30_000
LONGEST_TRADE = 24
MONTHS_A_YEAR = 12
# Left empty, these say that somebody is not at work.
WORK_COLUMNS = frozenset({"work_place", "work_county", "employer", "work_months", "channel"})
# These tell of one kind of work alone: empty, they say nothing of any other.
POST_COLUMNS = frozenset({"public_post", "public_post_months"})
# What stands in the register of somebody's present work.
TOLD_OF_WORK = WORK_COLUMNS | POST_COLUMNS | {
    "industry", "work_started", "wage", "abroad", "point_to_point", "contract", "insured",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What a row says of somebody's present work."""

    employer: str | None
    workplace: str | None
    trade: str | None
    channel: str
    venue: str | None
    abroad: bool
    contract: bool | None
    insurance: bool | None
    wage: int | None
    started_on: date


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """What happens to a worker's spells.

    Attributes:
        opens: A spell that begins, or None.
        ends: A spell that ends the day before the new one, or today.
        confirms: A spell that goes on.
        conflict: The sheet's word against the worker's own: nothing happens before an officer
            decides.
    """

    opens: Work | None = None
    ends: Spell | None = None
    confirms: Spell | None = None
    conflict: tuple[Work, Spell] | None = None

    @property
    def is_visible(self) -> bool:
        """Whether anything changes but the day on which work was last heard of."""
        return any(one is not None for one in (self.opens, self.ends, self.conflict))


def work_of(row: SheetRow, meaning: Meaning, *, today: date) -> Work | None:
    """Return the work that a row tells of, or None for who is not at work.

    Without a day on which it began, the months worked tell it; without those it is today, so
    that nobody is thought to have worked longer than was said.
    """
    if not meaning.works or meaning.channel is None:
        return None
    say = row.cells.get
    wage = meaning.wage
    return Work(
        employer=say("employer"),
        workplace=meaning.work,
        trade=meaning.trades[0][:LONGEST_TRADE] if meaning.trades else None,
        channel=meaning.channel,
        venue=meaning.venue,
        abroad=meaning.is_abroad,
        contract=_yes(say("contract")),
        insurance=_yes(say("insured")),
        wage=wage if wage is not None and LEAST_WAGE <= wage <= MOST_WAGE else None,
        started_on=_start(say("work_started"), meaning.months, today),
    )


def plan(theirs: Work | None, agreed: Work | None, spells: Sequence[Spell]) -> WorkPlan | None:
    """Return what happens to somebody's spells, or None for nothing.

    Args:
        theirs: What the sheet says now.
        agreed: What it said when it was read last.
        spells: What we know, the newest first.
    """
    current = next((one for one in spells if one.ended_on is None), None)
    if theirs is None:
        was_ours = current is not None and current.source is Source.IMPORT and agreed is not None
        return WorkPlan(ends=current) if was_ours else None
    if current is not None and goes_on(theirs, current):
        return WorkPlan(confirms=current) if current.source is Source.IMPORT else None
    if agreed is not None and _is_same(theirs, agreed):
        return None
    if current is None:
        newest = spells[0] if spells else None
        if newest is not None and newest.source is not Source.IMPORT:
            return WorkPlan(conflict=(theirs, newest))
        return WorkPlan(opens=_after(theirs, newest))
    if current.source is not Source.IMPORT:
        return WorkPlan(conflict=(theirs, current))
    return WorkPlan(opens=theirs, ends=current)


def work_with(theirs: Work | None, before: Work | None) -> Work | None:
    """Return the work of a row whose sheet tells only a part of it.

    Args:
        theirs: What the row tells alone.
        before: What it tells together with what was told in columns that the sheet has not.
    """
    if theirs is None or before is None:
        return theirs or before
    return replace(
        theirs,
        employer=before.employer,
        workplace=before.workplace,
        channel=before.channel,
        venue=before.venue,
        abroad=before.abroad,
    )


def agrees(theirs: Work | None, spells: Sequence[Spell]) -> bool:
    """Tell whether a row tells of the spell that goes on by what we know."""
    current = next((one for one in spells if one.ended_on is None), None)
    return theirs is not None and current is not None and goes_on(theirs, current)


def goes_on(theirs: Work, spell: Spell) -> bool:
    """Tell whether a row tells of this very spell: nothing that both say differs."""
    if theirs.employer and spell.employer and _plain(theirs.employer) != _plain(spell.employer):
        return False
    if theirs.workplace and spell.workplace:
        return is_same_place(theirs.workplace, spell.workplace)
    return True


def as_values(work: Work) -> dict[str, object]:
    """Return a work as JSON, for a difference that an officer decides."""
    return {
        "employer": work.employer,
        "workplace": work.workplace,
        "trade": work.trade,
        "channel": work.channel,
        "venue": work.venue,
        "abroad": work.abroad,
        "contract": work.contract,
        "insurance": work.insurance,
        "wage": work.wage,
        "started_on": work.started_on.isoformat(),
    }


def work_from(values: Mapping[str, object]) -> Work:
    """Return the work behind the values of a difference."""
    known = {name: values.get(name) for name in Work.__slots__}
    known["started_on"] = date.fromisoformat(str(values["started_on"]))
    return Work(**known)  # type: ignore[arg-type]  # written by `as_values`


def _after(work: Work, last: Spell | None) -> Work:
    """Return the work beginning when the last one had ended: spells never overlap."""
    if last is None or last.ended_on is None or last.ended_on < work.started_on:
        return work
    return replace(work, started_on=last.ended_on + timedelta(days=1))


def _is_same(theirs: Work, agreed: Work) -> bool:
    return (theirs.employer, theirs.workplace) == (agreed.employer, agreed.workplace)


def _start(said: str | None, months: int | None, today: date) -> date:
    if said:
        return min(date.fromisoformat(said), today)
    if not months:
        return today
    back = today.year * MONTHS_A_YEAR + today.month - 1 - min(months, MONTHS_A_YEAR)
    first = date(back // MONTHS_A_YEAR, back % MONTHS_A_YEAR + 1, 1)
    return min(first + timedelta(days=today.day - 1), today)


def _yes(said: str | None) -> bool | None:
    return None if said is None else said == YES


def _plain(words: str) -> str:
    return "".join(one for one in words if one.isalnum())
