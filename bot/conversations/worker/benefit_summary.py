"""One look at everything, one yes; and the one fact that is to be changed."""

from __future__ import annotations

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.benefit_drafts import current
from bot.conversations.worker.benefit_facts import EVIDENCE, GO_ON, NO_EVIDENCE
from bot.conversations.worker.benefit_lines import part_key, parts_of, summary_words
from bot.services.benefits import application_facts as facts
from bot.services.benefits import applications, receipts
from bot.services.benefits.applications import AlreadyFiledError, reference
from bot.services.benefits.decision_steps import reason_of
from bot.services.cases.office_hours import spoken_moment
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Worker

script = Script("benefit_application")

SUMMARY, TICKET, SHIFT = "benefit_application.summary", "ticket", "from"
MOST_SHOWN = 7


@script.asks("summary")
def show_summary(turn: Turn) -> None:
    """Read everything back with what the rule says, and ask for the one yes."""
    found = current(turn)
    if found is None:
        return
    application, worker = found
    verdict = facts.verdict_on(turn.uow, turn.deployment, application, worker)
    turn.ask_words(
        summary_words(turn, application, worker, verdict),
        [
            turn.choice("yes", "benefit_application.summary.hand_in", "交", "要得", "好"),
            turn.choice("change", "benefit_application.summary.change", "改一下", "不对"),
            turn.choice("later", "benefit_application.summary.later", "先放着", "等一下"),
            turn.human_choice(),
        ],
        key="benefit_application.summary.head",
    )


@script.answers("summary")
def answer_summary(turn: Turn, answer: Answer) -> bool | None:
    """Hand it in, change something, or keep it for later."""
    found = current(turn)
    if answer.choice is None or found is None:
        return found is None
    if answer.choice == "yes":
        _hand_in(turn, *found)
    elif answer.choice == "change":
        turn.go("benefit_application.change")
    else:
        turn.say("benefit_application.left.kept")
        turn.finish(again="benefit_application.left.kept")
    return None


@script.asks("change")
def ask_change(turn: Turn) -> None:
    """Ask what is to be changed; of what was sent back the reason stands above."""
    found = current(turn)
    if found is None:
        return
    application = found[0]
    if application.status is BenefitStatus.RETURNED and not turn.answers.get(SHIFT):
        turn.say("benefit_application.change.reason", reason=reason_of(turn.uow, application))
    parts = parts_of(application)
    first = int(str(turn.answers.get(SHIFT, 0)))
    shown = parts[first : first + MOST_SHOWN - 1]
    choices = [turn.choice(fact, part_key(fact)) for fact in shown]
    if facts.HAS_TICKET in parts:
        choices.append(turn.choice(TICKET, "benefit_application.part.ticket", "车票", "票"))
    if len(parts) > first + len(shown):
        choices.append(turn.choice("more", "benefit_application.choice.more"))
    choices.append(turn.choice("done", "benefit_application.change.done", "不改了", "没有了"))
    turn.ask("benefit_application.change.ask", [*choices, turn.human_choice()])


@script.answers("change")
def answer_change(turn: Turn, answer: Answer) -> bool | None:
    """Ask for the chosen fact anew."""
    found = current(turn)
    if answer.choice is None or found is None:
        return found is None
    application = found[0]
    shift = int(str(turn.answers.pop(SHIFT, 0)))
    turn.answers.pop(NO_EVIDENCE, None)
    if answer.choice == "more":
        turn.go("benefit_application.change", **{SHIFT: shift + MOST_SHOWN - 1})
    elif answer.choice == "done":
        turn.go(GO_ON)
    elif answer.choice == TICKET:
        facts.forget_ticket(turn.uow, application)
        facts.answer(turn.uow, application, facts.HAS_TICKET, value=True)
        turn.go(EVIDENCE)
    else:
        facts.ask_anew(application, answer.choice)
        turn.go("benefit_application.fact", fact=answer.choice)
    return None


def _hand_in(turn: Turn, application: BenefitApplication, worker: Worker) -> None:
    uow, deployment = turn.uow, turn.deployment
    try:
        filed = applications.submit(uow, deployment, application, worker, turn.address)
    except AlreadyFiledError as error:
        turn.say("benefit_application.refused.already", number=reference(error.application))
        turn.finish(again="benefit_application.refused.again")
        return
    receipts.tell_officer_of_new(uow, deployment, application, worker, due_at=filed.due_at)
    turn.say(
        "benefit_application.sent.done",
        number=reference(application),
        due=spoken_moment(deployment, filed.due_at, turn.language),
    )
    turn.finish(again="benefit_application.sent.again")
