"""What a message says about the person to be placed: age, sex, distance, bed and meals."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.messages.ages import find_age, find_birth_year
from bot.understanding.messages.found import Found
from bot.understanding.messages.migration import find_migration
from bot.understanding.messages.persons import find_placed, sex_of_kin
from bot.understanding.messages.polarity import Clause
from bot.understanding.messages.room_board import find_room_board
from bot.understanding.messages.sexes import find_gender
from bot.understanding.messages.wanted_places import WantedPlaces
from bot.understanding.values import Context, Gender, Intent, Migration
from bot.understanding.writing.folding import blank


@dataclass(frozen=True, slots=True)
class Person:
    """What is said about the person to be placed, and where; None is not said."""

    birth_year: Found[int] | None
    age: Found[int] | None
    migration: Found[Migration] | None
    room_board: Found[bool] | None
    for_whom: Found[str] | None
    said_gender: Found[Gender] | None
    kin_gender: Gender | None

    @property
    def gender(self) -> Gender | None:
        """The sex said outright, else the one a kinship word tells."""
        return self.kin_gender if self.said_gender is None else self.said_gender.value

    def spans(self) -> list[tuple[int, int]]:
        """Return where everything was said."""
        parts = (
            self.birth_year,
            self.age,
            self.migration,
            self.room_board,
            self.for_whom,
            self.said_gender,
        )
        return [(part.start, part.end) for part in parts if part is not None]


def read_person(
    text: str,
    clauses: list[Clause],
    intent: Intent,
    context: Context,
    *,
    places: WantedPlaces,
) -> Person:
    """Read all slots of the person from folded text without phones.

    `places` are those that the message names; they bear on how far somebody would go.
    """
    birth_year = find_birth_year(text, context)
    placed = find_placed(text)
    without_year = blank(text, [(birth_year.start, birth_year.end)]) if birth_year else text
    return Person(
        birth_year=birth_year,
        age=find_age(without_year, placed, context),
        migration=find_migration(
            text,
            clauses,
            intent,
            context,
            wanted=len(places.wanted),
            refused=len(places.refused),
        ),
        room_board=find_room_board(text, clauses, intent, context),
        for_whom=placed.kin if placed.is_sure else None,
        said_gender=find_gender(text),
        kin_gender=sex_of_kin(placed, intent),
    )
