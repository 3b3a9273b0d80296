"""The facts a firm registers with, asked one at a time."""

from __future__ import annotations

import re

from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.services import enterprises
from content.check_digits import LENGTH, credit_code_problem, folded

script = Script("enterprise_registration")
ASKED = ("name", "code", "place", "contact", "phone")
SHORTEST_NAME, LONGEST_NAME, LONGEST_PERSON = 2, 60, 20
COUNTY_DIGITS = 6
_SIGN = re.compile(r"[^0-9A-HJ-NPQRTUWXY]")


@script.asks("name", WORDS, keeps_words=True)
def ask_name(turn: Turn) -> None:
    """Ask for the firm's name."""
    turn.ask("enterprise_registration.name.ask")


@script.answers("name")
def take_name(turn: Turn, answer: Answer) -> bool | None:
    """Take a name of sensible length."""
    name = " ".join(answer.text.split())
    letters = sum(character.isalpha() for character in name)
    if letters < SHORTEST_NAME or len(name) > LONGEST_NAME:
        turn.say("enterprise_registration.name.odd", longest=LONGEST_NAME)
        return None
    keep_fact(turn, "name", name)
    return None


@script.asks("code", WORDS, keeps_words=True)
def ask_code(turn: Turn) -> None:
    """Ask for the 统一社会信用代码."""
    turn.ask("enterprise_registration.code.ask", length=LENGTH)


@script.answers("code")
def take_code(turn: Turn, answer: Answer) -> bool | None:
    """Take a code that checks, say exactly what is wrong, or offer to join a registered firm."""
    problem = credit_code_problem(answer.text)
    if problem is not None:
        _say_problem(turn, problem, folded(answer.text))
        return None
    code = folded(answer.text)
    registered = enterprises.of_code(turn.uow, turn.deployment, code)
    if registered is None:
        keep_fact(turn, "code", code)
    elif turn.answers.get("by_officer"):
        turn.say("enterprise_registration.code.known", firm=registered.name)
        turn.go("vacancy_posting.paste", firm=registered.id.hex)
    else:
        turn.go("enterprise_registration.join", join=registered.id.hex)
    return None


@script.asks("place", WORDS, keeps_words=True)
def ask_place(turn: Turn) -> None:
    """Ask for the county or town the firm is in."""
    turn.ask("enterprise_registration.place.ask")


@script.answers("place")
def take_place(turn: Turn, answer: Answer) -> bool | None:
    """Take the finest county or town that is named."""
    home = turn.deployment.bureau_adcode
    found = turn.deployment.reader.read_correction(f"地点 {answer.text[:60]}", home=home)
    code = (found.town or found.adcode) if found is not None and found.field == "place" else None
    if code is None or (len(code) == COUNTY_DIGITS and code.endswith("00")):
        turn.say("enterprise_registration.place.unknown")
        return None
    keep_fact(turn, "place", code)
    return None


@script.asks("contact", WORDS, keeps_words=True)
def ask_contact(turn: Turn) -> None:
    """Ask whom the officer may ask for."""
    turn.ask("enterprise_registration.contact.ask")


@script.answers("contact")
def take_contact(turn: Turn, answer: Answer) -> bool | None:
    """Take a name."""
    name = "".join(character for character in answer.text if not character.isdigit()).strip()
    if not any(character.isalpha() for character in name) or len(name) > LONGEST_PERSON:
        return False
    keep_fact(turn, "contact", name)
    return None


@script.asks("phone", WORDS, keeps_words=True)
def ask_phone(turn: Turn) -> None:
    """Ask for the telephone."""
    turn.ask("enterprise_registration.phone.ask")


@script.answers("phone")
def take_phone(turn: Turn, answer: Answer) -> bool | None:
    """Take a mobile or a landline."""
    if answer.reading.phone is None:
        turn.say("enterprise_registration.phone.unknown")
    else:
        keep_fact(turn, "phone", answer.reading.phone)
    return None


def asked(turn: Turn) -> tuple[str, ...]:
    """Return the facts that are asked; an officer is the contact of a firm it registers."""
    return ASKED[:3] if turn.answers.get("by_officer") else ASKED


def keep_fact(turn: Turn, part: str, value: str) -> None:
    """Keep one fact and ask the first that is still missing."""
    turn.answers[part] = value
    missing = [one for one in asked(turn) if one not in turn.answers]
    turn.go(f"enterprise_registration.{missing[0] if missing else 'check'}")


def _say_problem(turn: Turn, problem: str, code: str) -> None:
    wrong = _SIGN.search(code)
    place = wrong.start() + 1 if wrong is not None else _first_letter_in_place_code(code)
    turn.say(
        f"enterprise_registration.code.{problem}",
        length=LENGTH,
        count=len(code),
        place=place,
        sign=code[place - 1 : place],
    )


def _first_letter_in_place_code(code: str) -> int:
    """Return the position of a letter where signs 3 to 8 must be digits, else the last sign."""
    letters = (place for place in range(3, 9) if not code[place - 1 : place].isdigit())
    return next(letters, LENGTH)
