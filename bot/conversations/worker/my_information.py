"""What is stored about a person: see, change, carry away, pause, stop, delete."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.conversations.resuming import set_aside, take_up
from bot.conversations.script import WORKER_ONLY, Answer, Script
from bot.conversations.stored_lines import pushes_line, shown_choices, spoken_date
from bot.conversations.summary import draft_parts, joined
from bot.conversations.turn import Turn
from bot.conversations.worker.profile_facts import draft
from bot.conversations.worker.profile_person import forget_in_turn
from bot.conversations.worker.saved_wish import end, waiting_line
from bot.services.people import privacy, unsubscribing
from bot.services.people.workers import ProfileDraft
from storage.models import Worker
from storage.states import Role

script = Script("my_information")

LONGEST_BUBBLE = 3_500
LONGEST_WISH = 40
RESUBSCRIBE_ASKED = "resubscribe_asked"
PAUSES = {"week": 7, "month": 30}
STEPS = {
    "change": "profile.change",
    "pause": "my_information.pause",
    "delete": "my_information.delete",
    "family": "family.show",
    "phone": "joining.code",
}
SEE_WORDS = re.compile(
    r"^\s*(?:看?(?:一下|下)?我的(?:信息|资料)|个人信息|my (?:information|data))\s*$", re.I
)
EXPORT_WORDS = re.compile(r"^\s*(?:导出|export)\s*$", re.I)
PAUSE_WORDS = re.compile(r"^\s*(?:暂停|停一?段|先停(?:一下|下)?|pause)\s*$", re.I)
RESUME_WORDS = re.compile(r"^\s*(?:接着发|恢复|继续发|重新订阅|订阅|resume|subscribe)\s*$", re.I)


@script.intercept
def asked(turn: Turn) -> bool:
    """Hear 我的信息, 导出, 暂停, 接着发 whatever was asked."""
    text, reading = turn.inbound.text, turn.reading
    if turn.role != Role.WORKER or not text or len(text) > LONGEST_WISH or _is_dictating(turn):
        return False
    request = reading.data_request if reading.intent in {"other", "unsubscribe"} else None
    if RESUME_WORDS.match(text):
        resume(turn)
    elif SEE_WORDS.match(text) or request == "see":
        begin(turn, "show")
    elif EXPORT_WORDS.match(text) or request == "export":
        export(turn)
    elif PAUSE_WORDS.match(text) or request == "pause":
        begin(turn, "pause")
    else:
        return False
    return True


@script.intercept
def wants_work_again(turn: Turn) -> bool:
    """Ask once, when somebody who stopped the messages looks for work, whether to go on."""
    is_search = turn.role == Role.WORKER and turn.reading.intent == "find_job"
    if not is_search or turn.step or turn.inbound.button or RESUBSCRIBE_ASKED in turn.memory:
        return False
    if not unsubscribing.is_stopped(turn.uow, turn.address, turn.worker):
        return False
    turn.memory[RESUBSCRIBE_ASKED] = True
    turn.go("my_information.resubscribe", **set_aside(turn))
    return True


@script.command("me", roles=WORKER_ONLY)
def me(turn: Turn, _argument: str) -> None:
    """Show what is stored."""
    begin(turn, "show")


@script.command("export", roles=WORKER_ONLY)
def export_command(turn: Turn, _argument: str) -> None:
    """Hand over what is stored."""
    export(turn)


@script.command("delete", roles=WORKER_ONLY)
def delete_command(turn: Turn, _argument: str) -> None:
    """Ask once, then delete."""
    begin(turn, "delete")


@script.command("pause", roles=WORKER_ONLY)
def pause_command(turn: Turn, _argument: str) -> None:
    """Ask for how long new vacancies shall wait."""
    begin(turn, "pause")


@script.command("stop", roles=WORKER_ONLY)
def stop_command(turn: Turn, _argument: str) -> None:
    """Send no new vacancies any more."""
    unsubscribe(turn)


@script.asks("show")
def show(turn: Turn) -> None:
    """Show everything in plain lines, and what can be done with it."""
    known = draft(turn)
    person = ProfileDraft(
        birth_year=known.birth_year,
        home=known.home,
        name=known.name,
        phone=known.phone,
        certificates=known.certificates,
    )
    work = replace(known, birth_year=None, home=None, name=None, phone=None, certificates=())
    lines = (("who", draft_parts(turn, person)), ("work", draft_parts(turn, work)))
    shown = [(purpose, parts) for purpose, parts in lines if parts]
    for purpose, parts in shown:
        turn.say(f"my_information.show.{purpose}", parts=joined(turn, parts))
    if turn.worker is None:
        turn.say(f"my_information.show.{'unkept' if shown else 'nothing'}")
    waits_for = waiting_line(turn)
    if waits_for is not None:
        turn.say_words(waits_for, key="saved_wish.shown.line")
    choices = shown_choices(turn, waits=waits_for is not None)
    turn.ask_words(pushes_line(turn), choices, key="my_information.show.pushes")


@script.answers("show")
def answer_show(turn: Turn, answer: Answer) -> bool | None:
    """Go where the person wants."""
    if answer.choice in STEPS:
        turn.go(STEPS[answer.choice])
    elif answer.choice == "resume":
        resume(turn)
    elif answer.choice == "export":
        export(turn)
    elif answer.choice == "end_wish":
        end(turn)
    else:
        return False
    return None


@script.asks("pause")
def ask_pause(turn: Turn) -> None:
    """Ask for how long new vacancies shall wait."""
    if turn.worker is None:
        turn.say("my_information.pause.nothing")
        turn.finish()
        return
    spans = [
        turn.choice(name, "my_information.pause.days", f"{days}天", days=days)
        for name, days in PAUSES.items()
    ]
    stop = turn.choice("stop", "my_information.pause.stop", "不发了", "退订")
    turn.ask("my_information.pause.ask", [*spans, stop, turn.human_choice()])


@script.answers("pause")
def answer_pause(turn: Turn, answer: Answer) -> bool | None:
    """Let new vacancies wait, or stop them."""
    if answer.choice is None or turn.worker is None:
        return False
    if answer.choice == "stop" or unsubscribing.is_stopped(turn.uow, turn.address, turn.worker):
        unsubscribe(turn)  # a pause must not end what was to stop for good
        return None
    turn.worker.paused_until = turn.deployment.today + timedelta(days=PAUSES[answer.choice])
    until = spoken_date(turn)
    turn.say("my_information.pause.done", until=until)
    turn.finish(again="my_information.pause.again")
    return None


@script.intent("unsubscribe")
def unsubscribe(turn: Turn) -> None:
    """Stop new vacancies everywhere, for good; answers to the person's own words go on."""
    unsubscribe_on_the_way(turn)
    turn.finish(again="my_information.unsubscribe.again")


def unsubscribe_on_the_way(turn: Turn) -> None:
    """Stop new vacancies for good, whatever else was said in the same message."""
    unsubscribing.stop(turn.uow, turn.deployment, turn.address, _wishing(turn))
    turn.memory.pop(RESUBSCRIBE_ASKED, None)
    turn.say("my_information.unsubscribe.done")


@script.asks("resubscribe")
def ask_resubscribe(turn: Turn) -> None:
    """Ask whether new vacancies shall come again."""
    turn.ask(
        "my_information.resubscribe.ask",
        [
            turn.choice("yes", "my_information.resubscribe.yes", "要", "要得"),
            turn.choice("no", "my_information.resubscribe.no", "不要", "不发"),
            turn.human_choice(),
        ],
    )


@script.answers("resubscribe")
def answer_resubscribe(turn: Turn, answer: Answer) -> bool | None:
    """Note the answer and go on with the search."""
    if answer.choice is None:
        return False
    if answer.choice == "yes":
        unsubscribing.resume(turn.uow, turn.address, _wishing(turn))
    take_up(turn)
    return None


@script.intent("delete_my_data")
def delete(turn: Turn) -> None:
    """Ask once, then delete."""
    begin(turn, "delete")


@script.asks("delete")
def ask_delete(turn: Turn) -> None:
    """Ask once before everything goes."""
    turn.ask(
        "my_information.delete.ask",
        [
            turn.choice("yes", "my_information.delete.yes", "删", "删了", "删掉"),
            turn.choice("no", "common.choice.back", "不删", "不删了"),
            turn.human_choice(),
        ],
    )


@script.answers("delete")
def answer_delete(turn: Turn, answer: Answer) -> bool | None:
    """Erase the person, or leave everything as it is."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.say("my_information.delete.kept")
        turn.finish()
        return None
    privacy.erase(turn.uow, turn.deployment, turn.address, turn.worker)
    forget_in_turn(turn)
    turn.say("my_information.delete.done", link="#erased")
    return None


def begin(turn: Turn, step: str) -> None:
    """Leave what was open, and where it wanted to go on, for a question of this script."""
    turn.answers = {}
    turn.go(f"my_information.{step}")


def export(turn: Turn) -> None:
    """Hand over everything stored, as JSON in as many bubbles as it takes."""
    turn.finish(again="my_information.export.again")
    turn.say("my_information.export.head")
    text = privacy.export(turn.uow, turn.address, turn.worker)
    for start in range(0, len(text), LONGEST_BUBBLE):
        piece = text[start : start + LONGEST_BUBBLE]
        turn.say_words(piece, key="my_information.export.head")


def resume(turn: Turn) -> None:
    """Let new vacancies come again."""
    unsubscribing.resume(turn.uow, turn.address, _wishing(turn))
    turn.say("my_information.resume.done" if turn.worker else "my_information.resume.unkept")
    turn.finish()


def _wishing(turn: Turn) -> list[Worker]:
    return unsubscribing.whose_wish(turn.uow, turn.address, turn.workers)


def _is_dictating(turn: Turn) -> bool:
    return turn.step is not None and turn.engine.step(turn.step).keeps_words
