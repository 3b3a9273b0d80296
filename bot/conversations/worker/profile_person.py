"""Questions about the person: name, telephone, home, year of birth, licences."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.continuation import go_on, hear_besides, is_wish, keep_and_go_on
from bot.conversations.prompts import FULL_WIDTH, WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.spoken_names import full_name_said
from bot.conversations.turn import Turn
from bot.conversations.worker import relatives
from bot.conversations.worker.open_places import ask_which, hear_home, place_meant
from bot.conversations.worker.profile_facts import draft, name_in, tells_of_person, with_all_said
from bot.messages import Wants
from bot.services.people import privacy
from bot.services.people.workers import OLDEST_AGE, WORKING_AGE

script = Script("profile")

SIXTEEN = "sixteen_since"

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_AGE = re.compile(r"(?<!\d)(\d{1,2}) ?(?:周?岁|years? old)")
_TWO_DIGITS = re.compile(r"\s*(\d{2})\s*")
# Between these, two bare digits may be an age as well as a year.
_UNCLEAR_FROM, _UNCLEAR_TO = 16, 45


@script.asks("name", WORDS)
def ask_name(turn: Turn) -> None:
    """Ask how the firm will call for this person."""
    turn.ask("profile.name.ask", [turn.human_choice()])


@script.answers("name")
def answer_name(turn: Turn, answer: Answer) -> bool | None:
    """Keep a name; a wish or a trade is none."""
    reading = answer.reading
    said = None if reading.skills else full_name_said(answer.text)
    if said is None and tells_of_person(turn):
        said = name_in(turn) or full_name_said(reading.not_understood)  # 陈桂芳，74年的
    if said is None or is_wish(reading):
        return hear_besides(turn)
    keep_and_go_on(turn, replace(with_all_said(turn, draft(turn)), name=said))
    return None


@script.asks("phone", WORDS)
def ask_phone(turn: Turn) -> None:
    """Ask for a telephone number; not everybody has one."""
    none = turn.choice("none", "profile.phone.none", "没有", "没有电话", "没得", "没得电话")
    wants = Wants.PHONE if turn.can_share_phone else None
    turn.ask("profile.phone.ask", [none, turn.human_choice()], wants=wants)


@script.answers("phone")
def answer_phone(turn: Turn, answer: Answer) -> bool | None:
    """Keep the number that was said."""
    if answer.choice == "none":
        if not go_on(turn, declined=True):
            turn.say("profile.phone.without")
            turn.finish()
        return None
    if answer.reading.phone is None:
        return hear_besides(turn)
    keep_and_go_on(turn, with_all_said(turn, draft(turn)))
    return None


@script.asks("home", WORDS)
def ask_home(turn: Turn) -> None:
    """Ask for county and town in one go."""
    wants = Wants.POSITION if turn.can_share_position else None
    turn.ask("profile.home.ask", [turn.human_choice()], wants=wants)


@script.answers("home")
def answer_home(turn: Turn, answer: Answer) -> bool | None:
    """Keep the home; several places of one name are asked about, never guessed."""
    if answer.choice is not None or not hear_home(turn):
        return hear_besides(turn)
    keep_and_go_on(turn, with_all_said(turn, draft(turn)))
    return None


@script.asks("which_home")
def ask_which_home(turn: Turn) -> None:
    """Ask which of the places of one name is meant."""
    ask_which(turn)


@script.answers("which_home")
def answer_which_home(turn: Turn, answer: Answer) -> bool | None:
    """Keep the chosen place, or the other one that was named instead."""
    chosen = answer.choice or place_meant(turn)
    if chosen is None:
        return answer_home(turn, answer)
    if chosen == "other":
        turn.go("profile.home")
        return None
    keep_and_go_on(turn, replace(draft(turn), home=chosen))
    return None


@script.asks("birth_year", WORDS)
def ask_birth_year(turn: Turn) -> None:
    """Ask the year of birth; `age_limit` in the answers says why it decides."""
    limit = turn.answers.get("age_limit")
    if isinstance(limit, int):
        turn.ask("profile.birth_year.ask_limit", [turn.human_choice()], limit=limit)
    else:
        turn.ask("profile.birth_year.ask", [turn.human_choice()])


@script.answers("birth_year")
def answer_birth_year(turn: Turn, answer: Answer) -> bool | None:
    """Keep the year, unless it is a child's."""
    text = answer.text.translate(FULL_WIDTH)
    bare = _TWO_DIGITS.fullmatch(text)
    if bare is not None:
        return _bare_digits(turn, int(bare.group(1)))
    year = answer.reading.birth_year or _year_in(turn, text)
    if year is None and answer.reading.age is not None:
        year = turn.deployment.today.year - answer.reading.age
    return hear_besides(turn) if year is None else settle_birth_year(turn, year)


@script.asks("age_or_year")
def ask_age_or_year(turn: Turn) -> None:
    """Ask whether two digits were an age or a year."""
    digits = turn.answers["digits"]
    turn.ask(
        "profile.age_or_year.ask",
        [
            turn.choice("age", "profile.age_or_year.age", digits=digits),
            turn.choice("year", "profile.age_or_year.year", digits=digits),
            turn.human_choice(),
        ],
    )


@script.answers("age_or_year")
def answer_age_or_year(turn: Turn, answer: Answer) -> bool | None:
    """Take the digits as they were meant."""
    digits = int(str(turn.answers["digits"]))
    if answer.choice == "age":
        return settle_birth_year(turn, turn.deployment.today.year - digits)
    if answer.choice == "year":
        return settle_birth_year(turn, _century(turn, digits))
    return answer_birth_year(turn, answer)


@script.asks("sixteen")
def ask_sixteen(turn: Turn) -> None:
    """Ask whether the sixteenth birthday has been: the year alone does not tell."""
    turn.ask(
        "profile.sixteen.ask",
        [
            turn.choice("yes", "profile.sixteen.yes", "过了", "满了"),
            turn.choice("no", "profile.sixteen.no", "没过", "没满"),
            turn.human_choice(),
        ],
        age=WORKING_AGE,
    )


@script.answers("sixteen")
def answer_sixteen(turn: Turn, answer: Answer) -> bool | None:
    """Go on with whoever may work; forget whoever may not yet."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn_child_away(turn)
        return None
    year = int(str(turn.answers.pop("year")))
    turn.memory[SIXTEEN] = year
    keep_and_go_on(turn, replace(draft(turn), birth_year=year))
    return None


@script.asks("certificate")
def ask_certificate(turn: Turn) -> None:
    """Ask for the licence in `certificate`, such as "焊工证" or "C1照|B2照"."""
    wanted = str(turn.answers["certificate"]).split("|")
    choices = [turn.choice(word, "profile.certificate.has", certificate=word) for word in wanted]
    none = turn.choice("none", "profile.certificate.none", "没有", "没得")
    turn.ask("profile.certificate.ask", [*choices, none, turn.human_choice()])


@script.answers("certificate")
def answer_certificate(turn: Turn, answer: Answer) -> bool | None:
    """Keep a licence that is held."""
    if answer.choice is None:
        return False
    turn.answers.pop("certificate", None)
    if answer.choice == "none":
        if not go_on(turn, declined=True):
            turn.finish()
        return None
    known = draft(turn)
    held = tuple(dict.fromkeys((*known.certificates, answer.choice)))
    keep_and_go_on(turn, replace(known, certificates=held))
    return None


def settle_birth_year(turn: Turn, year: int) -> bool | None:
    """Keep a year of birth, ask about the birthday, or turn a child away; False: no such age."""
    age = turn.deployment.today.year - year
    if not 0 <= age <= OLDEST_AGE:
        return False
    if age < WORKING_AGE:
        turn_child_away(turn)
    elif age == WORKING_AGE:
        turn.go("profile.sixteen", year=year)
    else:
        keep_and_go_on(turn, replace(with_all_said(turn, draft(turn)), birth_year=year))
    return None


def turn_child_away(turn: Turn) -> None:
    """Erase everything of this person and say kindly whom to ask; nothing is kept."""
    word = relatives.spoken_of(turn)
    person = relatives.kept(turn)
    if word is not None and person is None and turn.workers:
        refuse_child_of_another(turn)  # nothing of the child is kept so far
        return
    privacy.erase(turn.uow, turn.deployment, turn.address, person, as_child=True)
    forget_in_turn(turn)
    if word is not None:
        refuse_child_of_another(turn)
        return
    turn.say("profile.child.sorry", age=WORKING_AGE)
    phone = turn.deployment.bureau_phone
    turn.say("profile.child.whom_phone" if phone else "profile.child.whom", phone=phone)


def refuse_child_of_another(turn: Turn) -> None:
    """Tell whoever asks for a child that it is too early, and who helps."""
    turn.say("profile.child.other", age=WORKING_AGE)
    phone = turn.deployment.bureau_phone
    key = "whom_for_other_phone" if phone else "whom_for_other"
    turn.say(f"profile.child.{key}", phone=phone)
    turn.finish()
    turn.ending_input = None


def forget_in_turn(turn: Turn) -> None:
    """Let this turn remember nothing of a person who was just erased."""
    turn.memory = dict(turn.address.memory or {})  # what is the others' on this phone
    turn.finish()
    turn.ending_input = None
    vars(turn).pop("workers", None)  # read anew: the person is gone


def _bare_digits(turn: Turn, digits: int) -> bool | None:
    if _UNCLEAR_FROM <= digits <= _UNCLEAR_TO:
        turn.go("profile.age_or_year", digits=digits)
        return None
    return settle_birth_year(turn, _century(turn, digits))


def _century(turn: Turn, digits: int) -> int:
    this_century = 2000 + digits
    return this_century if this_century <= turn.deployment.today.year else 1900 + digits


def _year_in(turn: Turn, text: str) -> int | None:
    year = _YEAR.search(text)
    if year is not None:
        return int(year.group(1))
    age = _AGE.search(text)
    return None if age is None else turn.deployment.today.year - int(age.group(1))
