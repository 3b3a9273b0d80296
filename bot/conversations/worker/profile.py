"""What a person can do, where, and for how much; each question can be used from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.continuation import hear_besides, keep_and_go_on
from bot.conversations.interrupting import go_back
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer
from bot.conversations.turn import Turn
from bot.conversations.worker.open_places import (
    REFUSED,
    ask_open,
    ask_which,
    hear_sentence,
    place_meant,
)
from bot.conversations.worker.profile_changes import change_by_words
from bot.conversations.worker.profile_child import child_said
from bot.conversations.worker.profile_facts import (
    draft,
    store,
    with_all_said,
)
from bot.conversations.worker.profile_person import script
from bot.understanding.pay.wages import DAYS_A_MONTH, HOURS_A_DAY
from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import find_amounts
from content.places import TOWN_CODE_LENGTH

__all__ = ["change_by_words", "child_said", "script"]

LEAST_MONTHLY = 500
# A longer answer to the question for a place says more than a place.
LONGEST_PLACE = 12
UNITS = {"month": 1.0, "day": DAYS_A_MONTH, "hour": DAYS_A_MONTH * HOURS_A_DAY}
MIGRATIONS = ("near_home", "in_county", "in_province", "anywhere")
_UNIT_SAID = re.compile(r"[天日时月钟]|day|hour|month")


@script.asks("trade", WORDS)
def ask_trade(turn: Turn) -> None:
    """Ask what somebody can do, in free words."""
    none = turn.choice(
        "none", "profile.trade.none", "没手艺", "啥都行", "都可以", "不会", "没得手艺"
    )
    turn.ask("profile.trade.ask", [none, turn.human_choice()])


@script.answers("trade")
def answer_trade(turn: Turn, answer: Answer) -> bool | None:
    """Keep the trades; everything else the sentence says is kept as well."""
    if answer.choice == "none":
        turn.answers["no_trade"] = True
        keep_and_go_on(turn, replace(draft(turn), trades=()))
        return None
    if not answer.reading.skills:
        return hear_besides(turn)
    known = draft(turn)
    if turn.answers.pop("replace", None):
        known = replace(known, trades=())
    keep_and_go_on(turn, with_all_said(turn, known))
    return None


@script.asks("place", WORDS)
def ask_place(turn: Turn) -> None:
    """Ask where somebody would go: how far, or a place by name."""
    far = [turn.choice(word, f"common.migration.{word}") for word in MIGRATIONS]
    turn.ask("profile.place.ask", [*far, turn.human_choice()])


@script.answers("place")
def answer_place(turn: Turn, answer: Answer) -> bool | None:
    """Keep the places, or how far; a name of several places is asked about."""
    if answer.choice is not None:
        known = replace(draft(turn), migration=answer.choice, locations=())
        if known.home is None and answer.choice != "anywhere":
            store(turn, known)
            turn.go("profile.home")
            return None
        keep_and_go_on(turn, known)
        return None
    if turn.reading.home is None and len(turn.inbound.text) > LONGEST_PLACE:
        hear_sentence(turn)  # 中江的,想去德阳: what stands by itself outweighs the question
    reading = turn.reading
    is_said = reading.locations or reading.excluded_locations or reading.migration
    if not (is_said or reading.open_places):
        return hear_besides(turn)
    keep_and_go_on(turn, with_all_said(turn, draft(turn)))
    return None


@script.asks("which_place")
def ask_which_place(turn: Turn) -> None:
    """Ask which of the places of one name is wanted, or refused."""
    ask_which(turn)


@script.answers("which_place")
def answer_which_place(turn: Turn, answer: Answer) -> bool | None:
    """Keep the chosen place, or the other one that was named instead."""
    chosen = answer.choice or place_meant(turn)
    if chosen is None:
        return answer_place(turn, answer)
    if chosen == "other":
        turn.go("profile.place")
        return None
    known = draft(turn)
    if turn.answers.pop("kind", None) == REFUSED:
        excluded = dict.fromkeys((*known.excluded_locations, county(turn, chosen)))
        known = replace(known, excluded_locations=tuple(excluded))
    else:
        wanted = dict.fromkeys((*known.locations, county(turn, chosen)))
        known = replace(known, locations=tuple(wanted))
    keep_and_go_on(turn, known)
    return None


@script.asks("still_open")
def ask_still_open(turn: Turn) -> None:
    """Ask about the places that a message left open, then go back to the question before."""
    if not ask_open(turn):
        go_back(turn)


@script.asks("wage", WORDS)
def ask_wage(turn: Turn) -> None:
    """Ask for the least that is wanted in a month."""
    any_wage = turn.choice(
        "any", "profile.wage.any", "不讲究", "都可以", "无所谓", "看着给", "随便"
    )
    turn.ask("profile.wage.ask", [any_wage, turn.human_choice()])


@script.answers("wage")
def answer_wage(turn: Turn, answer: Answer) -> bool | None:
    """Keep yuan a month: a bare figure is a month's; a tiny one is asked about."""
    if answer.choice == "any":
        keep_and_go_on(turn, replace(draft(turn), wage_min=None))
        return None
    text = fold(answer.text)
    amounts = [] if _UNIT_SAID.search(text) else find_amounts(text)
    if len(amounts) == 1 and answer.reading.phone is None:
        return _bare_wage(turn, round(amounts[0].low))
    if answer.reading.wage_min is None:
        return hear_besides(turn)
    keep_and_go_on(turn, with_all_said(turn, draft(turn)))
    return None


@script.asks("wage_unit")
def ask_wage_unit(turn: Turn) -> None:
    """Ask whether a small figure is for an hour, a day or a month."""
    units = [turn.choice(unit, f"profile.wage_unit.{unit}") for unit in ("day", "hour", "month")]
    figure = turn.answers["figure"]
    turn.ask("profile.wage_unit.ask", [*units, turn.human_choice()], figure=figure)


@script.answers("wage_unit")
def answer_wage_unit(turn: Turn, answer: Answer) -> bool | None:
    """Keep the figure as yuan a month."""
    if answer.choice is None:
        return answer_wage(turn, answer)
    figure = int(str(turn.answers.pop("figure")))
    keep_and_go_on(turn, replace(draft(turn), wage_min=round(figure * UNITS[answer.choice])))
    return None


@script.asks("room_board")
def ask_room_board(turn: Turn) -> None:
    """Ask whether meals and a bed are needed."""
    yes = turn.choice("yes", "profile.room_board.yes", "要吃住", "包吃住")
    no = turn.choice("no", "profile.room_board.no", "回家住", "自己管")
    turn.ask("profile.room_board.ask", [yes, no, turn.human_choice()])


@script.answers("room_board")
def answer_room_board(turn: Turn, answer: Answer) -> bool | None:
    """Keep yes or no."""
    said = answer.reading.wants_room_board if answer.choice is None else answer.choice == "yes"
    if said is None:
        return hear_besides(turn)
    known = with_all_said(turn, draft(turn))
    keep_and_go_on(turn, replace(known, wants_room_board=said))
    return None


def _bare_wage(turn: Turn, figure: int) -> bool | None:
    if figure < LEAST_MONTHLY:
        turn.go("profile.wage_unit", figure=figure)
        return None
    keep_and_go_on(turn, replace(draft(turn), wage_min=figure))
    return None


def county(turn: Turn, code: str) -> str:
    """Return where a town lies, for work is looked for by counties; other codes unchanged."""
    places = turn.deployment.catalogue.places
    if len(code) != TOWN_CODE_LENGTH:
        return code
    return places.county_of(code) or places.city_of(code) or code
