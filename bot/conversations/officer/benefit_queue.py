"""/benefits: what waits, one application with what speaks for and against it, one tap a step."""

from __future__ import annotations

import re
import uuid

from bot.conversations import attachments
from bot.conversations.officer.benefit_lines import application_lines, queue_line
from bot.conversations.officer.review import my_officer
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.benefits import application_facts as facts
from bot.services.benefits import decision_steps, decisions
from bot.services.benefits.applications import reference
from bot.services.benefits.identity import last_signs
from bot.services.benefits.receipts import OPEN_ACTION
from bot.services.benefits.sums import yuan_words
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Officer, Worker
from storage.states import Role

script = Script("benefit_queue")

APPLICATION, SEEN = "application", "seen"
SHOWN_AT_ONCE = 7
_NUMBER = re.compile(r"b?-?0*(\d{1,9})", re.IGNORECASE)
DECIDABLE = (BenefitStatus.SUBMITTED, BenefitStatus.PROPOSED)


@script.command("benefits", "补贴", roles=frozenset({Role.OFFICER}))
def open_by_command(turn: Turn, argument: str) -> None:
    """List what waits, or open the application of a number: /benefits B-0003."""
    turn.answers = {}
    match = _NUMBER.fullmatch(argument.strip())
    bureau = turn.deployment.bureau_adcode
    found = turn.uow.benefit_applications.of_number(bureau, int(match[1])) if match else None
    if found is not None:
        turn.go("benefit_queue.one", **{APPLICATION: found.id.hex})
    elif argument.strip():
        turn.say("benefit_queue.refused.unknown")
        turn.finish()
    else:
        turn.go("benefit_queue.queue")


@script.action(OPEN_ACTION)
def open_by_button(turn: Turn, key: str) -> None:
    """Open an application from the message that told of it."""
    turn.answers = {}
    turn.go("benefit_queue.one", **{APPLICATION: key})


@script.asks("queue")
def show_queue(turn: Turn) -> None:
    """List what waits in this officer's scope, the oldest promise first."""
    officer = my_officer(turn)
    if officer is None:
        return
    rows = decision_steps.waiting(turn.uow, turn.deployment, officer)
    lines = [turn.text("benefit_queue.queue.head", count=len(rows))]
    lines += [queue_line(turn, row) for row in rows[:SHOWN_AT_ONCE]]
    choices = [
        Choice(row.application.id.hex, reference(row.application)) for row in rows[:SHOWN_AT_ONCE]
    ]
    choices.append(turn.choice("fund", "benefit_queue.choice.fund"))
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="benefit_queue.queue.head")


@script.answers("queue")
def choose(turn: Turn, answer: Answer) -> bool | None:
    """Open what was chosen."""
    if answer.choice is None:
        return False
    if answer.choice == "fund":
        turn.go("benefit_reports.fund")
    elif answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
    else:
        turn.go("benefit_queue.one", **{APPLICATION: answer.choice})
    return None


@script.asks("one")
def show(turn: Turn) -> None:
    """Show everything that the decision needs, and the steps that this officer may take."""
    found = open_one(turn)
    if found is None:
        return
    officer, application, worker = found
    turn.about = worker.id
    newest = decision_steps.newest_step(turn.uow, application)
    turn.answers[SEEN] = newest.hex if newest is not None else None
    choices = [*_steps(turn, officer, application, worker), *_others(turn, application, worker)]
    choices.append(turn.choice("queue", "benefit_queue.choice.queue"))
    words = "\n".join(application_lines(turn, application, worker))
    turn.ask_words(words, choices, key="benefit_queue.one.head")


@script.answers("one")
def decide(turn: Turn, answer: Answer) -> bool | None:
    """Take the chosen step, or ask what it needs first."""
    found = open_one(turn)
    if found is None or answer.choice is None:
        return found is None
    officer, application, worker = found
    turn.about = worker.id
    if answer.choice == "queue":
        turn.answers = {}
        turn.go("benefit_queue.queue")
    elif answer.choice == "propose":
        fixed = facts.rule_amount(turn.uow, turn.deployment, application, worker)
        turn.go("benefit_decisions.propose", amount=fixed)
    elif answer.choice == "approve":
        _approve(turn, officer, application)
    elif answer.choice == "undo":
        decisions.undo(turn.uow, turn.deployment, application, officer)
        turn.say("benefit_queue.done.undone", number=reference(application))
        turn.go("benefit_queue.one")
    elif answer.choice == "photo":
        attachments.show(turn, str(application.facts[facts.PHOTO]))
        turn.about = worker.id
        turn.ask_again()
    else:
        turn.go(f"benefit_decisions.{answer.choice}")
    return None


def open_one(turn: Turn) -> tuple[Officer, BenefitApplication, Worker] | None:
    """Return the application in question where this officer may see it; else say so and close."""
    officer = my_officer(turn)
    if officer is None:
        return None
    try:
        key = uuid.UUID(str(turn.answers.get(APPLICATION)))
    except ValueError:
        application = None
    else:
        application = turn.uow.benefit_applications.get(key)
    worker = None
    if application is not None and application.status is not BenefitStatus.DRAFT:
        worker = decision_steps.visible(turn.uow, turn.deployment, officer, application)
    if application is None or worker is None:
        turn.say("benefit_queue.refused.unknown")
        turn.finish()
        return None
    return officer, application, worker


def _approve(turn: Turn, officer: Officer, application: BenefitApplication) -> None:
    shown = turn.answers.get(SEEN)
    seen = uuid.UUID(shown) if isinstance(shown, str) else None
    is_alone = decisions.approve(turn.uow, turn.deployment, application, officer, seen=seen)
    if is_alone:
        turn.say("benefit_queue.done.own_demo")
    turn.say("benefit_queue.done.approved", number=reference(application))
    turn.finish(again="benefit_queue.done.again")


def _steps(
    turn: Turn, officer: Officer, application: BenefitApplication, worker: Worker
) -> list[Choice]:
    found: list[Choice] = []
    if application.status is BenefitStatus.SUBMITTED:
        fixed = facts.rule_amount(turn.uow, turn.deployment, application, worker)
        if fixed is None:
            found.append(turn.choice("propose", "benefit_queue.choice.propose"))
        else:
            amount = yuan_words(fixed)
            found.append(turn.choice("propose", "benefit_queue.choice.propose_sum", amount=amount))
        found.append(turn.choice("amount", "benefit_queue.choice.amount"))
    if application.status is BenefitStatus.PROPOSED:
        found.append(turn.choice("approve", "benefit_queue.choice.approve"))
    if application.status in DECIDABLE:
        found.append(turn.choice("give_back", "benefit_queue.choice.give_back"))
        found.append(turn.choice("refuse", "benefit_queue.choice.refuse"))
    if application.status is BenefitStatus.APPROVED:
        found.append(turn.choice("pay", "benefit_queue.choice.pay"))
    if decisions.undoable(turn.uow, turn.deployment, application, officer) is not None:
        found.append(turn.choice("undo", "benefit_queue.choice.undo"))
    return found


def _others(turn: Turn, application: BenefitApplication, worker: Worker) -> list[Choice]:
    found = []
    if application.facts.get(facts.PHOTO):
        found.append(turn.choice("photo", "benefit_queue.choice.photo"))
    if last_signs(turn.uow, worker) is None:
        found.append(turn.choice("id_number", "benefit_queue.choice.id_number"))
    return found
