"""How the invented county behaves: every answer is drawn from the figures and the seed."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.app.demo.figures import Figures
from storage.states import CheckInKind

Fate = Literal["hired", "unsuitable", "absent"]
# Values of a question's choices by which the texts of the choices are found.
STARTED: Mapping[Fate, str] = {
    "hired": "started",
    "unsuitable": "not_started",
    "absent": "not_going",
}
FIRM_SAYS: Mapping[Fate, str] = {
    "hired": "applicant_came",
    "unsuitable": "applicant_unsuitable",
    "absent": "applicant_absent",
}
PAYDAY_FROM = 30
# Any odd factor spreads the visits over the days.
SPREAD = 7


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that somebody does: press a lasting button, say a text by key, or say words."""

    press: str = ""
    text_key: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Prompted:
    """A message that may be answered.

    Attributes:
        delivery: The message.
        address: Who got it.
        person: Key of the worker it concerns.
        vacancy: Number of the vacancy, 0 where it is about none.
        question: What a check-in asks, or None for a vacancy that was pushed.
        day: Day of the check-in.
        attempt: How often it was asked.
    """

    delivery: uuid.UUID
    address: str
    person: str
    vacancy: int
    question: CheckInKind | None
    day: int
    attempt: int
    buttons: Mapping[str, str]


class Behaviour:
    """Draws what people do; the same question to the same person, the same answer."""

    def __init__(self, figures: Figures) -> None:
        self._tables = figures.behaviour
        self._seed = figures.city.number("seed")

    def comes_by(self, address: str, day: int) -> bool:
        """Tell whether somebody who looks for work comes on this day, counted from year 1."""
        every = self._tables["visits"].number("every_days")
        return days_since_visit(address, day, every=every) == 0

    def of_worker(self, prompted: Prompted) -> list[Move]:
        """Return what a worker does about a message; nothing at all is an answer, too."""
        chance = self._chance("worker", prompted, prompted.question, prompted.attempt)
        replies = self._tables["replies"]
        is_push = prompted.question is None
        share = replies.percent("to_push" if is_push else "to_check_in")
        if chance.random() >= share:
            return []
        moves = []
        if chance.random() < replies.percent("unclear"):
            words = chance.choice(self._tables["unclear_words"].words("words"))
            moves.append(Move(words=words))
        answer = self._to_push(chance) if is_push else self._to_check_in(chance, prompted)
        return [*moves, *answer]

    def of_firm(self, prompted: Prompted) -> list[Move]:
        """Return what a firm says of an applicant."""
        chance = self._chance("firm", prompted, prompted.question, prompted.attempt)
        if chance.random() >= self._tables["replies"].percent("firms"):
            return []
        if prompted.question is CheckInKind.APPLICANT_STARTED:
            return [Move(press=FIRM_SAYS[self._fate(prompted)])]
        has_called = chance.random() < self._tables["firm"].percent("calls")
        return [Move(press="applicant_called" if has_called else "applicant_not_yet")]

    def _to_push(self, chance: random.Random) -> list[Move]:
        push = self._tables["push"]
        if chance.random() < push.percent("applies"):
            gives = chance.random() < push.percent("gives_contact")
            word = "give" if gives else "keep"
            return [Move(press="apply"), Move(text_key=f"applications.pass_contact.{word}")]
        reasons, weights = zip(*self._tables["refusals"].shares("shares"), strict=True)
        reason = chance.choices(reasons, weights)[0]
        return [Move(press="refuse"), Move(text_key=f"job_search.refused.{reason}")]

    def _to_check_in(self, chance: random.Random, prompted: Prompted) -> list[Move]:
        if prompted.question is CheckInKind.FIRM_CALLED:
            was_called = chance.random() < self._tables["worker"].percent("was_called")
            return [_choice("called" if was_called else "not_called")]
        if prompted.question is CheckInKind.STARTED_WORK:
            return [_choice(STARTED[self._fate(prompted)])]
        return self._still_there(chance, prompted)

    def _still_there(self, chance: random.Random, prompted: Prompted) -> list[Move]:
        share = self._tables["worker"]
        draw = chance.random()
        if draw < share.percent("on_leave"):
            return [Move(words="放假了")]
        if draw < share.percent("on_leave") + share.percent("still_there"):
            was_paid = chance.random() >= share.percent("unpaid")
            wages = _choice("paid" if was_paid else "unpaid")
            return [_choice("same"), *([wages] if prompted.day >= PAYDAY_FROM else [])]
        return [_choice("not_working")]

    def _fate(self, prompted: Prompted) -> Fate:
        """Return what becomes of an application; both sides know it."""
        chance = self._chance("fate", prompted, None, 0)
        firm = self._tables["firm"]
        fates: tuple[Fate, ...] = ("hired", "unsuitable", "absent")
        weights = [firm.number("hires"), firm.number("unsuitable"), firm.number("absent")]
        return chance.choices(fates, weights)[0]

    def _chance(
        self, who: str, prompted: Prompted, question: CheckInKind | None, attempt: int
    ) -> random.Random:
        day = prompted.day if question is not None else 0
        parts = (self._seed, who, prompted.person, prompted.vacancy, question, day, attempt)
        return random.Random("|".join(str(part) for part in parts))  # noqa: S311


def _choice(word: str) -> Move:
    return Move(text_key=f"check_in.choice.{word}")


def days_since_visit(address: str, day: int, *, every: int) -> int:
    """Return how many days before `day` the person at this address came last."""
    return (day + sum(address.encode()) * SPREAD) % every
