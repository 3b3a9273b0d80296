"""The facts a firm registers with, asked one at a time."""

from __future__ import annotations

import re
from typing import cast

from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.services.people import enterprises, officers
from bot.services.vacancies import posts, reviews
from content.check_digits import LENGTH, credit_code_problem, folded
from storage.models import Enterprise

script = Script("enterprise_registration")
ASKED = ("name", "code", "place", "contact", "phone")
SHORTEST_NAME, LONGEST_NAME, LONGEST_PERSON = 2, 60, 20
COUNTY_DIGITS = 6
TRIES_BEFORE_PERSON = 3
_SIGN = re.compile(r"[^0-9A-HJ-NPQRTUWXY]")


@script.asks("name", WORDS, keeps_words=True)
def ask_name(turn: Turn) -> None:
    """Ask for the firm's name."""
    turn.ask("enterprise_registration.name.ask", [turn.human_choice()])


@script.answers("name")
def take_name(turn: Turn, answer: Answer) -> bool | None:
    """Take a name of sensible length."""
    name = " ".join(answer.text.split())
    letters = sum(character.isalpha() for character in name)
    if keep_post(turn, answer.text):
        return None
    if letters < SHORTEST_NAME or len(name) > LONGEST_NAME:
        say_problem(turn, "enterprise_registration.name.odd", longest=LONGEST_NAME)
        return None
    keep_fact(turn, "name", name)
    return None


@script.asks("code", WORDS, keeps_words=True)
def ask_code(turn: Turn) -> None:
    """Ask for the 统一社会信用代码."""
    turn.ask("enterprise_registration.code.ask", [turn.human_choice()], length=LENGTH)


@script.answers("code")
def take_code(turn: Turn, answer: Answer) -> bool | None:
    """Take a code that checks, say exactly what is wrong, or offer to join a registered firm."""
    if keep_post(turn, answer.text):
        return None
    problem = credit_code_problem(answer.text)
    if problem is not None:
        _say_problem(turn, problem, folded(answer.text))
        return None
    code = folded(answer.text)
    registered = enterprises.of_code(turn.uow, turn.deployment, code)
    if registered is None:
        keep_fact(turn, "code", code)
    elif turn.answers.get("by_officer"):
        _post_for_registered(turn, registered)
    else:
        turn.go("enterprise_registration.join", join=registered.id.hex)
    return None


def _post_for_registered(turn: Turn, registered: Enterprise) -> None:
    officer = turn.officer
    is_visible = officer is not None and reviews.visible_firm(
        turn.uow, turn.deployment, officer, registered.id
    )
    if not is_visible:
        say_problem(turn, "enterprise_registration.code.elsewhere")
        return
    turn.say("enterprise_registration.code.known", firm=registered.name)
    turn.go("vacancy_posting.paste", firm=registered.id.hex)


@script.asks("place", WORDS, keeps_words=True)
def ask_place(turn: Turn) -> None:
    """Ask for the county or town the firm is in."""
    turn.ask("enterprise_registration.place.ask", [turn.human_choice()])


@script.answers("place")
def take_place(turn: Turn, answer: Answer) -> bool | None:
    """Take the finest county or town that is named."""
    if keep_post(turn, answer.text):
        return None
    home = turn.deployment.bureau_adcode
    found = turn.deployment.reader.read_correction(f"地点 {answer.text[:60]}", home=home)
    code = (found.town or found.adcode) if found is not None and found.field == "place" else None
    if code is None or (len(code) == COUNTY_DIGITS and code.endswith("00")):
        say_problem(turn, "enterprise_registration.place.unknown")
        return None
    if turn.answers.get("by_officer") and not is_in_charge(turn, code):
        say_problem(turn, "enterprise_registration.place.elsewhere")
        return None
    keep_fact(turn, "place", code)
    return None


@script.asks("contact", WORDS, keeps_words=True)
def ask_contact(turn: Turn) -> None:
    """Ask whom the officer may ask for."""
    turn.ask("enterprise_registration.contact.ask", [turn.human_choice()])


@script.answers("contact")
def take_contact(turn: Turn, answer: Answer) -> bool | None:
    """Take a name."""
    if keep_post(turn, answer.text):
        return None
    name = "".join(character for character in answer.text if not character.isdigit()).strip()
    if not any(character.isalpha() for character in name) or len(name) > LONGEST_PERSON:
        say_problem(turn, "enterprise_registration.contact.odd")
        return None
    keep_fact(turn, "contact", name)
    return None


@script.asks("phone", WORDS, keeps_words=True)
def ask_phone(turn: Turn) -> None:
    """Ask for the telephone."""
    turn.ask("enterprise_registration.phone.ask", [turn.human_choice()])


@script.answers("phone")
def take_phone(turn: Turn, answer: Answer) -> bool | None:
    """Take a mobile or a landline."""
    if keep_post(turn, answer.text):
        return None
    if answer.reading.phone is None:
        say_problem(turn, "enterprise_registration.phone.unknown")
    else:
        keep_fact(turn, "phone", answer.reading.phone)
    return None


def asked(turn: Turn) -> tuple[str, ...]:
    """Return the facts that are asked; an officer is the contact of a firm it registers."""
    return ASKED[:3] if turn.answers.get("by_officer") else ASKED


def is_in_charge(turn: Turn, adcode: str) -> bool:
    """Tell whether the officer who registers a firm in `adcode` looks after that place."""
    code = officers.code_of_workplace(adcode, turn.deployment.bureau_adcode)
    return turn.officer is not None and officers.is_in_scope(turn.officer, code)


def keep_post(turn: Turn, text: str) -> bool:
    """Keep a post that came before the firm is registered, and ask the open question again."""
    if not posts.is_plain_post(text, posts.read_post(turn.deployment, text)):
        return False
    turn.answers["post"] = text
    turn.say("enterprise_registration.post.kept")
    turn.ask_again()
    return True


def say_problem(turn: Turn, key: str, **values: object) -> None:
    """Say what is wrong, never twice in the same words; the third time a person is fetched."""
    tries = cast("int", turn.answers.get("tries", 0)) + 1
    turn.answers["tries"] = tries
    if tries % TRIES_BEFORE_PERSON == 0 and turn.engine.router.fetch_person(turn):
        return
    words = turn.text(key, **values)
    if tries % TRIES_BEFORE_PERSON == TRIES_BEFORE_PERSON - 1:
        words = turn.text("enterprise_registration.again.words", words=words)
    turn.ask_words(words, [turn.human_choice()], key=key)


def keep_fact(turn: Turn, part: str, value: str) -> None:
    """Keep one fact and ask the first that is still missing."""
    turn.answers[part] = value
    turn.answers.pop("tries", None)
    missing = [one for one in asked(turn) if one not in turn.answers]
    turn.go(f"enterprise_registration.{missing[0] if missing else 'check'}")


def _say_problem(turn: Turn, problem: str, code: str) -> None:
    wrong = _SIGN.search(code)
    place = wrong.start() + 1 if wrong is not None else _first_letter_in_place_code(code)
    say_problem(
        turn,
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
