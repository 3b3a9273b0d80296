"""Three words about one person: the sheet's, ours, and what both agreed on when it was read last.

Whoever changed something since then is believed; where both did, an officer decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.services.people.officers import scope_of
from bot.services.people.workers import is_full_name
from bot.services.register.employment_rows import WorkPlan
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.worker_rows import Meaning
from storage.repositories.register_rows import HeldCategory, Person
from storage.states import Source

COMPARED = ("name", "phone", "birth_year", "home", "education")
CATEGORY = "category:"


class Word(StrEnum):
    """Whose word counts."""

    OURS = "ours"
    THEIRS = "theirs"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Values:
    """What a row says of a worker, in the worker's own columns; None means not said."""

    name: str | None
    phone: str | None
    birth_year: int | None
    home: str | None
    education: str | None
    trades: tuple[str, ...] = ()
    experience: Mapping[str, int] | None = None
    available_from: date | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an officer has to decide: a column of the worker, `work`, or `category:…`."""

    name: str
    theirs: object
    ours: object


@dataclass(slots=True)
class Change:
    """What a row changes of a person who is known.

    Attributes:
        fields: New values by column of `worker`.
        conflicts: What officers are asked.
        added: Categories that hold from now on.
        ended: Categories that hold no more.
        groups: Categories that hold afterwards, sorted; None where none changed.
        work: What happens to the spell of work.
        agreed: What the sheet and we say alike now; older questions about it are closed.
    """

    fields: dict[str, object] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    ended: list[HeldCategory] = field(default_factory=list)
    groups: list[str] | None = None
    work: WorkPlan | None = None
    agreed: list[str] = field(default_factory=list)

    @property
    def is_visible(self) -> bool:
        """Whether anything about the person changes or has to be decided."""
        told = self.fields or self.conflicts or self.added or self.ended
        return bool(told) or (self.work is not None and self.work.is_visible)


def whose_word(theirs: object, agreed: object, ours: object) -> Word:
    """Return whose word counts; None is nothing said.

    What we never heard is taken; what the sheet repeats since last time is no news; what we
    still hold as agreed gives way; all else is for an officer.
    """
    if theirs is None or theirs == ours:
        return Word.OURS
    if ours is None or (agreed is not None and ours == agreed):
        return Word.THEIRS
    return Word.OURS if agreed is not None and theirs == agreed else Word.OPEN


def values_of(row: SheetRow, meaning: Meaning) -> Values:
    """Return what a row says of a worker."""
    say = row.cells.get
    years = say("years")
    trades = meaning.trades
    begins = say("available_from")
    return Values(
        name=say("name"),
        phone=say("phone"),
        birth_year=meaning.born.year if meaning.born is not None else None,
        home=meaning.home,
        education=meaning.education,
        trades=trades,
        experience={trades[0]: int(years)} if years and len(trades) == 1 else None,
        available_from=date.fromisoformat(begins) if begins else None,
    )


def compare(person: Person, theirs: Values, agreed: Values | None, *, identified: bool) -> Change:
    """Return what changes in the worker's own columns.

    Args:
        person: As we know them.
        theirs: What the sheet says now.
        agreed: What it said when it was read last; None the first time.
        identified: The sheet has a well-formed ID number, whose year of birth is the true one.
    """
    change = Change()
    for name in COMPARED:
        said, ours = getattr(theirs, name), getattr(person, name)
        last = getattr(agreed, name) if agreed is not None else None
        word = _word(name, said, last, ours, identified=identified)
        if said is not None and (said == ours or word is Word.THEIRS):
            change.agreed.append(name)
        if word is Word.THEIRS:
            change.fields[name] = said
        elif word is Word.OPEN:
            change.conflicts.append(Conflict(name, said, ours))
    _wishes(change, person, theirs, agreed)
    return change


def compare_categories(
    change: Change,
    held: Sequence[HeldCategory],
    theirs: Mapping[str, bool],
    agreed: Mapping[str, bool],
) -> None:
    """Add to `change` which categories begin and end; an officer's word is not overruled."""
    ours = {one.category: one for one in held}
    for category, holds in sorted(theirs.items()):
        known = ours.get(category)
        if holds == (known is not None):
            change.agreed.append(f"{CATEGORY}{category}")
        if holds == (known is not None) or agreed.get(category) is holds:
            continue
        if known is None and not holds:
            continue
        if known is None:
            change.added.append(category)
        elif known.source is Source.IMPORT:
            change.ended.append(known)
        else:
            change.conflicts.append(Conflict(f"{CATEGORY}{category}", theirs=False, ours=True))
    if change.added or change.ended:
        gone = {one.category for one in change.ended}
        change.groups = sorted({*ours, *change.added} - gone)


def _word(name: str, said: object, last: object, ours: object, *, identified: bool) -> Word:
    if said is not None and said != ours:
        if name == "birth_year" and identified:
            return Word.THEIRS
        if name == "name" and isinstance(ours, str) and not is_full_name(ours):
            return Word.THEIRS
        if name == "home":
            return _home(said, last, ours)
    return whose_word(said, last, ours)


def _home(said: object, last: object, ours: object) -> Word:
    """A town within the known county is the same home, told more exactly."""
    theirs, known = scope_of(str(said)), scope_of(str(ours or ""))
    if known and known.startswith(theirs):
        return Word.OURS
    if known and theirs.startswith(known):
        return Word.THEIRS
    return whose_word(said, last, ours)


def _wishes(change: Change, person: Person, theirs: Values, agreed: Values | None) -> None:
    """Fill what a worker never told; what one did tell is one's own wish, and stays."""
    last = list(agreed.trades) if agreed is not None else None
    if theirs.trades and (not person.trades or person.trades == last):
        _set(change, "trades", list(theirs.trades), person.trades)
    if theirs.experience and not person.experience:
        change.fields["experience"] = dict(theirs.experience)
    if theirs.available_from and person.available_from is None:
        change.fields["available_from"] = theirs.available_from


def _set(change: Change, name: str, value: Collection[object], ours: Collection[object]) -> None:
    if value != ours:
        change.fields[name] = value
