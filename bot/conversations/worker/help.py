"""0, at any time: a named person, a time by which they call, and the way back."""

from __future__ import annotations

from typing import cast

from bot.conversations.answering import resolve
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Answers, Turn
from bot.services.cases import cases, hand_over
from bot.services.cases.office_hours import is_open, spoken_deadline
from bot.services.people import officers
from bot.services.sending.deliveries import body_of
from storage.states import Matter, Role

script = Script("help")
CALLED = "help.called"
GO_ON = "go_on"
LONGEST_QUOTE = 120


@script.intent("talk_to_human", roles=(Role.WORKER, Role.ENTERPRISE))
def call_person(turn: Turn) -> None:
    """Tell the officer of this person's area, once, and say who calls and by when."""
    if hand_over.is_in_hand_over(turn.address):
        _say_who_is_here(turn)
        return
    before = _kept(turn)
    presses = int(str(turn.answers.get("presses", 0))) if turn.step == CALLED else 0
    try:
        opened = cases.open_case(
            turn.uow,
            turn.deployment,
            address=turn.address,
            worker=turn.worker if turn.role is Role.WORKER else None,
            matters=[Matter.QUESTION],
            words=_attached(turn) if presses == 0 else "",
        )
    except LookupError:  # a bureau without officers was told so at start-up
        turn.answers = {}
        turn.go(CALLED, before=before, presses=presses + 1, line=_nobody(turn))
        return
    line = _line(turn, opened, presses)
    turn.answers = {}
    turn.go(CALLED, before=before, presses=presses + 1, line=line)


def pass_on_the_way(turn: Turn) -> None:
    """Hand a question to the officer and say who answers; what else was said goes on."""
    try:
        opened = cases.open_case(
            turn.uow,
            turn.deployment,
            address=turn.address,
            worker=turn.worker,
            matters=[Matter.QUESTION],
            words=turn.inbound.text.strip(),
        )
    except LookupError:  # a bureau without officers was told so at start-up
        turn.say("help.person.nobody")
        return
    name = officers.spoken_name(turn.deployment, opened.officer, turn.language)
    due = spoken_deadline(turn.deployment, opened.due_at, turn.language)
    way = "call" if _has_phone(turn) else "here"
    turn.say(f"help.besides.{way}", officer=name, due=due)


def tell_officer(turn: Turn, words: str) -> None:
    """Attach `words` to the person's case and say who answers by when."""
    try:
        opened = cases.open_case(
            turn.uow,
            turn.deployment,
            address=turn.address,
            worker=turn.worker,
            matters=[Matter.QUESTION],
            words=words,
        )
    except LookupError:  # a bureau without officers was told so at start-up
        turn.say_words(_nobody(turn), key="help.person.nobody")
        return
    turn.say_words(_line(turn, opened, 0), key="help.called.line")


@script.intent("talk_to_human", roles=(Role.OFFICER,))
def name_wider(turn: Turn) -> None:
    """Name the officer above, for an officer who needs somebody."""
    officer = turn.officer
    wider = officers.wider_than(turn.uow, officer) if officer is not None else None
    if wider is None:
        turn.say("help.officer.nobody")
    elif wider.phone:
        turn.say("help.officer.wider", officer=wider.name, phone=wider.phone)
    else:
        turn.say("help.officer.phoneless", officer=wider.name)
    turn.ask_again()


@script.asks("called")
def called(turn: Turn) -> None:
    """Say who calls and by when, and offer the way back."""
    choice = turn.choice(GO_ON, "help.choice.go_on")
    turn.ask_words(str(turn.answers.get("line", "")), [choice], key="help.called.line")


@script.answers("called")
def after_call(turn: Turn, answer: Answer) -> bool | None:
    """Go back to the open question; an answer to it is taken as one."""
    _restore(turn)
    if answer.choice == GO_ON:
        _go_on(turn)
        return True
    if turn.step is None:
        return False
    step = turn.engine.step(turn.step)
    if step.answer is None:
        return False
    number = step.prompt.number(answer.text, answer.reading)
    chosen = resolve(turn).choice
    return step.answer(turn, Answer(chosen, answer.text, number, answer.reading))


@script.action(GO_ON)
def go_on(turn: Turn, _argument: str) -> None:
    """Ask the open question again, or show the menu; the button lives for ever."""
    if turn.step == CALLED:
        _restore(turn)
    _go_on(turn)


def _go_on(turn: Turn) -> None:
    if turn.step is None:
        turn.go(f"menu.{turn.role.value}")
    else:
        turn.ask_again()


def _kept(turn: Turn) -> Answers | None:
    """Return the open question as JSON; pressing 0 again does not bury it deeper."""
    if turn.step == CALLED:
        return cast("Answers | None", turn.answers.get("before"))
    if turn.step is None:
        return None
    return {
        "step": turn.step,
        "answers": turn.answers,
        "options": [[item.value, item.label, list(item.synonyms)] for item in turn.options],
    }


def _restore(turn: Turn) -> None:
    before = cast("Answers | None", turn.answers.get("before"))
    step = str((before or {}).get("step"))
    if before is None or not turn.engine.router.knows(step):
        turn.finish()
        return
    turn.address.step = step
    turn.answers = cast("Answers", before["answers"])
    stored = cast("list[tuple[str, str, list[str]]]", before["options"])
    turn.options = [Choice(value, label, tuple(words)) for value, label, words in stored]


def _line(turn: Turn, opened: cases.OpenedCase, presses: int) -> str:
    name = officers.spoken_name(turn.deployment, opened.officer, turn.language)
    due = spoken_deadline(turn.deployment, opened.due_at, turn.language)
    way = "call" if _has_phone(turn) else "here"
    purpose = "told" if opened.is_new else ("again" if presses % 2 == 0 else "still")
    line = turn.text(f"help.person.{purpose}_{way}", officer=name, due=due)
    if opened.is_new and not is_open(turn.deployment.now, turn.deployment.clock.timezone):
        line = turn.text("help.person.closed") + line
    return line + _landline(turn)


def _has_phone(turn: Turn) -> bool:
    if turn.role is Role.ENTERPRISE:
        return turn.enterprise is not None and bool(turn.enterprise.contact_phone)
    return turn.worker is not None and bool(turn.worker.phone)


def _landline(turn: Turn) -> str:
    phone = turn.deployment.bureau_phone
    return turn.text("help.person.landline", phone=phone) if phone else ""


def _nobody(turn: Turn) -> str:
    return turn.text("help.person.nobody") + _landline(turn)


def _say_who_is_here(turn: Turn) -> None:
    handed_over_to = turn.address.handed_over_to
    officer = turn.uow.officers.at(handed_over_to) if handed_over_to is not None else None
    if officer is None:
        turn.say("help.person.nobody")
        return
    name = officers.spoken_name(turn.deployment, officer, turn.language)
    turn.say("help.person.present", officer=name)


def _attached(turn: Turn) -> str:
    """Return what the officer has to know: what stood on the screen, and what was typed."""
    typed = turn.inbound.text.strip() or turn.text("common.choice.human")
    last = turn.uow.deliveries.last_accepted(turn.address.id) if turn.step else None
    if last is None:
        return typed
    question = " ".join(body_of(last).text.split())[:LONGEST_QUOTE]
    return turn.text("help.attached.words", question=question, typed=typed)
