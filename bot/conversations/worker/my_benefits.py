"""我的补贴: where each application stands, and the way back out of it."""

from __future__ import annotations

import re

from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.benefit_application import say_state, start
from bot.conversations.worker.benefit_drafts import APPLICATION, own
from bot.services.benefits import applications, receipts
from bot.services.benefits.applications import CAN_WITHDRAW, NotOpenError, reference
from bot.services.benefits.receipts import name_key
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication
from storage.states import Role

script = Script("my_benefits")

MOST_LISTED = 4
DROP = "drop"
MY_BENEFITS = re.compile(
    r"(?:看看?|查一?下?|查看)?(?:我的|我申请的|我报的)(?:补贴|车票|路费)"
    r"(?:申请)?(?:办得?|报得?|批得?)?(?:咋样|怎么样|怎样|到哪一?步|下来|好)?(?:了|没有|没|吗|了没)*"
    r"[。.?？!！\s]*"
)


@script.intercept
def hear_words(turn: Turn) -> bool:
    """Hear 我的补贴 at any time but inside a hand-over or another question's free words."""
    if turn.role is not Role.WORKER or not MY_BENEFITS.fullmatch(turn.inbound.text.strip()):
        return False
    is_busy = turn.step is not None and turn.engine.step(turn.step).keeps_words
    if is_busy or not turn.workers:
        return False
    turn.answers.clear()
    turn.go("my_benefits.list")
    return True


@script.command("mybenefits", roles=frozenset({Role.WORKER}))
def open_by_command(turn: Turn, _argument: str) -> None:
    """List one's applications."""
    turn.answers.clear()
    turn.go("my_benefits.list")


@script.asks("list")
def show_list(turn: Turn) -> None:
    """Say where each application stands, and what can be done with it."""
    rows = _mine(turn)
    new = turn.choice("new", "benefit_application.mine.new", "申请补贴", "再申请")
    if not rows:
        turn.ask("benefit_application.mine.none", [new, turn.human_choice()])
        return
    choices: list[Choice] = []
    for row in rows:
        say_state(turn, row)
        choices += _choices(turn, row)
    turn.ask("benefit_application.mine.ask", [*choices, new, turn.human_choice()])


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Go on with one, take one back, or begin another."""
    if answer.choice is None:
        return False
    what, _, key = answer.choice.partition(":")
    if what == "new":
        start(turn, None)
        return None
    found = own(turn, key)
    if found is None:
        return False
    if what == DROP:
        turn.go("my_benefits.drop", **{APPLICATION: key})
    elif found[0].status is BenefitStatus.RETURNED:
        turn.answers.clear()
        turn.go("benefit_application.change", **{APPLICATION: key})
    else:
        turn.answers.clear()
        turn.go("benefit_application.go_on", **{APPLICATION: key})
    return None


@script.asks("drop")
def ask_drop(turn: Turn) -> None:
    """Ask once more: the officers stop working on it."""
    found = own(turn, turn.answers.get(APPLICATION))
    if found is None:
        turn.say("benefit_application.refused.not_open")
        turn.finish()
        return
    turn.ask(
        "benefit_application.drop.ask",
        [
            turn.choice("yes", "benefit_application.drop.yes", "不要了", "撤"),
            turn.choice("no", "benefit_application.drop.no", "留着", "不撤"),
        ],
        name=turn.text(name_key(found[0].code)),
    )


@script.answers("drop")
def answer_drop(turn: Turn, answer: Answer) -> bool | None:
    """Take it back and tell the officers, or leave all as it was."""
    found = own(turn, turn.answers.get(APPLICATION))
    if answer.choice is None or found is None:
        return False
    if answer.choice == "no":
        _close(turn, "benefit_application.drop.stays")
        return None
    was_filed = found[0].submitted_at is not None
    try:
        applications.withdraw(turn.uow, turn.deployment, found[0])
    except NotOpenError:
        _close(turn, "benefit_application.refused.not_open")
        return None
    if was_filed:
        receipts.tell_officers_of_withdrawal(turn.uow, turn.deployment, found[0])
    _close(turn, "benefit_application.drop.done")
    return None


def _close(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.finish(again=key)


def _mine(turn: Turn) -> list[BenefitApplication]:
    worker = turn.worker
    rows = turn.uow.benefit_applications.of_worker(worker.id) if worker is not None else []
    return rows[:MOST_LISTED]


def _choices(turn: Turn, row: BenefitApplication) -> list[Choice]:
    """Return what can be done with one application, named so that two are told apart."""
    name = turn.text(name_key(row.code))
    found = []
    if row.status in applications.CHANGEABLE:
        what = "correct" if row.status is BenefitStatus.RETURNED else "go_on"
        found.append(
            turn.choice(f"{what}:{row.id.hex}", f"benefit_application.mine.{what}", name=name)
        )
    if row.status in CAN_WITHDRAW:
        found.append(
            turn.choice(
                f"{DROP}:{row.id.hex}",
                "benefit_application.mine.drop",
                name=name if row.number < 0 else reference(row),
            )
        )
    return found
