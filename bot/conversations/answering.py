"""Which option of which question a message chooses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.conversations.script import Choice
from bot.conversations.turn import HUMAN, Turn, numbered
from bot.services.sending.deliveries import ACTION_PREFIX, ANSWER_PREFIX, body_of
from bot.understanding import Context, WorkerReading, choose
from bot.understanding.choices import PERSON, read_choice
from bot.understanding.values import Intent
from storage.models import Delivery
from storage.states import Stream

# Wishes that are heard whatever was asked: people do not wait for the right question.
URGENT: frozenset[Intent] = frozenset(
    {"complain_wages", "report_unemployed", "talk_to_human", "unsubscribe", "delete_my_data"}
)
# Whole messages that no dictated words can be meant by.
_WANTS_PERSON = re.compile(r"(?:我?要|我想)?(?:找|转|喊|叫)?个?(?:真人|活人)(?:来)?[\s。.!！~]*")
_UNSUBSCRIBES = re.compile(r"(?:我?要|我想)?(?:退订|取消订阅|td)了?[\s。.!！~]*", re.IGNORECASE)
_GIVES_UP = re.compile(
    r"(?:算了|(?:我?不|不想)(?:登记|注册|弄|办|填|发|搞)了|取消)(?:吧|嘛)?[\s。.!！~]*"
)
CLEAR = 0.8
# Below this the state of the job, or a wish that changes much, is only guessed.
SURE_ENOUGH = 0.6
LONGEST_CHOICE = 24
MOST_NUMBERED = 9
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a message or button press turned out to choose.

    Attributes:
        choice: Value of an option of the open question.
        action: Name and argument of a button that works at any time.
        is_stale: A button of a question that is no longer open.
        is_repeat: The same answer that just ended the conversation, again.
    """

    choice: str | None = None
    action: tuple[str, str] | None = None
    is_stale: bool = False
    is_repeat: bool = False


def is_bare_number(typed: str) -> bool:
    """Return whether the words are a digit, numeral or ordinal and nothing else."""
    number = read_choice(typed)
    return number is not None and 0 < number <= MOST_NUMBERED


def is_urgent(reading: WorkerReading) -> bool:
    """Return whether the words clearly say something that no question may swallow."""
    return reading.intent in URGENT and reading.confidence >= CLEAR


def in_own_words(turn: Turn) -> WorkerReading:
    """Return what the typed words say by themselves, whatever was asked and offered."""
    context = Context(home=turn.deployment.bureau_adcode, today=turn.deployment.today)
    return turn.deployment.reader.read_worker_text(turn.inbound.text, context)


def says_apply(turn: Turn) -> bool:
    """Return whether more was typed than a number, and it asks to apply: 报名第一个."""
    typed = turn.inbound.text.strip()
    if not typed or is_bare_number(typed):
        return False
    reading = in_own_words(turn)
    return "apply" in {reading.intent, reading.also}


def wants_person(typed: str) -> bool:
    """Return whether the whole message asks for a person."""
    return _WANTS_PERSON.fullmatch(typed) is not None


def unsubscribes(typed: str) -> bool:
    """Return whether the whole message stops our messages."""
    return _UNSUBSCRIBES.fullmatch(typed) is not None


def gives_up(typed: str) -> bool:
    """Return whether the whole message gives up what was begun."""
    return _GIVES_UP.fullmatch(typed) is not None


def resolve(turn: Turn) -> Resolved:
    """Return what `turn`'s message chooses, if anything."""
    if turn.inbound.button is not None:
        return _pressed(turn, turn.inbound.button)
    typed = turn.inbound.text.strip()
    if not typed or len(typed) > LONGEST_CHOICE:
        return Resolved()
    if turn.is_late and is_bare_number(typed):
        return Resolved(is_stale=True)
    if turn.step is None:
        return _typed_without_question(turn, typed)
    pushed = _newer_push(turn, typed)
    return pushed or Resolved(choice=_chosen(turn.options, typed, turn))


def _pressed(turn: Turn, data: str) -> Resolved:
    prefix, _, rest = data.partition(":")
    first, _, second = rest.partition(":")
    if prefix == ACTION_PREFIX and first:
        return Resolved(action=(first, second))
    is_current = first == str(turn.address.question_serial) and turn.step is not None
    if prefix == ANSWER_PREFIX and is_current and second.isdecimal():
        numbers = numbered(turn.options)
        if int(second) in numbers:
            return Resolved(choice=turn.options[numbers.index(int(second))].value)
    is_repeat = first == str(turn.address.question_serial) and turn.again is not None
    return Resolved(is_stale=True, is_repeat=is_repeat)


def _typed_without_question(turn: Turn, typed: str) -> Resolved:
    last = turn.uow.deliveries.last_accepted(turn.address.id)
    is_pushed = last is not None and last.stream == Stream.PUSH
    chosen = _of_last_message(last, typed)
    is_repeat = turn.again is not None and typed == turn.ending_input
    # What came in since the conversation ended is what a bare number answers.
    if is_repeat and not (is_pushed and chosen):
        return Resolved(is_repeat=True)
    return chosen or Resolved()


def _chosen(choices: list[Choice], typed: str, turn: Turn) -> str | None:
    if not choices:
        return None
    labels = [PERSON if choice.value == HUMAN else choice.label for choice in choices]
    number = choose(typed, labels, [choice.synonyms for choice in choices])
    numbers = numbered(choices)
    if number is not None and number in numbers:
        return choices[numbers.index(number)].value
    values = {choice.value for choice in choices}
    if is_urgent(turn.reading):
        return None
    if turn.reading.yes_no is not None and {"yes", "no"} <= values:
        return "yes" if turn.reading.yes_no else "no"
    return None


def _newer_push(turn: Turn, typed: str) -> Resolved | None:
    """Only a bare number is ambiguous between the open question and a later push."""
    asked_at, pushed_at = turn.address.asked_at, turn.address.last_push_at
    if asked_at is None or pushed_at is None or pushed_at <= asked_at:
        return None
    if not is_bare_number(typed):
        return None
    push = turn.uow.deliveries.last_push(turn.address.id, after=asked_at)
    return _of_last_message(push, typed)


def _of_last_message(last: Delivery | None, typed: str) -> Resolved | None:
    options = body_of(last).options if last is not None else ()
    labels = [option.label for option in options]
    number = choose(typed, labels) if labels else None
    for option in options:
        if option.number == number and option.data.startswith(f"{ACTION_PREFIX}:"):
            _, name, argument = option.data.split(":", 2)
            return Resolved(action=(name, argument))
    return None
