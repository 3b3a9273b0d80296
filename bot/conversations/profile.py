"""What a person can do, where, and for how much; each question can be used from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.continuation import keep_and_go_on, say_saved
from bot.conversations.place_choices import place_choices, place_meant
from bot.conversations.profile_child import child_said
from bot.conversations.profile_facts import draft, states_facts, store, take_in, unsettled_place
from bot.conversations.profile_person import script
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer
from bot.conversations.summary import draft_parts
from bot.conversations.turn import Turn
from bot.services.workers import ProfileDraft, merged
from bot.understanding.pay.wages import DAYS_A_MONTH, HOURS_A_DAY
from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import find_amounts
from storage.states import Role

__all__ = ["child_said", "script"]

LEAST_MONTHLY = 500
UNITS = {"month": 1.0, "day": DAYS_A_MONTH, "hour": DAYS_A_MONTH * HOURS_A_DAY}
MIGRATIONS = ("near_home", "in_county", "in_province", "anywhere")
LONGEST_CHANGE = 40
_UNIT_SAID = re.compile(r"[天日时月钟]|day|hour|month")
_CHANGE = re.compile(
    r"^\s*(?:我要|我想|帮我)?(?:改|换|change)(?=.*\S)(?!一个|个活|一?家)", re.IGNORECASE
)
# The first field whose words stand in the message is the one to change.
FIELD_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("phone", re.compile(r"电话|手机|号码|新号|换号|phone", re.IGNORECASE)),
    ("wage", re.compile(r"工资|工钱|多少钱|薪|wage|pay", re.IGNORECASE)),
    ("room_board", re.compile(r"吃住|吃饭|住宿|包吃|包住|管吃|管饭|meals|bed", re.IGNORECASE)),
    ("name", re.compile(r"名字|姓名|叫法|\bname", re.IGNORECASE)),
    ("birth_year", re.compile(r"哪年生|出生|生日|年龄|岁数|年纪|birth|age", re.IGNORECASE)),
    ("home", re.compile(r"老家|我家|家在|住址|户口|home", re.IGNORECASE)),
    ("place", re.compile(r"地方|地点|哪里|哪儿|想去|去处|place|where", re.IGNORECASE)),
    ("trade", re.compile(r"手艺|工种|会做|会啥|行当|做啥|技术|trade|work", re.IGNORECASE)),
)


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
        return False
    known = draft(turn)
    if turn.answers.pop("replace", None):
        known = replace(known, trades=())
    keep_and_go_on(turn, _merged(turn, known))
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
    codes = unsettled_place(turn)
    if codes:
        turn.go("profile.which_place", codes=list(codes))
        return None
    reading = answer.reading
    if not (reading.locations or reading.excluded_locations or reading.migration):
        return False
    keep_and_go_on(turn, _merged(turn, draft(turn)))
    return None


@script.asks("which_place")
def ask_which_place(turn: Turn) -> None:
    """Ask which of the places of one name is wanted."""
    turn.ask("profile.which.ask", [*place_choices(turn), turn.human_choice()])


@script.answers("which_place")
def answer_which_place(turn: Turn, answer: Answer) -> bool | None:
    """Keep the chosen place, or the other one that was named instead."""
    chosen = answer.choice or place_meant(turn, answer.text)
    if chosen is None:
        return answer_place(turn, answer)
    if chosen == "other":
        turn.go("profile.place")
        return None
    known = draft(turn)
    keep_and_go_on(turn, replace(known, locations=(*known.locations, chosen)))
    return None


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
    if amounts and answer.reading.phone is None:
        return _bare_wage(turn, round(amounts[0].low))
    if answer.reading.wage_min is None:
        return False
    keep_and_go_on(turn, _merged(turn, draft(turn)))
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
        return False
    keep_and_go_on(turn, replace(draft(turn), wants_room_board=said))
    return None


@script.asks("change")
def ask_change(turn: Turn) -> None:
    """Ask what is to be changed."""
    fields = ("trade", "place", "wage", "room_board", "name", "phone", "home", "birth_year")
    choices = [turn.choice(field, f"profile.change.{field}") for field in fields]
    turn.ask("profile.change.ask", [*choices, turn.human_choice()])


@script.answers("change")
def answer_change(turn: Turn, answer: Answer) -> bool | None:
    """Go to the question, or take the new fact at its word."""
    if answer.choice is not None:
        turn.go(f"profile.{answer.choice}", replace=True)
        return None
    return change_by_words(turn)


@script.intent("update_profile")
def update(turn: Turn) -> None:
    """Take a new fact at its word, or ask the question that it belongs to."""
    if not change_by_words(turn):
        _leave_other_conversation(turn)
        turn.go("profile.change")


@script.intercept
def change_said(turn: Turn) -> bool:
    """Hear 改工资 or 改工资4500 whatever was asked."""
    text = turn.inbound.text
    is_short = len(text) <= LONGEST_CHANGE and turn.inbound.button is None
    if turn.role != Role.WORKER or not is_short or not _CHANGE.match(text):
        return False
    if not turn.workers and not turn.memory:
        return False
    return change_by_words(turn)


def change_by_words(turn: Turn) -> bool:
    """Register every fact of the sentence and repeat them back; False when it has none."""
    codes = unsettled_place(turn)
    field = next((name for name, words in FIELD_WORDS if words.search(turn.inbound.text)), None)
    before = draft_parts(turn, draft(turn))
    if states_facts(turn.reading) and take_in(turn):
        known = draft_parts(turn, draft(turn), said=turn.reading)
        say_saved(turn, [part for part in known if part not in before])
        turn.finish(again="profile.saved.again")
        return True
    if codes:
        _leave_other_conversation(turn)
        turn.go("profile.which_place", codes=list(codes))
        return True
    if field is None:
        return False
    _leave_other_conversation(turn)
    turn.go(f"profile.{field}", replace=True)
    return True


def _leave_other_conversation(turn: Turn) -> None:
    # Its answers, and where it wanted to go on, are none of this question's.
    if turn.step != "profile.change":
        turn.answers = {}


def _bare_wage(turn: Turn, figure: int) -> bool | None:
    if figure < LEAST_MONTHLY:
        turn.go("profile.wage_unit", figure=figure)
        return None
    keep_and_go_on(turn, replace(draft(turn), wage_min=figure))
    return None


def _merged(turn: Turn, known: ProfileDraft) -> ProfileDraft:
    return merged(known, turn.reading, today=turn.deployment.today)
