"""What is known of a person is changed: by a menu, by naming the field, or in plain words."""

from __future__ import annotations

import re

from bot.conversations.continuation import say_saved
from bot.conversations.script import Answer
from bot.conversations.summary import draft_parts
from bot.conversations.turn import Turn
from bot.conversations.worker.open_places import ask_open, is_open, note_open
from bot.conversations.worker.profile_facts import (
    corrects,
    draft,
    states_facts,
    take_in,
    tells_of_person,
)
from bot.conversations.worker.profile_person import script
from storage.states import Role

LONGEST_CHANGE = 40
_CHANGE = re.compile(
    r"^\s*(?:我要|我想|帮我)?(?:改|换|change)(?=.*\S)(?!一个|个活|一?家)", re.IGNORECASE
)
# What was repeated back there is put right by its own answer.
ASKS_ITSELF = frozenset({"first_contact.understood"})
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


def take_on_the_way(turn: Turn) -> None:
    """Keep what is new and repeat it back, whatever else was said in the same message."""
    before = draft_parts(turn, draft(turn))
    take_in(turn)
    say_saved(turn, [part for part in draft_parts(turn, draft(turn)) if part not in before])


@script.intercept
def corrected(turn: Turn) -> bool:
    """Hear 不是三千五,是四千五 whatever was asked: just that changes, and the question stays."""
    text = turn.inbound.text
    is_short = len(text) <= LONGEST_CHANGE and turn.inbound.button is None
    if turn.role != Role.WORKER or not is_short or not corrects(turn):
        return False
    if turn.served or not (turn.workers or turn.memory) or not states_facts(turn.reading):
        return False
    if turn.step in ASKS_ITSELF:
        return False
    before = draft_parts(turn, draft(turn))
    take_in(turn)
    known = draft_parts(turn, draft(turn), said=turn.reading)
    say_saved(turn, [part for part in known if part not in before])
    if turn.step is None:
        turn.finish(again="profile.saved.again")
    else:
        turn.ask_again()
    return True


@script.intercept
def change_said(turn: Turn) -> bool:
    """Hear 改工资 or 改工资4500 whatever was asked."""
    text = turn.inbound.text
    is_short = len(text) <= LONGEST_CHANGE and turn.inbound.button is None
    if turn.role != Role.WORKER or not is_short or not _CHANGE.match(text):
        return False
    if turn.served or not (turn.workers or turn.memory):
        return False
    return change_by_words(turn)


def change_by_words(turn: Turn) -> bool:
    """Register every fact of the sentence and repeat them back; False when it has none."""
    field = next((name for name, words in FIELD_WORDS if words.search(turn.inbound.text)), None)
    if tells_of_person(turn) or is_open(turn):
        _take_at_its_word(turn)
        return True
    if field is None:
        return False
    _leave_other_conversation(turn)
    turn.go(f"profile.{field}", replace=True)
    return True


def _take_at_its_word(turn: Turn) -> None:
    before = draft_parts(turn, draft(turn))
    take_in(turn)
    known = draft_parts(turn, draft(turn), said=turn.reading)
    new = [part for part in known if part not in before]
    if new or not is_open(turn):
        say_saved(turn, new)
    _leave_other_conversation(turn)
    note_open(turn)
    if not ask_open(turn):
        turn.finish(again="profile.saved.again")


def _leave_other_conversation(turn: Turn) -> None:
    # Its answers, and where it wanted to go on, are none of this question's.
    if turn.step != "profile.change":
        turn.answers = {}
