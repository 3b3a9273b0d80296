"""What an officer reads while a visit is written down, and the categories that are picked."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import cast

from bot.conversations.prompts import FULL_WIDTH
from bot.conversations.script import Answer, Choice
from bot.conversations.turn import Turn
from bot.services.people.officer_views import audit_view
from bot.services.people.workers import short_name
from bot.services.register.facts import RegisterFacts
from bot.services.register.visits import Found
from storage.models import Worker
from storage.register_states import Category, VisitKind

CATEGORIES = tuple(Category)
NUMBERS = re.compile(r"\d")
NONE = "none"
SHOWN_DIGITS = 4


def known_words(turn: Turn, worker: Worker, known: RegisterFacts) -> str:
    """Return what the register says of a person; of the ID number the last four signs alone."""
    officer = turn.officer
    number = known.facts.get("id_number", "")
    if officer is not None and number:
        audit_view(
            turn.uow,
            turn.deployment,
            officer,
            "view_id_number",
            subject_kind="worker",
            subject_id=worker.id,
        )
    tail = number[-SHOWN_DIGITS:] or turn.text("home_visit.known.nothing")
    verified = _listed(turn, sorted(known.verified))
    claimed = _listed(turn, sorted(known.claimed))
    return turn.text(
        "home_visit.known.head",
        name=name_of(worker),
        tail=tail,
        verified=verified,
        claimed=claimed,
    )


def ask_categories(turn: Turn, step: str) -> None:
    """Ask for categories; several numbers may be typed at once."""
    choices = [Choice(one.value, one.value) for one in _offered(turn, step)]
    choices.append(turn.choice(NONE, f"home_visit.{step}.none"))
    turn.ask(f"home_visit.{step}.question", choices)


def take_categories(turn: Turn, answer: Answer, step: str, *, then: str) -> bool:
    """Keep the picked categories and go on; False where the words pick none."""
    offered = _offered(turn, step)
    if answer.choice is not None:
        picked = [] if answer.choice == NONE else [answer.choice]
    else:
        typed = {int(one) for one in NUMBERS.findall(answer.text.translate(FULL_WIDTH))}
        picked = [one.value for place, one in enumerate(offered, 1) if place in typed]
        picked += [one.value for one in offered if one.value in answer.text]
        if not picked:
            return False
    turn.go(then, **{step: list(dict.fromkeys(picked))})
    return True


def found_out(turn: Turn) -> Found:
    """Return what was answered."""
    said = turn.answers
    phone = said.get("phone")
    works = {"yes": True, "no": False}.get(str(said["works"]))
    wish = str(said["wish"])
    return Found(
        kind=VisitKind(str(said["kind"])),
        on=date.fromisoformat(str(said["day"])),
        holds=tuple(Category(one) for one in _picked(turn, "holds")),
        fails=tuple(Category(one) for one in _picked(turn, "fails")),
        works=works,
        wish=None if wish == "open" else wish,
        phone=str(phone) if phone else None,
    )


def summary(turn: Turn) -> str:
    """Return all that was answered, to be read once more."""
    said = turn.answers
    worker = turn.uow.workers.need(uuid.UUID(str(said["worker"])))
    phone = said.get("phone")
    return turn.text(
        "home_visit.sure.head",
        name=name_of(worker),
        kind=turn.text(f"home_visit.kind.{said['kind']}"),
        day=str(said["day"]),
        holds=_listed(turn, _picked(turn, "holds")),
        fails=_listed(turn, _picked(turn, "fails")),
        works=turn.text(f"home_visit.works.{said['works']}"),
        wish=turn.text(f"home_visit.wish.{said['wish']}"),
        phone=str(phone) if phone else turn.text("home_visit.phone.same"),
    )


def name_of(worker: Worker) -> str:
    """Return how a person is named in a chat."""
    return short_name(worker.name) or "—"


def tail_of(worker: Worker) -> str:
    """Return the end of a number, by which two of one name are told apart."""
    return (worker.phone or "—")[-SHOWN_DIGITS:]


def _offered(turn: Turn, step: str) -> list[Category]:
    if step == "holds":
        return list(CATEGORIES)
    return [one for one in CATEGORIES if one.value not in _picked(turn, "holds")]


def _picked(turn: Turn, step: str) -> list[str]:
    return list(cast("list[str]", turn.answers.get(step) or []))


def _listed(turn: Turn, words: list[str]) -> str:
    return "、".join(words) or turn.text("home_visit.known.nothing")
